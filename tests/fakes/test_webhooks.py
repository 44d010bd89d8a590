"""A webhook gets each update by HTTP: in its chat's order, with the secret, and again later when it was not taken."""

import pytest

from tests.fakes.conftest import Asking, Hook
from tests.fakes.telegram import Person, World
from tests.timepiece import HandClock


async def test_each_update_is_carried_once_with_the_secret(ask: Asking, world: World, lan: Person, hook: Hook) -> None:
    lan.writes("trước")
    await ask.well("setWebhook", url=hook.url, secret_token="bi-mat")
    for number in range(5):
        lan.writes(str(number))
    assert await world.delivered() == []
    assert hook.texts() == ["trước", "0", "1", "2", "3", "4"]
    assert hook.said("X-Telegram-Bot-Api-Secret-Token") == ["bi-mat"] * 6


async def test_what_is_not_taken_comes_again_later_and_holds_up_its_chat_only(
    ask: Asking, world: World, lan: Person, hook: Hook, clock: HandClock
) -> None:
    hung = world.person("Trần Văn Hùng")
    hung.starts()
    world.bot.inbox.drop()
    await ask.well("setWebhook", url=hook.url)
    hook.answers = [500, 502]
    lan.writes("một")
    lan.writes("hai")
    assert len(await world.delivered()) == 2
    hung.writes("khác")
    assert len(await world.delivered()) == 2
    assert hook.texts() == ["khác"]
    info = await ask.well("getWebhookInfo")
    assert info["last_error_message"] == "Wrong response from the webhook: 502 Bad Gateway"
    assert info["pending_update_count"] == 2
    await clock.move(seconds=2)
    assert await world.delivered() == []
    assert hook.texts() == ["khác", "một", "hai"]


async def test_the_waits_double_up_to_a_minute(
    ask: Asking, world: World, lan: Person, hook: Hook, clock: HandClock
) -> None:
    await ask.well("setWebhook", url=hook.url)
    hook.answers = [500] * 9
    lan.writes("một")
    for seconds in (2, 4, 8, 16, 32, 60, 60):
        assert len(await world.delivered()) == 1
        await clock.move(seconds=seconds - 0.5)
        left = len(hook.answers)
        assert len(await world.delivered()) == 1
        assert len(hook.answers) == left
        await clock.move(seconds=0.5)
    assert len(await world.delivered()) == 1
    await clock.move(seconds=60)
    assert await world.delivered() == []


async def test_a_webhook_that_asks_for_time_gets_it(
    ask: Asking, world: World, lan: Person, hook: Hook, clock: HandClock
) -> None:
    await ask.well("setWebhook", url=hook.url)
    hook.answers, hook.headers = [503], {"Retry-After": "30"}
    lan.writes("một")
    await world.delivered()
    await clock.move(seconds=29)
    assert len(await world.delivered()) == 1
    await clock.move(seconds=1)
    assert await world.delivered() == []


async def test_a_webhook_that_is_not_there_is_told_of_and_given_up(ask: Asking, world: World, lan: Person) -> None:
    await ask.well("setWebhook", url="http://127.0.0.1:9/hook")
    lan.writes("một")
    assert len(await world.delivered()) == 1
    assert (await ask.well("getWebhookInfo"))["last_error_message"].startswith("Webhook connection closed")
    await ask.well("deleteWebhook", drop_pending_updates=True)
    assert await ask.well("getUpdates") == []


async def test_an_update_may_be_carried_twice(ask: Asking, world: World, lan: Person, hook: Hook) -> None:
    await ask.well("setWebhook", url=hook.url)
    update = lan.writes("một")
    await world.delivered()
    world.repeats(update)
    await world.delivered()
    assert hook.taken == [update, update]


async def test_another_bot_has_a_webhook_of_its_own(ask: Asking, world: World, lan: Person, hook: Hook) -> None:
    other = world.another_bot("Bản tin")
    await ask.well("setWebhook", url=hook.url, token=other.token)
    lan.at(other).starts()
    lan.writes("cho bot đầu")
    await world.carriers[other.token].settled()
    assert hook.texts() == ["/start"]
    assert [update["message"]["text"] for update in world.queued] == ["cho bot đầu"]


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"url": "http://dondoc.example.org/a"}, "bad webhook: An HTTPS URL must be provided for webhook"),
        (
            {"url": "https://dondoc.example.org:8000/a"},
            "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443",
        ),
        ({"url": "http://127.0.0.1/a", "secret_token": "bí mật"}, "secret token contains unallowed characters"),
    ],
)
async def test_a_webhook_that_telegram_would_not_take_is_refused(
    ask: Asking, params: dict[str, str], words: str
) -> None:
    assert await ask.badly("setWebhook", **params) == f"Bad Request: {words}"
    assert (await ask.well("getWebhookInfo"))["url"] == ""
