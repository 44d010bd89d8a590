"""The pages on a cheap phone, by keyboard alone, and without script."""

import pytest
from playwright.sync_api import Locator, Page, expect

from documents import sample as documents
from tests.browser.windows import PHONE, Device, Window, Windows, is_closed, shows_nothing_beside

pytestmark = pytest.mark.browser
LAN, THU = "Nguyễn Thị Lan", "Phạm Thị Thu"
MORNING = "Hạn 14/6 và 1 hạn khác"
_FURTHEST = 80
_SEEN = """(page, state) => {
    Object.defineProperty(document, 'visibilityState', {value: state, configurable: true});
    Object.defineProperty(document, 'hidden', {value: state === 'hidden', configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
}"""
_SMALL = """() => [...document.querySelectorAll('button, .button, summary, .ways a')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""


def test_no_page_is_wider_than_a_phone_and_every_button_is_large_enough_to_touch(windows: Windows) -> None:
    window = windows.one(PHONE).opens("/")
    lan, thu = window.takes(LAN).address, window.takes(THU).address
    framed = thu.replace("/as/", "/device/")
    for path in ("/", f"{lan}/chat", f"{framed}/chat", f"{framed}/progress", f"{thu}/progress"):
        window.opens(path)
        shows_nothing_beside(window)
        assert window.page.evaluate(_SMALL) == []
    window.page.get_by_role("button", name="Báo cáo sơ kết").click()
    expect(window.page.get_by_role("listitem").filter(has_text="Sở Y tế")).to_be_visible()
    expect(window.page.get_by_role("listitem").filter(has_text="Cục Thuế tỉnh")).to_contain_text(": hoàn thành")
    shows_nothing_beside(window)


def test_on_a_phone_each_device_stands_behind_a_tab_that_tells_what_has_come(windows: Windows) -> None:
    window = windows.one(PHONE).opens("/")
    tabs = window.page.get_by_role("tab")
    assert tabs.all_inner_texts() == ["Đầu mối", "Thành viên Hội đồng", "Cán bộ thường trực"]
    window.presses("+15 phút")
    Device(window.page, "phone").hears(MORNING)
    expect(tabs.nth(1)).to_contain_text("Tin mới")
    tabs.nth(1).click()
    expect(tabs.nth(1)).to_have_text("Thành viên Hội đồng", use_inner_text=True)
    assert_is_the_only_one_shown(window.page, "device-member")
    window.page.keyboard.press("ArrowRight")
    expect(tabs.nth(2)).to_be_focused()
    assert_is_the_only_one_shown(window.page, "device-desk")
    expect(Device(window.page, "desk").tasks.locator("#total-silent")).to_be_visible()


def assert_is_the_only_one_shown(page: Page, device: str) -> None:
    shown = [one.get_attribute("id") for one in page.locator(".device").all() if one.is_visible()]
    assert shown == [device]


def test_a_device_is_opened_in_a_window_of_its_own(windows: Windows) -> None:
    window = windows.one().opens("/")
    with window.page.context.expect_page() as opened:
        Device(window.page, "phone").frame.get_by_role("link", name="Mở trong cửa sổ riêng").click()
    own = Window(opened.value, window.site, window.faults).is_in_conversation()
    assert own.page.title() == "Sở Y tế · Đôn Đốc"
    window.presses("+15 phút")
    own.hears(MORNING)


def test_two_front_pages_and_a_conversation_answer_beside_each_other(windows: Windows) -> None:
    first = windows.one().opens("/")
    second = first.beside("/")
    own = first.beside("/").takes(LAN)
    for screen in (Device(second.page, "phone"), own, Device(first.page, "desk")):
        screen.says("trogiup")
        screen.hears("nhiemvu")
    second.presses("+15 phút")
    for screen in (Device(first.page, "phone"), Device(second.page, "phone"), own):
        screen.hears(MORNING)


def test_devices_that_nobody_sees_let_their_connection_go_and_catch_up(windows: Windows) -> None:
    window = windows.one().opens("/")
    own = window.beside("/").takes(LAN)
    lan, member = (Device(window.page, name) for name in ("phone", "member"))
    is_seen(window, "hidden")
    own.presses("+15 phút")
    own.hears(MORNING)
    expect(lan.card(MORNING)).to_have_count(0)
    is_seen(window, "visible")
    lan.hears(MORNING)
    member.hears("Quá hạn: 1 đơn vị đồng chí theo dõi")


def test_of_the_conversations_that_nobody_sees_one_counts_in_its_title_what_comes(windows: Windows) -> None:
    shown = windows.one().opens("/")
    first, second = (shown.beside("/").takes(name) for name in (LAN, LAN))
    for own in (first, second):
        is_seen(own, "hidden")
    shown.presses("+15 phút")
    expect(first.page).to_have_title("(1) Sở Y tế · Đôn Đốc")
    Device(shown.page, "phone").hears(MORNING)
    expect(second.card(MORNING)).to_have_count(0)
    for own in (first, second):
        is_seen(own, "visible")
        own.hears(MORNING)
        expect(own.page).to_have_title("Sở Y tế · Đôn Đốc")


def is_seen(window: Window, state: str) -> None:
    """Let a window be covered by another ("hidden"), or be looked at again ("visible")."""
    window.page.locator("html").evaluate(_SEEN, state)


def test_a_document_is_dropped_on_the_desk_or_chosen_there(windows: Windows) -> None:
    desk = Device(windows.one().opens("/").page, "desk")
    desk.is_dropped(documents.WAITING)
    desk.hears("05/TB-HĐTĐKT ngày 08/6/2022: 6 nhiệm vụ.")
    desk.sends(documents.ANNEX)
    desk.hears("02/KH-HĐTĐKT")


def test_a_message_taller_than_the_phone_is_shown_from_its_first_line(windows: Windows) -> None:
    window = windows.one({"width": 360, "height": 480}).takes(LAN)
    window.says("trogiup")
    answer = window.hears("nhiemvu")
    expect(answer).to_be_in_viewport()
    place = answer.bounding_box()
    log = window.page.get_by_role("log").bounding_box()
    assert place is not None
    assert log is not None
    assert place["height"] > log["height"]
    assert place["y"] >= log["y"]


def test_a_button_is_reached_by_tab_and_pressed_by_enter(windows: Windows) -> None:
    window = windows.one().takes(LAN)
    tab_to(window.page.get_by_role("button", name="+15 phút"))
    window.page.keyboard.press("Enter")
    tab_to(window.hears(MORNING).get_by_role("button", name="Đã tiếp nhận tất cả"))
    window.page.keyboard.press("Enter")
    is_closed(window.card(MORNING))
    tab_to(window.page.get_by_role("button", name="Nhiệm vụ", exact=True).last)
    window.page.keyboard.press("Enter")
    window.hears("Hạn 16h00 30/11: Báo cáo tổng kết năm")


def tab_to(button: Locator) -> None:
    """Press Tab until the button has the focus, and the focus can be seen."""
    for _ in range(_FURTHEST):
        button.page.keyboard.press("Tab")
        if button.evaluate("button => button === document.activeElement"):
            assert button.evaluate("button => getComputedStyle(button).outlineStyle") == "solid"
            return
    raise AssertionError(f"{button} is not reached by {_FURTHEST} presses of Tab.")


def test_without_script_the_same_is_said_and_pressed_by_plain_forms(windows: Windows) -> None:
    window = windows.one(PHONE, script=False).takes(LAN)
    window.presses("+15 phút")
    loaded_until_shown(window.page, window.card(MORNING))
    window.presses("Đã tiếp nhận tất cả")
    window.hears("Đã ghi nhận tiếp nhận lúc 07:4")
    loaded_until_shown(window.page, window.card("Đã trả lời đủ 2 nhiệm vụ."))
    is_closed(window.card(MORNING))
    window.says("nhiemvu")
    window.hears("Hạn 16h00 30/11: Báo cáo tổng kết năm")
    shows_nothing_beside_without_script(window.page)


def test_without_script_the_devices_stand_together_and_answer(windows: Windows) -> None:
    window = windows.one(script=False).opens("/")
    assert len(window.page.get_by_role("region", name="Nên thử trước").get_by_role("listitem").all()) == 8
    window.presses("+15 phút")
    lan = Device(window.page, "phone")
    loaded_until_shown(window.page, lan.card(MORNING))
    lan.presses("Đã tiếp nhận tất cả")
    lan.hears("Đã ghi nhận tiếp nhận lúc 07:4")
    assert window.page.url == f"{window.site}/"


def loaded_until_shown(page: Page, card: Locator) -> None:
    """Load the page again, as people do who have no script, until a card stands on it."""
    for _ in range(_FURTHEST):
        if card.count():
            return
        page.reload()
    raise AssertionError("The card has not come.")


def shows_nothing_beside_without_script(page: Page) -> None:
    """Judge by the places of what is shown that nothing stands beside the window."""
    for one in page.locator("header, footer, main, article").all():
        place = one.bounding_box()
        assert place is not None
        assert place["x"] + place["width"] <= PHONE["width"]


def test_roles_are_found_as_one_types_and_taken_again_and_again(windows: Windows) -> None:
    window = windows.one().opens("/")
    window.page.get_by_placeholder("Tìm theo đơn vị").fill("so y te")
    assert window.page.locator("button.role:visible").count() == 3
    window.page.locator("button.role:visible", has_text=LAN).click()
    window.is_in_conversation()
    assert window.page.title() == "Sở Y tế · Đôn Đốc"
    window.page.get_by_role("link", name="Chọn vai khác").click()
    window.page.wait_for_url(f"{window.site}/")
    window.takes(THU)
    assert window.page.title() == "Phạm Thị Thu (ví dụ) · Đôn Đốc"
