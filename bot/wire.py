"""The way to a provider's server: connections that are kept, and what it means when no answer of its own comes."""

import json
from typing import Any, Final

import aiohttp

from handlers.kit import ChannelError, FileThere, Refusal, Unknown, Unsent, Wait, t

CONNECT_SECONDS: Final = 5.0
READ_SECONDS: Final = 20.0
_OK: Final = 200
_SERVER: Final = 500
# seconds that a lane rests while somebody else answers in the provider's place
_IN_THE_WAY: Final = 30.0
_NOT_CONNECTED: Final = (
    aiohttp.ClientConnectorError,
    aiohttp.ConnectionTimeoutError,
    aiohttp.ClientHttpProxyError,
)
# what a request need not say: each costs some microseconds, and the answers are short
_UNSAID: Final = ("User-Agent", "Accept", "Accept-Encoding")
_MEGABYTE: Final = 1_000_000


def session(connections: int) -> aiohttp.ClientSession:
    """Make ready to speak over so many connections at most; they are opened when they are needed."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(limit=connections),
        cookie_jar=aiohttp.DummyCookieJar(),
        skip_auto_headers=_UNSAID,
    )


def patience(connecting: float | None, reading: float | None) -> aiohttp.ClientTimeout:
    """Say how many seconds a connection, and each piece of an answer, may take."""
    return aiohttp.ClientTimeout(total=None, sock_connect=connecting, sock_read=reading)


def meaning_of_failure(error: Exception) -> ChannelError:
    """Say what a call without an answer means: where no connection was made, nothing left."""
    # by its class alone: its words may hold the address with the token, or the proxy's password
    described = type(error).__name__
    return Unsent(described) if isinstance(error, _NOT_CONNECTED) else Unknown(described)


def not_its_own(provider: str, status: int) -> ChannelError:
    """Say what an answer means that is not the provider's: of a proxy or firewall, or at a wrong address.

    Of a page that something between us and the provider has written, nobody's address may end.
    """
    if status == _OK or status >= _SERVER:
        return Unknown(f"HTTP {status}")
    return Wait(_IN_THE_WAY, whole_lane=True, reason=f"not answered by {provider}: HTTP {status}")


def parsed(payload: bytes) -> dict[str, Any]:
    """Read an answer; one that is no JSON (a proxy's page) has nothing to say."""
    try:
        answer = json.loads(payload)
    except (ValueError, RecursionError):
        return {}
    return answer if isinstance(answer, dict) else {}


def too_large(file: FileThere, most: int) -> Refusal:
    """Say that a file has more than `most` bytes."""
    return Refusal(
        t(
            "The file {name} is larger than the {limit} MB that can be taken from here; please send a smaller one, or "
            "send it through the browser pages.",
            name=file.name,
            limit=most // _MEGABYTE,
        )
    )
