"""What the pages are given to work with; everything that writes goes through `say`."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AbstractAsyncContextManager, AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from jinja2 import Environment
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.requests import Request

from documents.files import FileStore
from models.rules.text import Text
from pages.tries import Tries

WEBCHAT: Final = "webchat"
PAGES: Final = "pages"
CLOCK_TOPIC: Final = "moved"
CHANGED_TOPIC: Final = "changed"


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of something said: `outcome` is "done" or why not; `lines` answer it, in the reader's language."""

    outcome: str
    lines: tuple[str, ...] = ()

    @property
    def refused(self) -> bool:
        """Whether a sentence says why nothing was done."""
        return self.outcome != "done"


class Say(Protocol):
    """Says something to the assistant in a chat of ours; stored before this returns, once for the same `mark`."""

    async def __call__(self, channel: str, chat: str, mark: str, raw: Mapping[str, Any], *, wait: bool) -> Answer:
        """Say it; with `wait` give what came of it, otherwise at once an answer without lines."""
        ...


class Bring(Protocol):
    """Has files heard in a chat as if its person had sent them there; once for the same `mark`."""

    async def __call__(self, chat_id: int, mark: str, raw: Mapping[str, Any]) -> bool:
        """Store it, to be handled and answered in its turn; False where something else came under the same mark."""
        ...


class Bell(Protocol):
    """Rings when there is news."""

    async def rung(self, seconds: float) -> bool:
        """Wait for news, at most so many seconds."""
        ...


@dataclass(frozen=True, slots=True)
class Desk:
    """The ports of the pages; `now` is business time, `sample` says that roles and clock may be taken in hand.

    `glance` reads like `read`, but only a few rows that an index finds. Whoever follows the news looks by himself every
    `look_seconds`, and no more often than he rests; `rest` waits for so many real seconds, or until all stops.
    """

    glance: Callable[[], AbstractAsyncContextManager[AsyncSession]]
    read: Callable[[], AbstractAsyncContextManager[AsyncSession]]
    say: Say
    bring: Bring
    news: Callable[..., AbstractContextManager[Bell]]
    look_seconds: float
    rest: Callable[[float], Awaitable[object]]
    topic: Callable[[int], str]
    files: FileStore
    speech: Callable[[str], Callable[[Text | str], str]]
    templates: Environment
    zone: ZoneInfo
    now: Callable[[], datetime]
    real_now: Callable[[], datetime]
    tries: Tries
    key: bytes
    locale: str
    secure: bool
    sample: bool
    stopping: asyncio.Event


def desk_of(request: Request) -> Desk:
    """Give the desk that the application was made with."""
    desk: Desk = request.app.state.desk
    return desk
