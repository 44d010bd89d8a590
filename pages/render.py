"""How a page becomes HTML: the templates, with the reader's language and the Council's zone."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum, auto
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from models.rules.text import Text, t

STATIC = Path(__file__).parent / "static"


class Framing(Enum):
    """How a page stands to frames: most neither show another page within themselves nor are shown so."""

    NONE = auto()
    SHOWS = auto()
    SHOWN = auto()


# What the browser may load: our own files and nothing written into the page.
_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; "
)
_POLICIES: Final = {
    Framing.NONE: f"{_POLICY}frame-ancestors 'none'",
    Framing.SHOWS: f"{_POLICY}frame-src 'self'; frame-ancestors 'none'",
    Framing.SHOWN: f"{_POLICY}frame-ancestors 'self'",
}


def framing_headers(framing: Framing) -> tuple[tuple[bytes, bytes], ...]:
    """Give the headers that tell a browser what a page may load, and in whose frames it may stand."""
    within = b"SAMEORIGIN" if framing is Framing.SHOWN else b"DENY"
    return ((b"content-security-policy", _POLICIES[framing].encode()), (b"x-frame-options", within))


def templates(zone: ZoneInfo) -> Environment:
    """Read the templates; times of day are shown in `zone`."""
    pages = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def clock_time(moment: datetime) -> str:
        return moment.astimezone(zone).strftime("%H:%M")

    def iso(moment: datetime) -> str:
        return moment.astimezone(zone).isoformat(timespec="minutes")

    pages.filters.update(clock_time=clock_time, iso=iso)
    return pages


def render(pages: Environment, name: str, speak: Callable[[Text], str], **views: object) -> str:
    """Fill the template `name`; `speak` says its fixed words in the reader's locale."""

    def say(id: str, /, **values: object) -> str:  # noqa: A002 - gettext calls its keys ids
        return speak(t(id, **values))

    return pages.get_template(name).render(_=say, **views)
