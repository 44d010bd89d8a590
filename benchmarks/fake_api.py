"""A Bot API that answers at once and checks nothing: `python -m benchmarks.fake_api PORT`.

GET /stats says how many messages were sent by it so far.
"""

import asyncio
import json
import re
import sys
from typing import Any, Final

from benchmarks.programs import HOST

_LENGTH: Final = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_BOT: Final = {"id": 42, "is_bot": True, "first_name": "Stock", "username": "stock_bot"}
_MESSAGE: Final = {
    "message_id": 7,
    "date": 1760000000,
    "from": _BOT,
    "chat": {"id": 1001, "type": "private", "first_name": "Lan"},
    "text": "Đề nghị cơ quan báo cáo kết quả thực hiện nhiệm vụ trước ngày 15/6/2022. " * 2,
}


def _answer(result: Any) -> bytes:
    body = json.dumps({"ok": True, "result": result}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b" % (len(body), body)


_ANSWERS: Final = {b"getMe": _answer(_BOT), b"setWebhook": _answer(result=True), b"sendMessage": _answer(_MESSAGE)}


class FakeApi(asyncio.Protocol):
    """One connection of a bot."""

    sent = 0

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
            self._buffer = self._buffer[whole:]
            self._transport.write(self._answered(path.rpartition(b"/")[2]))

    @classmethod
    def _answered(cls, method: bytes) -> bytes:
        if method == b"stats":
            return _answer(cls.sent)
        cls.sent += method == b"sendMessage"
        return _ANSWERS.get(method, _answer(result=True))


async def serve(port: int) -> None:
    """Answer until the process is ended."""
    server = await asyncio.get_running_loop().create_server(FakeApi, HOST, port, backlog=1024)
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
