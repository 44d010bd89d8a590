"""What Telegram bears of a bot: thirty messages a second, one a second to a person, twenty a minute to a group."""

import pytest

from tests.fakes.conftest import Asking
from tests.fakes.telegram import Person, World
from tests.timepiece import HandClock


async def test_a_person_gets_a_short_burst_and_then_one_a_second(
    ask: Asking, lan: Person, clock: HandClock, world: World
) -> None:
    for number in range(4):
        await ask.well("sendMessage", chat_id=lan.id, text=str(number))
    body = await ask("sendMessage", chat_id=lan.id, text="4")
    assert (body["description"], body["parameters"]) == ("Too Many Requests: retry after 1", {"retry_after": 1})
    for number in range(4, 24):
        await clock.move(seconds=1)
        await ask.well("sendMessage", chat_id=lan.id, text=str(number))
    assert [shown.text for shown in lan.seen()] == [str(number) for number in range(24)]
    assert (world.limits.worst(1, lan.id), world.limits.refused) == (4, 1)


async def test_one_message_a_second_is_never_too_much(ask: Asking, lan: Person, clock: HandClock) -> None:
    for number in range(30):
        await ask.well("sendMessage", chat_id=lan.id, text=str(number))
        await clock.move(seconds=1)
    assert len(lan.seen()) == 30


async def test_a_burst_that_goes_on_must_wait_longer(ask: Asking, lan: Person, clock: HandClock) -> None:
    for number in range(13):
        await ask.well("sendMessage", chat_id=lan.id, text=str(number))
        await clock.move(seconds=0.3)
    assert await ask.badly("sendMessage", chat_id=lan.id, text="10") == "Too Many Requests: retry after 7"


async def test_who_does_not_wait_is_refused_until_the_wait_is_over(ask: Asking, lan: Person, clock: HandClock) -> None:
    world = ask.world
    for number in range(4):
        await ask.well("sendMessage", chat_id=lan.id, text=str(number))
    await clock.move(seconds=0.5)
    for _ in range(3):
        await ask.badly("sendMessage", chat_id=lan.id, text="x")
    await clock.move(seconds=0.5)
    assert await ask.badly("sendMessage", chat_id=lan.id, text="x") == "Too Many Requests: retry after 1"
    await clock.move(seconds=0.5)
    await ask.well("sendMessage", chat_id=lan.id, text="x")
    assert world.limits.refused == 4


@pytest.mark.parametrize("seconds", [1.0, 0.99])
async def test_a_token_sends_thirty_a_second_to_all_chats_together(
    ask: Asking, world: World, clock: HandClock, seconds: float
) -> None:
    people = [world.person(f"Người {number}") for number in range(31)]
    for person in people:
        person.starts()
    for person in people[:30]:
        await ask.well("sendMessage", chat_id=person.id, text="x")
    await clock.move(seconds=seconds)
    body = await ask("sendMessage", chat_id=people[30].id, text="x")
    assert body["ok"] is (seconds >= 1)
    assert world.limits.worst(1) == 30


async def test_a_group_bears_twenty_a_minute(ask: Asking, world: World, clock: HandClock) -> None:
    group = world.group("Cụm thi đua số 1")
    for number in range(20):
        await ask.well("sendMessage", chat_id=group.id, text=str(number))
        await clock.move(seconds=1)
    assert await ask.badly("sendMessage", chat_id=group.id, text="20") == "Too Many Requests: retry after 40"
    await clock.move(seconds=40)
    await ask.well("sendMessage", chat_id=group.id, text="20")


async def test_edits_count_and_what_is_refused_does_not(ask: Asking, lan: Person) -> None:
    sent = await ask.well("sendMessage", chat_id=lan.id, text="0")
    for number in range(1, 4):
        await ask.well("editMessageText", chat_id=lan.id, message_id=sent["message_id"], text=str(number))
        await ask.badly("sendMessage", chat_id=lan.id, text="<b>", parse_mode="HTML")
    words = await ask.badly("editMessageText", chat_id=lan.id, message_id=sent["message_id"], text="4")
    assert words == "Too Many Requests: retry after 1"


async def test_presses_and_signs_of_being_busy_are_answered_without_limit(ask: Asking, lan: Person) -> None:
    for _ in range(40):
        await ask.well("sendChatAction", chat_id=lan.id, action="typing")
    assert ask.world.bot.actions == [(lan.id, "typing")] * 40
