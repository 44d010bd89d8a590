"""Calls of the Zalo Bot Platform over kept connections; the token stands in the address and nowhere else."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import aiohttp
from aiohttp.payload import BytesPayload

from bot.channels.zalo.errors import result_of
from bot.wire import CONNECT_SECONDS, READ_SECONDS, meaning_of_failure, patience, session

_ENCODE: Final = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(slots=True)
class Transport:
    """Posts calls to the bots of one server (`api`); `connections` at once."""

    api: str
    connections: int
    _session: aiohttp.ClientSession | None = field(default=None, init=False)

    async def open(self) -> None:
        """Make ready; connections are opened when they are needed."""
        self._session = session(self.connections)

    async def close(self) -> None:
        """End all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(self, token: str, method: str, values: Mapping[str, Any], seconds: float = READ_SECONDS) -> Any:
        """Make one call and give its result; raises ChannelError."""
        assert self._session is not None, "The transport is opened before it is used."  # noqa: S101 - our own order
        body = BytesPayload(_ENCODE(values).encode(), content_type="application/json")
        try:
            response = await self._session.post(
                f"{self.api}/bot{token}/{method}",
                data=body,
                timeout=patience(CONNECT_SECONDS, seconds),
                allow_redirects=False,
            )
            status, payload = response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise meaning_of_failure(error) from None
        return result_of(status, payload)
