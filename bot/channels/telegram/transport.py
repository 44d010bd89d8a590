"""How python-telegram-bot reaches the server: its transport on aiohttp, at a third to a ninth of the processor time."""

from typing import Any, Final, TypeVar

import aiohttp
from telegram._utils.types import ODVInput
from telegram.request import BaseRequest, RequestData

from bot.channels.telegram.errors import Failed, meaning_of, meaning_of_failure

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 20.0
# a file of 50 MB over a province's line
FILE_SECONDS: Final = 120.0
_OK, _REDIRECT = 200, 300

T = TypeVar("T")


class AiohttpRequest(BaseRequest):
    """Posts calls over kept connections; whatever fails is raised as `Failed` with its meaning."""

    __slots__ = ("_connections", "_proxy", "_read_seconds", "_session")

    def __init__(self, connections: int, proxy: str = "", read_seconds: float = READ_SECONDS) -> None:
        self._connections = connections
        self._proxy = proxy or None
        self._read_seconds = read_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """Give the seconds that an answer may take."""
        return self._read_seconds

    async def initialize(self) -> None:
        """Make ready; connections are opened when they are needed."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections), raise_for_status=False
            )

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
        timeout = aiohttp.ClientTimeout(
            total=None,
            sock_connect=_given(connect_timeout, CONNECT_SECONDS),
            sock_read=max(longest or 0.0, _given(write_timeout, 0.0) or 0.0) or None,
        )
        assert self._session is not None, "The transport is opened before it is used."  # noqa: S101 - our own order
        try:
            async with self._session.request(
                method, url, data=_body(request_data), timeout=timeout, proxy=self._proxy
            ) as response:
                code, payload = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Failed(meaning_of_failure(error)) from error
        if not _OK <= code < _REDIRECT:
            raise Failed(meaning_of(code, payload))
        return code, payload

    async def stream(self, url: str) -> aiohttp.ClientResponse:
        """Open a file for reading piece by piece; whoever asked closes it. Raises Failed."""
        assert self._session is not None, "The transport is opened before it is used."  # noqa: S101 - our own order
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS, sock_read=self._read_seconds)
        try:
            response = await self._session.get(url, timeout=timeout, proxy=self._proxy, allow_redirects=False)
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Failed(meaning_of_failure(error)) from error
        if response.status != _OK:
            response.close()
            raise Failed(meaning_of(response.status, b""))
        return response


def _given(value: Any, default: T) -> Any | T:
    return default if value is BaseRequest.DEFAULT_NONE else value


def _body(data: RequestData | None) -> dict[str, str] | aiohttp.FormData | None:
    if data is None:
        return None
    if not data.contains_files:
        return data.json_parameters
    form = aiohttp.FormData(data.json_parameters)
    for name, (filename, content, media) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=media)
    return form
