"""Who answers behind a webhook, and the Bot API that he answers to: stock applications, and how all are measured."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.council import number_of
from benchmarks.lines import Ask, Line, pour
from benchmarks.programs import Program, free_port, running, wait_until_open
from benchmarks.stock import HEADER, PATH, SECRET
from benchmarks.store import Store

_LOOK_SECONDS: Final = 0.01
_PEOPLE: Final = 300


@dataclass(frozen=True, slots=True)
class Api:
    """The Bot API of a run, asked how often it was called."""

    port: int

    def called(self, method: str) -> int:
        """Count the calls of a method so far."""
        return asyncio.run(self._once(method))

    async def _once(self, method: str) -> int:
        line = await Line.to(self.port)
        count = await self._asked(line, method)
        await line.close()
        return count

    async def until(self, method: str, count: int) -> None:
        """Wait until a method has been called so many times."""
        line = await Line.to(self.port)
        while await self._asked(line, method) < count:  # noqa: ASYNC110 - another process does what is awaited
            await asyncio.sleep(_LOOK_SECONDS)
        await line.close()

    async def _asked(self, line: Line, method: str) -> int:
        answer = await line.ask(Ask(self.port).get("/stats"))
        return int(json.loads(answer.body)["result"].get(method, 0))


@dataclass(slots=True)
class Webhook:
    """One application behind its webhook; `people` take turns in speaking.

    Where it keeps a store, it is measured until that is quiet.
    """

    program: Program
    port: int
    api: Api
    path: str = PATH
    secret: str = SECRET
    people: int = _PEOPLE
    store: Store | None = None
    _updates: int = field(default=0, init=False)

    def measure(self, count: int) -> dict[str, float]:
        """Post updates over kept connections until each was answered; what the Bot API costs is not counted."""
        requests = [self._request() for _ in range(count)]
        wanted = self.api.called("sendMessage") + count
        cpu, wall = self.program.cpu_seconds(), time.perf_counter()
        asyncio.run(self._answered(requests, wanted))
        wall = time.perf_counter() - wall
        if self.store is not None:
            self.store.wait_until_quiet()
        cpu = self.program.cpu_seconds() - cpu
        return {"updates/s": count / wall, "CPU ms/update": cpu / count * 1000}

    async def _answered(self, requests: list[bytes], wanted: int) -> None:
        await pour(self.port, requests)
        await self.api.until("sendMessage", wanted)

    def _request(self) -> bytes:
        self._updates += 1
        body = json.dumps(_update(self._updates, number_of(self._updates % self.people))).encode()
        return Ask(self.port).json(self.path, body, **{HEADER: self.secret})


def _update(number: int, chat: int) -> dict[str, object]:
    person = {"id": chat, "is_bot": False, "first_name": "Lan", "last_name": "Nguyen"}
    message = {
        "message_id": number,
        "date": 1760000000,
        "from": {**person, "language_code": "vi"},
        "chat": {"id": chat, "type": "private", "first_name": "Lan", "last_name": "Nguyen"},
        "text": "/trogiup",
        "entities": [{"type": "bot_command", "offset": 0, "length": 8}],
    }
    return {"update_id": number, "message": message}


@contextmanager
def answering_api(folder: Path) -> Iterator[Api]:
    """Run a Bot API of one's own."""
    port = free_port()
    with running("benchmarks.fake_api", port, folder=folder) as program:
        wait_until_open(program, port)
        yield Api(port)


@contextmanager
def stock(folder: Path, kind: str) -> Iterator[Webhook]:
    """Run a stock application of one kind, `plain`, `tuned` or `aiogram`, beside a Bot API of its own."""
    folder.mkdir()
    port = free_port()
    with answering_api(folder) as api:
        module = "benchmarks.aiogram_hook" if kind == "aiogram" else "benchmarks.stock"
        with running(module, port, api.port, kind, folder=folder) as program:
            wait_until_open(program, port)
            yield Webhook(program, port, api)
