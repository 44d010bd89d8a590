"""The courier stops, dies, is replaced: nothing is lost, and nothing is doubled unmarked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier import Courier
from bot.database import Database, Turn
from bot.lanes import LaneLost
from bot.timepiece import SystemClock
from bot.waker import Bell
from handlers.kit import Permanent
from tests.postoffice import BUTTONS, PostOffice
from tests.timepiece import HandClock


async def dies_in_the_middle(office: PostOffice, courier: Courier) -> None:
    """Let a courier die when what it has sent is not yet answered."""
    office.channel.gate.clear()
    dying = asyncio.create_task(courier.drain())  # noqa: TID251 - awaited below
    await office.channel.busy.acquire()
    dying.cancel()
    await asyncio.wait([dying])
    office.channel.gate.set()


async def replaced(office: PostOffice) -> Courier:
    """Give a courier that has taken the lane over from a dead one."""
    courier = office.courier("the next one")
    while not await courier.take_lane():
        await office.clock.move(seconds=5)
    return courier


async def test_what_a_dead_courier_had_in_hand_is_sent_once_more_and_marked(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    await dies_in_the_middle(office, await office.working())
    courier = await replaced(office)
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.unsure, parcel.not_before) == ("queued", 1, office.in_seconds(60))
    await office.clock.move(seconds=60)
    await courier.drain()
    assert [message.lines for _, message in office.channel.sent] == [("một",), ("một", "(gửi lại)")]


async def test_what_was_in_two_dead_hands_goes_to_the_call_list(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    await dies_in_the_middle(office, await office.working())
    second = await replaced(office)
    await office.clock.move(seconds=60)
    await dies_in_the_middle(office, second)
    third = await replaced(office)
    await office.clock.move(seconds=60)
    await third.drain()
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.unsure, len(office.channel.sent)) == ("dead", 2, 2)


async def test_an_instant_lane_leaves_no_doubt(office: PostOffice) -> None:
    office.channel.abilities = replace(BUTTONS, instant=True)
    owed = await office.owe(await office.person("hoa"), "một")
    await dies_in_the_middle(office, await office.working())
    await (await replaced(office)).drain()
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.unsure) == ("sent", 0)


async def test_an_edit_in_dead_hands_is_simply_done_again(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    card = await office.owe(hoa, "thẻ")
    courier = await office.working()
    await courier.drain()
    office.channel.busy = asyncio.Semaphore(0)
    edit = await office.owe(hoa, "thẻ đã đóng", op="edit", target_id=card, priority=1)
    await dies_in_the_middle(office, courier)
    await (await replaced(office)).drain()
    parcel = await office.parcel(edit)
    assert (parcel.state, parcel.unsure, len(office.channel.edited)) == ("sent", 0, 2)


async def test_a_courier_who_was_replaced_records_nothing_and_claims_nothing(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    sleeper = await office.working("sleeper")
    await dies_in_the_middle(office, sleeper)
    await replaced(office)
    await office.owe(await office.person("lan"), "hai")
    with pytest.RaisesGroup(LaneLost):
        await sleeper.drain()
    assert await office.states() == ["queued", "queued"]
    assert (await office.parcel(owed)).unsure == 1


async def test_who_has_not_beaten_for_long_sends_nothing(office: PostOffice) -> None:
    await office.owe(await office.person("hoa"), "một")
    courier = await office.working()
    await office.clock.move(seconds=8)
    async with asyncio.TaskGroup() as sends:
        await courier.tick(sends, Bell(office.clock))
        await office.clock.move(seconds=8)  # the process was frozen between claiming and sending
    assert len(office.channel.sent) == (1 if office.database.is_sqlite else 0)


async def test_a_graceful_stop_awaits_what_is_in_flight_and_doubles_nothing(office: PostOffice) -> None:
    for number in range(20):
        await office.owe(await office.person(f"chat{number}"), str(number))
    office.channel.gate.clear()
    stopping = asyncio.Event()
    running = asyncio.create_task(office.courier("first").run(stopping))  # noqa: TID251 - awaited below
    for _ in range(8):
        await office.channel.busy.acquire()
    stopping.set()
    office.channel.gate.set()
    await running
    assert sorted(await office.states()) == ["queued"] * 12 + ["sent"] * 8
    await (await office.working("second")).drain()
    assert await office.states() == ["sent"] * 20
    assert sorted(office.channel.lines(), key=int) == [str(number) for number in range(20)]


class DeafDatabase(Database):
    """Loses the answer to a commit, once."""

    deaf = False

    @asynccontextmanager
    async def write(self, turn: Turn) -> AsyncIterator[AsyncSession]:
        async with super().write(turn) as session:
            yield session
        if self.deaf:
            self.deaf = False
            raise DBAPIError("COMMIT", {}, ConnectionResetError(), connection_invalidated=True)


async def test_what_was_claimed_by_a_commit_without_an_answer_is_sent_once(database_url: str, clock: HandClock) -> None:
    office = PostOffice(database := DeafDatabase(database_url, SystemClock()), clock)
    await office.owe(await office.person("hoa"), "một")
    courier = await office.working()
    database.deaf = True
    await courier.drain()
    assert (await office.states(), office.channel.lines()) == (["sent"], ["một"])
    await database.close()


async def test_what_was_recorded_by_a_commit_without_an_answer_is_recorded_once(
    database_url: str, clock: HandClock
) -> None:
    office = PostOffice(database := DeafDatabase(database_url, SystemClock()), clock)
    await office.owe(await office.person("blocked", "second", "third"), "một")
    office.fail(Permanent("blocked"))
    courier = await office.working()
    async with asyncio.TaskGroup() as sends:
        await courier.tick(sends, Bell(clock))
    database.deaf = True
    await courier.drain()
    assert (await office.states(), [chat for chat, _ in office.channel.sent]) == (["dead", "sent"], ["second"])
    await database.close()
