"""What was on somebody's screen: told by the page to whoever sent it, and not before."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.windows import PHONE, Windows

pytestmark = pytest.mark.browser
LAN, THU = "Nguyễn Thị Lan", "Phạm Thị Thu"
TEXT = "Đề nghị gửi danh sách trích ngang."


def test_the_officers_card_counts_whoever_has_had_the_notice_on_the_screen(windows: Windows) -> None:
    thu, lan = windows.one().takes(THU), windows.one(PHONE)
    thu.presses("+15 phút")
    thu.says(f"guithongbao SYT: {TEXT}")
    thu.hears("Nội dung gửi đi:")
    thu.presses("Gửi", thu.last)
    thu.hears("trước giờ đó có thể rút lại")
    thu.presses("Gửi ngay")
    card = thu.card(re.compile("Phải gửi"))
    thu.presses("+15 phút")
    expect(card).to_contain_text(re.compile(r"Đã xem: 0/[1-9]"))
    lan.takes(LAN)
    lan.hears(TEXT)
    thu.presses("+15 phút")
    expect(card).to_contain_text(re.compile(r"Đã xem: 1/[1-9]"))
