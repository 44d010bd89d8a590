from collections.abc import Callable, Sequence
from pathlib import Path

import docx
import openpyxl
import pytest

from documents.reading import Paper, Sort, read

Rows = Sequence[Sequence[object]]
EXAMPLES = Path(__file__).parents[2] / "examples"
LETTERHEAD: Rows = (
    (
        "UBND TỈNH NAM ĐỊNH\nHỘI ĐỒNG THI ĐUA, KHEN THƯỞNG",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
    ),
    ("Số: 07/KH-HĐTĐKT", "Nam Định, ngày 07 tháng 3 năm 2022"),
)
MakeWord = Callable[..., Path]
MakeBook = Callable[..., Path]
ReadRows = Callable[..., Paper]


@pytest.fixture
def examples() -> Path:
    return EXAMPLES


@pytest.fixture
def word(tmp_path: Path) -> MakeWord:
    """Make a .docx of paragraphs (str) and tables (rows of cells)."""

    def make(*blocks: str | Rows, name: str = "van-ban.docx") -> Path:
        document = docx.Document()
        for block in blocks:
            if isinstance(block, str):
                document.add_paragraph(block)
            else:
                _table(document, block)
        document.save(str(tmp_path / name))
        return tmp_path / name

    return make


def _table(document: docx.document.Document, rows: Rows) -> None:
    table = document.add_table(rows=len(rows), cols=max(len(row) for row in rows))
    for made, row in zip(table.rows, rows, strict=True):
        for holder, cell in zip(made.cells, row, strict=False):
            holder.text = str(cell)


@pytest.fixture
def book(tmp_path: Path) -> MakeBook:
    """Make an .xlsx of sheets (title=rows), the merged ranges of all given by `merged`."""

    def make(name: str = "bang.xlsx", merged: Sequence[str] = (), **sheets: Rows) -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.worksheets[0])
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
            for cells in merged:
                sheet.merge_cells(cells)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return make


@pytest.fixture
def tasks(word: MakeWord) -> ReadRows:
    """Read a plan's annex made of these rows, the heading row first."""

    def make(*rows: Sequence[object], after: Sequence[str | Rows] = ()) -> Paper:
        return read(word(LETTERHEAD, "PHỤ LỤC", "Danh mục nhiệm vụ", rows, *after), as_=Sort.TASKS)

    return make
