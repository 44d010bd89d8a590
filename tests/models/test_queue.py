import asyncio
from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select

from bot.database import Database, Turn
from bot.timepiece import SystemClock
from models.failing import Failure
from models.outbox import ParcelState, Priority
from models.outcomes import Again, Outcome, Over, Sender, Sent, acknowledge
from models.queue import MOST_UNSURE, Wanted, backlogs, claim, put_back_unsure
from tests.postoffice import LANE, PostOffice
from tests.timepiece import HandClock


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[PostOffice]:
    database = Database(database_url, SystemClock())
    yield PostOffice(database, HandClock())
    await database.close()


async def claimed(office: PostOffice, limit: int = 10, busy: tuple[int, ...] = ()) -> list[int]:
    async with office.database.write(Turn.COURIER) as session:
        wanted = Wanted(LANE, office.clock.now(), limit, busy=busy)
        return [each.id for each in await claim(session, wanted, epoch=1)]


async def test_a_claim_takes_the_oldest_of_each_chat_by_priority(office: PostOffice) -> None:
    hoa, lan = await office.person("hoa"), await office.person("lan")
    reminder = await office.owe(hoa, "nhắc", priority=int(Priority.REMINDER))
    urgent = await office.owe(lan, "gấp")
    await office.owe(lan, "gấp nữa")
    answer = await office.owe(hoa, "trả lời", priority=int(Priority.ANSWER))
    assert await claimed(office) == [answer, urgent]
    assert (await office.parcel(reminder)).state == "queued"


async def test_what_is_claimed_is_not_claimed_again(office: PostOffice) -> None:
    await office.owe(await office.person("hoa"), "một")
    assert len(await claimed(office)) == 1
    assert await claimed(office) == []


async def test_two_who_claim_at_once_never_get_the_same(office: PostOffice) -> None:
    for number in range(20):
        await office.owe(await office.person(f"chat{number}"), str(number))
    got = await asyncio.gather(*(claimed(office, limit=8) for _ in range(4)))
    taken = [parcel for part in got for parcel in part]
    assert len(taken) == len(set(taken))


async def test_a_busy_chat_waits(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    chat_id = (await office.parcel(owed)).chat_id
    assert chat_id is not None
    assert await claimed(office, busy=(chat_id,)) == []


async def test_other_lanes_are_left_alone(office: PostOffice) -> None:
    await office.owe(await office.person("hoa", bot="two"), "một")
    assert await claimed(office) == []


async def test_an_edit_waits_for_its_card(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    card = await office.owe(hoa, "thẻ", not_before=office.in_seconds(60))
    edit = await office.owe(hoa, "đóng", op="edit", target_id=card, priority=int(Priority.EDIT))
    assert await claimed(office) == []
    await office.clock.move(seconds=60)
    assert await claimed(office) == [card]
    assert await claimed(office) == []
    await record(office, Sent(card, (await chat_of(office, card)), "m1", {"lines": []}))
    assert await claimed(office) == [edit]


@pytest.mark.parametrize("state", ["cancelled", "dead", "expired"])
async def test_the_edit_of_a_card_that_never_left_is_cancelled(office: PostOffice, state: str) -> None:
    hoa = await office.person("hoa")
    card = await office.owe(hoa, "thẻ", state=state)
    edit = await office.owe(hoa, "đóng", op="edit", target_id=card)
    assert await claimed(office) == []
    assert (await office.parcel(edit)).state == "cancelled"


async def test_of_two_edits_of_a_card_the_newer_goes(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    card = await office.owe(hoa, "thẻ", state="sent")
    older = await office.owe(hoa, "sửa", op="edit", target_id=card)
    newer = await office.owe(hoa, "sửa nữa", op="edit", target_id=card)
    assert await claimed(office) == [newer]
    assert (await office.parcel(older)).state == "cancelled"


async def test_an_edit_that_was_made_closes_its_card_and_leaves_its_words(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    card = await office.owe(hoa, "thẻ", state="sent")
    edit = await office.owe(hoa, "đóng", op="edit", target_id=card)
    await claimed(office)
    await record(office, Sent(edit, 1, "m1", {"lines": ["đóng"]}, version=7, closed=True, target_id=card))
    parcel = await office.parcel(card)
    assert (parcel.closed, parcel.subject_version) == (True, None)
    made = await office.parcel(edit)
    assert (made.content, made.subject_version) == ({"lines": ["đóng"]}, 7)


async def test_what_another_epoch_claimed_is_not_recorded(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    await claimed(office)
    await record(office, Sent(owed, 1, "m1", {"lines": []}), epoch=2)
    assert (await office.parcel(owed)).state == "sending"


async def test_what_reached_nobody_is_noted_once_though_its_end_is_recorded_twice(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một", priority=int(Priority.URGENT))
    await claimed(office)
    # a courier records again what it sent where the answer to its commit was lost
    for _ in range(2):
        await record(office, Over(owed, ParcelState.DEAD, "blocked"))
    async with office.database.read() as session:
        assert list(await session.scalars(select(Failure.parcel_id))) == [owed]


async def test_what_stays_in_doubt_twice_reached_nobody(office: PostOffice) -> None:
    hoa, lan = await office.person("hoa"), await office.person("lan")
    doubted = await office.owe(hoa, "một", priority=int(Priority.URGENT), unsure=MOST_UNSURE)
    await office.owe(lan, "hai", priority=int(Priority.URGENT))
    await claimed(office)
    async with office.database.write(Turn.COURIER) as session:
        await put_back_unsure(session, LANE, 2, office.clock.now())
    async with office.database.read() as session:
        assert list(await session.scalars(select(Failure.parcel_id))) == [doubted]


async def test_a_try_that_could_not_be_helped_is_not_counted(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    await claimed(office)
    await record(office, Again(owed, office.in_seconds(5), "wait", counted=False))
    parcel = await office.parcel(owed)
    assert (parcel.attempts, parcel.not_before, parcel.error) == (0, office.in_seconds(5), "wait")


async def test_a_backlog_counts_what_is_due(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    since = office.clock.now()
    for seconds in (0, 10, 999):
        await office.owe(hoa, "một", not_before=office.in_seconds(seconds))
    await office.clock.move(seconds=60)
    async with office.database.read() as session:
        (backlog,) = await backlogs(session, office.clock.now())
    assert (backlog.lane, backlog.count, backlog.since) == (LANE, 2, since)


async def record(office: PostOffice, outcome: Outcome, epoch: int = 1) -> None:
    async with office.database.write(Turn.COURIER) as session:
        await acknowledge(session, Sender(LANE, epoch), [outcome], office.clock.now())


async def chat_of(office: PostOffice, parcel_id: int) -> int:
    chat_id = (await office.parcel(parcel_id)).chat_id
    assert chat_id is not None
    return chat_id
