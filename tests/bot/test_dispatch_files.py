"""Files are read before the transaction: once, beside other chats, and a poisoned one harms nobody else."""

import asyncio
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.app import WEBCHAT
from handlers.kit import Command, Context, Reply, t
from models.inbox import Inbound
from models.rules.permission import Action
from tests.bot import preparing
from tests.chats import Council


async def tell(ctx: Context) -> Reply:
    return Reply(t("{what}", what=str(ctx.prepared)))


def takes_files(council: Council, prepare: object) -> None:
    """Let files that come with the word "doc" be prepared so."""
    dispatcher = council.assistant.dispatcher
    known = dispatcher.handling.registry
    doc = Command("doc", tell, Action.HELP, help="doc", prepare=prepare)  # type: ignore[arg-type]
    registry = replace(known, commands={**known.commands, "doc": doc})
    dispatcher.handling = replace(dispatcher.handling, registry=registry)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.txt"
    path.write_text("nội dung", "utf-8")
    return path


async def heard(council: Council, name: str, path: Path, mark: str) -> int:
    """Let a file be heard without being handled; give the chat."""
    assistant = council.assistant
    kept = await assistant.files.keep(path, path.name, "")
    files = [{"sha256": kept.sha256, "name": kept.name, "media": kept.media, "size": kept.size}]
    channel = assistant.channels[WEBCHAT]
    raw = {"chat": name, "text": "doc", "files": files}
    return (await assistant.intake.hear(channel, channel.bots[0], mark, raw)).chat_id


async def test_a_file_is_read_before_the_command_runs_and_then_forgotten(council: Council, file: Path) -> None:
    takes_files(council, preparing.read)
    assert "nội dung" in await council.chat("Lan").says("doc", file)
    await council.assistant.dispatcher.sweep()
    assert council.assistant.dispatcher.preparing.ready.known() == set()


async def test_what_was_read_for_an_update_that_another_process_handled_is_forgotten(council: Council) -> None:
    await council.chat("Lan").says("trogiup")
    async with council.read() as session:
        handled = (await session.scalars(select(Inbound.id))).one()
    dispatcher = council.assistant.dispatcher
    dispatcher.preparing.ready.readings[handled] = "a whole document"  # as if both had read it
    await dispatcher.sweep()
    assert dispatcher.preparing.ready.known() == set()


async def test_a_refused_file_is_answered_with_the_refusal(council: Council, file: Path) -> None:
    takes_files(council, preparing.refuse)
    assert await council.chat("Lan").says("doc", file) == "The file a.txt is damaged."


async def test_a_poisoned_file_is_answered_with_a_number_and_stops_nobody(council: Council, file: Path) -> None:
    takes_files(council, preparing.stumble)
    stopping = asyncio.Event()
    dispatcher = council.assistant.dispatcher
    async with asyncio.TaskGroup() as running:
        running.create_task(dispatcher.run(stopping))
        chat = await heard(council, "Lan", file, "poison")
        await dispatcher.finish(chat)
        assert (await council.chat("Minh").says("trogiup")).startswith("Có thể gõ")
        stopping.set()
        council.assistant.database.waker.wake("inbox")
    (seen,) = [seen for seen in await council.chat("Lan").seen() if not seen.mine]
    assert seen.lines[0].startswith("Tin của đồng chí đã được lưu nhưng chưa thực hiện được")


async def test_a_file_that_is_asked_for_twice_at_once_is_read_once(council: Council, tmp_path: Path) -> None:
    takes_files(council, preparing.count_runs)
    path = tmp_path / "once.txt"
    path.write_text("nội dung", "utf-8")
    chat = await heard(council, "Lan", path, "once")
    dispatcher = council.assistant.dispatcher
    async with asyncio.TaskGroup() as both:
        both.create_task(dispatcher.sweep(both))
        both.create_task(dispatcher.finish(chat))
    await dispatcher.finish(chat)
    (seen,) = [seen for seen in await council.chat("Lan").seen() if not seen.mine]
    assert seen.lines == ("1",)
