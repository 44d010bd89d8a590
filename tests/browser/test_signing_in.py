"""A council of one's own: its directory read in, codes printed, and somebody who comes with his."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from playwright.sync_api import Browser, expect

from tests.browser.program import Program
from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser
_DIRECTORY = Path(__file__).parent.parent.parent / "examples" / "danh-ba-vi-du.xlsx"


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Program]:
    """A council of its own, its directory read in and everybody's code printed."""
    program = Program(tmp_path)
    program.runs("import", str(_DIRECTORY))
    program.runs("invite", "--all", "--out", str(tmp_path / "ma.docx"))
    program.starts()
    yield program
    program.stops()


def test_a_code_opens_the_conversation_once_and_a_wrong_one_says_what_to_do(
    own: Program, browser: Browser, tmp_path: Path
) -> None:
    windows = Windows(browser, own.site)
    window = windows.one(PHONE).opens("/")
    expect(window.page.get_by_role("main")).to_contain_text("Mã do cơ quan thường trực Hội đồng cấp.")
    window.page.get_by_role("link", name="Đăng nhập bằng mã").click()
    code = window.page.get_by_role("textbox", name="Mã")
    for typed, answer in (("0000 0000 0000", "liên hệ cơ quan thường trực"), (code_of("SYT", tmp_path), "")):
        code.fill(typed)
        window.presses("Đăng nhập")
        if answer:
            expect(window.page.get_by_role("alert")).to_contain_text(answer)
    window.is_in_conversation().hears("Đồng chí có đồng ý không?")
    window.presses("Đồng ý")
    window.hears("Kênh này hiện phục vụ đồng chí Cán bộ SYT (ví dụ)")
    expect(window.page.get_by_role("banner")).to_contain_text("Sở Y tế · Cán bộ SYT (ví dụ)")
    window.presses("Nhiệm vụ", window.page.get_by_role("form", name="Lệnh nhanh"))
    window.hears("Không có nhiệm vụ nào")
    window.page.get_by_label("Các trang").locator("summary").click()
    window.presses("Đăng xuất")
    window.page.wait_for_url(f"{own.site}/")
    window.opens("/chat").page.wait_for_url("**/signin")
    refused = [fault for fault in windows.faults if "400 (Bad Request)" not in fault]
    windows.close()
    assert refused == []


def test_the_picture_on_a_units_letter_fills_the_code_in_and_leads_to_the_questions(
    own: Program, browser: Browser, tmp_path: Path
) -> None:
    own.runs("invite", "--units", "--unit", "SYT", "--out", str(tmp_path / "thu.docx"))
    (code,) = re.findall(
        r"\d{4} \d{4} \d{4}", "\n".join(one.text for one in Document(str(tmp_path / "thu.docx")).paragraphs)
    )
    windows = Windows(browser, own.site)
    window = windows.one(PHONE).opens(f"/signin#{code.replace(' ', '')}")
    expect(window.page.get_by_role("textbox", name="Mã")).to_have_value(code)
    assert window.page.url == f"{own.site}/signin"
    window.presses("Đăng nhập")
    window.is_in_conversation().hears("Đây là mã của Sở Y tế")
    window.presses("Đồng ý")
    window.hears("Đề nghị cho biết họ và tên của đồng chí?")
    assert windows.faults == []
    windows.close()


def code_of(unit: str, folder: Path) -> str:
    """Find the code of a unit's focal point on the printed sheets."""
    words = "\n".join(paragraph.text for paragraph in Document(str(folder / "ma.docx")).paragraphs)
    words += "\n".join(cell.text for table in Document(str(folder / "ma.docx")).tables for cell in table._cells)  # noqa: SLF001
    found = re.search(rf"Cán bộ {unit} .*?(\d{{4}} \d{{4}} \d{{4}})", words, re.DOTALL)
    assert found
    return found[1]
