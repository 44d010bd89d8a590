"""People write, send pictures, stickers, voices, files; the bot hears of it as Zalo tells it."""

import pytest

from tests.fakes.conftest import AskingZalo
from tests.fakes.test_files import jpeg
from tests.fakes.zalo import Fault, Person, World, serving
from tests.timepiece import HandClock

DATE = 1_654_734_300_000


async def test_a_text_comes_with_who_wrote_it_where_and_when(asks: AskingZalo, zalo_world: World) -> None:
    person = zalo_world.person("Trần Văn Hùng")
    written = person.writes("A7K2 1")
    assert await asks.well("getUpdates") == written
    assert written == {
        "event_name": "message.text.received",
        "message": {
            "from": {"id": person.id, "display_name": "Trần Văn Hùng", "is_bot": False},
            "chat": {"id": person.id, "chat_type": "PRIVATE"},
            "text": "A7K2 1",
            "message_id": person.screen()[0].id,
            "date": DATE,
        },
    }
    assert (len(person.id), int(person.id, 16) > 0) == (20, True)


def test_to_another_bot_the_same_person_is_somebody_else(mai: Person, zalo_world: World) -> None:
    moved = mai.at(zalo_world.another_bot("Bot Nhắc việc"))
    moved.writes("xin chào")
    assert moved.id != mai.id
    assert [len(each.screen()) for each in (mai, moved)] == [1, 1]
    assert zalo_world.queued == []


async def test_another_run_knows_the_same_people_and_other_messages(clock: HandClock) -> None:
    told = []
    for first in (1, 1, 1_000):
        async with serving(clock, first_message=first) as world:
            message = world.person("Hoàng Thị Mai").writes("xin chào")["message"]
            told.append((world.token, message["from"]["id"], message["message_id"]))
    assert told[0] == told[1]
    assert (told[2][:2], told[2][2] != told[0][2]) == (told[0][:2], True)


def test_a_long_text_leaves_the_telephone_in_parts(mai: Person, zalo_world: World) -> None:
    mai.writes("a" * 2000 + "b" * 2000 + "c")
    texts = [update["message"]["text"] for update in zalo_world.queued]
    assert texts == ["a" * 2000, "b" * 2000, "c"]


def test_an_answer_to_a_message_does_not_say_which(mai: Person) -> None:
    message = mai.replies_to(mai.screen()[0], "đã ký")["message"]
    assert sorted(message) == ["chat", "date", "from", "message_id", "text"]


@pytest.mark.parametrize("field", ["photo_url", "photo"])
async def test_a_picture_lies_at_a_public_address_for_a_while(
    asks: AskingZalo, mai: Person, zalo_world: World, clock: HandClock, field: str
) -> None:
    zalo_world.habits.photo_field = field
    update = mai.sends_photo(jpeg(400, 200), "Trang 1")
    message = update["message"]
    assert (update["event_name"], message["caption"], message["message_type"]) == (
        "message.image.received",
        "Trang 1",
        "CHAT_PHOTO",
    )
    async with asks.session.get(message[field]) as answer:
        assert (answer.status, answer.content_type, await answer.read()) == (200, "image/jpeg", jpeg(400, 200))
    await clock.move(hours=24)
    async with asks.session.get(message[field]) as answer:
        assert answer.status == 404
    assert mai.screen()[-1].content == jpeg(400, 200)


async def test_a_picture_may_not_be_had(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    url = mai.sends_photo(jpeg(400, 200))["message"]["photo_url"]
    zalo_world.fails("media", Fault.BAD_GATEWAY)
    statuses = []
    for _ in range(2):
        async with asks.session.get(url) as answer:
            statuses.append(answer.status)
    assert statuses == [502, 200]
    assert len(zalo_world.calls("media")) == 2


async def test_a_voice_is_raw_aac(asks: AskingZalo, mai: Person) -> None:
    update = mai.sends_voice()
    assert (update["event_name"], update["message"]["message_type"]) == ("message.voice.received", "CHAT_VOICE")
    async with asks.session.get(update["message"]["voice_url"]) as answer:
        assert (answer.content_type, (await answer.read())[:2]) == ("audio/aac", b"\xff\xf1")


def test_a_sticker_has_an_id_and_an_address(mai: Person) -> None:
    update = mai.sends_sticker("abc")
    assert update["event_name"] == "message.sticker.received"
    assert (update["message"]["sticker"], update["message"]["url"]) == ("abc", "https://stickers.zaloapp.com/abc.png")


def test_of_a_file_the_bot_learns_only_that_something_came(mai: Person) -> None:
    update = mai.sends_unsupported()
    assert update["event_name"] == "message.unsupported.received"
    assert sorted(update["message"]) == ["chat", "date", "from", "message_id"]


def test_events_of_the_future_come_too(mai: Person) -> None:
    update = mai.sends("message.link.received", url="https://example.org")
    assert (update["event_name"], update["message"]["url"]) == ("message.link.received", "https://example.org")


def test_who_has_blocked_the_bot_cannot_write_and_the_bot_is_not_told(mai: Person, zalo_world: World) -> None:
    mai.blocks()
    with pytest.raises(AssertionError):
        mai.writes("x")
    mai.unblocks()
    assert zalo_world.queued == []


async def test_the_bot_may_hear_itself(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    zalo_world.habits.echoes = True
    sent = await asks.well("sendMessage", chat_id=mai.id, text="Đã ghi nhận")
    assert await asks.well("getUpdates") == {
        "event_name": "message.text.received",
        "message": {
            "from": {"id": zalo_world.bot.id, "display_name": "Bot Đôn Đốc", "is_bot": True},
            "chat": {"id": mai.id, "chat_type": "PRIVATE"},
            "text": "Đã ghi nhận",
            **sent,
        },
    }


async def test_a_group_is_heard_where_it_calls_or_answers_the_bot(
    asks: AskingZalo, mai: Person, zalo_world: World
) -> None:
    group = zalo_world.group("Cụm thi đua số 1")
    assert group.hears(mai, "chuyện riêng") is None
    called = group.hears(mai, f"{group.mention} xong 12")
    await asks.well("sendMessage", chat_id=group.id, text="Thông báo")
    answered = group.hears(mai, "đã đọc", answering=group.seen()[0])
    assert called is not None
    assert called["message"]["chat"] == {"id": group.id, "chat_type": "GROUP"}
    assert (called["message"]["from"]["id"], called["message"]["text"]) == (mai.id, "@Bot Đôn Đốc xong 12")
    assert zalo_world.queued == [called, answered]
    assert [shown.unheard for shown in group.screen()] == [True, False, False, False]
    assert group.id.startswith("zgr-")


async def test_a_voice_to_a_group_is_taken_and_never_arrives(asks: AskingZalo, zalo_world: World) -> None:
    group = zalo_world.group("Cụm thi đua số 1")
    sent = await asks.well("sendVoice", chat_id=group.id, voice_url="https://dondoc.example.org/a.aac")
    assert (sorted(sent), group.seen()) == (["date", "message_id"], [])


async def test_a_bot_is_in_three_groups_at_most_and_hears_none_that_it_left(
    asks: AskingZalo, mai: Person, zalo_world: World
) -> None:
    first, _, _ = [zalo_world.group(f"Khối {number}") for number in range(3)]
    fourth = zalo_world.group("Khối 4", with_bot=False)
    with pytest.raises(ValueError):
        fourth.adds_bot()
    assert fourth.hears(mai, f"{fourth.mention} xong") is None
    first.removes_bot()
    fourth.adds_bot()
    assert (await asks("sendMessage", chat_id=first.id, text="x"))["error_code"] == 422
