import pickle
import unicodedata
import zipfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart

from documents.limits import Unreadable
from documents.reading import Paper, Sort, read

SECRET = (
    "The file {name} bears the mark of a state secret; nothing of it was kept. State secrets do not go through chat: "
    "please do not send it again."
)
HEAD = ("TT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian")
any_bytes = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])


def refused(path: Path, **options: Any) -> Unreadable:
    with pytest.raises(Unreadable) as refusal:
        read(path, **options)
    return refusal.value


def test_prose_is_named_and_its_annex_asked_for(examples: Path) -> None:
    paper = read(examples / "ke-hoach-02-2022.txt")
    assert (paper.sort, paper.items, paper.heading.number) == (Sort.PROSE, (), "02/KH-HĐTĐKT")
    assert [question.text.id for question in paper.questions] == [
        "No table was found in the document; send the annex with the tasks as a Word or Excel table."
    ]


def test_content_decides_what_a_file_is_whatever_its_name(examples: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "danh-ba.docx"
    wrong.write_bytes((examples / "danh-ba-vi-du.xlsx").read_bytes())
    assert read(wrong).sort == Sort.DIRECTORY


def test_a_table_of_members_with_deadlines_holds_tasks(word: Any) -> None:
    rows = [
        ("TT", "Nội dung", "Cơ quan chủ trì", "Thời gian", "Thành viên theo dõi"),
        ("1", "A", "Sở Y tế", "Quý I", "B"),
    ]
    assert read(word(rows)).sort == Sort.TASKS


def test_told_otherwise_it_reads_otherwise_or_says_what_is_missing(examples: Path) -> None:
    annex = examples / "phu-luc-ke-hoach-vi-du.docx"
    assert read(annex, as_=Sort.TASKS).sort == Sort.TASKS
    assert refused(annex, as_=Sort.OVERSIGHT).text.id.startswith("The file {name} assigns no members:")
    assert refused(annex, as_=Sort.DIRECTORY).text.id.startswith("The file {name} has no directory:")
    assert refused(examples / "danh-ba-vi-du.xlsx", as_=Sort.TASKS).text.id.startswith("The file {name} has no table")


def test_a_table_without_rows_and_a_blank_paper_are_refused(word: Any, book: Any) -> None:
    empty = "The table in the file {name} has a heading row and nothing below it; fill it in and send it again."
    assert refused(word([HEAD])).text.id == empty
    assert refused(book(PL=[HEAD])).text.id == empty
    blank = "The file {name} holds neither text nor a table; please choose the right file and send it again."
    assert refused(word([("", "")], name="trang.docx")).text.id == blank
    assert refused(book(name="trang.xlsx", PL=[])).text.id == blank


def in_header(path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "MẬT"
    document.add_paragraph("Nội dung")
    document.save(str(path))


def in_split_runs(path: Path) -> None:
    document = docx.Document()
    paragraph = document.add_paragraph()
    for run in unicodedata.normalize("NFD", "TỐI MẬT"):
        paragraph.add_run(run)
    document.save(str(path))


def in_degree_cells(path: Path) -> None:
    document = docx.Document()
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    cells[0].text, cells[1].text = "Độ mật", "Mật"
    document.save(str(path))


def in_hidden_sheet(path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = "Nội dung"
    hidden = workbook.create_sheet("ẩn")
    hidden["A1"] = "TUYỆT MẬT"
    hidden.sheet_state = "hidden"
    workbook.save(path)


def in_page_header(path: Path) -> None:
    workbook = openpyxl.Workbook()
    workbook.worksheets[0]["A1"] = "Nội dung"
    workbook.worksheets[0].oddHeader = HeaderFooterItem(center=_HeaderFooterPart("MẬT"))
    workbook.save(path)


def in_plain_text(path: Path) -> None:
    path.write_text("Kế hoạch\nĐộ mật: Tối mật\n", encoding="utf-16")


@pytest.mark.parametrize(
    "write", [in_header, in_split_runs, in_degree_cells, in_hidden_sheet, in_page_header, in_plain_text]
)
def test_a_marked_file_is_refused_and_only_its_name_told(tmp_path: Path, write: Any) -> None:
    path = tmp_path / "van-ban"
    write(path)
    refusal = refused(path)
    assert (refusal.text.id, refusal.secret) == (SECRET, True)
    assert refusal.text.values == {"name": "van-ban"}


def test_talk_about_confidentiality_is_read(word: Any) -> None:
    rows = [HEAD, ("1", "CÔNG TÁC BẢO VỆ BÍ MẬT NHÀ NƯỚC; bỏ phiếu kín", "Công an tỉnh", "Quý I")]
    assert len(read(word(rows)).items) == 1


def test_text_in_an_old_code_page_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("Kế hoạch".encode()[:-1] + b"\xff\xfa")
    assert (
        refused(path).text.id
        == "The text file {name} is not in Unicode; save it as UTF-8, or as .docx, and send it again."
    )


def test_a_formula_never_computed_is_asked_about(book: Any) -> None:
    paper = read(book(PL=[HEAD, (1, "Việc A", "Sở Y tế", "=TODAY()")]))
    assert paper.questions[0].ref == "PL!D2"


def test_reading_works_in_another_process(examples: Path) -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        paper = pool.submit(read, examples / "thong-bao-01-vi-du.docx").result()
        refusal = pool.submit(read, examples / "README.md", "TỐI MẬT.docx").exception()
    assert paper == read(examples / "thong-bao-01-vi-du.docx")
    assert isinstance(refusal, Unreadable)
    assert refusal.secret


def outcome(path: Path) -> Paper | Unreadable:
    try:
        return read(path)
    except Unreadable as refusal:
        return refusal


@any_bytes
@given(content=st.binary(max_size=400), head=st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"<", b"%PDF"]))
def test_any_bytes_yield_a_paper_or_a_refusal(tmp_path: Path, content: bytes, head: bytes) -> None:
    path = tmp_path / "bat-ky.docx"
    path.write_bytes(head + content)
    assert pickle.loads(pickle.dumps(outcome(path))) is not None  # noqa: S301 - our own bytes


@any_bytes
@given(
    which=st.sampled_from(["danh-ba-vi-du.xlsx", "thong-bao-01-vi-du.docx", "phu-luc-ke-hoach-vi-du.docx"]),
    cut=st.floats(0, 1),
    damage=st.binary(max_size=30),
)
def test_a_torn_office_file_yields_a_paper_or_a_refusal(
    examples: Path, tmp_path: Path, which: str, cut: float, damage: bytes
) -> None:
    content = (examples / which).read_bytes()
    at = int((len(content) - 1) * cut)
    path = tmp_path / which
    path.write_bytes(content[:at] + damage + content[at + len(damage) :])
    assert isinstance(outcome(path), Paper | Unreadable)
    path.write_bytes(content[: max(at, 4)])  # by its first four bytes it is known for what it was
    assert isinstance(outcome(path), Unreadable)


@any_bytes
@given(
    data=st.data(), damage=st.binary(min_size=1, max_size=8) | st.sampled_from([b"", b"</row>", b'"99999999"', b"-1"])
)
def test_a_part_that_is_not_what_it_says_yields_a_paper_or_a_refusal(
    examples: Path, tmp_path: Path, data: st.DataObject, damage: bytes
) -> None:
    which = data.draw(st.sampled_from(["danh-ba-vi-du.xlsx", "thong-bao-01-vi-du.docx"]))
    with zipfile.ZipFile(examples / which) as whole:
        parts = {name: whole.read(name) for name in whole.namelist()}
    read_parts = ("sheet", "workbook", "shared", "styles.xml", "document", "numbering")
    name = data.draw(st.sampled_from([name for name in parts if any(word in name for word in read_parts)]))
    at = data.draw(st.integers(0, len(parts[name])))
    parts[name] = parts[name][:at] + damage + parts[name][at + data.draw(st.integers(0, 12)) :]
    with zipfile.ZipFile(tmp_path / which, "w") as torn:
        for part, content in parts.items():
            torn.writestr(part, content)
    assert isinstance(outcome(tmp_path / which), Paper | Unreadable)
