"""Where updates are posted to, and what the platform says when it tries an address."""

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import aiohttp

from tests.fakes.carrying import LOOPBACK

SECRET_HEADER: Final = "X-Bot-Api-Secret-Token"
CALLER: Final = {"User-Agent": "Java/1.8.0_192"}
_PATIENCE: Final = aiohttp.ClientTimeout(total=5)
_ZALO: Final = ("zalo.me", "zaloapp.com", "zapps.me", "zaloplatforms.com")
_NAMED: Final = frozenset({403, 404})
_GOOD: Final = range(200, 300)
_SERVER: Final = 500
_HINTS: Final[Mapping[str, str]] = {
    "webhook.ok": "",
    "webhook.http.403": "A firewall or CDN refuses the caller.",
    "webhook.err.blocked": "This address is not allowed.",
    "webhook.err.conn": "Nobody listens at this address.",
}


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of one posting without content."""

    status: int | None
    outcome: str

    @property
    def raw(self) -> dict[str, Any]:
        """Show it as answers do."""
        return {
            "ok": self.outcome == "webhook.ok",
            "status_code": self.status,
            "outcome": self.outcome,
            "hint": _HINTS.get(self.outcome, "Look at the server's log."),
        }


async def tried(url: str, secret: str) -> Trial:
    """Post nothing, without a content type, to see who answers; only loopback is really asked."""
    host = urlsplit(url).hostname or ""
    if host not in LOOPBACK:
        return Trial(None, "webhook.err.blocked" if _is_blocked(host) else "webhook.err.dns")
    headers = {**CALLER, SECRET_HEADER: secret}
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as session,
            session.post(
                url, data=b"", headers=headers, skip_auto_headers=("Content-Type",), allow_redirects=False
            ) as answer,
        ):
            return Trial(answer.status, _outcome(answer.status))
    except TimeoutError:
        return Trial(None, "webhook.err.timeout")
    except aiohttp.ClientConnectorError:
        return Trial(None, "webhook.err.conn")
    except aiohttp.ClientError:
        return Trial(None, "webhook.err.other")


def _outcome(status: int) -> str:
    if status in _GOOD:
        return "webhook.ok"
    if status in _NAMED:
        return f"webhook.http.{status}"
    return "webhook.http.5xx" if status >= _SERVER else "webhook.http.other"


def _is_blocked(host: str) -> bool:
    """Tell what the platform posts to by no means: addresses within a house, and its own domains."""
    if any(host == domain or host.endswith(f".{domain}") for domain in _ZALO):
        return True
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return False
