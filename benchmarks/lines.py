"""HTTP spoken by hand over kept connections, so that whoever asks costs the machine as little as may be."""

import asyncio
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Self
from urllib.parse import urlencode

from benchmarks.programs import HOST

KEPT: Final = 30
_ACCEPTED: Final = (200, 202)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; names of headers are in small letters, the cookies it set stand apart."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cookies: Mapping[str, str]


@dataclass(slots=True)
class Line:
    """One kept connection: a request, its answer, the next."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    @classmethod
    async def to(cls, port: int) -> Self:
        """Connect to a port of this machine."""
        return cls(*await asyncio.open_connection(HOST, port))

    async def ask(self, request: bytes) -> Answer:
        """Send a request and read its answer whole."""
        answer = await self.begin(request)
        length = int(answer.headers.get("content-length", "0"))
        return Answer(answer.status, answer.headers, await self.reader.readexactly(length), answer.cookies)

    async def begin(self, request: bytes) -> Answer:
        """Send a request and read the head of its answer, for one that never ends."""
        self.writer.write(request)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        pairs = [(name.lower(), value.strip()) for name, _, value in (line.partition(":") for line in head[1:]) if name]
        kept = [value.partition(";")[0].partition("=") for name, value in pairs if name == "set-cookie"]
        return Answer(int(head[0].split()[1]), dict(pairs), b"", {name: value for name, _, value in kept})

    async def close(self) -> None:
        """Hang up."""
        self.writer.close()
        await self.writer.wait_closed()


@dataclass(frozen=True, slots=True)
class Ask:
    """Makes requests to one server, with the cookies of one browser."""

    port: int
    cookies: Mapping[str, str] = field(default_factory=dict)

    def get(self, path: str) -> bytes:
        """Ask for a page."""
        return self._request("GET", path, b"", {})

    def form(self, path: str, fields: Mapping[str, str], **headers: str) -> bytes:
        """Send a form."""
        about = {"content-type": "application/x-www-form-urlencoded", **headers}
        return self._request("POST", path, urlencode(fields).encode(), about)

    def json(self, path: str, body: bytes, **headers: str) -> bytes:
        """Send JSON."""
        return self._request("POST", path, body, {"content-type": "application/json", **headers})

    def _request(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> bytes:
        said = {"host": f"{HOST}:{self.port}", **headers, "content-length": str(len(body))}
        if self.cookies:
            said["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in said.items()), "", ""]
        return "\r\n".join(lines).encode() + body


async def pour(port: int, requests: Iterable[bytes], kept: int = KEPT) -> None:
    """Send every request over some kept connections, each the next one as soon as its last was accepted."""
    left = iter(requests)
    async with asyncio.TaskGroup() as group:
        for _ in range(kept):
            group.create_task(_poured(port, left))


async def _poured(port: int, requests: Iterator[bytes]) -> None:
    line = await Line.to(port)
    for request in requests:
        answer = await line.ask(request)
        assert answer.status in _ACCEPTED, (answer.status, answer.body[:300])
    await line.close()
