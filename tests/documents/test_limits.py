import hashlib
import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from documents.limits import MEGABYTE, Unreadable
from documents.reading import read

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 512


def refusal(path: Path) -> str:
    with pytest.raises(Unreadable) as refused:
        read(path)
    assert refused.value.text.values["name"] == path.name
    assert not refused.value.secret
    return refused.value.text.id.removeprefix("The file {name} ")


def packed(path: Path, **members: bytes | str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for member, content in members.items():
            opened.writestr(member, content)
    return path


def document(body: str) -> str:
    return f'<w:document xmlns:w="urn:w"><w:body>{body}</w:body></w:document>'


def test_a_file_of_200_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "lon.docx"
    with path.open("wb") as file:
        file.truncate(200 * MEGABYTE)
    assert refusal(path) == "has {size} MB; at most {limit} MB can be taken in. Send the document without its pictures."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.docx", b"", "is empty; please choose the right file and send it again."),
        ("a.docx", b"%PDF-1.7", "is a PDF; send the Word or Excel document that it was made from."),
        ("a.docx", b"{\\rtf1", "is a rich text file (.rtf); open it in Word, save it as .docx and send it again."),
        ("a.xlsx", b"<html><table>", "is a web page inside; open it, save it as .docx or .xlsx and send it again."),
        ("a.docx", b"\x89PNG\r\n", "is a picture; send the Word or Excel document instead."),
        ("a.docx", b"Rar!\x1a", "is an archive; unpack it and send the Word or Excel document itself."),
        ("a.csv", b"a,b", "is a text table (.csv); open it in Excel, save it as .xlsx and send it again."),
        ("a.docx", b"\x01\0\x02", "is of an unknown kind; save it as Word (.docx) or Excel (.xlsx) and send it again."),
        (
            "a.docx",
            OLE + "WordDocument".encode("utf-16-le"),
            "is an old Word document (.doc); open it in Word, save it as .docx and send it again.",
        ),
        (
            "a.xlsx",
            OLE + "Workbook".encode("utf-16-le"),
            "is an old Excel file (.xls); open it in Excel, save it as .xlsx and send it again.",
        ),
        (
            "a.docx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "is protected by a password; save it without the password and send it again.",
        ),
        ("a.docx", OLE, "has an old office form; open it, save it as .docx or .xlsx and send it again."),
        (
            "a.docx",
            b"PK\x03\x04 torn",
            "is damaged and cannot be read; open it on the computer, save it again and send it again.",
        ),
    ],
)
def test_each_wrong_file_is_told_what_to_do_next(tmp_path: Path, name: str, content: bytes, sentence: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert refusal(path) == sentence


def bomb(path: Path) -> Path:
    return packed(path, **{"word/document.xml": b" " * (12 * MEGABYTE)})


def many_entries(path: Path) -> Path:
    return packed(path, **dict.fromkeys((f"word/media/{n}" for n in range(6000)), b""))


def nested(path: Path) -> Path:
    inner = packed(path.with_suffix(".inner"), a=b" " * (4 * MEGABYTE)).read_bytes()
    return packed(path, **{"word/document.xml": document("").encode(), "word/embeddings/a.zip": inner * 800})


def long_part(path: Path) -> Path:
    noise = hashlib.shake_128(b"noise").digest(17 * MEGABYTE)
    return packed(path, **{"word/document.xml": noise})


@pytest.mark.parametrize("make", [bomb, many_entries, nested, long_part])
def test_what_unpacks_to_too_much_is_not_opened(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    sentence = "unpacks to more than a document holds and was not opened; save it anew and send it again."
    assert refusal(make(tmp_path / "a.docx")) == sentence


def test_entities_are_refused_in_any_encoding(tmp_path: Path) -> None:
    sentence = "declares XML entities and was not opened; save it anew in Word or Excel and send it again."
    laughs = '<!DOCTYPE x [<!ENTITY a "ha">]>' + document("&a;")
    for name, content in (("a.docx", laughs.encode()), ("b.docx", laughs.encode("utf-16"))):
        assert refusal(packed(tmp_path / name, **{"word/document.xml": content})) == sentence


@pytest.mark.parametrize(
    ("member", "sentence"),
    [
        ("word/vbaProject.bin", "contains macros; save it as .docx or .xlsx without macros and send it again."),
        ("xl/workbook.bin", "is a binary workbook (.xlsb); save it as .xlsx and send it again."),
        ("ppt/presentation.xml", "is a presentation; send the Word or Excel document instead."),
        ("content.xml", "is an OpenDocument file; save it as .docx or .xlsx and send it again."),
        ("anh.jpg", "is an archive; unpack it and send the Word or Excel document itself."),
    ],
)
def test_a_package_of_another_kind_is_named(tmp_path: Path, member: str, sentence: str) -> None:
    assert refusal(packed(tmp_path / "a.docx", **{member: "x"})) == sentence


def test_elements_nested_thousands_deep_are_damage(tmp_path: Path) -> None:
    deep = document("<w:sdt>" * 50_000 + "</w:sdt>" * 50_000)
    assert refusal(packed(tmp_path / "a.docx", **{"word/document.xml": deep})).startswith("is damaged")


def test_a_refusal_crosses_processes_whole() -> None:
    with pytest.raises(Unreadable) as refused:
        read(Path(__file__).with_name("TỐI MẬT.docx"))
    again = pickle.loads(pickle.dumps(refused.value))  # noqa: S301 - our own bytes
    assert isinstance(again, Unreadable)
    assert (again.text, again.secret) == (refused.value.text, True)
