"""A Bot API that answers at once and checks nothing: `python -m benchmarks.fake_api PORT`.

It is Telegram's and Zalo's: both name a call at the end of its address, and Zalo's tokens begin with ZALO_BOT. Every
message gets a number of its own. GET /stats says how often each method was called so far, and under its name
with " with a file" how often a file came along.
"""

import asyncio
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import count
from typing import Any, ClassVar, Final

from benchmarks.programs import HOST

TEXT: Final = "Đề nghị cơ quan báo cáo kết quả thực hiện nhiệm vụ trước ngày 15/6/2022. " * 2
_LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_BOT: Final = {"id": 42, "is_bot": True, "first_name": "Stock", "username": "stock_bot"}
# the numbers of messages are all as long as this one, so that the answer is made once
_FIRST: Final = 1_000_000_000
_MESSAGE: Final = {
    "message_id": _FIRST,
    "date": 1760000000,
    "from": _BOT,
    "chat": {"id": 1001, "type": "private", "first_name": "Lan"},
    "text": TEXT,
}
_HEAD: Final = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
_DOCUMENT: Final = b"sendDocument"
_MESSAGES: Final = frozenset({b"sendMessage", b"sendPhoto", b"editMessageText"})
# a file that is named, not sent, takes less
_LARGE: Final = 1 << 16


def _answer(result: Any) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    return _HEAD % (len(body), body)


_TRUE: Final = _answer(result=True)
_ANSWERS: Final = {b"getMe": _answer(_BOT), b"getUpdates": _answer([])}
_BEFORE, _, _AFTER = _answer(_MESSAGE).partition(str(_FIRST).encode())
# what Zalo tells of a message that it took, and of a bot
ZALO_BOT: Final = "77"
_TO_ZALO: Final = f"/bot{ZALO_BOT}:".encode()
_SENT: Final = {"message_id": str(_FIRST), "date": 1760000000000}
_BEFORE_SENT, _, _AFTER_SENT = _answer(_SENT).partition(str(_FIRST).encode())
_ZALO: Final = {"id": ZALO_BOT, "account_name": "bot.benchmark", "account_type": "BASIC", "can_join_groups": False}
_OF_ZALO: Final = _answer(_ZALO)
_FILE: Final = {"file_id": "kept-by-the-fake", "file_unique_id": "kept", "file_name": "ke-hoach.pdf"}
_BEFORE_FILE, _, _AFTER_FILE = _answer({**_MESSAGE, "document": _FILE}).partition(str(_FIRST).encode())


class FakeApi(asyncio.Protocol):
    """One connection of a bot."""

    calls: ClassVar[Counter[bytes]] = Counter()
    numbers: ClassVar[Iterator[int]] = count(_FIRST)

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember whom to answer."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every request that has come whole."""
        assert self._transport is not None
        self._buffer += data
        while (end := self._buffer.find(b"\r\n\r\n")) >= 0:
            length = _LENGTH.search(self._buffer, 0, end)
            whole = end + 4 + (int(length[1]) if length else 0)
            if len(self._buffer) < whole:
                return
            path = self._buffer.split(b" ", 2)[1].partition(b"?")[0]
            method = path.rpartition(b"/")[2]
            if method == _DOCUMENT and length and int(length[1]) > _LARGE:
                self.calls[method + b" with a file"] += 1
            self._buffer = self._buffer[whole:]
            self._transport.write(self._answered(method, to_zalo=path.startswith(_TO_ZALO)))

    @classmethod
    def _answered(cls, method: bytes, *, to_zalo: bool) -> bytes:
        if method == b"stats":
            return _answer({name.decode(): times for name, times in cls.calls.items()})
        cls.calls[method] += 1
        if to_zalo:
            return b"%b%d%b" % (_BEFORE_SENT, next(cls.numbers), _AFTER_SENT) if method in _MESSAGES else _OF_ZALO
        if method == _DOCUMENT:
            return b"%b%d%b" % (_BEFORE_FILE, next(cls.numbers), _AFTER_FILE)
        if method in _MESSAGES:
            return b"%b%d%b" % (_BEFORE, next(cls.numbers), _AFTER)
        return _ANSWERS.get(method, _TRUE)


async def serve(port: int) -> None:
    """Answer until the process is ended."""
    server = await asyncio.get_running_loop().create_server(FakeApi, HOST, port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
