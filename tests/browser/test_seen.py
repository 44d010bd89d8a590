"""What was on somebody's screen: told by the page to whoever sent it."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.windows import PHONE, Window, Windows

pytestmark = pytest.mark.browser
HOA, LAN, THU = "Trần Thị Hoa", "Nguyễn Thị Lan", "Phạm Thị Thu"
TEXT = "Đề nghị gửi danh sách trích ngang."


def has_it_on_the_screen(window: Window, name: str) -> None:
    """Take somebody's place, and wait until the page has told what is shown there."""
    with window.page.expect_response(re.compile("/chat/read$")):
        window.takes(name)
    window.hears(TEXT)


def test_the_officers_card_counts_whoever_has_had_the_notice_on_the_screen(windows: Windows) -> None:
    thu = windows.one().takes(THU)
    thu.presses("+15 phút")
    thu.says(f"guithongbao SYT: {TEXT}")
    thu.hears("Nội dung gửi đi:")
    thu.presses("Gửi", thu.last)
    thu.hears("trước giờ đó có thể rút lại")
    thu.presses("Gửi ngay")
    card = thu.card(re.compile("Phải gửi"))
    expect(card).to_be_visible()
    for seen, name in enumerate((HOA, LAN), 1):
        has_it_on_the_screen(windows.one(PHONE), name)
        thu.presses("+15 phút")
        expect(card).to_contain_text(f"Đã xem: {seen}/2 người")
