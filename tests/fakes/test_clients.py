"""Two libraries that are not ours talk to the fake and understand every answer."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from tests.fakes.telegram import Fault, Person, World
from tests.fakes.test_files import jpeg
from tests.timepiece import HandClock


@pytest.fixture
async def aiogram(world: World) -> AsyncIterator[Any]:
    """The world's bot, by aiogram."""
    from aiogram import Bot  # noqa: PLC0415 - three seconds
    from aiogram.client.session.aiohttp import AiohttpSession  # noqa: PLC0415
    from aiogram.client.telegram import TelegramAPIServer  # noqa: PLC0415

    session = AiohttpSession(api=TelegramAPIServer.from_base(world.address))
    yield Bot(world.token, session=session)
    opened = session._session  # noqa: SLF001 - its own way of closing waits a quarter of a second for TLS
    if opened is not None:
        await opened.close()


@pytest.fixture
async def ptb(world: World) -> AsyncIterator[Any]:
    """The world's bot, by python-telegram-bot, whose transport is httpx."""
    from telegram import Bot  # noqa: PLC0415

    base = f"{world.address}/bot"
    async with Bot(world.token, base_url=base, base_file_url=f"{world.address}/file/bot") as bot:
        yield bot


async def test_aiogram_understands_every_answer(aiogram: Any, lan: Person, world: World, clock: HandClock) -> None:
    from aiogram import types  # noqa: PLC0415

    lan.sends_document("Báo cáo.docx", b"abc", "application/msword", "Kèm theo")
    [update] = await aiogram.get_updates(timeout=1)
    fetched = await aiogram.download(update.message.document.file_id)
    assert fetched.read() == b"abc"
    button = types.InlineKeyboardButton(text="Đã nhận", callback_data="d:1:0")
    sent = await aiogram.send_message(
        lan.id,
        "<b>Nhiệm vụ</b> &amp; <a href='https://example.org'>kế hoạch</a>",
        parse_mode="HTML",
        reply_markup=types.InlineKeyboardMarkup(inline_keyboard=[[button]]),
        reply_parameters=types.ReplyParameters(message_id=update.message.message_id),
    )
    assert sent.html_text == '<b>Nhiệm vụ</b> &amp; <a href="https://example.org">kế hoạch</a>'
    lan.presses("Đã nhận")
    [press] = await aiogram.get_updates(offset=update.update_id + 1)
    assert press.callback_query.message.text == sent.text
    assert await aiogram.answer_callback_query(press.callback_query.id, text="Đã ghi nhận")
    edited = await aiogram.edit_message_text("xong", chat_id=lan.id, message_id=sent.message_id)
    assert (edited.text, edited.edit_date) == ("xong", int(clock.real_now().timestamp()))
    document = await aiogram.send_document(lan.id, types.BufferedInputFile(b"abc", "Số 1.txt"), caption="x")
    assert document.document.file_name == "Số 1.txt"
    await clock.move(seconds=10)
    photo = await aiogram.send_photo(lan.id, types.BufferedInputFile(jpeg(1000, 500), "a.jpg"))
    assert photo.photo[-1].width == 1000
    files = [types.InputMediaDocument(media=types.BufferedInputFile(b"x", name)) for name in ("a.pdf", "b.pdf")]
    assert len(await aiogram.send_media_group(lan.id, files)) == 2
    assert (await aiogram.me()).username == world.bot.username
    assert (await aiogram.get_chat(lan.id)).first_name == "Lan"
    assert await aiogram.set_my_commands([types.BotCommand(command="nhiemvu", description="Xem")])
    assert [each.command for each in await aiogram.get_my_commands()] == ["nhiemvu"]
    assert await aiogram.set_webhook("https://example.org/x", secret_token="x")
    assert (await aiogram.get_webhook_info()).url == "https://example.org/x"
    assert await aiogram.delete_webhook()
    assert await aiogram.delete_message(lan.id, sent.message_id)
    assert await aiogram.send_chat_action(lan.id, "typing")


async def test_aiogram_understands_every_refusal(aiogram: Any, lan: Person, world: World) -> None:
    from aiogram import exceptions  # noqa: PLC0415

    with pytest.raises(exceptions.TelegramBadRequest):
        await aiogram.send_message(5, "x")
    world.fails("sendMessage", Fault.flood(17))
    with pytest.raises(exceptions.TelegramRetryAfter):
        await aiogram.send_message(lan.id, "x")
    group = world.group("Cụm thi đua số 1")
    old = group.id
    group.becomes_supergroup()
    with pytest.raises(exceptions.TelegramMigrateToChat) as moved:
        await aiogram.send_message(old, "x")
    assert moved.value.migrate_to_chat_id == group.id
    lan.blocks()
    with pytest.raises(exceptions.TelegramForbiddenError):
        await aiogram.send_message(lan.id, "x")


async def test_python_telegram_bot_understands_the_main_answers(ptb: Any, lan: Person, clock: HandClock) -> None:
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, error  # noqa: PLC0415

    lan.writes("xong rồi")
    [update] = await ptb.get_updates(timeout=1)
    assert update.effective_message.text == "xong rồi"
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("Đã nhận", callback_data="d:1:0")]])
    sent = await ptb.send_message(lan.id, "<b>Nhiệm vụ</b>", parse_mode="HTML", reply_markup=markup)
    assert sent.text_html == "<b>Nhiệm vụ</b>"
    document = await ptb.send_document(lan.id, b"abc", filename="Số 1.txt")
    assert document.document.file_name == "Số 1.txt"
    file = await ptb.get_file(document.document.file_id)
    assert bytes(await file.download_as_bytearray()) == b"abc"
    lan.presses("Đã nhận")
    [press] = await ptb.get_updates(offset=update.update_id + 1)
    assert await press.callback_query.answer("Đã ghi nhận")
    with pytest.raises(error.BadRequest):
        await press.callback_query.edit_message_text("<b>Nhiệm vụ</b>", parse_mode="HTML", reply_markup=markup)
    lan.blocks()
    with pytest.raises(error.Forbidden):
        await ptb.send_message(lan.id, "x")
