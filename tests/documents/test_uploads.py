"""What a page takes in at once is said in every refusal of what it does not."""

import pytest

from documents.limits import MEGABYTE
from documents.uploads import limits, require_takeable
from models.rules.text import Refusal, Text


def test_ten_documents_pictures_and_archives_are_taken() -> None:
    names = (
        "BC.PDF",
        "kế hoạch.docx",
        "sổ.xls",
        "bảng.xlsx",
        "ảnh.JPG",
        "hồ sơ.zip",
        "a.b.heic",
        "x.txt",
        "y.ods",
        "z.7z",
    )
    require_takeable([(name, 6 * MEGABYTE) for name in names])


@pytest.mark.parametrize(
    ("files", "what"),
    [
        ([], "No file was chosen."),
        ([("a.pdf", 1)] * 11, "{count} files were chosen; none was sent."),
        ([("a.pdf", 1), ("b.exe", 1)], "“{name}” is of a kind that is not taken; no file was sent."),
        ([("không đuôi", 1)], "“{name}” is of a kind that is not taken; no file was sent."),
        ([("a.pdf", 0)], "“{name}” is empty; no file was sent."),
        ([("a.pdf", 20 * MEGABYTE + 1)], "“{name}” is too large; no file was sent."),
        ([("a.pdf", 16 * MEGABYTE)] * 4, "These files are too large together; none was sent."),
    ],
)
def test_what_is_too_much_is_refused_with_what_may_be(files: list[tuple[str, int]], what: str) -> None:
    with pytest.raises(Refusal) as refused:
        require_takeable(files)
    said = refused.value.text.values
    assert (isinstance(said["what"], Text), said["what"].id, said["limits"]) == (True, what, limits())
