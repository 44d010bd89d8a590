"""What goes wrong on the way to Zalo and back, planted by the test."""

import json

import aiohttp
import pytest

from tests.fakes.conftest import AskingZalo
from tests.fakes.zalo import Fault, Person, World
from tests.timepiece import HandClock


@pytest.mark.parametrize(
    ("fault", "arrives"), [(Fault.REPLY_LOST, 1), (Fault.HALF, 1), (Fault.TORN, 0)], ids=["after", "half", "before"]
)
async def test_a_torn_connection_says_nothing_of_what_happened(
    asks: AskingZalo, mai: Person, fault: Fault, arrives: int
) -> None:
    asks.world.fails("sendMessage", fault)
    with pytest.raises(aiohttp.ClientError):
        await asks("sendMessage", chat_id=mai.id, text="x")
    assert (len(mai.seen()), asks.world.bot.left) == (arrives, 3000 - arrives)


@pytest.mark.parametrize(
    ("fault", "status", "arrives"),
    [
        (Fault.PORTAL, 200, 0),
        (Fault.INTERNAL, 500, 0),
        (Fault.BAD_GATEWAY, 502, 0),
        (Fault.GATEWAY_TIMEOUT, 504, 1),
        (Fault.UNREADABLE, 200, 1),
    ],
    ids=["portal", "500", "502", "504", "unreadable"],
)
async def test_an_answer_may_be_no_json(asks: AskingZalo, mai: Person, fault: Fault, status: int, arrives: int) -> None:
    world = asks.world
    world.fails("*", fault, chat=mai.id)
    url = f"{world.address}/bot{world.token}/sendMessage"
    async with asks.session.post(url, json={"chat_id": mai.id, "text": "x"}) as answer:
        body = await answer.text()
    with pytest.raises(ValueError):
        json.loads(body)
    assert (answer.status, len(mai.seen())) == (status, arrives)


@pytest.mark.parametrize(
    ("fault", "code", "words", "arrives"),
    [
        (Fault.FORBIDDEN, 403, "Internal server error", 0),
        (Fault.QUOTA, 429, "Quota exceeded", 0),
        (Fault.TIMEOUT, 408, "Request timeout", 0),
        (Fault.TIMEOUT_LATE, 408, "Request timeout", 1),
        (Fault.refused(400, "Bad Request"), 400, "Bad Request", 0),
    ],
    ids=["403", "429", "408 before", "408 after", "any"],
)
@pytest.mark.parametrize("status_200", [False, True], ids=["own status", "status 200"])
async def test_the_platform_refuses_in_its_own_words(  # noqa: PLR0913, PLR0917 - the table's columns
    asks: AskingZalo, mai: Person, fault: Fault, code: int, words: str, arrives: int, *, status_200: bool
) -> None:
    world = asks.world
    world.habits.status_200 = status_200
    world.fails("sendMessage", fault)
    url = f"{world.address}/bot{world.token}/sendMessage"
    async with asks.session.post(url, json={"chat_id": mai.id, "text": "x"}) as answer:
        body = await answer.json()
    assert body == {"ok": False, "error_code": code, "description": words}
    assert (answer.status, len(mai.seen())) == (200 if status_200 else code, arrives)
    await asks.well("sendMessage", chat_id=mai.id, text="x")


async def test_trouble_meets_one_chat_after_some_good_calls_for_some_times(
    asks: AskingZalo, mai: Person, zalo_world: World
) -> None:
    hung = zalo_world.person("Trần Văn Hùng")
    hung.writes("xin chào")
    zalo_world.fails("sendMessage", Fault.FORBIDDEN, times=2, chat=mai.id, skip=1)
    chats = (hung.id, mai.id, hung.id, mai.id, mai.id, mai.id)
    answers = [await asks("sendMessage", chat_id=chat, text="x") for chat in chats]
    assert [answer["ok"] for answer in answers] == [True, True, True, False, False, True]


async def test_an_update_is_lost_with_the_answer_that_carried_it(
    asks: AskingZalo, mai: Person, zalo_world: World
) -> None:
    zalo_world.fails("getUpdates", Fault.TORN)
    zalo_world.fails("getUpdates", Fault.REPLY_LOST)
    mai.writes("một")
    waits = []
    for _ in range(2):
        with pytest.raises(aiohttp.ClientError):
            await asks("getUpdates", timeout=0)
        waits.append(len(zalo_world.queued))
    assert waits == [1, 0]


async def test_an_answer_may_be_late(asks: AskingZalo, mai: Person, clock: HandClock) -> None:
    world = asks.world
    world.fails("sendMessage", Fault.delay(20))
    with pytest.raises(TimeoutError):
        await asks.session.post(
            f"{world.address}/bot{world.token}/sendMessage",
            json={"chat_id": mai.id, "text": "x"},
            timeout=aiohttp.ClientTimeout(total=0.05),
        )
    assert len(mai.seen()) == 1
