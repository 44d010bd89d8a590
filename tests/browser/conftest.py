"""A sample council in a real browser: filled once, each test on a copy of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.program import Program, copy_of
from tests.browser.windows import Windows, launched


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    """Chromium, one for all tests."""
    with sync_playwright() as playwright, launched(playwright, chromium) as opened:
        yield opened


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sample council as `dondoc run --sample` leaves it on its first morning."""
    program = Program(tmp_path_factory.mktemp("sample"))
    program.starts("--sample")
    program.stops()
    return program.folder


@pytest.fixture
def sample(filled: Path, tmp_path: Path) -> Iterator[Program]:
    """A sample council that runs."""
    program = copy_of(filled, tmp_path / "data")
    program.starts("--sample")
    yield program
    program.stops()


@pytest.fixture
def windows(browser: Browser, sample: Program) -> Iterator[Windows]:
    """Windows on the sample; at the end nothing may have gone wrong in any of them."""
    opened = Windows(browser, sample.site)
    yield opened
    opened.close()
    assert opened.faults == []
