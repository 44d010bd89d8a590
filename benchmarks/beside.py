"""The stock applications at work: a webhook and the Bot API that it answers to, measured like the assistant."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.lines import Ask, Line, pour
from benchmarks.programs import Program, free_port, running, wait_until_open
from benchmarks.stock import HEADER, PATH, SECRET


@dataclass(slots=True)
class Stock:
    """One application behind its webhook."""

    program: Program
    port: int
    api_port: int
    _updates: int = 0

    def measure(self, count: int) -> dict[str, float]:
        """Post updates over kept connections until each was answered; what the Bot API costs is not counted."""
        requests = [self._request() for _ in range(count)]
        cpu, wall = self.program.cpu_seconds(), time.perf_counter()
        asyncio.run(self._answered(requests))
        wall = time.perf_counter() - wall
        cpu = self.program.cpu_seconds() - cpu
        return {"updates/s": count / wall, "CPU ms/update": cpu / count * 1000}

    async def _answered(self, requests: list[bytes]) -> None:
        line = await Line.to(self.api_port)
        before = await self._sent(line)
        await pour(self.port, requests)
        while await self._sent(line) - before < len(requests):  # noqa: ASYNC110 - another process does what is awaited
            await asyncio.sleep(0.01)
        await line.close()

    async def _sent(self, line: Line) -> int:
        answer = await line.ask(Ask(self.api_port).get("/stats"))
        return int(json.loads(answer.body)["result"])

    def _request(self) -> bytes:
        self._updates += 1
        body = json.dumps(_update(self._updates)).encode()
        return Ask(self.port).json(PATH, body, **{HEADER: SECRET})


def _update(number: int) -> dict[str, object]:
    person = {"id": 1001 + number % 300, "is_bot": False, "first_name": "Lan", "last_name": "Nguyen"}
    message = {
        "message_id": number,
        "date": 1760000000,
        "from": {**person, "language_code": "vi"},
        "chat": {"id": person["id"], "type": "private", "first_name": "Lan", "last_name": "Nguyen"},
        "text": "/trogiup",
        "entities": [{"type": "bot_command", "offset": 0, "length": 8}],
    }
    return {"update_id": number, "message": message}


@contextmanager
def stock(folder: Path, kind: str) -> Iterator[Stock]:
    """Run a stock application of one kind, `plain` or `tuned`, beside a Bot API of its own."""
    folder.mkdir()
    port, api_port = free_port(), free_port()
    with running("benchmarks.fake_api", api_port, folder=folder) as api:
        wait_until_open(api, api_port)
        with running("benchmarks.stock", port, api_port, kind, folder=folder) as program:
            wait_until_open(program, port)
            yield Stock(program, port, api_port)
