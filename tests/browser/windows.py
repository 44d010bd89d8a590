"""Windows of a real browser, and what people do in them: take a place, say, press, send, look."""

import base64
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    FrameLocator,
    Locator,
    Page,
    Playwright,
    expect,
)

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1440, "height": 900}
_PATIENCE = 30_000  # ms; a loaded machine is slow, and nothing here is measured
_ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
)


_DRAGGED = """(main, [name, content]) => {
    const drag = new DataTransfer();
    drag.items.add(new File([Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0))], name));
    return drag;
}"""


@contextmanager
def launched(playwright: Playwright, path: str) -> Iterator[Browser]:
    """Start Chromium without a window."""
    expect.set_options(timeout=_PATIENCE)
    browser = playwright.chromium.launch(executable_path=path, args=_ARGUMENTS)
    try:
        yield browser
    finally:
        browser.close()


class Screen:
    """A conversation that somebody looks at, in a window of its own or on a device of the sample's front page."""

    @property
    def place(self) -> Page | FrameLocator:
        """Where the conversation stands."""
        raise NotImplementedError

    @property
    def said(self) -> Locator:
        """Find what the assistant said."""
        return self.place.locator("article.left")

    @property
    def last(self) -> Locator:
        """Find what the assistant said last."""
        return self.said.last

    def says(self, words: str) -> None:
        field = self.place.get_by_role("textbox", name="Nội dung tin nhắn")
        field.fill(words)
        self.place.get_by_role("button", name="Gửi", exact=True).click()

    def presses(self, label: str, within: Locator | None = None) -> None:
        """Press the newest button that says just this."""
        (within or self.place).get_by_role("button", name=label, exact=True).last.click()

    def sends(self, file: Path) -> None:
        self.place.locator("input[type=file]").set_input_files(file)
        self.place.get_by_role("button", name="Gửi", exact=True).click()

    def is_dropped(self, file: Path) -> None:
        """Let a file fall onto the conversation, as from a folder beside the browser, and send it."""
        main, content = self.place.locator("main"), base64.b64encode(file.read_bytes()).decode()
        drag = main.evaluate_handle(_DRAGGED, [file.name, content])
        main.dispatch_event("drop", {"dataTransfer": drag})
        self.place.get_by_role("button", name="Gửi", exact=True).click()

    def hears(self, words: str | re.Pattern[str]) -> Locator:
        """Wait until the assistant's last words contain these."""
        expect(self.last).to_contain_text(words)
        return self.last

    def card(self, words: str | re.Pattern[str]) -> Locator:
        """Find the newest card that contains these words."""
        return self.place.locator("article.card", has_text=words).last

    def texts(self) -> list[str]:
        """Give every message as it is read now."""
        return self.place.locator("article.bubble").all_inner_texts()


@dataclass
class Device(Screen):
    """A device of the sample's front page, by its name there."""

    page: Page
    name: str

    @property
    def place(self) -> FrameLocator:
        return self.page.frame_locator(f"iframe[name={self.name}]")

    @property
    def tasks(self) -> FrameLocator:
        """Find the list of tasks above the conversation."""
        return self.page.frame_locator(f"iframe[name={self.name}-list]")

    @property
    def frame(self) -> Locator:
        """Find the device with its head."""
        return self.page.locator(f"#device-{self.name}")

    def is_given_to(self, label: str) -> None:
        """Put somebody else into it."""
        self.frame.get_by_role("combobox").select_option(label=label)
        expect(self.frame.get_by_role("heading")).to_have_text(label.rpartition(": ")[2])


@dataclass(slots=True)
class Window(Screen):
    """One window at one address; `faults` gathers what the browser complains of in any window of the same person."""

    page: Page
    site: str
    faults: list[str]

    @property
    def place(self) -> Page:
        return self.page

    @property
    def address(self) -> str:
        """Give the path of whoever reads here, "/as/12"."""
        found = re.match(r"(/as/\d+)?", self.page.url.removeprefix(self.site))
        return found[0] if found else ""

    def opens(self, path: str) -> "Window":
        self.page.goto(self.site + path)
        return self

    def beside(self, path: str) -> "Window":
        """Open a further window of the same browser; both are in sight."""
        return Window(self.page.context.new_page(), self.site, self.faults).opens(path)

    def takes(self, name: str) -> "Window":
        """Take somebody's place from the front page."""
        self.opens("/").page.locator("button.role", has_text=name).click()
        return self.is_in_conversation()

    def is_in_conversation(self) -> "Window":
        self.page.wait_for_url("**/chat*")
        expect(self.page.get_by_role("log")).to_be_visible()
        return self


@dataclass  # without slots: Playwright notes on an object which of its methods it calls
class Windows:
    """The windows of one test, and everything that went wrong in them."""

    browser: Browser
    site: str
    faults: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def one(self, size: dict[str, int] = DESK, *, script: bool = True, sharpness: float = 1) -> Window:
        """Open a window of a browser of its own; `sharpness` is how many pixels of the screen make one of the page."""
        context = self.browser.new_context(
            viewport={"width": size["width"], "height": size["height"]},
            device_scale_factor=sharpness,
            locale="vi-VN",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        context.set_default_timeout(_PATIENCE)
        self._contexts.append(context)
        context.on("console", self._hear)
        context.on("weberror", lambda fault: self.faults.append(str(fault.error)))
        return Window(context.new_page(), self.site, self.faults)

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.faults.append(f"{message.text} {message.location}")


def is_closed(card: Locator) -> None:
    """Wait until a card has nothing left to press and shows its result."""
    expect(card).to_have_class(re.compile(r"\bclosed\b"))
    expect(card.get_by_role("button")).to_have_count(0)


def shows_nothing_beside(window: Window) -> None:
    """Judge that a page is not wider than the window."""
    assert window.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
