"""What a handler is given: who speaks, when, with what right; and where it leaves what is owed to others."""

import re
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from sqlalchemy import Select
from sqlalchemy.ext.asyncio import AsyncSession

from documents.files import Kept
from handlers.kit.invitations import Invitations
from handlers.kit.words import Reply
from models.addresses import Chat
from models.base import Base
from models.outbox import Priority
from models.papers import StoredFile
from models.people import Person
from models.powers import Powers
from models.rules.text import Refusal, Text, t
from models.settings import Council
from models.subjects import Subject, subject_of

_LEADING_NUMBER = re.compile(r"^\s*([0-9]+)(?!\S)")


Making = Callable[[Path, Callable[[Text], str]], None]
"""Writes a file to a path; the second argument says sentences in the reader's language."""


Ways = Callable[[AsyncSession], Awaitable[Invitations]]
"""Sees by which bots people can come into the council's chats at this moment."""


@dataclass(frozen=True, slots=True)
class FilePage:
    """A page that takes files for one chat, once: its address, and until when it is good."""

    address: str
    until: datetime


async def _no_ways(_session: AsyncSession) -> Invitations:
    return Invitations()


class FileMaker(Protocol):
    """Has files made and kept; the bytes are there before a row names them."""

    async def made(self, make: Making, name: str, media: str, locale: str) -> Kept:
        """Have a file written and keep it under this name."""
        ...


@dataclass(frozen=True, slots=True)
class Owed:
    """A letter owed to one person: fixed (`reply`), or composed when claimed (`letter` with `params`).

    `key` is the matter; with the person it makes the letter unique, so that owing it again changes nothing.
    """

    person_id: int
    key: str
    reply: Reply | None = None
    letter: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)
    priority: Priority = Priority.URGENT
    not_before: datetime | None = None
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Spread:
    """One letter owed to many: `rows` selects (person_id, subject_id or None); SQL inserts a parcel for each.

    It is fixed (`reply`), or composed for each when claimed (`letter` with `params`).
    """

    rows: Select[Any]
    key: str
    reply: Reply | None = None
    subject_kind: str = ""
    priority: Priority = Priority.BROADCAST
    not_before: datetime | None = None
    letter: str = ""
    params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Posted:
    """A message owed to a group chat, by the id of its row; `key`, the matter, makes it unique with the chat."""

    chat_id: int
    key: str
    reply: Reply
    priority: Priority = Priority.BROADCAST
    not_before: datetime | None = None


@dataclass(slots=True)
class Speaker:
    """Whatever speaks for the council in one transaction: business time, settings, and what it leaves to be sent.

    `now` is aware UTC business time; `zone` is the Council's.
    """

    session: AsyncSession
    now: datetime
    zone: ZoneInfo
    council: Council
    owed: list[Owed] = field(default_factory=list, init=False)
    spreads: list[Spread] = field(default_factory=list, init=False)
    posted: list[Posted] = field(default_factory=list, init=False)
    touched: list[Subject] = field(default_factory=list, init=False)

    @property
    def today(self) -> date:
        """The Council's calendar day."""
        return self.now.astimezone(self.zone).date()

    def tell(self, person_id: int, reply: Reply, *, key: str, priority: Priority = Priority.URGENT) -> None:
        """Owe a person this message; the same key owes it once."""
        self.owed.append(Owed(person_id, key, reply, priority=priority))

    def owe(self, owed: Owed) -> None:
        """Owe a letter in full detail."""
        self.owed.append(owed)

    def spread(self, spread: Spread) -> None:
        """Owe one letter to everybody a query names."""
        self.spreads.append(spread)

    def post(self, posted: Posted) -> None:
        """Owe a message to a group chat."""
        self.posted.append(posted)

    def touch(self, row: Base) -> None:
        """Say that a subject changed, so that every open card of it is edited."""
        subject = subject_of(row)
        if subject not in self.touched:
            self.touched.append(subject)


@dataclass(slots=True)
class Context(Speaker):
    """One thing heard from one chat.

    `said` is all that was written, `args` are the arguments of a structured call; `line` is what was typed after the
    command word; `files` came with
    the update and are rows already; `prepared` is what the command's `prepare` gave. `person` is None for a stranger.
    `pressed` is the subject of the card whose choice it was.
    `key` is the secret under which codes are kept as HMAC; `site` is the address of our pages, for links; `ways` gives
    the links that open the messengers of this council with a code, by channel. `takes_documents`: documents are sent
    in this chat itself; where they are not, `file_page` makes a page that takes them, unless no address is set for it.
    """

    chat: Chat
    person: Person | None
    powers: Powers
    said: str = ""
    args: Mapping[str, Any] = field(default_factory=dict)
    line: str = ""
    files: tuple[StoredFile, ...] = ()
    prepared: Any = None
    pressed: Subject | None = None
    command: str = ""
    key: bytes = b""
    site: str = ""
    maker: FileMaker | None = None
    ways: Ways = _no_ways
    takes_documents: bool = True
    file_page: Callable[[], FilePage] | None = None

    @property
    def me(self) -> Person:
        """The person who speaks; a stranger is refused."""
        if self.person is None:
            raise Refusal(t("Please join first: send the 12 digits of your join code."))
        return self.person

    async def hand_out(self, make: Making, name: str, media: str) -> int:
        """Have a file made in the speaker's language and give the id under which a reply hands it out.

        For small files made rarely: the store's writer waits meanwhile.
        """
        if self.maker is None:
            raise Refusal(t("Files cannot be made here at present; please tell the operator."))
        kept = await self.maker.made(make, name, media, self.me.locale)
        row = StoredFile(
            sha256=kept.sha256, name=kept.name, media=kept.media, size=kept.size, kept_at=self.now, by_id=self.me.id
        )
        self.session.add(row)
        await self.session.flush()
        return row.id

    def number(self) -> int | None:
        """Give the number said with the command, as an argument or typed first; None where there is none."""
        if isinstance(said := self.args.get("number"), int):
            return said
        leading = _LEADING_NUMBER.match(self.line)
        return int(leading[1]) if leading else None

    def rest(self) -> str:
        """Give what was typed after the number, or the whole line where no number leads it."""
        return _LEADING_NUMBER.sub("", self.line).strip()


@dataclass(slots=True)
class ClockContext(Speaker):
    """The clock speaks: `slot` is the moment the job was due, `since` the slot done before it (None at the first)."""

    slot: datetime
    since: datetime | None


@dataclass(frozen=True, slots=True)
class LetterContext:
    """A letter or card is composed for one person at the moment it is sent; composing changes nothing."""

    session: AsyncSession
    now: datetime
    zone: ZoneInfo
    council: Council
    person: Person
    params: Mapping[str, Any]
    subject: Subject | None = None

    @property
    def today(self) -> date:
        """The Council's calendar day."""
        return self.now.astimezone(self.zone).date()

    @property
    def is_overtaken(self) -> bool:
        """Whether it was owed for a day (`params["day"]`) that is over: what says a day is not made up for."""
        return bool(self.params.get("day", self.today.isoformat()) != self.today.isoformat())
