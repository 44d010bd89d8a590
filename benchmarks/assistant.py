"""The whole assistant as it is run, `dondoc run`, and readers who have signed in at its pages."""

import asyncio
import re
import secrets
import time
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from benchmarks.council import Size, config_in, filled
from benchmarks.lines import Ask, Line, pour
from benchmarks.programs import HOST, Program, free_port, running, wait_until_open
from benchmarks.sayings import Saying
from benchmarks.store import Store

_TOKEN: Final = re.compile(rb'name="csrf" value="([^"]+)"')
_EVENTS: Final = "/chat/events"


@dataclass(frozen=True, slots=True)
class Reader:
    """A browser that is signed in, with the token of its forms."""

    ask: Ask
    token: str

    def request(self, raw: Mapping[str, Any]) -> bytes:
        """Make the request by which the page's script says or presses something."""
        fields = {"csrf": self.token, "client_id": secrets.token_hex(8)}
        if "press" in raw:
            parcel, index = raw["press"]
            path, fields = "/chat/press", {**fields, "parcel": str(parcel), "index": str(index)}
        else:
            path, fields = "/chat/say", {**fields, "text": str(raw["text"])}
        return self.ask.form(path, fields, accept="application/json")


@dataclass(frozen=True, slots=True)
class Server:
    """The assistant at work."""

    program: Program
    port: int
    store: Store

    def measure(self, readers: Sequence[Reader], sayings: Sequence[Saying]) -> dict[str, float]:
        """Say everything over kept connections; the rate ends with the last answer, the CPU when all is quiet."""
        requests = [readers[saying.reader].request(saying.raw) for saying in sayings]
        mark, count = self.store.mark(), len(requests)
        cpu, wall = self.program.cpu_seconds(), time.perf_counter()
        asyncio.run(pour(self.port, requests))
        self.store.wait_for_answers(mark, count)
        wall = time.perf_counter() - wall
        self.store.wait_until_quiet()
        cpu = self.program.cpu_seconds() - cpu
        assert self.store.troubles(mark) == 0, f"Not everything was done: {self.program.said()}"
        return {"updates/s": count / wall, "CPU ms/update": cpu / count * 1000}

    async def idle(self, seconds: float) -> float:
        """Give the milliseconds of processor time that a second costs while nobody says anything."""
        cpu, wall = self.program.cpu_seconds(), time.perf_counter()
        await asyncio.sleep(seconds)
        return (self.program.cpu_seconds() - cpu) / (time.perf_counter() - wall) * 1000


@contextmanager
def serving(folder: Path, size: Size, codes: int) -> Iterator[tuple[Server, list[Reader]]]:
    """Run the assistant with all its roles on a new store of this size; the first `codes` people have signed in."""
    folder.mkdir()
    made = asyncio.run(filled(folder, size, codes=codes))
    port = free_port()
    config = config_in(folder, f"{HOST}:{port}")
    settings = {
        "DONDOC_DATABASE_URL": config.database_url,
        "DONDOC_FILES": str(config.files),
        "DONDOC_SECRET_KEY": config.secret_key,
        "DONDOC_HTTP": config.http,
    }
    with ExitStack() as stack:
        program = stack.enter_context(running("bot", "run", folder=folder, settings=settings))
        wait_until_open(program, port)
        yield Server(program, port, Store(folder / "dondoc.db")), asyncio.run(_signed_in(port, made))


async def _signed_in(port: int, codes: Sequence[str]) -> list[Reader]:
    line = await Line.to(port)
    readers = [await _sign_in(line, port, code) for code in codes]
    await line.close()
    return readers


async def _sign_in(line: Line, port: int, code: str) -> Reader:
    page = await line.ask(Ask(port).get("/signin"))
    found = _TOKEN.search(page.body)
    assert found, page.body[:500]
    token = found[1].decode()
    come = await line.ask(Ask(port, page.cookies).form("/signin", {"csrf": token, "code": code}))
    assert come.status == 303, come.body[-2000:]
    return Reader(Ask(port, {**page.cookies, **come.cookies}), token)


@asynccontextmanager
async def following(readers: Sequence[Reader]) -> AsyncIterator[None]:
    """Keep the event stream of each of these readers open for as long as the block runs."""
    lines = [await Line.to(reader.ask.port) for reader in readers]
    for line, reader in zip(lines, readers, strict=True):
        head = await line.begin(reader.ask.get(_EVENTS))
        assert head.status == 200, head
    try:
        yield
    finally:
        for line in lines:
            await line.close()
