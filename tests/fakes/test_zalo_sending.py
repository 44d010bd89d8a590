"""What a bot may send, to whom, and how much of it."""

from typing import Any

import pytest

from tests.fakes.conftest import AskingZalo, Hook
from tests.fakes.test_files import jpeg
from tests.fakes.zalo import Person, World
from tests.timepiece import HandClock

STRANGER = {"ok": False, "error_code": 422, "description": "You are not permitted to send messages to this chat_id"}
QUOTA = {"ok": False, "error_code": 429, "description": "Quota exceeded"}


async def test_a_text_arrives_and_is_dated_in_milliseconds(asks: AskingZalo, mai: Person, clock: HandClock) -> None:
    sent = await asks.well("sendMessage", chat_id=mai.id, text="Hạn 15/6 < 16/6")
    [shown] = mai.seen()
    assert sent == {"message_id": shown.id, "date": 1_654_734_300_000}
    assert (shown.text, shown.html, shown.kind, len(shown.id)) == ("Hạn 15/6 < 16/6", "Hạn 15/6 &lt; 16/6", "text", 20)


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"text": "x"}, "chat_id is required"),
        ({}, "text is required"),
        ({"text": ""}, "text is required"),
        ({"text": " \n"}, "text is required"),
        ({"text": "a" * 2001}, "text must be 1-2000 characters"),
        ({"text": "👍" * 1001}, "text must be 1-2000 characters"),
        ({"text": "x", "parse_mode": "HTML5"}, "unsupported parse_mode HTML5"),
        ({"text": "x", "text_styles": [{"start": 0, "len": 2, "st": ["b"]}]}, "text_styles lies outside of the text"),
        ({"text": "x", "text_styles": [{"start": 0, "len": 1, "st": ["h1"]}]}, "text_styles names an unknown style"),
        ({"text": "x", "text_styles": {"start": 0}}, "text_styles must be a list"),
        ({"text": "x", "text_styles": [{"st": ["b"]}]}, "text_styles needs start and len"),
    ],
)
async def test_a_text_that_cannot_be_sent_is_refused(
    asks: AskingZalo, mai: Person, params: dict[str, Any], words: str
) -> None:
    known = {} if words.startswith("chat_id") else {"chat_id": mai.id}
    body = await asks("sendMessage", **known, **params)
    assert body == {"ok": False, "error_code": 400, "description": f"Bad Request: {words}"}
    assert mai.seen() == []


@pytest.mark.parametrize("text", ["a" * 2000, "👍" * 1000], ids=["letters", "beyond the basic plane"])
async def test_the_longest_text_is_2000_utf16_units(asks: AskingZalo, mai: Person, text: str) -> None:
    await asks.well("sendMessage", chat_id=mai.id, text=text)
    assert mai.seen()[0].text == text


@pytest.mark.parametrize("chat", ["1", "zgr-", "0F1E2D3C4B5A69788796", "0f1e2d3c4b5a697887960"])
async def test_what_is_no_chat_id_is_refused_as_such(asks: AskingZalo, chat: str) -> None:
    body = await asks("sendMessage", chat_id=chat, text="x")
    assert body == {"ok": False, "error_code": 410, "description": "The chat_id is invaild"}


async def test_nothing_is_sent_to_who_never_wrote(asks: AskingZalo, zalo_world: World) -> None:
    hung = zalo_world.person("Trần Văn Hùng")
    assert await asks("sendMessage", chat_id=hung.id, text="x") == STRANGER
    hung.writes("xin chào")
    await asks.well("sendMessage", chat_id=hung.id, text="x")
    assert len(hung.seen()) == 1


async def test_nothing_is_sent_to_who_blocked_the_bot(asks: AskingZalo, mai: Person) -> None:
    mai.blocks()
    for method, content in (("sendMessage", {"text": "x"}), ("sendChatAction", {"action": "typing"})):
        assert await asks(method, chat_id=mai.id, **content) == STRANGER
    mai.unblocks()
    await asks.well("sendMessage", chat_id=mai.id, text="y")
    assert [shown.text for shown in mai.seen()] == ["y"]


async def test_a_bot_has_fifty_people_and_the_next_is_refused(asks: AskingZalo, zalo_world: World) -> None:
    people = [zalo_world.person(f"Người {number}") for number in range(51)]
    for person in people:
        person.writes("xin chào")
    assert len(zalo_world.queued) == 51
    assert await asks("sendMessage", chat_id=people[50].id, text="x") == STRANGER
    await asks.well("sendMessage", chat_id=people[49].id, text="x")
    other = zalo_world.another_bot("Bot Nhắc việc")
    moved = people[50].at(other)
    moved.writes("xin chào")
    assert (await asks("sendMessage", token=other.token, chat_id=moved.id, text="x"))["ok"] is True
    zalo_world.habits.users = 51
    await asks.well("sendMessage", chat_id=people[50].id, text="x")


async def test_what_is_sent_a_month_is_counted_per_bot(
    asks: AskingZalo, mai: Person, zalo_world: World, clock: HandClock
) -> None:
    zalo_world.habits.quota = 2
    await asks.badly("sendMessage", chat_id=mai.id, text="")
    await asks("sendChatAction", chat_id=mai.id, action="typing")
    await asks.well("sendMessage", chat_id=mai.id, text="một")
    await asks.well("sendSticker", chat_id=mai.id, sticker="bfe458bf64fa8da4d4eb")
    assert await asks("sendMessage", chat_id=mai.id, text="ba") == QUOTA
    other = zalo_world.another_bot("Bot Nhắc việc")
    mai.at(other).writes("xin chào")
    assert (await asks("sendMessage", token=other.token, chat_id=mai.at(other).id, text="x"))["ok"] is True
    assert (zalo_world.bot.left, other.left) == (0, 1)
    clock.set("2022-06-30T16:59:59")
    assert await asks("sendMessage", chat_id=mai.id, text="ba") == QUOTA
    clock.set("2022-06-30T17:00")
    await asks.well("sendMessage", chat_id=mai.id, text="ba")
    assert zalo_world.bot.left == 1


def test_a_month_is_three_thousand_messages(zalo_world: World) -> None:
    assert zalo_world.bot.left == 3000


async def test_buttons_are_taken_and_dropped(asks: AskingZalo, mai: Person) -> None:
    keys = {"inline_keyboard": [[{"text": "Đã nhận", "callback_data": "d:1"}]]}
    await asks.well("sendMessage", chat_id=mai.id, text="Nhiệm vụ", reply_markup=keys)
    [shown] = mai.seen()
    assert (shown.text, shown.raw) == ("Nhiệm vụ", {"text": "Nhiệm vụ"})


@pytest.mark.parametrize(
    ("more", "text", "html"),
    [
        ({"parse_mode": "html", "text": "<b>Hạn</b> <a href='x'>x</a> &amp;<hr>"}, "Hạn x &", "<b>Hạn</b> x &amp;"),
        ({"parse_mode": "markdown", "text": "**Hạn** *gấp* {red}x{/red}"}, "Hạn gấp x", "<b>Hạn</b> <i>gấp</i> x"),
        ({"parse_mode": "markdown", "text": "# Việc\n[a](b) 2*3*4"}, "Việc\n[a](b) 2*3*4", "<b>Việc</b>\n[a](b) 2*3*4"),
        ({"text": "**x**", "text_styles": [{"start": 0, "len": 5, "st": ["b", "f_18"]}]}, "**x**", "**x**"),
    ],
)
async def test_formatted_words_are_shown_as_far_as_the_platform_knows_them(
    asks: AskingZalo, mai: Person, more: dict[str, Any], text: str, html: str
) -> None:
    await asks.well("sendMessage", chat_id=mai.id, **more)
    assert (mai.seen()[0].text, mai.seen()[0].html) == (text, html)


async def test_a_picture_is_fetched_from_its_address(
    asks: AskingZalo, mai: Person, zalo_world: World, hook: Hook
) -> None:
    url = zalo_world.media.keep(jpeg(400, 200))
    await asks.well("sendPhoto", chat_id=mai.id, photo=url, caption="Giấy mời")
    [shown] = mai.seen()
    assert (shown.kind, shown.text, shown.content) == ("photo", "Giấy mời", jpeg(400, 200))
    await asks.well("sendPhoto", chat_id=mai.id, photo="https://dondoc.example.org/a.jpg")
    for params, words in (
        ({"photo": f"{zalo_world.address}/media/gone.jpg"}, "photo cannot be fetched"),
        ({"photo": "/etc/hostname"}, "photo must be a URL"),
        ({"photo": url, "caption": "x" * 2001}, "caption must be 1-2000 characters"),
        ({}, "photo is required"),
    ):
        assert await asks.badly("sendPhoto", chat_id=mai.id, **params) == f"Bad Request: {words}"
    words = await asks.badly("sendPhoto", chat_id=mai.id, files={"photo": ("a.jpg", jpeg(4, 2))})
    assert words == "Bad Request: photo is required"


async def test_stickers_and_voices_arrive(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    await asks.well("sendSticker", chat_id=mai.id, sticker="bfe458bf64fa8da4d4eb")
    await asks.well("sendVoice", chat_id=mai.id, voice_url="https://dondoc.example.org/a.aac")
    assert await asks.badly("sendSticker", chat_id=mai.id) == "Bad Request: sticker is required"
    words = await asks.badly("sendVoice", chat_id=mai.id, voice_url="https://dondoc.example.org/a.mp3")
    assert words == "Bad Request: voice_url must end with .aac"
    assert [shown.kind for shown in mai.seen()] == ["sticker", "voice"]


async def test_being_busy_is_answered_without_a_result(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    assert await asks("sendChatAction", chat_id=mai.id, action="typing") == {"ok": True}
    assert zalo_world.bot.actions == [(mai.id, "typing")]
    words = await asks.badly("sendChatAction", chat_id=mai.id, action="upload_photo")
    assert words == "Bad Request: action is not supported"
