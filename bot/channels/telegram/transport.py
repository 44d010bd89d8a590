"""How python-telegram-bot reaches the server: its transport on aiohttp, at a third to a ninth of the processor time."""

import json
from collections.abc import Mapping
from typing import Any, Final, TypeVar

import aiohttp
from aiohttp.payload import BytesPayload
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.errors import Failed, meaning_of
from bot.wire import CONNECT_SECONDS, READ_SECONDS, meaning_of_failure, parsed, patience, session
from handlers.kit import ChannelError

# a file of 50 MB over a province's line
FILE_SECONDS: Final = 120.0
_OK, _REDIRECT = 200, 300
_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode

T = TypeVar("T")


class AiohttpRequest(BaseRequest):
    """Posts calls over kept connections; whatever fails for the library is raised as `Failed` with its meaning."""

    __slots__ = ("_connections", "_proxy", "_read_seconds", "_session", "_timeout")

    def __init__(self, connections: int, proxy: str = "", read_seconds: float = READ_SECONDS) -> None:
        self._connections = connections
        self._proxy = proxy or None
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None
        self._timeout = patience(CONNECT_SECONDS, read_seconds)

    @property
    def read_timeout(self) -> float:
        """Give the seconds that an answer may take."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Make ready; connections are opened when they are needed."""
        if self._session is None or self._session.closed:
            self._session = session(self._connections)

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(  # noqa: PLR0913, PLR0917 - the signature is python-telegram-bot's
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        write_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        connect_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,
        pool_timeout: ODVInput[float] = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - callers are fewer than connections
    ) -> tuple[int, bytes]:
        """Make one call and give status and body of a success; raises Failed."""
        files = request_data is not None and request_data.contains_files
        longest = _given(read_timeout, FILE_SECONDS if files else self._read_seconds)
        reading = max(longest or 0.0, _given(write_timeout, 0.0) or 0.0) or None
        timeout = patience(_given(connect_timeout, CONNECT_SECONDS), reading)
        try:
            code, payload = await self._answer(method, url, _body(request_data), timeout)
            _success(code, payload)
        except ChannelError as meaning:
            raise Failed(meaning) from None
        return code, payload

    async def call(self, url: str, values: Mapping[str, Any]) -> Any:
        """Make one call without files and give its result; raises ChannelError.

        It does what `post` does, without what that prepares for other transports: half of a message's processor time.
        """
        return _success(*await self._answer("POST", url, _json(values), self._timeout))

    async def _answer(
        self, method: str, url: str, body: aiohttp.FormData | BytesPayload | None, within: aiohttp.ClientTimeout
    ) -> tuple[int, bytes]:
        assert self._session is not None, "The transport is opened before it is used."  # noqa: S101 - our own order
        try:
            response = await self._session.request(
                method, url, data=body, timeout=within, proxy=self._proxy, allow_redirects=False
            )
            code, payload = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise meaning_of_failure(error) from None
        if not _OK <= code < _REDIRECT:
            raise meaning_of(code, payload)
        return code, payload

    async def stream(self, url: str) -> aiohttp.ClientResponse:
        """Open a file for reading piece by piece; whoever asked closes it. Raises Failed."""
        assert self._session is not None, "The transport is opened before it is used."  # noqa: S101 - our own order
        try:
            response = await self._session.get(url, timeout=self._timeout, proxy=self._proxy, allow_redirects=False)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Failed(meaning_of_failure(error)) from None
        if response.status != _OK:
            response.close()
            raise Failed(meaning_of(response.status, b""))
        return response


def _success(code: int, payload: bytes) -> Any:
    """Give what a call gave; the answer counts, not its status: a refusal may come with that of a success."""
    answer = parsed(payload)
    if answer.get("ok") is True and "result" in answer:
        return answer["result"]
    said = answer.get("error_code")
    raise meaning_of(said if answer.get("ok") is False and isinstance(said, int) else code, payload)


def _given(value: Any, default: T) -> Any | T:
    return default if value is BaseRequest.DEFAULT_NONE else value


def _body(data: RequestData | None) -> aiohttp.FormData | BytesPayload | None:
    if data is None:
        return None
    if not data.contains_files:
        return _json(data.parameters)
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, media) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media)
    return form


def _json(values: Mapping[str, Any]) -> BytesPayload:
    """Write parameters as JSON: a form would have every letter that is not ASCII written in percents."""
    return BytesPayload(_ENCODE(values).encode(), content_type="application/json")
