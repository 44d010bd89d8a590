"""Groups: what a bot may read there, how it is thrown out, and the day the group gets another number."""

from tests.fakes.conftest import Asking
from tests.fakes.telegram import Person, World


async def test_a_bot_is_told_that_it_was_added_and_by_which_link(ask: Asking, world: World, lan: Person) -> None:
    group = world.group("Cụm thi đua số 1", owner=lan)
    group.adds_bot(lan, code="CUM1")
    updates = (await ask.well("getUpdates"))[2:]
    change, arrival, start = updates
    assert change["my_chat_member"]["new_chat_member"]["status"] == "member"
    assert [user["id"] for user in arrival["message"]["new_chat_members"]] == [world.bot.id]
    assert start["message"]["text"] == "/start@dondoc1_bot CUM1"
    assert start["message"]["chat"] == {"id": group.id, "title": "Cụm thi đua số 1", "type": "group"}


async def test_in_privacy_mode_a_bot_reads_only_what_is_meant_for_it(ask: Asking, world: World, lan: Person) -> None:
    group = world.group("Cụm thi đua số 1")
    world.bot.inbox.drop()
    await ask.well("sendMessage", chat_id=group.id, text="Thông báo")
    heard = [
        group.hears(lan, "chuyện riêng"),
        group.hears(lan, "/nhiemvu"),
        group.hears(lan, "/nhiemvu@dondoc1_bot"),
        group.hears(lan, "/nhiemvu@khac_bot"),
        group.hears(lan, "đã rõ", answering=group.seen()[0]),
    ]
    assert [update is not None for update in heard] == [False, True, True, False, True]
    group.makes_bot_admin()
    assert group.hears(lan, "chuyện riêng") is not None
    assert len(await ask.well("getUpdates")) == 5


async def test_a_bot_that_was_thrown_out_or_left_cannot_write(ask: Asking, world: World) -> None:
    group = world.group("Cụm thi đua số 1")
    group.removes_bot()
    words = await ask.badly("sendMessage", chat_id=group.id, text="x")
    assert words == "Forbidden: bot was kicked from the group chat"
    group.adds_bot()
    await ask.well("leaveChat", chat_id=group.id)
    words = await ask.badly("sendMessage", chat_id=group.id, text="x")
    assert words == "Forbidden: bot is not a member of the group chat"


async def test_a_group_that_became_a_supergroup_has_another_number(ask: Asking, world: World) -> None:
    group = world.group("Cụm thi đua số 1")
    old = group.id
    world.bot.inbox.drop()
    group.becomes_supergroup()
    body = await ask("sendMessage", chat_id=old, text="x")
    assert (body["error_code"], body["description"], body["parameters"]) == (
        400,
        "Bad Request: group chat was upgraded to a supergroup chat",
        {"migrate_to_chat_id": group.id},
    )
    await ask.well("sendMessage", chat_id=group.id, text="x")
    told = [update["message"] for update in await ask.well("getUpdates")]
    assert (told[0]["migrate_to_chat_id"], told[1]["migrate_from_chat_id"]) == (group.id, old)
    assert str(group.id).startswith("-100")
    assert [shown.text for shown in group.seen()] == ["x"]


async def test_a_topic_is_named_by_its_number_and_the_general_one_by_none(
    ask: Asking, world: World, lan: Person
) -> None:
    group = world.group("Khối các sở")
    group.becomes_supergroup()
    topic = group.opens_topic("Báo cáo")
    sent = await ask.well("sendMessage", chat_id=group.id, text="x", message_thread_id=topic)
    assert (sent["message_thread_id"], sent["is_topic_message"], sent["chat"]["is_forum"]) == (topic, True, True)
    words = await ask.badly("sendMessage", chat_id=group.id, text="x", message_thread_id=1)
    assert words == "Bad Request: message thread not found"
    group.hears(lan, "/nhiemvu", topic=topic)
    assert (await ask.well("getUpdates"))[-1]["message"]["message_thread_id"] == topic


async def test_people_join(ask: Asking, world: World, lan: Person) -> None:
    world.group("Cụm thi đua số 1").joined_by(lan)
    joined = (await ask.well("getUpdates"))[-1]["message"]["new_chat_members"]
    assert [user["id"] for user in joined] == [lan.id]
