from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from documents.limits import Unreadable
from documents.printing import as_json, refused_as_json
from documents.reading import read
from models.rules.text import Text

KEYS = ["number", "date", "kind", "issuer", "subject", "supersedes", "secret", "items", "oversight", "questions"]


@dataclass(frozen=True)
class Told:
    notation: str


def reading(phrase: str, on: date) -> Told:
    return Told("2022-06-14" if phrase == "Trước ngày 15/6" and on == date(2022, 3, 7) else "AMBIGUOUS")


def say(text: Text) -> str:
    return text.id.format(**text.values)


def test_an_annex_is_printed_with_its_readings_and_questions(examples: Path) -> None:
    printed = as_json(read(examples / "phu-luc-ke-hoach-vi-du.docx"), reading, say)
    assert list(printed) == KEYS
    assert (printed["number"], printed["date"], printed["kind"]) == ("02/KH-HĐTĐKT", "2022-03-07", "KH")
    assert (printed["supersedes"], printed["secret"], printed["oversight"]) == (None, False, [])
    assert printed["items"][1] == {
        "ref": "2",
        "text": "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm",
        "lead": ["Các cơ quan, đơn vị, địa phương"],
        "coordinating": [],
        "deliverable": "Báo cáo",
        "phrase": "Trước ngày 15/6",
        "reading": "2022-06-14",
        "question": None,
    }
    assert printed["items"][0]["question"] == (
        "Row 1: the deadline “Trong quý I” cannot be read for certain; state the date."
    )


def test_a_notice_is_printed_with_its_members(examples: Path) -> None:
    printed = as_json(read(examples / "thong-bao-01-vi-du.docx"), reading, say)
    assert printed["supersedes"] == "02/TB-HĐTĐKT"
    assert printed["oversight"][5] == {
        "member": "Giám đốc Sở Tài chính",
        "post": "Giám đốc Sở Tài chính",
        "role": "Ủy viên",
        "scopes": ["Khối thi đua các sở, ngành kinh tế", "huyện Vụ Bản", "huyện Ý Yên"],
    }


def test_a_marked_file_is_printed_as_secret_and_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(Unreadable) as refused:
        read(tmp_path / "KH_TOI_MAT.docx")
    printed = refused_as_json(refused.value, say)
    assert list(printed) == KEYS
    assert printed["secret"] is True
    assert [printed[key] for key in KEYS[:6]] == [None] * 6
    (sentence,) = printed["questions"]
    assert sentence.startswith("The file KH_TOI_MAT.docx bears the mark of a state secret; nothing of it was kept.")


def test_a_register_is_printed_with_its_papers(examples: Path) -> None:
    printed = as_json(read(examples / "so-cong-van-den-vi-du.xlsx"), reading, say)
    assert list(printed) == [*KEYS, "register"]
    assert (printed["items"], printed["questions"], len(printed["register"])) == ([], [], 44)
    assert printed["register"][1] == {
        "ref": "9",
        "entry": "202",
        "arrived": "2022-06-08",
        "dated": "2022-06-07",
        "sender": "Sở Nội vụ",
        "number": "31/BC-SNV",
        "subject": "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm 2022",
        "route": "",
    }
