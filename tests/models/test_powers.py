"""What a person may touch today: by the posts he holds, the units he answers for and those he follows."""

from collections.abc import AsyncIterator
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from models.papers import Document, Oversight
from models.people import Group, Membership, Post, Unit
from models.powers import Powers, followed_units, follows, powers_of
from models.rules.permission import Action, Role, allowed
from tests.models.office import Office, an_office, local

DAY = date(2022, 6, 9)


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    async with an_office(database_url) as opened:
        yield opened


async def powers(office: Office, name: str, day: date = DAY) -> Powers:
    async with office.database.read() as session:
        return await powers_of(session, office.people[name], day)


async def units(office: Office) -> dict[str, int]:
    async with office.database.read() as session:
        return {unit.code: unit.id for unit in await session.scalars(select(Unit))}


async def follow(office: Office, name: str, *, unit: str = "", group: str = "", **dates: Any) -> None:
    async with office.write() as session:
        post = (await session.scalars(select(Post.id).where(Post.person_id == office.people[name]))).one()
        notice = Document(number=f"{unit}{group}", dated=date(2022, 1, 21), imported_at=local("2022-01-21 08:00"))
        session.add(notice)
        await session.flush()
        unit_id = await session.scalar(select(Unit.id).where(Unit.code == unit))
        group_id = await session.scalar(select(Group.id).where(Group.name == group))
        given = {"valid_from": date(2022, 1, 1), **dates}
        session.add(
            Oversight(post_id=post, unit_id=unit_id, group_id=group_id, document_id=notice.id, ref="1", **given)
        )


async def test_a_focal_point_answers_for_his_own_unit(office: Office) -> None:
    own = (await units(office))["SYT"]
    found = await powers(office, "Lan")
    assert found.roles[Role.FOCAL_POINT] == frozenset({own})
    assert (found.own_units, len(found.posts)) == (frozenset({own}), 1)


async def test_the_focal_point_of_a_leading_unit_leads_its_members_while_it_leads(office: Office) -> None:
    """Sở Y tế leads the bloc of which Sở Thông tin và Truyền thông is a member; a mere member leads nobody."""
    known = await units(office)
    assert (await powers(office, "Lan")).roles[Role.GROUP_LEADER] == frozenset({known["STTTT"]})
    assert Role.GROUP_LEADER not in (await powers(office, "Tùng")).roles
    async with office.write() as session:
        await session.execute(
            update(Membership).where(Membership.unit_id == known["SYT"]).values(valid_to=date(2022, 6, 8))
        )
    assert Role.GROUP_LEADER not in (await powers(office, "Lan")).roles


async def test_nobody_has_the_powers_of_a_post_before_it_begins_or_after_it_ends(office: Office) -> None:
    async with office.write() as session:
        mine = update(Post).where(Post.person_id == office.people["Lan"])
        await session.execute(mine.values(valid_from=date(2022, 3, 1), valid_to=date(2022, 5, 31)))
    roles = {day: list((await powers(office, "Lan", day)).roles) for day in _days("2022-02-28", "2022-03-01")}
    assert list(roles.values()) == [[Role.STRANGER], [Role.FOCAL_POINT, Role.GROUP_LEADER]]
    roles = {day: list((await powers(office, "Lan", day)).roles) for day in _days("2022-05-31", "2022-06-01")}
    assert list(roles.values()) == [[Role.FOCAL_POINT, Role.GROUP_LEADER], [Role.STRANGER]]


def _days(*written: str) -> list[date]:
    return [date.fromisoformat(day) for day in written]


async def test_whoever_answers_for_two_units_answers_for_both(office: Office) -> None:
    known = await units(office)
    async with office.write() as session:
        post = Post(person_id=office.people["Lan"], unit_id=known["STC"], role=Role.FOCAL_POINT, valid_from=DAY)
        session.add(post)
    assert (await powers(office, "Lan")).own_units == {known["SYT"], known["STC"]}


async def test_a_member_follows_units_by_name_and_by_their_groups(office: Office) -> None:
    known = await units(office)
    await follow(office, "Bình", unit="VB")
    await follow(office, "Bình", group="Khối thi đua các sở, ngành kinh tế")
    found = await powers(office, "Bình")
    assert found.roles[Role.COUNCIL_MEMBER] == {known["VB"], known["STC"], known["SCT"]}
    assert found.own_units == frozenset()


async def test_a_member_in_general_charge_follows_all_units_of_the_day(office: Office) -> None:
    known = await units(office)
    async with office.write() as session:
        await session.execute(update(Unit).where(Unit.code == "HH").values(valid_to=date(2022, 1, 31)))
    await follow(office, "Bình")
    assert (await powers(office, "Bình")).roles[Role.COUNCIL_MEMBER] == set(known.values()) - {known["HH"]}


async def test_oversight_and_membership_hold_only_while_they_are_dated(office: Office) -> None:
    await follow(office, "Bình", unit="VB", valid_to=date(2022, 6, 8))
    await follow(office, "Bình", group="Khối nội chính")
    async with office.write() as session:
        await session.execute(update(Membership).values(valid_to=date(2022, 6, 8)))
    assert (await powers(office, "Bình")).roles[Role.COUNCIL_MEMBER] == frozenset()


async def test_a_member_who_follows_nobody_may_urge_nobody(office: Office) -> None:
    assert not allowed((await powers(office, "Bình")).roles, Action.CHASE)


async def test_a_person_nobody_knows_is_a_stranger(office: Office) -> None:
    async with office.database.read() as session:
        found = await powers_of(session, 1, DAY)
        assert await followed_units(session, frozenset(), DAY) == frozenset()
    assert (dict(found.roles), found.posts) == ({Role.STRANGER: frozenset()}, frozenset())


async def test_the_standing_vice_chair_follows_the_own_agencies_of_members_but_not_his_own(office: Office) -> None:
    known = await units(office)
    await follow(office, "Bình", unit="STC")
    await follow(office, "Yên", unit="SYT")
    async with office.write() as session:
        for name, code, title in (("Bình", "STC", ""), ("Yên", "SYT", "Phó Chủ tịch thường trực")):
            post = update(Post).where(Post.person_id == office.people[name])
            await session.execute(post.values(unit_id=known[code], council_title=title))
    assert (await powers(office, "Yên")).roles[Role.COUNCIL_MEMBER] == frozenset({known["SYT"], known["STC"]})
    assert (await powers(office, "Bình")).roles[Role.COUNCIL_MEMBER] == frozenset({known["STC"]})
    async with office.write() as session:
        await session.execute(update(Post).where(Post.person_id == office.people["Bình"]).values(unit_id=known["SCT"]))
    assert (await powers(office, "Yên")).roles[Role.COUNCIL_MEMBER] == frozenset({known["SYT"]})


async def test_a_member_follows_what_he_was_assigned_by_name_and_nobody_follows_a_seat(office: Office) -> None:
    known = await units(office)
    await follow(office, "Bình", unit="VB", valid_to=DAY)
    asked = (
        ([known["VB"]], DAY),
        ([known["VB"]], date(2022, 6, 10)),
        ([known["VB"], known["SYT"]], DAY),
        ([None], DAY),
    )
    async with office.database.read() as session:
        told = [await follows(session, office.people["Bình"], which, day) for which, day in asked]
        chair = await follows(session, office.people["Sơn"], [known["VB"]], DAY)
    assert (told, chair) == ([True, False, False, False], False)
