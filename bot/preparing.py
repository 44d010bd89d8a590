"""What an update needs before it can be handled: its files fetched from the provider and, by some commands, read.

Both take too long for a transaction, and may be done again: a file is kept under its digest, once.
"""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePath
from tempfile import TemporaryDirectory
from typing import Any, Final, cast

from sqlalchemy import select

from bot import log
from bot.database import Database
from bot.timepiece import Clock
from bot.waker import INBOX
from bot.workshop import Workshop
from documents.binding import PDF, bind
from documents.files import FileStore
from documents.marked import unmarked
from handlers.kit import Channel, ChannelError, Command, FileIn, FileThere, Heard, Refusal, Service, Unknown, Unsent, t
from models.inbox import Inbound

_TRIES: Final = 3
# the pictures of an album are told of one after the other
_ALBUM_SECONDS: Final = 1.5


class NotReady(Exception):  # noqa: N818 - a request to the dispatcher, not a fault
    """Something must be done before this update can be handled."""

    def __init__(self, inbound: Inbound) -> None:
        super().__init__(inbound.id)
        self.inbound_id, self.chat_id = inbound.id, inbound.chat_id


class NeedsFiles(NotReady):
    """Its files lie with the provider still; those of the other updates of its album belong to it."""

    def __init__(self, inbound: Inbound, heard: Heard) -> None:
        super().__init__(inbound)
        self.channel, self.bot = inbound.channel, inbound.bot
        self.files, self.album = heard.files_there, heard.album


class NeedsReading(NotReady):
    """Its files must be read in the workshop, as its command does."""

    def __init__(self, inbound: Inbound, command: Command, files: Sequence[FileIn]) -> None:
        super().__init__(inbound)
        self.command, self.files = command, files


class NeedsBinding(NotReady):
    """Its photos, by their digests, are to be bound into one file named after the first."""

    def __init__(self, inbound: Inbound, pages: Sequence[str], name: str) -> None:
        super().__init__(inbound)
        self.pages, self.name = pages, name


@dataclass(frozen=True, slots=True)
class Album:
    """The further updates of an album: their ids, and what is written beneath one of them."""

    updates: tuple[int, ...] = ()
    text: str = ""


@dataclass(slots=True)
class Ready:
    """What was done for updates, by the id of each: files kept, files read; or the refusal that came of it.

    `albums` are the updates that are handled together with one; `bound` is the file made of photos, None where these
    are of a kind that is not bound, or the refusal where they are too much for one file.
    """

    files: dict[int, tuple[FileIn, ...] | Refusal] = field(default_factory=dict)
    albums: dict[int, Album] = field(default_factory=dict)
    readings: dict[int, Any] = field(default_factory=dict)
    bound: dict[int, Any] = field(default_factory=dict)

    def known(self) -> set[int]:
        """Name the updates for which something is kept."""
        return {*self.files, *self.readings, *self.bound}

    def forget(self, inbound_id: int) -> None:
        """Let go of what was done for an update."""
        self.files.pop(inbound_id, None)
        self.albums.pop(inbound_id, None)
        self.readings.pop(inbound_id, None)
        self.bound.pop(inbound_id, None)

    def refuse(self, need: NotReady, refusal: Refusal) -> None:
        """Keep what is to be answered in place of what was needed."""
        self._table(need)[need.inbound_id] = refusal

    def is_done(self, need: NotReady) -> bool:
        """Tell whether a need was met."""
        return need.inbound_id in self._table(need)

    def _table(self, need: NotReady) -> dict[int, Any]:
        if isinstance(need, NeedsFiles):
            return self.files
        return self.bound if isinstance(need, NeedsBinding) else self.readings


@dataclass(frozen=True, slots=True)
class _UnderWay:
    """Something being done for a chat; `ended` rings when it is done."""

    chat_id: int
    ended: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass(slots=True)
class Preparing:
    """Meets the needs of updates, each once at a time."""

    database: Database
    clock: Clock
    channels: Mapping[str, Channel]
    files: FileStore
    workshop: Workshop
    ready: Ready = field(default_factory=Ready)
    _under_way: dict[int, _UnderWay] = field(default_factory=dict)

    @property
    def busy_chats(self) -> frozenset[int]:
        """The chats that wait for something being done."""
        return frozenset(each.chat_id for each in self._under_way.values())

    async def meet(self, need: NotReady) -> None:
        """Do what an update needs; the next sweep carries it out with what that gave, were it a refusal.

        Raises what nobody foresaw.
        """
        if (under_way := self._under_way.get(need.inbound_id)) is not None:
            await under_way.ended.wait()
            return
        if self.ready.is_done(need):
            return
        doing = self._under_way[need.inbound_id] = _UnderWay(need.chat_id)
        try:
            await self._done(need)
        finally:
            del self._under_way[need.inbound_id]
            doing.ended.set()
        self.database.waker.wake(INBOX)

    async def _done(self, need: NotReady) -> None:
        try:
            match need:
                case NeedsFiles():
                    self.ready.files[need.inbound_id] = await self._fetched(need)
                case NeedsReading():
                    self.ready.readings[need.inbound_id] = await self._read(need)
                case NeedsBinding():
                    self.ready.bound[need.inbound_id] = await self._bound(need)
        except Refusal as refusal:
            self.ready.refuse(need, refusal)

    async def _fetched(self, need: NeedsFiles) -> tuple[FileIn, ...]:
        channel = cast("Service", self.channels[need.channel])
        files = list(need.files)
        if need.album:
            files += await self._rest_of_album(need)
        return tuple([await self._fetched_one(channel, need.bot, file) for file in files])

    async def _rest_of_album(self, need: NeedsFiles) -> list[FileThere]:
        """Wait a moment for the other updates of an album; give their files."""
        await self.clock.sleep(_ALBUM_SECONDS)
        async with self.database.read() as session:
            waiting = (
                await session.scalars(
                    select(Inbound)
                    .where(Inbound.chat_id == need.chat_id, Inbound.handled_at.is_(None), Inbound.id > need.inbound_id)
                    .order_by(Inbound.id)
                )
            ).all()
        found: dict[int, Heard] = {}
        for inbound in waiting:
            with suppress(ValueError, LookupError, TypeError):  # it is answered when its turn comes
                heard = self.channels[inbound.channel].parse(inbound.raw or {})
                if heard.album == need.album:
                    found[inbound.id] = heard
        text = next((heard.text for heard in found.values() if heard.text), "")
        self.ready.albums[need.inbound_id] = Album(tuple(found), text)
        return [file for heard in found.values() for file in heard.files_there]

    async def _fetched_one(self, channel: Service, bot: str, file: FileThere) -> FileIn:
        for attempt in range(_TRIES):
            try:
                kept = await self.files.keep(channel.fetch(bot, file), file.name, file.media)
            except ChannelError as error:
                log.warning("file not fetched", channel=channel.name, attempt=attempt, error=str(error))
                if not isinstance(error, Unsent | Unknown):
                    break  # asked again it would answer the same
                await self.clock.sleep(4**attempt)
            else:
                return FileIn(kept.sha256, kept.name, kept.media, kept.size)
        raise Refusal(
            t("The file {name} could not be fetched and was not recorded; please send it again.", name=file.name)
        )

    async def _bound(self, need: NeedsBinding) -> FileIn | None:
        """Have photos bound into one file and keep it; None where they are of a kind that is not bound."""
        first, *rest = [self.files.path(digest) for digest in need.pages]
        name = f"{PurePath(need.name).stem}-{len(need.pages)}-trang.pdf"
        with TemporaryDirectory() as folder:
            to = Path(folder) / "bound"
            if not await self.workshop.prepare(partial(bind, rest=tuple(rest), to=to), first, name):
                return None
            kept = await self.files.keep(to, name, PDF)
        return FileIn(kept.sha256, kept.name, kept.media, kept.size)

    async def _read(self, need: NeedsReading) -> Any:
        assert need.command.prepare is not None  # noqa: S101 - only such commands ask for a reading
        first, *others = need.files
        prepared = await self.workshop.prepare(need.command.prepare, self.files.path(first.sha256), first.name)
        for file in others:  # the command works on the first; none may bear the mark of a state secret
            await self.workshop.prepare(unmarked, self.files.path(file.sha256), file.name)
        return prepared
