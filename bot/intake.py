"""What is heard is stored, raw and once, before it is acknowledged."""

import asyncio
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import log, metrics
from bot.database import Database, Turn
from bot.timepiece import Clock
from bot.waker import INBOX, will_wake
from handlers.kit import Channel
from models.addresses import Chat
from models.ids import new_id
from models.inbox import Inbound
from models.inserts import insert_new
from models.rules.secrecy import secret_mark, secret_name

SECRET = "secret"  # noqa: S105 - an outcome
_NAMES = frozenset({"name", "file_name"})


@dataclass(frozen=True, slots=True)
class Stored:
    """An update in the inbox; `fresh` is False where the same update was stored before."""

    inbound_id: int
    chat_id: int
    fresh: bool


@dataclass(frozen=True, slots=True)
class _Waiting:
    channel: Channel
    bot: str
    update_id: str
    chat: str
    raw: dict[str, Any]
    is_secret: bool
    into: int | None


@dataclass(slots=True)
class _Batch:
    waiting: list[_Waiting] = field(default_factory=list)
    storing: asyncio.Task[list[Stored]] | None = None


@dataclass(slots=True)
class Intake:
    """Stores updates; those that arrive while a transaction runs share the next one."""

    database: Database
    clock: Clock
    _open: _Batch | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    _chats: dict[tuple[str, str], int] = field(default_factory=dict)

    async def hear(
        self, channel: Channel, bot: str, update_id: str, raw: Mapping[str, Any], *, into: int | None = None
    ) -> Stored:
        """Store one update; once this returns it may be acknowledged.

        `into` is the row of the chat it is said in, where the update names none: files that a page takes for it.
        Raises ValueError for an update that names no chat at all, and whatever the store raises.
        """
        try:
            kept = _storable(raw)
            secret = _is_secret(kept)
        except RecursionError:
            # nested too deeply to be anybody's words: it is known to have come, and stops nobody
            log.warning("bottomless update", channel=channel.name, update=update_id)
            kept, secret = {}, False
        chat = channel.chat_of(kept) if into is None else ""
        waiting = _Waiting(channel, bot, update_id, chat, kept, secret, into)
        batch = self._open
        if batch is None:
            batch = self._open = _Batch()
            batch.storing = asyncio.create_task(self._store(batch))  # noqa: TID251 - whoever is heard in it awaits it
        place = len(batch.waiting)
        batch.waiting.append(waiting)
        assert batch.storing is not None  # noqa: S101 - set where the batch is opened
        return (await asyncio.shield(batch.storing))[place]

    async def _store(self, batch: _Batch) -> list[Stored]:
        async def work(session: AsyncSession) -> list[Stored]:
            self._close(batch)
            rows = [self._row(waiting, await self._chat(session, waiting)) for waiting in batch.waiting]
            will_wake(session, INBOX)
            return await _stored(session, rows)

        async with self._turn:
            try:
                stored = await self.database.retrying(Turn.INTAKE, work)
            except IntegrityError:
                self._chats.clear()  # a chat may have been erased; whoever sends the update again is heard
                raise
            finally:
                self._close(batch)
            for waiting, done in zip(batch.waiting, stored, strict=True):
                if waiting.into is None:
                    self._chats[waiting.bot, waiting.chat] = done.chat_id
                if done.fresh:
                    metrics.HEARD.labels(waiting.channel.name).inc()
        return stored

    def _close(self, batch: _Batch) -> None:
        """Let whoever comes from now on share the next transaction."""
        self._open = None if self._open is batch else self._open

    def _row(self, waiting: _Waiting, chat_id: int) -> dict[str, Any]:
        return {
            "id": new_id(),
            "channel": waiting.channel.name,
            "bot": waiting.bot,
            "update_id": waiting.update_id,
            "chat_id": chat_id,
            "raw": None if waiting.is_secret else waiting.raw,
            "heard_at": self.clock.now(),
            "outcome": SECRET if waiting.is_secret else "",
        }

    async def _chat(self, session: AsyncSession, waiting: _Waiting) -> int:
        if waiting.into is not None:
            return waiting.into
        known = self._chats.get((waiting.bot, waiting.chat))
        if known is not None:
            return known
        row = {"id": new_id(), "channel": waiting.channel.name, "bot": waiting.bot, "external_id": waiting.chat}
        await session.execute(insert_new(session, Chat).values(**row).on_conflict_do_nothing())
        found = await session.execute(select(Chat.id).where(Chat.external_id == waiting.chat, Chat.bot == waiting.bot))
        return found.scalar_one()


async def _stored(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> list[Stored]:
    """Insert updates in one statement, leaving alone what was stored before."""
    statement = insert_new(session, Inbound).on_conflict_do_nothing().returning(Inbound.id)
    fresh = set(await session.scalars(statement, rows))
    return [
        Stored(row["id"], row["chat_id"], fresh=True)
        if row["id"] in fresh
        else Stored(await _known(session, row), row["chat_id"], fresh=False)
        for row in rows
    ]


async def _known(session: AsyncSession, row: Mapping[str, Any]) -> int:
    found = await session.execute(
        select(Inbound.id).where(Inbound.update_id == row["update_id"], Inbound.bot == row["bot"])
    )
    return found.scalar_one()


def _storable(raw: Mapping[str, Any]) -> dict[str, Any]:
    """Give an update as every store can keep it: no half of a letter, no number that is none."""
    text = json.dumps(raw, ensure_ascii=False).encode("utf-8", "replace")
    kept: dict[str, Any] = json.loads(text, parse_constant=lambda _: None)
    return kept


def _is_secret(raw: Mapping[str, Any]) -> bool:
    return bool(secret_mark(_words_of(raw))) or any(secret_name(name) for name in _names_of(raw))


def _names_of(raw: object) -> Iterator[str]:
    """Give the names of the files of a raw update: they state a degree in other ways than a text does."""
    if isinstance(raw, Mapping):
        yield from (value for key, value in raw.items() if key in _NAMES and isinstance(value, str))
        raw = list(raw.values())
    if isinstance(raw, list):
        for value in raw:
            yield from _names_of(value)


def _words_of(raw: object) -> str:
    """Gather every string of a raw update for the search for secrecy marks."""
    match raw:
        case str():
            return raw
        case Mapping():
            return "\n".join(_words_of(value) for value in raw.values())
        case Sequence():
            return "\n".join(_words_of(value) for value in raw)
        case _:
            return ""
