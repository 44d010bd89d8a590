"""A poll gives one update and no list; where none comes, that is a refusal; a webhook ends polls."""

import asyncio
from typing import Any

import pytest

from tests.fakes.conftest import AskingZalo, Hook
from tests.fakes.zalo import Person, World
from tests.timepiece import HandClock

IDLE = {"ok": False, "error_code": 408, "description": "Request timeout"}


async def polling(asks: AskingZalo, **params: Any) -> "asyncio.Task[dict[str, Any]]":
    """Begin a long poll and wait until it has reached the server."""
    inbox = asks.world.bot.inbox
    inbox.end_polls()
    task = asyncio.ensure_future(asks("getUpdates", **params))  # noqa: TID251 - the test awaits it
    while not inbox.polled:  # noqa: ASYNC110 - turns of the loop
        await asyncio.sleep(0)  # noqa: TID251 - yields to the server
    return task


async def test_a_poll_gives_one_update_which_is_then_gone(asks: AskingZalo, mai: Person) -> None:
    first, second = mai.writes("một"), mai.writes("hai")
    assert await asks.well("getUpdates") == first
    assert await asks.well("getUpdates", timeout=1) == second
    assert await asks("getUpdates", timeout=0) == IDLE


async def test_what_was_read_may_come_again_on_every_poll_at_once(
    asks: AskingZalo, mai: Person, zalo_world: World
) -> None:
    zalo_world.habits.reappearing = True
    for text in ("một", "hai"):
        mai.writes(text)
    read = [(await asks.well("getUpdates", timeout=30))["message"]["text"] for _ in range(5)]
    mai.writes("ba")
    read.append((await asks.well("getUpdates"))["message"]["text"])
    assert read == ["một", "hai", "một", "hai", "một", "ba"]


async def test_a_long_poll_ends_with_the_first_update(asks: AskingZalo, mai: Person) -> None:
    poll = await polling(asks, timeout=30)
    update = mai.writes("một")
    assert (await poll)["result"] == update


@pytest.mark.parametrize(("given", "seconds"), [(5, 5), ("5", 5), (None, 30), ("soon", 30)])
async def test_an_idle_poll_ends_with_408_after_its_time(
    asks: AskingZalo, clock: HandClock, given: int | str | None, seconds: int
) -> None:
    poll = await polling(asks, **({} if given is None else {"timeout": given}))
    await clock.move(seconds=seconds - 1)
    assert not poll.done()
    await clock.move(seconds=1)
    assert await poll == IDLE


async def test_two_pollers_take_from_each_other(asks: AskingZalo, mai: Person, clock: HandClock) -> None:
    first = await polling(asks, timeout=30)
    second = asyncio.ensure_future(asks("getUpdates", timeout=30))  # noqa: TID251 - awaited below
    await asks.world.asked(1)
    mai.writes("một")
    done, waits = await asyncio.wait([first, second], return_when=asyncio.FIRST_COMPLETED)
    assert [task.result()["result"]["message"]["text"] for task in done] == ["một"]
    mai.writes("hai")
    assert [(await task)["result"]["message"]["text"] for task in waits] == ["hai"]


async def test_a_poller_that_has_gone_takes_nothing(asks: AskingZalo, mai: Person, zalo_world: World) -> None:
    poll = await polling(asks, timeout=30)
    poll.cancel()
    while zalo_world.bot.inbox.polled:  # noqa: ASYNC110 - turns of the loop
        await asyncio.sleep(0)  # noqa: TID251 - yields to the server
    update = mai.writes("một")
    assert await asks.well("getUpdates", timeout=30) == update


async def test_a_webhook_ends_polls_and_keeps_others_away(asks: AskingZalo, hook: Hook) -> None:
    poll = await polling(asks, timeout=30)
    await asks.well("setWebhook", url=hook.url, secret_token="bi-mat-dai")
    refusal = {
        "ok": False,
        "error_code": 400,
        "description": "Bad Request: getUpdates cannot be used while a webhook is set",
    }
    assert await poll == refusal
    assert await asks("getUpdates", timeout=1) == refusal
    await asks.well("deleteWebhook")
    assert await asks("getUpdates", timeout=0) == IDLE


async def test_anything_may_come_bare_or_wrapped(asks: AskingZalo, zalo_world: World) -> None:
    bare = {"event_name": "message.link.received"}
    zalo_world.hears(bare)
    zalo_world.hears({"ok": True, "result": bare})
    zalo_world.repeats(bare)
    assert [await asks.well("getUpdates") for _ in range(3)] == [bare] * 3


async def test_half_a_character_comes_as_it_is(asks: AskingZalo, mai: Person) -> None:
    mai.writes("\ud83d")
    assert (await asks.well("getUpdates"))["message"]["text"] == "\ud83d"
