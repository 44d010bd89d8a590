"""People act with their telephones; the bot hears of it as Telegram tells it, and they see what it sends."""

import pytest

from tests.fakes.conftest import Asking
from tests.fakes.telegram import Person, World
from tests.fakes.test_sending import keys
from tests.timepiece import HandClock

DOT = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000005a0000003c00802000000907753de0000000c49444154789c63f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


async def test_a_link_with_a_code_brings_the_code(ask: Asking, world: World) -> None:
    person = world.person("Lan", language="en", username="lan")
    person.starts("481516234299")
    [update] = await ask.well("getUpdates")
    assert update["message"]["text"] == "/start 481516234299"
    assert update["message"]["entities"] == [{"offset": 0, "length": 6, "type": "bot_command"}]
    assert update["message"]["from"] == {
        "id": person.id,
        "is_bot": False,
        "first_name": "Lan",
        "username": "lan",
        "language_code": "en",
    }
    assert update["message"]["chat"]["type"] == "private"


@pytest.mark.parametrize("code", ["mã", "a b", "x" * 65, "a/b"])
def test_no_link_carries_such_a_code(code: str, lan: Person) -> None:
    with pytest.raises(ValueError):
        lan.starts(code)


async def test_who_has_not_pressed_start_cannot_write(world: World) -> None:
    with pytest.raises(AssertionError):
        world.person("Trần Văn Hùng").writes("x")


async def test_a_long_text_leaves_the_telephone_in_parts(ask: Asking, lan: Person) -> None:
    lan.writes("a" * 4096 + "b" * 4096 + "c")
    texts = [update["message"]["text"] for update in await ask.well("getUpdates")]
    assert texts == ["a" * 4096, "b" * 4096, "c"]


async def test_a_press_carries_the_message_and_its_data(ask: Asking, lan: Person) -> None:
    sent = await ask.well("sendMessage", chat_id=lan.id, text="x", reply_markup=keys("Đã nhận", "Để sau"))
    lan.presses("Để sau")
    [update] = await ask.well("getUpdates")
    query = update["callback_query"]
    assert (query["data"], query["message"], query["from"]["id"]) == ("d:Để sau", sent, lan.id)
    await ask.well("answerCallbackQuery", callback_query_id=query["id"], text="Đã ghi nhận")
    assert lan.toasts == ["Đã ghi nhận"]


async def test_a_press_is_answered_once_and_soon(ask: Asking, lan: Person, clock: HandClock) -> None:
    await ask.well("sendMessage", chat_id=lan.id, text="x", reply_markup=keys("Đã nhận"))
    first, second = (lan.presses("Đã nhận")["callback_query"]["id"] for _ in range(2))
    await ask.well("answerCallbackQuery", callback_query_id=first)
    await clock.move(seconds=16)
    for press in (first, second, "0"):
        words = await ask.badly("answerCallbackQuery", callback_query_id=press)
        assert words == "Bad Request: query is too old and response timeout expired or query ID is invalid"


async def test_the_newest_message_with_the_button_is_pressed_unless_another_is_named(ask: Asking, lan: Person) -> None:
    for text in ("cũ", "mới"):
        await ask.well("sendMessage", chat_id=lan.id, text=text, reply_markup=keys("Đã nhận"))
    old, _ = lan.seen()
    assert lan.presses("Đã nhận")["callback_query"]["message"]["text"] == "mới"
    await ask.well("deleteMessage", chat_id=lan.id, message_id=old.id)
    pressed = lan.presses("Đã nhận", old)["callback_query"]["message"]
    assert pressed == {"chat": lan.chat.raw, "message_id": old.id, "date": 0}
    with pytest.raises(LookupError):
        lan.presses("Không có")


async def test_an_edit_changes_what_is_seen(ask: Asking, lan: Person) -> None:
    sent = await ask.well("sendMessage", chat_id=lan.id, text="x", reply_markup=keys("Đã nhận"))
    place = {"chat_id": lan.id, "message_id": sent["message_id"]}
    words = await ask.badly("editMessageText", **place, text=" x ", reply_markup=keys("Đã nhận"))
    assert words.startswith("Bad Request: message is not modified: specified new message content and reply markup")
    await ask.well("editMessageText", **place, text="<i>Đã nhận</i>", parse_mode="HTML")
    [shown] = lan.seen()
    assert (shown.html, shown.buttons, shown.edited) == ("<i>Đã nhận</i>", (), True)
    await ask.well("editMessageReplyMarkup", **place, reply_markup=keys("Rút lại"))
    assert lan.seen()[0].labels == ["Rút lại"]
    own = lan.writes("của tôi")["message"]["message_id"]
    assert await ask.badly("editMessageText", chat_id=lan.id, message_id=own, text="y") == (
        "Bad Request: message can't be edited"
    )


async def test_an_old_message_cannot_be_taken_away(ask: Asking, lan: Person, clock: HandClock) -> None:
    sent = await ask.well("sendMessage", chat_id=lan.id, text="x")
    await clock.move(hours=49)
    words = await ask.badly("deleteMessage", chat_id=lan.id, message_id=sent["message_id"])
    assert words == "Bad Request: message can't be deleted for everyone"


async def test_everything_a_person_can_do_reaches_the_bot(ask: Asking, lan: Person, world: World) -> None:
    """The world itself holds each update to the descriptions."""
    await ask.well("getUpdates", allowed_updates=["message", "edited_message", "my_chat_member"])
    card = await ask.well("sendMessage", chat_id=lan.id, text="Nhiệm vụ số 7")
    written = lan.writes("xong /nhiemvu https://example.org #quy2 @dondoc1_bot a@example.org")
    lan.edits(written, "xong rồi")
    lan.replies_to(lan.seen()[0], "đã ký")
    lan.forwards(lan.seen()[0])
    lan.sends_document("Báo cáo.docx", b"abc", "application/msword", "Kèm theo")
    lan.sends_photo(DOT, "Giấy mời")
    lan.sends_album([DOT, DOT], "Hai trang")
    lan.sends(contact={"phone_number": "84900000000", "first_name": "Lan"})
    lan.blocks()
    lan.unblocks()
    updates = await ask.well("getUpdates")
    kinds = [next(kind for kind in update if kind != "update_id") for update in updates]
    assert kinds == ["message", "edited_message", *["message"] * 7, "my_chat_member", "my_chat_member"]
    assert updates[2]["message"]["reply_to_message"] == card
    assert len(updates[5]["message"]["photo"]) == 5
    assert [update["update_id"] for update in updates] == list(
        range(updates[0]["update_id"], updates[0]["update_id"] + 11)
    )


async def test_commands_are_kept_by_scope_and_language(ask: Asking, world: World, lan: Person) -> None:
    john = world.person("John", language="en")
    john.starts()

    async def offer(description: str, **more: object) -> None:
        await ask.well("setMyCommands", commands=[{"command": "nhiemvu", "description": description}], **more)

    await offer("mọi người")
    await offer("everybody", language_code="en")
    await offer("riêng chị Lan", scope={"type": "chat", "chat_id": lan.id})
    assert (lan.menu(), john.menu()) == ({"nhiemvu": "riêng chị Lan"}, {"nhiemvu": "everybody"})
    await ask.well("deleteMyCommands", scope={"type": "chat", "chat_id": lan.id})
    assert lan.menu() == {"nhiemvu": "mọi người"}
    assert await ask.well("getMyCommands", scope={"type": "all_private_chats"}) == []
    stranger = {"type": "chat", "chat_id": 5}
    assert await ask.badly("setMyCommands", commands=[], scope=stranger) == "Bad Request: chat not found"


async def test_the_bot_says_who_it_is_and_what_a_chat_is(ask: Asking, lan: Person, world: World) -> None:
    assert (await ask.well("getMe"))["username"] == world.bot.username
    assert (await ask.well("getChat", chat_id=lan.id))["first_name"] == "Lan"
    assert await ask.badly("getChat", chat_id=5) == "Bad Request: chat not found"
    assert await ask.badly("leaveChat", chat_id=lan.id) == (
        "Bad Request: chat member status can't be changed in private chats"
    )
