"""What is owed becomes parcels once: to the first address that reaches, or to the call list; and cards follow."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import false, func, null, select, update

from bot.owing import NO_ADDRESS, settle, way_to
from bot.render import CARD, RECHECK
from handlers.kit import ClockContext, Owed, Reply, Spread, Subject, t
from models.addresses import Address, AddressState, Chat
from models.outbox import Letter, Parcel, ParcelState, Priority
from models.people import Person
from models.settings import council as settings_of
from models.tasks import Assignment
from tests.chats import Council

SENT, QUEUED, SENDING = ParcelState.SENT, ParcelState.QUEUED, ParcelState.SENDING


async def says(council: Council, *owed: Owed, spread: Spread | None = None, touch: int | None = None) -> None:
    """Let somebody speak for the council in one transaction."""
    now = council.clock.now()
    async with council.write() as session:
        speaker = ClockContext(session, now, council.assistant.config.zone, await settings_of(session), now, None)
        for each in owed:
            speaker.owe(each)
        if spread is not None:
            speaker.spread(spread)
        if touch is not None:
            row = await session.get_one(Assignment, touch)
            row.version += 1
            speaker.touch(row)
        await settle(session, speaker)


async def parcels(council: Council, *where: Any) -> list[Parcel]:
    async with council.read() as session:
        return list(await session.scalars(select(Parcel).where(*where).order_by(Parcel.id)))


async def address(council: Council, name: str, **changed: Any) -> None:
    async with council.write() as session:
        mine = update(Address).where(Address.person_id == council.people[name])
        await session.execute(mine.values(**changed))


async def second_chat(council: Council, name: str, preference: int) -> int:
    async with council.write() as session:
        chat = Chat(channel="webchat", bot="browser", external_id=f"{name} 2")
        session.add(chat)
        await session.flush()
        mine = Address(person_id=council.people[name], chat_id=chat.id, since=council.clock.now())
        mine.preference = preference
        session.add(mine)
        return chat.id


async def test_the_same_matter_is_owed_to_a_person_once(council: Council) -> None:
    lan, hoa = council.people["Lan"], council.people["Hoa"]
    owed = [Owed(person, "matter", Reply("Nhắc việc")) for person in (lan, hoa, lan)]
    await says(council, *owed)
    await says(council, *owed)
    assert [(row.key, row.person_id) for row in await parcels(council)] == [
        (f"matter:{lan}", lan),
        (f"matter:{hoa}", hoa),
    ]
    async with council.read() as session:
        assert await session.scalar(select(func.count()).select_from(Letter)) == 2


async def test_a_letter_goes_to_the_first_address_that_reaches(council: Council) -> None:
    later = await second_chat(council, "Lan", 1)
    sooner = await second_chat(council, "Hoa", -1)
    async with council.read() as session:
        first = await way_to(session, council.people["Lan"])
        assert first is not None
        assert first.id != later
        found = await way_to(session, council.people["Hoa"])
        assert found is not None
        assert found.id == sooner


@pytest.mark.parametrize("state", [AddressState.LEFT, AddressState.UNREACHABLE])
async def test_whom_nothing_reaches_is_left_to_the_call_list(council: Council, state: AddressState) -> None:
    await address(council, "Lan", state=state)
    await says(council, Owed(council.people["Lan"], "matter", Reply("Nhắc việc")))
    (row,) = await parcels(council)
    assert (row.state, row.error, row.chat_id, row.lane) == (ParcelState.DEAD, NO_ADDRESS, None, "")


async def test_what_is_owed_later_keeps_its_times_and_its_turn(council: Council) -> None:
    now = council.clock.now()
    later, end = now + timedelta(hours=1), now + timedelta(days=1)
    owed = Owed(
        council.people["Lan"], "matter", letter="morning", params={"a": 1}, priority=Priority.REMINDER,
        not_before=later, expires_at=end,
    )  # fmt: skip
    await says(council, owed)
    (row,) = await parcels(council)
    assert (row.kind, row.priority, row.not_before, row.expires_at) == ("morning", Priority.REMINDER, later, end)


def everybody(*, subject: Any = None) -> Any:
    return select(Person.id, null() if subject is None else subject)


async def test_a_broadcast_is_one_letter_and_a_parcel_for_everybody(council: Council) -> None:
    await address(council, "Sơn", state=AddressState.LEFT)
    sooner = await second_chat(council, "Hoa", -1)
    spread = Spread(everybody(), "notice", Reply(t("The council met.")))
    await says(council, spread=spread)
    await says(council, spread=spread)
    rows = await parcels(council)
    assert {row.person_id for row in rows} == set(council.people.values())
    assert len(rows) == len(council.people)
    assert len({row.letter_id for row in rows}) == 1
    by_person = {row.person_id: row for row in rows}
    son, hoa = by_person[council.people["Sơn"]], by_person[council.people["Hoa"]]
    assert (son.state, son.error, son.chat_id, son.lane) == (ParcelState.DEAD, NO_ADDRESS, None, "")
    assert (hoa.state, hoa.chat_id, hoa.lane) == (QUEUED, sooner, "webchat:browser")
    assert {row.key for row in rows} == {f"notice:{person}" for person in council.people.values()}
    council.clock.set("2022-06-09T01:00:00")  # a broadcast waits for working hours
    await council.clock.move(seconds=60)
    await council.settle()
    assert ("The council met.",) in [seen.lines for seen in await council.chat("Lan").seen()]


async def test_a_letter_that_is_composed_for_each_is_owed_to_all_at_once(council: Council) -> None:
    spread = Spread(everybody(), "morning", letter="morning", params={"day": "2022-06-09"})
    await says(council, spread=spread)
    owed = await parcels(council, Parcel.key.like("morning:%"))
    async with council.read() as session:
        letters = list(await session.scalars(select(Letter)))
    assert {(parcel.kind, parcel.letter_id) for parcel in owed} == {("morning", letters[0].id)}
    assert [(letter.kind, letter.params, letter.content) for letter in letters] == [
        ("morning", {"day": "2022-06-09"}, None)
    ]


async def test_a_letter_to_nobody_is_not_kept(council: Council) -> None:
    await says(council, spread=Spread(everybody().where(false()), "notice", Reply("Thông báo")))
    async with council.read() as session:
        assert await session.scalar(select(func.count()).select_from(Letter)) == 0


async def test_whoever_is_named_twice_by_a_broadcast_gets_it_once(council: Council) -> None:
    twice = everybody().union_all(everybody()).subquery()
    await says(council, spread=Spread(select(twice), "notice", Reply("Thông báo")))
    assert len(await parcels(council)) == len(council.people)


async def given(council: Council) -> int:
    return (await council.given("Báo cáo sơ kết", ("SYT",), "2022-06-14"))["SYT"]


def card_for(council: Council, name: str, assignment: int) -> Owed:
    return Owed(council.people[name], f"card:{assignment}", Reply(card=Subject("assignment", assignment)))


async def test_a_card_that_was_sent_is_edited_and_one_that_waits_is_drawn_when_it_leaves(council: Council) -> None:
    assignment = await given(council)
    await says(council, card_for(council, "Lan", assignment))
    await council.settle()
    await says(council, card_for(council, "Hoa", assignment))
    await says(council, touch=assignment)
    sent, waits, edit = await parcels(council)
    assert (sent.state, sent.kind, waits.state, waits.kind) == (SENT, CARD, QUEUED, RECHECK)
    assert (edit.op, edit.target_id, edit.state, edit.kind) == ("edit", sent.id, QUEUED, CARD)
    assert (edit.person_id, edit.chat_id, edit.subject_id) == (sent.person_id, sent.chat_id, assignment)


async def test_an_edit_that_has_not_left_is_replaced_by_a_newer_one(council: Council) -> None:
    assignment = await given(council)
    await says(council, card_for(council, "Lan", assignment))
    await council.settle()
    for _ in range(3):
        await says(council, touch=assignment)
    states = [edit.state for edit in await parcels(council, Parcel.op == "edit")]
    assert states == [ParcelState.CANCELLED, ParcelState.CANCELLED, QUEUED]
    await council.settle()
    newest = (await parcels(council, Parcel.op == "edit"))[-1]
    async with council.read() as session:
        assert newest.subject_version == (await session.get_one(Assignment, assignment)).version


async def test_a_card_on_its_way_is_edited_after_it(council: Council) -> None:
    assignment = await given(council)
    await says(council, card_for(council, "Lan", assignment))
    async with council.write() as session:
        await session.execute(update(Parcel).values(state=SENDING))
    await says(council, touch=assignment)
    assert [(row.op, row.state) for row in await parcels(council)] == [("send", SENDING), ("edit", QUEUED)]


@pytest.mark.parametrize(
    "change", [{"closed": True}, {"state": ParcelState.DEAD}, {"state": ParcelState.CANCELLED}], ids=str
)
async def test_a_card_that_is_closed_or_never_arrived_is_left_alone(council: Council, change: dict[str, Any]) -> None:
    assignment = await given(council)
    await says(council, card_for(council, "Lan", assignment))
    await council.settle()
    async with council.write() as session:
        await session.execute(update(Parcel).values(**change))
    await says(council, touch=assignment)
    assert [row.op for row in await parcels(council)] == ["send"]


async def test_what_touches_an_assignment_touches_the_card_of_its_task(council: Council) -> None:
    assignment = await given(council)
    await council.chat("Thu").says("tiendo 1")
    await says(council, touch=assignment)
    assert [(row.op, row.subject_kind) for row in await parcels(council)] == [("send", "task"), ("edit", "task")]
