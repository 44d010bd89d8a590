"""A webhook gets each update by HTTP: in its chat's order, with the secret, in either form, and not again."""

import pytest

from tests.fakes.conftest import AskingZalo, Hook
from tests.fakes.zalo import Person, World
from tests.timepiece import HandClock

SECRET = "bi-mat-cua-bot"
HEADER = "X-Bot-Api-Secret-Token"


async def sets(asks: AskingZalo, hook: Hook) -> None:
    """Set the webhook; the trial of it is not kept."""
    await asks.well("setWebhook", url=hook.url, secret_token=SECRET)
    hook.taken.clear()
    hook.asked.clear()


async def test_a_webhook_is_tried_by_an_empty_posting_and_told_of(
    asks: AskingZalo, hook: Hook, clock: HandClock
) -> None:
    told = await asks.well("setWebhook", url=hook.url, secret_token=SECRET)
    assert told == {
        "url": hook.url,
        "updated_at": 1_654_734_300_000,
        "verification": {"ok": True, "status_code": 200, "outcome": "webhook.ok", "hint": "", "latency_ms": 0},
    }
    assert (hook.taken, hook.said(HEADER), hook.said("Content-Type")) == ([None], [SECRET], [""])
    await clock.move(seconds=5)
    assert await asks.well("getWebhookInfo") == {"url": hook.url, "updated_at": 1_654_734_300_000}
    assert await asks.well("deleteWebhook") == {"url": "", "updated_at": 1_654_734_305_000}
    assert await asks("getWebhookInfo") == {"ok": False, "error_code": 404, "description": "Not Found"}


@pytest.mark.parametrize(
    ("params", "words"),
    [
        ({"secret_token": SECRET}, "url must be a public https address"),
        ({"url": "http://dondoc.example.org/a", "secret_token": SECRET}, "url must be a public https address"),
        ({"url": "https://dondoc.example.org/a"}, "secret_token must be 8-256 characters"),
        ({"url": "https://dondoc.example.org/a", "secret_token": "x" * 7}, "secret_token must be 8-256 characters"),
        ({"url": "https://dondoc.example.org/a", "secret_token": "x" * 257}, "secret_token must be 8-256 characters"),
    ],
)
async def test_a_webhook_needs_an_address_and_a_secret(asks: AskingZalo, params: dict[str, str], words: str) -> None:
    assert await asks.badly("setWebhook", **params) == f"Bad Request: {words}"
    assert (await asks("getWebhookInfo"))["error_code"] == 404


@pytest.mark.parametrize(
    ("url", "outcome"),
    [
        ("http://127.0.0.1:9/hook", "webhook.err.conn"),
        ("https://dondoc.example.org/hook", "webhook.err.dns"),
        ("https://10.1.2.3/hook", "webhook.err.blocked"),
        ("https://bot.zapps.me/hook", "webhook.err.blocked"),
    ],
)
async def test_an_address_is_kept_even_where_nobody_answers(
    asks: AskingZalo, mai: Person, zalo_world: World, url: str, outcome: str
) -> None:
    told = await asks.well("setWebhook", url=url, secret_token=SECRET)
    assert (told["verification"]["ok"], told["verification"]["status_code"]) == (False, None)
    assert told["verification"]["outcome"] == outcome
    assert (await asks.well("getWebhookInfo"))["url"] == url
    update = mai.writes("một")
    assert await zalo_world.delivered() == []
    assert zalo_world.lost == [update]


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (403, "webhook.http.403"),
        (404, "webhook.http.404"),
        (418, "webhook.http.other"),
        (302, "webhook.http.other"),
        (502, "webhook.http.5xx"),
    ],
)
async def test_a_trial_says_how_the_address_answered(asks: AskingZalo, hook: Hook, status: int, outcome: str) -> None:
    await sets(asks, hook)
    hook.answers = [status]
    told = await asks.well("testWebhook")
    assert (told["ok"], told["url"], told["status_code"], told["outcome"]) == (False, hook.url, status, outcome)
    assert (await asks.well("testWebhook"))["outcome"] == "webhook.ok"


async def test_trials_are_counted_by_the_day(asks: AskingZalo, hook: Hook, zalo_world: World, clock: HandClock) -> None:
    assert (await asks("testWebhook"))["error_code"] == 404
    await sets(asks, hook)
    zalo_world.habits.trials = 1
    await asks.well("testWebhook")
    assert (await asks("testWebhook"))["error_code"] == 426
    await clock.move(days=1)
    await asks.well("testWebhook")


async def test_each_update_is_posted_once_with_the_secret(
    asks: AskingZalo, mai: Person, zalo_world: World, hook: Hook
) -> None:
    before = mai.writes("trước")
    await sets(asks, hook)
    await zalo_world.delivered()
    hook.taken.clear()
    hook.asked.clear()
    after = [mai.writes(str(number)) for number in range(5)]
    assert await zalo_world.delivered() == []
    assert hook.taken == [{"ok": True, "result": update} for update in after]
    assert (hook.said(HEADER), hook.said("User-Agent")) == ([SECRET] * 5, ["Java/1.8.0_192"] * 5)
    assert before["message"]["text"] == "trước"


async def test_updates_are_posted_wrapped_or_bare(asks: AskingZalo, mai: Person, zalo_world: World, hook: Hook) -> None:
    await sets(asks, hook)
    wrapped = mai.writes("một")
    await zalo_world.delivered()
    zalo_world.habits.wrapped = False
    bare = mai.writes("hai")
    await zalo_world.delivered()
    assert hook.taken == [{"ok": True, "result": wrapped}, bare]


async def test_what_is_not_taken_is_lost(asks: AskingZalo, mai: Person, zalo_world: World, hook: Hook) -> None:
    await sets(asks, hook)
    hook.answers = [500]
    zalo_world.habits.wrapped = False
    lost = mai.writes("một")
    mai.writes("hai")
    assert await zalo_world.delivered() == []
    assert (hook.texts(), zalo_world.lost) == (["hai"], [lost])


async def test_what_is_not_taken_is_tried_anew_where_that_is_asked_for(
    asks: AskingZalo, mai: Person, zalo_world: World, hook: Hook, clock: HandClock
) -> None:
    await sets(asks, hook)
    zalo_world.habits.wrapped, zalo_world.habits.retries, hook.answers = False, 2, [500, 500]
    mai.writes("một")
    assert len(await zalo_world.delivered()) == 1
    await clock.move(seconds=2)
    assert await zalo_world.delivered() == []
    assert (hook.texts(), zalo_world.lost) == (["một"], [])


async def test_an_update_may_be_posted_twice(asks: AskingZalo, mai: Person, zalo_world: World, hook: Hook) -> None:
    await sets(asks, hook)
    update = mai.writes("một")
    zalo_world.repeats(update)
    await zalo_world.delivered()
    assert hook.taken == [{"ok": True, "result": update}] * 2


async def test_each_bot_has_a_webhook_of_its_own(asks: AskingZalo, mai: Person, zalo_world: World, hook: Hook) -> None:
    other = zalo_world.another_bot("Bot Nhắc việc")
    zalo_world.habits.wrapped = False
    assert (await asks("setWebhook", token=other.token, url=hook.url, secret_token="bi-mat-khac"))["ok"] is True
    hook.taken.clear()
    hook.asked.clear()
    mai.at(other).writes("cho bot khác")
    mai.writes("cho bot đầu")
    await zalo_world.delivered()
    assert (hook.texts(), hook.said(HEADER)) == (["cho bot khác"], ["bi-mat-khac"])
    assert [update["message"]["text"] for update in zalo_world.queued] == ["cho bot đầu"]
