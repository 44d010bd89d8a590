"""Pictures that people send lie at addresses that updates name: fetched with care, for anybody may name an address."""

import ipaddress
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import DefaultResolver

from bot.wire import meaning_of_failure, too_large
from handlers.kit import FileThere, Rejected

LARGEST: Final = 20_000_000
_CHUNK: Final = 256 * 1024
_CONNECTIONS: Final = 8
_PATIENCE: Final = aiohttp.ClientTimeout(total=120, sock_connect=5, sock_read=20)
_OK: Final = 200


class _Public(AbstractResolver):
    """Finds hosts on the internet and none within the house."""

    def __init__(self) -> None:
        self._resolver = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Give the addresses of a host; raises OSError where one is not public."""
        found = await self._resolver.resolve(host, port, family)
        if not all(ipaddress.ip_address(each["host"]).is_global for each in found):
            raise OSError("not a public address")
        return found

    async def close(self) -> None:
        await self._resolver.close()


@dataclass(slots=True)
class Media:
    """Fetches what updates name: over https from public hosts, or from the server of the platform itself (`api`)."""

    api: str
    _outside: aiohttp.ClientSession | None = field(default=None, init=False)
    _own: aiohttp.ClientSession | None = field(default=None, init=False)

    async def open(self) -> None:
        """Make ready; connections are opened when they are needed."""
        outside = aiohttp.TCPConnector(limit=_CONNECTIONS, resolver=_Public())
        self._outside = aiohttp.ClientSession(connector=outside, timeout=_PATIENCE)
        self._own = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=_CONNECTIONS), timeout=_PATIENCE)

    async def close(self) -> None:
        """End all connections."""
        for session in (self._outside, self._own):
            if session is not None:
                await session.close()
        self._outside = self._own = None

    async def fetch(self, file: FileThere) -> AsyncIterator[bytes]:
        """Give the bytes of a file; raises ChannelError, Refusal where it is too large."""
        session, got = self._session_for(file.reference), 0
        try:
            async with session.get(file.reference, allow_redirects=False) as response:
                if response.status != _OK:
                    raise Rejected(f"HTTP {response.status}")
                async for chunk in response.content.iter_chunked(_CHUNK):
                    got += len(chunk)
                    if got > LARGEST:
                        raise too_large(file, LARGEST)
                    yield chunk
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise meaning_of_failure(error) from None

    def _session_for(self, url: str) -> aiohttp.ClientSession:
        assert self._outside is not None, "It is opened before it is used."  # noqa: S101 - our own order
        assert self._own is not None, "It is opened before it is used."  # noqa: S101 - our own order
        try:
            if _origin(url) == _origin(self.api):
                return self._own
            is_outside = _is_outside(url)
        except ValueError:
            is_outside = False
        if not is_outside:
            raise Rejected("not an address that files are fetched from")
        return self._outside


def _origin(url: str) -> tuple[str, str | None, int | None]:
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port


def _is_outside(url: str) -> bool:
    """Tell whether an address is one of the internet: https, by a name, without a password or a port of its own."""
    parts = urlsplit(url)
    named = parts.hostname is not None and not _is_number(parts.hostname)
    return parts.scheme == "https" and named and parts.username is None and parts.port in {None, 443}


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return host.replace(".", "").isdigit() or host.lower().startswith("0x")
    return True
