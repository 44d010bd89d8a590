"""A newcomer's five minutes with the sample, in a browser: what he reads, presses and sends, and what he then sees."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, expect

from tests.browser.program import Program
from tests.browser.windows import PHONE, Window, Windows, is_closed

pytestmark = pytest.mark.browser
LAN, HOA, THU, MINH = "Nguyễn Thị Lan", "Trần Thị Hoa", "Phạm Thị Thu", "Lê Văn Minh"
MORNING = "Hạn 14/6 và 1 hạn khác"
REPORT = "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm"


def test_one_tap_answers_for_the_unit_and_is_counted_at_once(windows: Windows) -> None:
    lan, hoa, thu = windows.one(PHONE), windows.one().takes(HOA), windows.one().takes(THU)
    lan.opens("/").presses("Sở Y tế", lan.page.get_by_role("region", name="Nên thử trước"))
    lan.is_in_conversation()
    thu.opens(f"{thu.address}/progress")
    figures = [cell(thu, "Đang thực hiện"), cell(thu, "Chưa báo cáo")]
    assert [figure.inner_text() for figure in figures] == ["15", "40"]
    thu.page.evaluate("document.body.dataset.kept = 'since it was loaded'")
    lan.presses("+15 phút")
    morning = lan.hears(MORNING)
    expect(morning).to_contain_text("Kính gửi: Sở Y tế.")
    expect(morning).to_contain_text(f"1. Hạn 14/6: {REPORT}, còn 3 ngày làm việc.")
    hoa.hears(MORNING)
    lan.presses("Đã tiếp nhận tất cả")
    for colleague in (lan, hoa):
        is_closed(colleague.card(MORNING))
        expect(colleague.card(MORNING)).to_contain_text("Đ/c Nguyễn Thị Lan (ví dụ) đã tiếp nhận lúc 07:4")
    expect(figures[0]).to_have_text("16")
    expect(figures[1]).to_have_text("39")
    expect(thu.page.locator("#as-of")).to_contain_text("07:4")
    assert thu.page.evaluate("document.body.dataset.kept") == "since it was loaded"


def cell(window: Window, label: str) -> Locator:
    """Find a figure of the half-year report in the list of tasks."""
    return window.page.locator("tbody", has_text=REPORT).locator(f"td[data-label='{label}']")


def test_a_saturday_is_answered_with_working_days_and_approved_in_one_tap(windows: Windows) -> None:
    lan, thu = windows.one(PHONE).takes(LAN), windows.one().takes(THU)
    lan.says("nhiemvu 1")
    card = lan.page.locator(f"#{lan.hears('Hạn 14/6').get_attribute('id')}")
    lan.says("xin gia hạn đến 25/6 vì chờ số liệu")
    asked = lan.hears("Ngày 25/6/2022 là ngày nghỉ. Đề nghị chọn ngày làm việc để gia hạn.")
    assert asked.get_by_role("button").all_inner_texts() == ["24/6/2022", "27/6/2022"]
    lan.presses("24/6/2022")
    lan.hears("thuộc nhiệm vụ nào").get_by_role("button", name=re.compile("^1\\. ")).click()
    lan.hears("đề nghị gia hạn đến ngày 24/6/2022")
    request = thu.card("Sở Y tế đề nghị gia hạn đến ngày 24/6/2022 (hạn hiện nay 14/6/2022).")
    expect(request).to_contain_text("Lý do: chờ số liệu")
    thu.presses("Chấp thuận", request)
    is_closed(request)
    expect(request).to_contain_text("Đ/c Phạm Thị Thu (ví dụ) đã chấp thuận gia hạn đến ngày 24/6/2022")
    lan.hears("Đề nghị gia hạn đến ngày 24/6/2022 đã được chấp thuận")
    lan.hears(re.compile(r"Các ngày nhắc mới: .*24/6/2022"))
    expect(card).to_contain_text("Hạn 24/6")


def test_the_waiting_document_is_read_asked_about_written_and_given(windows: Windows, tmp_path: Path) -> None:
    thu, minh = windows.one(), windows.one(PHONE).takes(MINH)
    thu.opens("/")
    with thu.page.expect_download() as download:
        thu.page.get_by_role("link", name="thong-bao-ket-luan-05.docx").click()
    document = tmp_path / download.value.suggested_filename
    download.value.save_as(document)
    thu.takes(THU).sends(document)
    preview = thu.hears("05/TB-HĐTĐKT ngày 08/6/2022: 6 nhiệm vụ.")
    for row in range(1, 7):
        expect(preview).to_contain_text(re.compile(rf"{row}\. .*Chủ trì: .*Thời hạn: "))
    thu.presses("Trả lời 2 câu hỏi")
    thu.hears("Dòng 4 ghi “Xong trong quý III, trước ngày họp phiên thứ hai”. Thời hạn là khi nào?")
    thu.presses("Từ ngày 01/7/2022 đến hết ngày 30/9/2022")
    thu.hears("“Sở Tài nguyên Môi chường” (dòng 6) không có trong danh bạ.")
    thu.presses("Sở Tài nguyên và Môi trường")
    thu.hears("Đã trả lời hết các câu hỏi")
    thu.presses("Ghi vào hệ thống")
    thu.hears("các nhiệm vụ là dự thảo cho đến khi được giao")
    thu.presses("+15 phút")
    minh.hears("Hạn 14/6")
    heard = minh.said.count()
    thu.presses("Xem và giao việc")
    thu.hears("Xem trước: 6 nhiệm vụ giao cho 7 đơn vị")
    assert minh.said.count() == heard
    thu.presses("Giao 6 nhiệm vụ")
    thu.hears("6 nhiệm vụ, 7 lượt giao cho đơn vị")
    minh.hears("Rà soát, cân đối Quỹ Thi đua, khen thưởng của tỉnh")
    assert minh.said.count() == heard + 1


def test_after_a_kill_everything_is_there_once_and_the_clock_goes_on(sample: Program, windows: Windows) -> None:
    lan, thu = windows.one(PHONE).takes(LAN), windows.one().takes(THU)
    lan.presses("+15 phút")
    lan.hears(MORNING)
    lan.presses("Đã tiếp nhận tất cả")
    is_closed(lan.card(MORNING))
    expect(thu.page.locator("[data-clock]")).to_contain_text("07:4")
    before = [window.texts() for window in (lan, thu)]
    sample.is_killed()
    lan.says("trogiup")
    expect(lan.page.get_by_role("alert")).to_contain_text("Chưa gửi được")
    sample.starts("--sample")
    lan.hears("nhiemvu")
    windows.faults.clear()  # while the program was away, the browser rightly complained
    for window, texts in zip((lan, thu), before, strict=True):
        window.page.reload()
        expect(window.page.locator("[data-clock]")).to_contain_text(re.compile("09/6/2022, 07:4"))
        assert window.texts()[: len(texts)] == texts
    assert [text for text in lan.texts()[len(before[0]) :] if "trogiup" in text.splitlines()] != []
    assert len(lan.texts()) == len(before[0]) + 2
    lan.presses("+15 phút")
    expect(lan.page.locator("[data-clock]")).to_contain_text("07:5")
    assert len(lan.texts()) == len(before[0]) + 2
