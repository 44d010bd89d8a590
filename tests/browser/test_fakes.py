"""The pages of the Telegram and the Zalo for trying, in a real browser: on a desk and on a telephone."""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.windows import DESK, PHONE

pytestmark = pytest.mark.browser
ROOT = Path(__file__).resolve().parents[2]


@dataclass(slots=True)
class Platform:
    """What the program that `make fakes` starts serves; `token` is of the first bot."""

    address: str
    token: str
    heard: int = 0

    def asks(self, method: str, **params: Any) -> Any:
        """Do what a bot does."""
        url, body = f"{self.address}/bot{self.token}/{method}", json.dumps(params).encode()
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"})  # noqa: S310 - loopback
        with urllib.request.urlopen(request) as answer:  # noqa: S310 - loopback
            return json.loads(answer.read())["result"]

    def hears(self) -> Any:
        """Wait for the next update of Telegram."""
        [update] = self.asks("getUpdates", offset=self.heard + 1, limit=1, timeout=30)
        self.heard = update["update_id"]
        return update


@pytest.fixture(scope="module")
def told() -> Iterator[dict[str, str]]:
    """What the program, in a process of its own, says to write into the settings."""
    command = [sys.executable, "-m", "tests.fakes", "--port", "0"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        said = "".join(
            iter(program.stdout.readline, "Mọi thứ chỉ nằm trong bộ nhớ và mất đi khi dừng. Dừng: Ctrl+C.\n")
        )
        yield dict(re.findall(r"DONDOC_(\w+)=(\S+)", said))
        program.terminate()
        assert program.wait(10) == 0


@pytest.fixture(scope="module")
def telegram(told: dict[str, str]) -> Platform:
    """The Telegram for trying."""
    return Platform(told["TELEGRAM_API"], told["TELEGRAM_TOKEN"])


@pytest.fixture(scope="module")
def zalo(told: dict[str, str]) -> Platform:
    """The Zalo for trying."""
    return Platform(told["ZALO_API"], told["ZALO_TOKENS"].partition(",")[0])


@pytest.fixture(params=[DESK, PHONE], ids=["desk", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A window; nothing may go wrong in it, and nothing may stick out of it."""
    context = browser.new_context(viewport=request.param)
    opened, faults = context.new_page(), list[str]()
    opened.on("console", lambda said: faults.append(said.text) if said.type in {"error", "warning"} else None)
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults == []
    context.close()


def joined(page: Page) -> str:
    """Add a person, whose telephone is shown then; gives the name."""
    narrow = page.viewport_size == PHONE
    name = "Vũ Thị Hẹp" if narrow else "Vũ Thị Rộng"
    if narrow:
        page.get_by_role("button", name="Người dùng").click()
    page.get_by_label("Họ và tên người mới").fill(name)
    page.get_by_role("button", name="Thêm người").click()
    page.locator(".person", has_text=name).click()
    return name


def test_both_sides_are_seen(page: Page, telegram: Platform, tmp_path: Path) -> None:
    page.goto(telegram.address)
    joined(page)
    page.get_by_label("Mã mời").fill("481516234299")
    page.get_by_role("button", name="Bắt đầu", exact=True).click()
    expect(page.locator("article.mine")).to_contain_text("/start 481516234299")
    chat = telegram.hears()["message"]["chat"]["id"]
    keys = {"inline_keyboard": [[{"text": "Đã nhận", "callback_data": "d:1"}]]}
    telegram.asks(
        "sendMessage", chat_id=chat, text="<b>Hạn 15/6</b> &amp; <i>x</i>", parse_mode="HTML", reply_markup=keys
    )
    expect(page.locator("article:not(.mine) .words b")).to_have_text("Hạn 15/6")
    page.get_by_role("button", name="Đã nhận").click()
    press = telegram.hears()["callback_query"]
    telegram.asks("answerCallbackQuery", callback_query_id=press["id"], text="Đã ghi nhận")
    expect(page.locator("[data-toast]")).to_have_text("Đã ghi nhận")
    telegram.asks("editMessageText", chat_id=chat, message_id=press["message"]["message_id"], text="Đã nhận lúc 09:12")
    expect(page.locator("article:not(.mine)")).to_contain_text("đã sửa")
    note = tmp_path / "số 1.txt"
    note.write_text("x", encoding="utf-8")
    page.get_by_label("Gửi tệp hoặc ảnh").set_input_files(note)
    expect(page.locator("article.mine").last).to_contain_text("số 1.txt")
    assert telegram.hears()["message"]["document"]["file_name"] == "số 1.txt"
    page.get_by_role("button", name="Chặn", exact=True).click()
    expect(page.get_by_role("button", name="Bỏ chặn")).to_be_visible()
    assert telegram.hears()["my_chat_member"]["new_chat_member"]["status"] == "kicked"
    if page.viewport_size == PHONE:
        page.get_by_role("button", name="Nhật ký").click()
    page.locator(".line", has_text="editMessageText").first.click()
    expect(page.locator(".line pre").first).to_contain_text("Đã nhận lúc 09:12")


def test_several_people_write_to_several_bots_of_zalo(page: Page, zalo: Platform) -> None:
    page.goto(zalo.address)
    name = joined(page)
    page.get_by_label("Nội dung tin nhắn").fill("481516")
    page.get_by_role("button", name="Gửi", exact=True).click()
    heard = zalo.asks("getUpdates", timeout=30)["message"]
    assert (heard["text"], heard["from"]["display_name"]) == ("481516", name)
    zalo.asks("sendMessage", chat_id=heard["chat"]["id"], text="1. Đã nhận <x>")
    expect(page.locator("article:not(.mine) .words")).to_have_text("1. Đã nhận <x>")
    page.locator("[data-menu] summary").click()
    page.get_by_role("button", name="Nhãn dán").click()
    assert zalo.asks("getUpdates", timeout=30)["event_name"] == "message.sticker.received"
    expect(page.locator("article.mine").last).to_contain_text("(nhãn dán)")
    page.get_by_label("Trò chuyện với").select_option(index=1)
    expect(page.locator("[data-bot-name]")).to_have_text("Bot Đôn Đốc 2")
    expect(page.locator("[data-thread] article")).to_have_count(0)
    page.get_by_label("Nội dung tin nhắn").fill("xin chào")
    page.get_by_role("button", name="Gửi", exact=True).click()
    expect(page.locator("article.mine .words")).to_have_text("xin chào")
