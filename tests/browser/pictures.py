"""The pictures of the README, made anew from a sample council: `.venv/bin/python -m tests.browser.pictures`."""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser.program import Program
from tests.browser.windows import Device, Windows, launched

_FOLDER = Path(__file__).parent.parent.parent / "docs" / "images"


def devices(windows: Windows) -> None:
    """The sample's front page, when the morning messages have come."""
    window = windows.one({"width": 1440, "height": 900}).opens("/")
    lan, desk = (Device(window.page, name) for name in ("phone", "desk"))
    window.presses("+15 phút")
    lan.hears("Hạn 14/6 và 1 hạn khác")
    desk.card("đề nghị gia hạn").wait_for()
    window.page.screenshot(path=_FOLDER / "devices.png", animations="disabled")


def chat(windows: Windows) -> None:
    """The morning message on a phone, in the place of a focal point."""
    window = windows.one({"width": 360, "height": 640}, sharpness=2).takes("Nguyễn Thị Lan")
    window.hears("Hạn 14/6 và 1 hạn khác")
    window.page.screenshot(path=_FOLDER / "chat.png", animations="disabled")


def progress(windows: Windows) -> None:
    """The list of tasks on a desk, in the place of an officer."""
    window = windows.one({"width": 1200, "height": 760}).takes("Phạm Thị Thu")
    window.opens(f"{window.address}/progress")
    window.page.screenshot(path=_FOLDER / "progress.png", animations="disabled")


def _all(browser: Browser, site: str) -> None:
    windows = Windows(browser, site)
    devices(windows)
    chat(windows)
    progress(windows)
    windows.close()


def main() -> None:
    """Fill a sample council, take the pictures and leave nothing else behind."""
    program = Program(Path(tempfile.mkdtemp(prefix="dondoc-pictures-")))
    try:
        program.starts("--sample")
        with sync_playwright() as playwright, launched(playwright, shutil.which("chromium") or "chromium") as browser:
            _all(browser, program.site)
    finally:
        program.stops()
        shutil.rmtree(program.folder)


if __name__ == "__main__":
    main()
