from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches

from documents.body import Paragraph, Row, Table
from documents.limits import DEFAULT_LIMITS
from documents.numbering import figure
from documents.word import read_word


def blocks(path: Path) -> tuple[Paragraph | Table, ...]:
    return read_word(path, path.name, DEFAULT_LIMITS).blocks


def paragraph(inside: str) -> Any:
    return parse_xml(f"<w:p {nsdecls('w')}>{inside}</w:p>")


def test_paragraphs_and_tables_come_in_the_order_of_the_paper(word: Any) -> None:
    assert blocks(word("Trước", [("A", "B")], "Sau")) == (
        Paragraph("Trước"),
        Table((Row(1, ("A", "B")),)),
        Paragraph("Sau"),
    )


def test_cells_merged_down_are_repeated_and_across_stand_once(tmp_path: Path) -> None:
    document = docx.Document()
    table = document.add_table(rows=3, cols=3)
    for row in table.rows:
        for cell in row.cells:
            cell.text = "x"
    table.cell(0, 0).merge(table.cell(1, 0)).text = "dọc"
    table.cell(2, 0).merge(table.cell(2, 1)).text = "ngang"
    document.save(str(tmp_path / "a.docx"))
    assert blocks(tmp_path / "a.docx") == (
        Table((Row(1, ("dọc", "x", "x")), Row(2, ("dọc", "x", "x")), Row(3, ("ngang", "", "x")))),
    )


def test_tracked_changes_controls_and_boxes_are_read_as_printed(tmp_path: Path) -> None:
    document = docx.Document()
    body = document.element.body
    inserted = '<w:ins w:id="1" w:author="a"><w:r><w:t>mới</w:t></w:r></w:ins>'
    deleted = '<w:del w:id="2" w:author="a"><w:r><w:delText>cũ</w:delText></w:r></w:del>'
    box = "<w:txbxContent><w:p><w:r><w:t>hộp</w:t></w:r></w:p></w:txbxContent>"
    boxed = f"<w:r><w:pict>{box}</w:pict></w:r>"
    body.insert(0, paragraph(f"<w:r><w:t>Hạn </w:t></w:r>{inserted}{deleted}{boxed}"))
    control = "<w:sdt {}><w:sdtContent><w:p><w:r><w:t>trong{}khung</w:t></w:r></w:p></w:sdtContent></w:sdt>"
    body.insert(1, parse_xml(control.format(nsdecls("w"), "\u00a0")))
    document.save(str(tmp_path / "a.docx"))
    found = read_word(tmp_path / "a.docx", "a.docx", DEFAULT_LIMITS)
    assert found.blocks == (Paragraph("Hạn mới"), Paragraph("trong khung"))
    assert "hộp" in found.aside


def test_headers_are_kept_aside(tmp_path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "đầu trang"
    document.add_paragraph("thân")
    document.save(str(tmp_path / "a.docx"))
    found = read_word(tmp_path / "a.docx", "a.docx", DEFAULT_LIMITS)
    assert found.blocks == (Paragraph("thân"),)
    assert "đầu trang" in found.aside


def test_numbers_that_word_makes_itself_are_printed(tmp_path: Path) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    numbering.insert(
        0,
        parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:start w:val="3"/>'
            '<w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/>'
            '<w:numFmt w:val="decimal"/><w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>'
        ),
    )
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    table = document.add_table(rows=4, cols=2)
    for row, depth in zip(table.rows, (0, 1, 1, 0), strict=True):
        row.cells[0].paragraphs[0]._p.get_or_add_pPr().append(  # noqa: SLF001 - python-docx makes no lists
            parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>')
        )
        row.cells[1].text = "việc"
    document.save(str(tmp_path / "a.docx"))
    (found,) = blocks(tmp_path / "a.docx")
    assert isinstance(found, Table)
    assert [row.cells[0] for row in found.rows] == ["III.", "1)", "2)", "IV."]


@pytest.mark.parametrize(
    ("number", "kind", "printed"),
    [
        (4, "upperRoman", "IV"),
        (1949, "lowerRoman", "mcmxlix"),
        (2, "lowerLetter", "b"),
        (28, "upperLetter", "BB"),
        (7, "decimalZero", "07"),
        (7, "ordinal", "7"),
    ],
)
def test_figures_are_printed_as_word_does(number: int, kind: str, printed: str) -> None:
    assert figure(number, kind) == printed


def test_a_table_within_a_table_follows_the_one_that_holds_it(tmp_path: Path) -> None:
    document = docx.Document()
    cell = document.add_table(rows=1, cols=1).rows[0].cells[0]
    cell.text = "ngoài"
    cell.add_table(rows=1, cols=1).rows[0].cells[0].text = "trong"
    cell.width = Inches(2)
    document.save(str(tmp_path / "a.docx"))
    assert blocks(tmp_path / "a.docx") == (Table((Row(1, ("ngoài",)),)), Table((Row(1, ("trong",)),)))
