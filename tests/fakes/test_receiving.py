"""Updates wait until they are confirmed; one poller at a time; a webhook and polls exclude each other."""

import asyncio
from typing import Any

from tests.fakes.conftest import Asking
from tests.fakes.telegram import Person, World
from tests.fakes.telegram.updates import recorded
from tests.timepiece import HandClock, others_go_on


def numbers(updates: list[dict[str, Any]]) -> list[int]:
    return [update["update_id"] for update in updates]


async def polling(ask: Asking, **params: Any) -> "asyncio.Task[dict[str, Any]]":
    """Begin a long poll and wait until it has reached the server."""
    before = len(ask.world.requests)
    task = asyncio.ensure_future(ask("getUpdates", **params))  # noqa: TID251 - the test awaits it
    while len(ask.world.requests) == before or not ask.world.bot.inbox.polled:
        await others_go_on()
    return task


async def test_what_is_not_confirmed_comes_again(ask: Asking, lan: Person) -> None:
    sent = [lan.writes(text)["update_id"] for text in ("một", "hai", "ba")]
    assert numbers(await ask.well("getUpdates")) == sent
    assert numbers(await ask.well("getUpdates", limit=2)) == sent[:2]
    assert numbers(await ask.well("getUpdates", offset=sent[0] + 1)) == sent[1:]
    assert numbers(await ask.well("getUpdates")) == sent[1:]
    assert await ask.well("getUpdates", offset=sent[2] + 1) == []
    assert await ask.well("getUpdates", offset=0) == []


async def test_a_negative_offset_forgets_all_but_the_last(ask: Asking, lan: Person) -> None:
    sent = [lan.writes(str(number))["update_id"] for number in range(5)]
    assert numbers(await ask.well("getUpdates", offset=-2)) == sent[3:]
    assert numbers(await ask.well("getUpdates")) == sent[3:]


async def test_at_most_a_hundred_come_at_once(ask: Asking, lan: Person) -> None:
    for number in range(130):
        lan.writes(str(number))
    assert len(await ask.well("getUpdates", limit=100)) == 100


async def test_a_long_poll_ends_with_the_first_update(ask: Asking, lan: Person) -> None:
    poll = await polling(ask, timeout=50)
    lan.writes("một")
    assert [update["message"]["text"] for update in (await poll)["result"]] == ["một"]


async def test_a_long_poll_ends_empty_after_its_time_or_fifty_seconds(ask: Asking, clock: HandClock) -> None:
    poll = await polling(ask, timeout=600)
    await clock.move(seconds=49)
    assert not poll.done()
    await clock.move(seconds=1)
    assert (await poll)["result"] == []


async def test_a_second_poller_ends_the_first(ask: Asking, lan: Person) -> None:
    first = await polling(ask, timeout=50)
    second = await polling(ask, timeout=50)
    lan.writes("một")
    assert len((await second)["result"]) == 1
    assert (await first)["error_code"] == 409
    assert (await first)["description"].startswith("Conflict: terminated by other getUpdates request")


async def test_while_a_webhook_stands_nobody_polls(ask: Asking, world: World) -> None:
    poll = await polling(ask, timeout=50)
    await ask.well("setWebhook", url="https://dondoc.example.org/telegram/1")
    assert (await poll)["description"] == "Conflict: terminated by setWebhook request"
    assert (await ask.badly("getUpdates")).startswith("Conflict: can't use getUpdates method while webhook is active")
    await ask.well("deleteWebhook")
    assert await ask.well("getUpdates") == []


async def test_only_the_kinds_that_were_asked_for_come(ask: Asking, lan: Person) -> None:
    await ask.well("getUpdates", allowed_updates=["message"])
    lan.blocks()
    lan.starts()
    assert [update["message"]["text"] for update in await ask.well("getUpdates")] == ["/start"]
    await ask.well("getUpdates", offset=-1, allowed_updates=[])
    lan.blocks()
    assert "my_chat_member" in (await ask.well("getUpdates"))[-1]


async def test_updates_are_kept_for_a_day(ask: Asking, lan: Person, clock: HandClock) -> None:
    lan.writes("một")
    await clock.move(hours=23)
    lan.writes("hai")
    await clock.move(hours=2)
    assert [update["message"]["text"] for update in await ask.well("getUpdates")] == ["hai"]


async def test_an_update_may_come_twice(ask: Asking, lan: Person, world: World) -> None:
    update = lan.writes("một")
    await ask.well("getUpdates", offset=update["update_id"] + 1)
    world.repeats(update)
    assert await ask.well("getUpdates") == [update]


async def test_any_update_may_come_even_one_of_the_future(ask: Asking, world: World) -> None:
    world.hears(recorded()["kind_of_the_future"])
    assert await ask.well("getUpdates") == [recorded()["kind_of_the_future"]]
