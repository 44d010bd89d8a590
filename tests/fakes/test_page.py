"""The page shows both sides: what people see, and what the bot asked; and it lets the reader act for them."""

import json
from typing import Any

import pytest

from tests.fakes import zalo
from tests.fakes.__main__ import greeting
from tests.fakes.conftest import Asking, acts
from tests.fakes.telegram import Person, World
from tests.fakes.telegram.showing import showing
from tests.fakes.test_files import jpeg
from tests.fakes.test_sending import keys


async def test_the_page_and_what_it_needs_are_served(ask: Asking, world: World) -> None:
    for path in ("/", "/page/static/page.js", "/page/static/parts.js", "/page/static/page.css", "/static/site.css"):
        async with ask.session.get(world.address + path) as answer:
            assert (path, answer.status) == (path, 200)


async def test_a_reader_acts_for_a_person(ask: Asking, world: World) -> None:
    await acts(ask, do="joins", text="Trần Văn Hùng")
    [hung] = world.people.values()
    await acts(ask, do="starts", person=hung.id, text="123")
    await acts(ask, do="writes", person=hung.id, text="xong rồi")
    await ask.well("sendMessage", chat_id=hung.id, text="x", reply_markup=keys("Đã nhận"))
    await acts(ask, do="presses", person=hung.id, text="Đã nhận", message=hung.seen()[0].id)
    await acts(ask, do="blocks", person=hung.id)
    await acts(ask, do="unblocks", person=hung.id)
    kinds = [next(kind for kind in update if kind != "update_id") for update in world.queued]
    assert kinds == ["message", "message", "callback_query", "my_chat_member", "my_chat_member"]


async def test_a_reader_is_told_what_telegram_would_not_carry(ask: Asking, world: World) -> None:
    person = world.person("Trần Văn Hùng")
    told = await acts(ask, do="starts", person=person.id, text="mã mời")
    assert told["complaint"].startswith("Mã mời chỉ gồm từ 1 đến 64 ký tự")
    told = await acts(ask, do="writes", person=person.id, text="x")
    assert told["complaint"].startswith("Telegram không cho thực hiện việc này.")


async def test_a_reader_plants_troubles(ask: Asking, lan: Person) -> None:
    await acts(ask, do="trouble", trouble="flood", text="sendMessage")
    assert showing(ask.world)["troubles"] == 1
    assert await ask.badly("sendMessage", chat_id=lan.id, text="x") == "Too Many Requests: retry after 10"


async def test_the_page_shows_what_a_person_sees(ask: Asking, lan: Person) -> None:
    text = "<b>Hạn</b> <a href='tg://user?id=1'>x</a> https://example.org/a?b=1&amp;c"
    await ask.well("sendMessage", chat_id=lan.id, text=text, parse_mode="HTML", reply_markup=keys("Đã nhận"))
    lan.sends_photo(jpeg(400, 200), "Giấy mời")
    [person] = showing(ask.world)["people"]
    _, card, photo = person["messages"]
    address = '<a href="https://example.org/a?b=1&amp;c">https://example.org/a?b=1&amp;c</a>'
    assert card["html"] == f"<b>Hạn</b> x {address}"
    assert (card["rows"], card["day"], card["time"]) == ([[{"text": "Đã nhận", "url": ""}]], "09/6/2022", "07:25")
    assert (photo["html"], photo["mine"], photo["files"][0]["width"]) == ("Giấy mời", True, 400)
    async with ask.session.get(f"{ask.world.address}/page/file/{lan.id}/{photo['id']}") as answer:
        assert (answer.content_type, await answer.read()) == ("image/jpeg", jpeg(400, 200))


async def test_the_log_names_who_was_meant_and_leaves_out_polls_that_brought_nothing(ask: Asking, lan: Person) -> None:
    await ask.well("getUpdates")
    await ask.well("sendMessage", chat_id=lan.id, text="<i>Nhiệm vụ</i>", parse_mode="HTML")
    await ask.badly("sendMessage", chat_id=5, text="x")
    good, bad = showing(ask.world)["log"]
    assert (good["method"], good["person"], good["summary"]) == ("sendMessage", lan.name, "Nhiệm vụ")
    assert (bad["status"], bad["summary"]) == (400, "Bad Request: chat not found")
    assert json.loads(good["asked"])["text"] == "<i>Nhiệm vụ</i>"


async def test_the_page_is_told_as_soon_as_something_changes(ask: Asking, lan: Person) -> None:
    async with ask.session.get(f"{ask.world.address}/page/events") as answer:
        line = await answer.content.readline()
    assert json.loads(line.removeprefix(b"data: "))["people"][0]["name"] == lan.name


@pytest.mark.parametrize(("asked", "connection"), [(False, "none"), (True, "seen")])
async def test_the_page_says_whether_the_bot_is_there(ask: Asking, asked: Any, connection: str) -> None:
    if asked:
        await ask.well("getMe")
    assert showing(ask.world)["connection"] == connection


async def test_the_terminal_names_the_lines_for_the_settings(world: World, zalo_world: zalo.World) -> None:
    zalo_world.another_bot("Bot Đôn Đốc 2")
    assert greeting(world, zalo_world).splitlines() == [
        f"Telegram giả lập: mở {world.address} bằng trình duyệt.",
        f"Zalo giả lập: mở {zalo_world.address} bằng trình duyệt.",
        "Ghi các dòng sau (hoặc chỉ của một bên) vào tệp .env rồi chạy `dondoc run`:",
        f"  DONDOC_TELEGRAM_TOKEN={world.token}",
        f"  DONDOC_TELEGRAM_API={world.address}",
        f"  DONDOC_ZALO_TOKENS={zalo_world.tokens[0]},{zalo_world.tokens[1]}",
        f"  DONDOC_ZALO_API={zalo_world.address}",
        "Mọi thứ chỉ nằm trong bộ nhớ và mất đi khi dừng. Dừng: Ctrl+C.",
    ]


async def test_a_reader_acts_in_a_group(ask: Asking, lan: Person, world: World) -> None:
    group = world.group("Cụm thi đua số 1", lan, with_bot=False)
    assert showing(world)["people"][-1]["standing"] == "new"
    here = {"person": "g0", "member": lan.id}
    await acts(ask, do="starts", text="CUM1", **here)
    await acts(ask, do="writes", text="chuyện riêng", **here)
    await ask.well("sendMessage", chat_id=group.id, text="Thông báo", reply_markup=keys("Đã đọc"))
    await acts(ask, do="presses", text="Đã đọc", message=group.seen()[0].id, **here)
    await acts(ask, do="moves", **here)
    await acts(ask, do="blocks", **here)
    shown = showing(world)["people"][-1]
    assert (shown["standing"], shown["large"], shown["members"]) == ("kicked", True, [{"id": lan.id, "name": lan.name}])
    old = [message["html"] for message in map(dict, _messages(world, group.former[0].id))]
    assert old[:3] == ["Đã thêm Đôn Đốc vào nhóm.", "/start@dondoc1_bot CUM1", "chuyện riêng"]
    assert "callback_query" in world.queued[3]


def _messages(world: World, chat: int) -> list[dict[str, Any]]:
    """Show the messages of a group under its former number."""
    world.groups[0].chat = world.bot.chats[chat]
    messages: list[dict[str, Any]] = showing(world)["people"][-1]["messages"]
    return messages
