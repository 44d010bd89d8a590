"""The pages on a cheap phone, by keyboard alone, and without script."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.windows import PHONE, Windows, is_closed, shows_nothing_beside

pytestmark = pytest.mark.browser
LAN, THU = "Nguyễn Thị Lan", "Phạm Thị Thu"
MORNING = "Hạn 14/6 và 1 hạn khác"
_FURTHEST = 80
_SMALL = """() => [...document.querySelectorAll('button, .button, summary, .ways a')]
    .filter((one) => one.checkVisibility() && one.getBoundingClientRect().height < 44).map((one) => one.outerHTML)"""


def test_no_page_is_wider_than_a_phone_and_every_button_is_large_enough_to_touch(windows: Windows) -> None:
    window = windows.one(PHONE).opens("/")
    for path in ("/", f"{window.takes(LAN).address}/chat", f"{window.takes(THU).address}/progress"):
        window.opens(path)
        shows_nothing_beside(window)
        assert window.page.evaluate(_SMALL) == []
    window.page.get_by_role("button", name="Báo cáo sơ kết").click()
    expect(window.page.get_by_role("listitem").filter(has_text="Sở Y tế")).to_be_visible()
    expect(window.page.get_by_role("listitem").filter(has_text="Cục Thuế tỉnh")).to_contain_text(": hoàn thành")
    shows_nothing_beside(window)


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
