"""Several dispatchers at the same inbox: each update is handled by one of them, in the order of its chat."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

from sqlalchemy import func, select, text, update

from bot import metrics
from bot.app import WEBCHAT, Assistant, opened
from bot.database import Database, Turn
from bot.dispatch import Dispatcher
from bot.waker import INBOX
from handlers.kit import Command, Context, Reply
from models.addresses import Chat
from models.audit import AuditEntry
from models.inbox import Inbound
from models.outbox import Parcel
from models.rules.permission import Action
from tests.chats import Council, a_council
from tests.timepiece import others_go_on


@asynccontextmanager
async def beside(council: Council) -> AsyncIterator[Assistant]:
    """Open a second assistant on the same store, as another process would."""
    async with opened(council.assistant.config, council.clock) as other:
        yield other


async def heard(council: Council, *texts: str, name: str = "Lan") -> int:
    assistant = council.assistant
    channel = assistant.channels[WEBCHAT]
    chat = 0
    for number, words in enumerate(texts):
        raw = {"chat": name, "text": words}
        chat = (await assistant.intake.hear(channel, channel.bots[0], f"{name}:{number}", raw)).chat_id
    return chat


async def emptied(dispatcher: Dispatcher, council: Council) -> None:
    """Sweep until nothing waits."""
    while True:
        await dispatcher.sweep()
        async with council.read() as session:
            if not await session.scalar(select(func.count()).where(Inbound.handled_at.is_(None))):
                return


async def test_two_dispatchers_handle_each_update_once_and_in_order(postgres_url: str, tmp_path: Path) -> None:
    async with a_council(postgres_url, tmp_path) as council, beside(council) as other:
        for name in ("Lan", "Hoa", "Minh", "Tùng", "Thu"):
            await heard(council, *["trogiup"] * 6, name=name)
        async with asyncio.TaskGroup() as both:
            both.create_task(emptied(council.assistant.dispatcher, council))
            both.create_task(emptied(other.dispatcher, council))
        async with council.read() as session:
            answers = list(await session.scalars(select(Parcel.key)))
            entries = (await session.execute(select(AuditEntry.inbound_id).order_by(AuditEntry.id))).scalars().all()
            order = list(await session.scalars(select(Inbound).order_by(Inbound.id)))
    assert len(answers) == len(set(answers)) == len(entries) == len(set(entries)) == 30
    for chat_id in {inbound.chat_id for inbound in order}:
        own = [inbound.id for inbound in order if inbound.chat_id == chat_id]
        assert [entry for entry in entries if entry in own] == own


async def test_whoever_waits_for_an_answer_gets_it_from_the_dispatcher_that_is_at_it(
    postgres_url: str, tmp_path: Path
) -> None:
    async with a_council(postgres_url, tmp_path) as council, beside(council) as other:
        chat = await heard(council, "trogiup")
        async with asyncio.TaskGroup() as tasks, other.database.write(Turn.DISPATCH) as session:
            await session.execute(select(Chat.id).where(Chat.id == chat).with_for_update())
            finishing = tasks.create_task(council.assistant.dispatcher.finish(chat))
            while not finishing.done() and not await session.scalar(
                text("SELECT count(*) FROM pg_locks WHERE NOT granted")
            ):
                pass
            assert not finishing.done()
            done = {"handled_at": council.clock.now(), "outcome": "done"}
            await session.execute(update(Inbound).values(done))
        async with council.read() as session:
            assert await session.scalar(select(func.count()).select_from(Parcel)) == 0


async def test_a_store_that_is_away_for_a_moment_does_not_end_the_dispatcher(council: Council, tmp_path: Path) -> None:
    dispatcher, store = council.assistant.dispatcher, council.assistant.database
    chat = await heard(council, "trogiup")
    away = Database(f"sqlite+aiosqlite:///{tmp_path / 'empty.db'}", council.clock)
    stopping = asyncio.Event()
    async with asyncio.TaskGroup() as running:
        dispatcher.database = away
        before = metrics.INCIDENTS._value.get()  # noqa: SLF001 - the library reads its figures only as a page
        running.create_task(dispatcher.run(stopping))
        while metrics.INCIDENTS._value.get() == before:  # noqa: SLF001 - nothing rings when an incident is counted
            await others_go_on()
        dispatcher.database = store
        away.waker.wake(INBOX)
        while await waits(council, chat):
            away.waker.wake(INBOX)
        stopping.set()
        away.waker.wake(INBOX)
    await away.close()


async def waits(council: Council, chat: int) -> bool:
    async with council.read() as session:
        found = await session.scalar(select(func.count()).where(Inbound.chat_id == chat, Inbound.handled_at.is_(None)))
    return bool(found)


async def test_what_cannot_be_answered_three_times_is_set_aside_with_a_number(council: Council) -> None:
    async def break_the_card(ctx: Context) -> Reply:
        return Reply("…", files=(2**70,))  # no store keeps such a number: the answer cannot be written

    dispatcher = council.assistant.dispatcher
    known = dispatcher.handling.registry
    bad = Command("hong", break_the_card, Action.HELP, help="hong")
    registry = replace(known, commands={**known.commands, "hong": bad})
    dispatcher.handling = replace(dispatcher.handling, registry=registry)
    chat = await heard(council, "hong", "trogiup")
    for _ in range(4):
        await dispatcher.finish(chat)
    async with council.read() as session:
        bad_one, next_one = await session.scalars(select(Inbound).order_by(Inbound.id))
    assert (bad_one.outcome, bad_one.tries, next_one.outcome) == ("incident", 3, "done")
    first, second = [seen.lines[0] for seen in await council.chat("Lan").seen() if not seen.mine]
    assert bad_one.incident
    assert bad_one.incident in first
    assert second.startswith("Có thể gõ")
