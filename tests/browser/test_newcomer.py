"""A newcomer's first five minutes, in a browser: three devices on one page, and what a press on one does to the others.

Each step leaves a picture in the test's own folder (`pytest --basetemp=DIR` keeps them).
"""

import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from documents import sample as documents
from tests.browser.program import Program
from tests.browser.windows import DESK, PHONE, Device, Window, Windows, is_closed, shows_nothing_beside

pytestmark = pytest.mark.browser
LAN, HOA, CAPTAIN = "Nguyễn Thị Lan (ví dụ)", "Trần Thị Hoa (ví dụ)", "Giám đốc Công an tỉnh (ví dụ)"
MORNING = "Hạn 14/6 và 1 hạn khác"
REPORT = "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm"
PLEDGE = "Báo cáo tiến độ thực hiện giao ước thi đua"
MEETING = "Họp thông qua kế hoạch kiểm tra công tác thi đua, khen thưởng năm 2022"
NOT_LATE = "Rà soát, kiện toàn Hội đồng Thi đua, khen thưởng cơ sở"
ANSWERS = """units => units.map(
    unit => ['.unit-name', '.unit-answer'].map(part => unit.querySelector(part).textContent.trim())
)"""
SUBSTITUTE = "Đại tá Trần Văn Nam (ví dụ), Phó Giám đốc Công an tỉnh"


@dataclass
class Table:
    """The front page: a focal point's telephone, a member's, an officer's desk, and the clock of all three."""

    window: Window
    pictures: Path
    taken: int = 0

    @property
    def page(self) -> Page:
        return self.window.page

    def device(self, name: str) -> Device:
        return Device(self.page, name)

    def moves_the_clock(self, step: str, *, until: str) -> None:
        self.page.get_by_role("region", name="Đồng hồ mẫu").get_by_role("button", name=step, exact=True).click()
        expect(self.page.locator("[data-clock]")).to_contain_text(until)

    def is_pictured(self) -> None:
        """Keep how the page looks now, on a desk's screen and on a telephone's."""
        self.taken += 1
        for size, kind in ((DESK, "desk"), (PHONE, "phone")):
            self.has_the_size_of(size)
            shows_nothing_beside(self.window)
            self.page.screenshot(path=self.pictures / f"{self.taken}-{kind}.png", animations="disabled")
        self.has_the_size_of(DESK)

    def has_the_size_of(self, screen: dict[str, int]) -> None:
        self.page.set_viewport_size({"width": screen["width"], "height": screen["height"]})


@pytest.fixture
def table(windows: Windows, tmp_path: Path) -> Table:
    """The front page as it opens."""
    return Table(windows.one().opens("/"), tmp_path)


def test_the_first_five_minutes(table: Table, sample: Program) -> None:
    lan, captain, thu = (table.device(name) for name in ("phone", "member", "desk"))
    the_morning_comes_to_all(table, lan)
    one_answer_is_a_receipt_a_turned_card_and_a_figure(table, lan, captain, thu)
    a_saturday_becomes_a_working_day_and_is_approved_in_one_tap(table, lan, thu)
    a_dropped_document_is_read_asked_about_rehearsed_and_given(table, lan, thu)
    the_member_reads_of_his_own_units_only(table, captain)
    a_moved_meeting_is_asked_about_again(table, captain, thu)
    the_silent_are_urged_and_nobody_else(table, thu)
    after_a_kill_everything_is_there(table, sample, (lan, captain, thu))


def the_morning_comes_to_all(table: Table, lan: Device) -> None:
    table.moves_the_clock("+15 phút", until="09/6/2022, 07:4")
    morning = lan.hears(MORNING)
    expect(morning).to_contain_text("Kính gửi: Sở Y tế.")
    expect(morning).to_contain_text(f"1. Hạn 14/6: {REPORT} (“Trước ngày 15/6”), còn 3 ngày làm việc.")
    expect(morning).to_contain_text(
        f"5. Hạn 20/6: {PLEDGE} (“Chậm nhất ngày 20 của tháng cuối quý”), còn 7 ngày làm việc."
    )
    table.is_pictured()


def one_answer_is_a_receipt_a_turned_card_and_a_figure(table: Table, lan: Device, second: Device, thu: Device) -> None:
    second.is_given_to(f"Sở Y tế: {HOA}")
    second.hears(MORNING)
    silent, waiting = cell(thu, "Chưa báo cáo"), cell(thu, "Chờ xác nhận")
    counted = [int(figure.inner_text()) for figure in (silent, waiting)]
    lan.presses("Mở nhiệm vụ 1")
    lan.hears("Thời hạn: Trước ngày 15/6 (chậm nhất hết ngày 14/6)")
    lan.presses("Đã gửi")
    lan.hears("số và ngày của văn bản")
    lan.says("45/BC")
    lan.hears(re.compile(r"Đã ghi nhận số \d+ lúc 07:4\d ngày 09/6/2022: " + REPORT))
    expect(lan.last).to_contain_text("Đã gửi văn bản số 45/BC.")
    expect(second.card(MORNING)).to_contain_text("45/BC")
    expect(silent).to_have_text(str(counted[0] - 1))
    expect(waiting).to_have_text(str(counted[1] + 1))
    table.is_pictured()
    second.is_given_to(CAPTAIN)


def cell(desk: Device, label: str) -> Locator:
    """Find a figure of the half-year report in the desk's list of tasks."""
    return desk.tasks.locator("tbody", has_text=REPORT).locator(f"td[data-label='{label}']")


def a_saturday_becomes_a_working_day_and_is_approved_in_one_tap(table: Table, lan: Device, thu: Device) -> None:
    lan.says("xin gia hạn đến 25/6")
    asked = lan.hears("Ngày 25/6/2022 là ngày nghỉ. Đề nghị chọn ngày làm việc để gia hạn.")
    assert asked.get_by_role("button").all_inner_texts() == ["24/6/2022", "27/6/2022"]
    lan.presses("24/6/2022")
    lan.hears("lý do")
    lan.says("chờ số liệu của các đơn vị trực thuộc")
    lan.hears(f"đề nghị gia hạn đến ngày 24/6/2022, {PLEDGE}")
    request = thu.card("Sở Y tế đề nghị gia hạn đến ngày 24/6/2022 (hạn hiện nay 20/6/2022).")
    thu.presses("Chấp thuận", request)
    is_closed(request)
    expect(request).to_contain_text("Đ/c Phạm Thị Thu (ví dụ) đã chấp thuận gia hạn đến ngày 24/6/2022")
    lan.hears("Đề nghị gia hạn đến ngày 24/6/2022 đã được chấp thuận")
    expect(lan.last).to_contain_text("Các ngày nhắc mới: 15/6/2022, 21/6/2022, 23/6/2022, 24/6/2022.")
    table.is_pictured()


def a_dropped_document_is_read_asked_about_rehearsed_and_given(table: Table, lan: Device, thu: Device) -> None:
    table.page.get_by_role("button", name="Bước tiếp theo").click(click_count=3)
    link = table.page.get_by_role("link", name=documents.WAITING.name)
    link.drag_to(table.page.locator("iframe[name=desk]"))
    expect(thu.place.get_by_role("list", name="Tệp sẽ gửi")).to_contain_text(documents.WAITING.name)
    thu.place.get_by_role("button", name="Gửi", exact=True).click()
    preview = thu.hears("05/TB-HĐTĐKT ngày 08/6/2022: 6 nhiệm vụ.")
    for row in range(1, 7):
        expect(preview).to_contain_text(re.compile(rf"{row}\. .*Chủ trì: .*Thời hạn: "))
    expect(preview).to_contain_text("Trước ngày 25/6/2022")
    table.is_pictured()
    thu.presses("Trả lời 2 câu hỏi")
    thu.hears("Dòng 4 ghi “Xong trong quý III, trước ngày họp phiên thứ hai”. Thời hạn là khi nào?")
    thu.presses("Từ ngày 01/7/2022 đến hết ngày 30/9/2022")
    thu.hears("“Sở Tài nguyên Môi chường” (dòng 6) không có trong danh bạ.")
    thu.presses("Sở Tài nguyên và Môi trường")
    thu.hears("Đã trả lời hết các câu hỏi")
    heard = lan.said.count()
    thu.presses("Ghi vào hệ thống")
    thu.hears("các nhiệm vụ là dự thảo cho đến khi được giao")
    thu.says("giaoviec")
    thu.hears("Xem trước: 6 nhiệm vụ giao cho 7 đơn vị, thành viên; 14 tin nhắn")
    assert lan.said.count() == heard
    table.is_pictured()
    thu.presses("Giao 6 nhiệm vụ")
    thu.hears("6 nhiệm vụ, 7 lượt giao cho đơn vị; 14 tin nhắn")
    lan.hears("Bổ sung số liệu điển hình tiên tiến ngành Y tế, Giáo dục")
    expect(thu.tasks.locator("tbody", has_text="05/TB-HĐTĐKT")).to_have_count(6)
    assert lan.said.count() == heard + 1


def the_member_reads_of_his_own_units_only(table: Table, captain: Device) -> None:
    captain.says("đơn vị nào của tôi chậm?")
    captain.hears("1 đơn vị đồng chí theo dõi quá hạn:")
    lines = captain.last.locator(".lines p").all_inner_texts()
    assert lines[1:] == [f"Sở Tư pháp: {NOT_LATE}, hạn 06/6/2022"]
    table.is_pictured()


def a_moved_meeting_is_asked_about_again(table: Table, captain: Device, thu: Device) -> None:
    found = captain.card("Thời gian: 14h00, thứ Năm, ngày 16/6/2022.")
    expect(found).to_contain_text("Dự họp (đ/c Giám đốc Công an tỉnh")
    old = captain.place.locator(f"#{found.get_attribute('id')}")
    thu.says("hop")
    thu.hears(f"1. 14h00, thứ Năm, ngày 16/6/2022: {MEETING}")
    thu.presses("Xem mục 1")
    thu.hears("Mời: 12; dự: 2;")
    thu.presses("Đổi lịch")
    thu.hears("chuyển sang thời gian nào?")
    thu.says("08h00")
    thu.hears("Chuyển từ 14h00, thứ Năm, ngày 16/6/2022 sang 08h00, thứ Năm, ngày 16/6/2022.")
    thu.presses("Đổi lịch, đề nghị xác nhận lại")
    captain.hears("Đề nghị xác nhận lại việc dự họp.")
    expect(captain.last).to_contain_text("Thay cho lịch họp 14h00, thứ Năm, ngày 16/6/2022; đổi lịch lần thứ 1.")
    is_closed(old)
    captain.presses("Cử người dự thay")
    captain.hears("Đề nghị ghi họ tên, chức vụ trong một dòng.")
    captain.says(SUBSTITUTE)
    captain.hears(f"Dự thay: {SUBSTITUTE}.")
    expect(thu.card(MEETING)).to_contain_text("Mời: 12; dự: 0; vắng mặt: 0; dự thay: 1; chưa trả lời: 11.")
    table.is_pictured()


def the_silent_are_urged_and_nobody_else(table: Table, thu: Device) -> None:
    table.moves_the_clock("Ngày đến hạn", until="14/6/2022, 07:5")
    thu.hears("Việc cần đôn đốc ngày 14/6/2022:")
    table.moves_the_clock("Sáng mai", until="15/6/2022, 07:5")
    thu.hears("Việc cần đôn đốc ngày 15/6/2022:")
    thu.presses("Đôn đốc 17 đơn vị chưa báo cáo")
    shown = thu.hears("17 đơn vị chưa báo cáo và chưa được đôn đốc hôm nay:")
    lines = shown.locator(".lines p").all_inner_texts()
    urged = {line.partition(":")[0] for line in lines[1:18]}
    in_chat, on_paper = answered(thu)
    assert (len(urged), len(in_chat), len(on_paper)) == (17, 19, 20)
    assert urged & {*in_chat, *on_paper, "Sở Giao thông vận tải"} == set()  # the last has asked for more time
    table.is_pictured()
    thu.presses("Gửi đôn đốc")
    thu.hears("các đơn vị khác không nhận thêm tin.")
    table.is_pictured()


def answered(desk: Device) -> tuple[list[str], list[str]]:
    """Read in the desk's list which units have answered about the half year in the chat, and which on paper."""
    task = desk.tasks.locator("tbody", has_text=REPORT)
    task.get_by_role("button").click()
    rows = task.locator(".unit")
    expect(rows).to_have_count(60)
    answers = dict(rows.evaluate_all(ANSWERS))
    on_paper = [unit for unit, answer in answers.items() if "cơ quan thường trực ghi nhận" in answer]
    return [unit for unit, answer in answers.items() if answer and unit not in on_paper], on_paper


def after_a_kill_everything_is_there(table: Table, sample: Program, devices: tuple[Device, ...]) -> None:
    lan, _, thu = devices
    before = [device.texts() for device in devices]
    figures = thu.tasks.locator(".totals").inner_text()
    sample.is_killed()
    lan.says("trogiup")
    expect(lan.place.get_by_role("alert")).to_contain_text("Chưa gửi được")
    sample.starts("--sample")
    lan.hears("nhiemvu")
    table.window.faults.clear()  # while the program was away, the browser rightly complained
    table.page.reload()
    for device, texts, since in zip(devices, before, (2, 0, 0), strict=True):
        expect(device.last).to_be_visible()
        drawn = device.place.locator("article.bubble:visible")  # of what is not drawn yet, the text reads otherwise
        expect(drawn).to_have_count(device.place.locator("article.bubble").count())
        now = device.texts()  # the newest of them, and what the question and its answer added
        assert now[: len(now) - since] == texts[len(texts) + since - len(now) :]
    said = len(lan.texts())
    expect(thu.tasks.locator(".totals")).to_have_text(re.compile(r"\s*".join(map(re.escape, figures.split()))))
    expect(table.page.locator("[data-clock]")).to_contain_text("15/6/2022, 07:5")
    table.moves_the_clock("+15 phút", until="15/6/2022, 08:0")
    assert len(lan.texts()) == said
    table.is_pictured()
