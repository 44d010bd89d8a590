"""The sample council: an empty store filled with its documents, its people and what they said, on its own clock."""

import asyncio
import mimetypes
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path
from typing import Any, Final

from sqlalchemy import delete, exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import WEBCHAT, Assistant
from bot.database import Database, Turn
from bot.story import Stage, lines_of
from bot.timepiece import MovedClock
from bot.waker import MOVED
from documents import sample
from documents.offering import offer, review_of
from models.addresses import Chat, Consent
from models.importing import Source, carry_out
from models.inbox import Inbound
from models.joining import CONSENT_WORDING, add_address
from models.papers import StoredFile
from models.people import Person, Post, Unit
from models.rules.permission import Role
from models.rules.text import Refusal, t
from models.settings import Setting, change_setting, council
from models.tables import Base
from pages.reader import SAMPLE_CHAT

# a row of settings that says that filling began; without `sample` beside it, filling was broken off
_BEGUN: Final = "sample_begun"

_BAR: Final = 30

Progress = Callable[[int, int], None]


async def prepare(assistant: Assistant, clock: MovedClock, progress: Progress | None = None) -> None:
    """Fill an empty store, or go on with the sample that it holds; what was broken off in filling is done anew.

    Raises Refusal for a store that holds a council of its own.
    """
    async with assistant.database.read() as session:
        is_whole = (await council(session)).sample
        is_broken = not is_whole and await _has(session, Setting.name == _BEGUN)
    if is_broken:
        await _empty(assistant.database)
    if not is_whole:
        await fill(assistant, clock, progress)
    await reload_clock(assistant.database, clock)


async def fill(assistant: Assistant, clock: MovedClock, progress: Progress | None = None) -> None:
    """Fill an empty store, up to the morning on which the sample begins; `clock` is the assistant's own.

    `progress` is told how many of how many steps are done. Raises Refusal for a store that holds anything.
    """
    zone = assistant.config.zone
    async with assistant.database.write(Turn.IMPORT) as session:
        await _require_empty(session)
        session.add(Setting(name=_BEGUN, value=True))
        await change_setting(session, "council_name", "Hội đồng Thi đua, khen thưởng tỉnh Nam Định (mẫu)")
        await change_setting(session, "standing_agency", "Ban Thi đua - Khen thưởng, Sở Nội vụ")
    for path, day in ((sample.DIRECTORY, "2022-01-20"), (sample.NOTICE, "2022-01-21"), (sample.ANNEX, "2022-03-09")):
        clock.offset_seconds = clock.offset_to(datetime.combine(datetime.fromisoformat(day), time(8), zone))
        await _take_in(assistant, path)
        if path == sample.DIRECTORY:
            await _join(assistant)
    await _tell(assistant, clock, progress)
    async with assistant.database.write(Turn.IMPORT) as session:
        offset = clock.offset_to(sample.START.replace(tzinfo=zone)) + 1  # rounded, and never before the hour
        await change_setting(session, "clock_offset_seconds", offset)
        await change_setting(session, "sample", value=True)
    clock.offset_seconds = offset


def on_terminal(done: int, whole: int) -> None:
    """Show on the terminal how far filling is: a bar with its count, in one line."""
    bar = "█" * (_BAR * done // whole)
    print(f"\rPreparing the sample council {bar:·<{_BAR}} {done}/{whole}", end="" if done < whole else "\n", flush=True)  # noqa: T201 - a person waits at the terminal


async def reload_clock(database: Database, clock: MovedClock) -> None:
    """Let the clock show what the store says of it, and tell the open pages where it was moved."""
    async with database.read() as session:
        offset = (await council(session)).clock_offset_seconds
    if offset != clock.offset_seconds:
        clock.offset_seconds = offset
        database.waker.wake(MOVED)


async def _require_empty(session: AsyncSession) -> None:
    for table in (Unit, Person, StoredFile, Inbound, Setting):
        if await session.scalar(select(table.id).limit(1)) is not None:
            raise Refusal(
                t(
                    "This store holds a council already, and the sample fills an empty one only. Start without "
                    "--sample, or name another store in DONDOC_DATABASE_URL."
                )
            )


async def _has(session: AsyncSession, condition: Any) -> bool:
    return bool(await session.scalar(select(exists().where(condition))))


async def _empty(database: Database) -> None:
    """Remove what a filling that was broken off has left: rows of the sample, for it began in an empty store."""
    async with database.write(Turn.IMPORT) as session:
        for table in reversed(Base.metadata.sorted_tables):
            await session.execute(delete(table))


async def _take_in(assistant: Assistant, path: Path) -> None:
    """Take a document in as the secretariat would, without questions left open."""
    offered = await asyncio.to_thread(offer, path, path.name)
    kept = await assistant.files.keep(path, path.name, mimetypes.guess_type(path.name)[0] or "application/octet-stream")
    now = assistant.clock.now()
    async with assistant.database.write(Turn.IMPORT) as session:
        by = await session.scalar(select(Post.person_id).where(Post.role == Role.SECRETARIAT).order_by(Post.id))
        file = StoredFile(sha256=kept.sha256, name=kept.name, media=kept.media, size=kept.size, kept_at=now, by_id=by)
        session.add(file)
        await session.flush()
        source = Source(now, now.astimezone(assistant.config.zone).date(), file.id, kept.sha256, by)
        review = await review_of(session, offered, source, await council(session))
        await carry_out(session, review, source)


async def _join(assistant: Assistant) -> None:
    """Join everybody to a chat of his own on the web, with the consent that a made-up person gives."""
    now, bot = assistant.clock.now(), assistant.channels[WEBCHAT].bots[0]
    async with assistant.database.write(Turn.IMPORT) as session:
        for person in await session.scalars(select(Person).order_by(Person.id)):
            chat = Chat(channel=WEBCHAT, bot=bot, external_id=f"{SAMPLE_CHAT}{person.id}", greeted_at=now)
            session.add(chat)
            await session.flush()
            await add_address(session, person, chat, now)
            session.add(
                Consent(person_id=person.id, chat_id=chat.id, wording=CONSENT_WORDING, asked_at=now, given_at=now)
            )


async def _tell(assistant: Assistant, clock: MovedClock, progress: Progress | None) -> None:
    story = lines_of(sample.STORY, assistant.config.zone)
    stage = Stage(assistant, clock)
    await stage.open()
    for number, line in enumerate(story, 1):
        await stage.tell(number, line)
        if progress is not None:
            progress(number, len(story))
    await stage.close()
