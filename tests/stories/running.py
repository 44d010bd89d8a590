"""The real program on a store of its own, killed at any moment, and browsers that send again what was not answered."""

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from uuid import uuid4

import httpx

from benchmarks.programs import free_port

ROOT = Path(__file__).resolve().parent.parent.parent
SECRET_KEY = "0" * 64
_SAYS_WHERE = "Đôn Đốc: http://"
_TOKEN = re.compile(r'data-csrf="([0-9a-f]+)"')
_PARCEL = re.compile(r'name="parcel" value="(\d+)"')
_BEGINNING = "2022-06-01T00:00:00+00:00"


@dataclass(slots=True)
class Program:
    """`dondoc run --sample` on one store; `up` is set while it may be spoken to."""

    url: str
    folder: Path
    port: int = field(default_factory=free_port)
    up: asyncio.Event = field(default_factory=asyncio.Event)
    process: asyncio.subprocess.Process | None = None
    settings: Mapping[str, str] = field(default_factory=dict)
    _left: int = 0

    @property
    def site(self) -> str:
        """Where its pages are."""
        return f"http://127.0.0.1:{self.port}"

    async def starts(self) -> None:
        """Start it and wait until it prints its address."""
        own = {
            "DONDOC_DATABASE_URL": self.url,
            "DONDOC_FILES": str(self.folder / "files"),
            "DONDOC_HTTP": f"127.0.0.1:{self.port}",
            "DONDOC_SECRET_KEY": SECRET_KEY,
            **self.settings,
        }
        with (self.folder / "program.log").open("a") as log:
            self.process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "bot", "run", "--sample"),
                env={**os.environ, **own},  # noqa: TID251 - the program is given what this machine gives its programs
                cwd=ROOT,
                stdout=asyncio.subprocess.PIPE,
                stderr=log,
            )
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            if _SAYS_WHERE in line.decode():
                self.up.set()
                return
        raise AssertionError(f"It ended with {await self.ended()}: {self.log[-2000:]}")

    @property
    def log(self) -> str:
        """What it has written so far, in all its lives."""
        return (self.folder / "program.log").read_text("utf-8")

    def dies_after(self, moments: int) -> None:
        """Let it be killed when so many more requests have been begun or answered."""
        self._left = moments

    def passes(self) -> None:
        """Note that a request was begun or answered; at the moment that was chosen, kill."""
        self._left -= 1
        if self._left == 0:
            assert self.process is not None
            self.up.clear()
            self.process.kill()

    async def ended(self) -> int:
        """Wait for its end; give the exit code, which is the negative signal where it was killed."""
        assert self.process is not None
        return await self.process.wait()

    async def stops(self) -> int:
        """End it as an operator does; give the exit code."""
        assert self.process is not None
        self.up.clear()
        self.process.terminate()
        return await self.ended()


@asynccontextmanager
async def running(url: str, folder: Path, **settings: str) -> AsyncIterator[Program]:
    """Give the program, running; at the end it is stopped if it still runs. `settings` are further variables."""
    program = Program(url, folder, settings=settings)
    await program.starts()
    try:
        yield program
    finally:
        if program.process is not None and program.process.returncode is None:
            await program.stops()


@dataclass(slots=True)
class Window:
    """One person's page: what he says and presses goes out until it is received, each under one id."""

    program: Program
    person: int
    http: httpx.AsyncClient
    csrf: str = ""
    heard: list[tuple[str, str]] = field(default_factory=list)

    async def opens(self) -> None:
        """Load the page and its token."""
        page = await self.http.get(f"{self.program.site}/as/{self.person}/chat")
        found = _TOKEN.search(page.text)
        assert found, page.text[:500]
        self.csrf = found[1]

    async def says(self, text: str) -> None:
        """Send a line, again after each restart, until it is received."""
        mark = await self._sends("/chat/say", text=text)
        self.heard.append((mark, text))

    async def presses(self, parcel: int, index: int) -> None:
        """Press a button likewise."""
        mark = await self._sends("/chat/press", parcel=str(parcel), index=str(index))
        self.heard.append((mark, ""))

    async def moves_clock(self, step: str) -> None:
        """Press a button of the sample's clock."""
        moved = await self._posted(
            "/sample/clock", {"csrf": self.csrf, "step": step, "back": f"/as/{self.person}/chat"}
        )
        assert moved.status_code == 303

    async def _sends(self, path: str, **fields: str) -> str:
        mark = uuid4().hex
        answer = await self._posted(f"/as/{self.person}{path}", {"csrf": self.csrf, "client_id": mark, **fields})
        assert (answer.status_code, answer.text) == (202, "{}")
        return f"sample-{self.person}:{mark}"

    async def _posted(self, path: str, form: dict[str, str]) -> httpx.Response:
        by_script = {} if path.startswith("/sample") else {"accept": "application/json"}
        while True:
            await self.program.up.wait()
            self.program.passes()
            try:
                answer = await self.http.post(f"{self.program.site}{path}", data=form, headers=by_script)
            except httpx.TransportError:
                continue
            self.program.passes()
            return answer

    async def sees(self, *words: str, button: str = "") -> tuple[int, int]:
        """Wait until a message with these words, and this button, is shown; give what a press of the button names."""
        while True:
            await self.program.up.wait()
            try:
                return await self._shown(words, button)
            except httpx.TransportError:
                continue

    async def _shown(self, words: tuple[str, ...], button: str) -> tuple[int, int]:
        path = f"{self.program.site}/as/{self.person}/chat/events"
        event: list[str] = []
        async with self.http.stream("GET", path, params={"after": _BEGINNING}, timeout=None) as stream:
            async for line in stream.aiter_lines():
                event.append(line)
                if line:
                    continue
                shown, event = unescape("\n".join(event)), []
                index = re.search(rf'value="(\d+)">{re.escape(button)}</button>', shown)
                if all(word in shown for word in words) and (index or not button):
                    parcel = _PARCEL.search(shown)
                    return (int(parcel[1]) if parcel else 0, int(index[1]) if index and button else 0)
        raise httpx.ReadError("The page was closed.")
