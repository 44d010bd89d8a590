from datetime import date

import pytest
from sqlalchemy import select, update

from models.audiences import Audience, Called, Circle, posts_of, understand, units_of
from models.people import Membership, Unit
from tests.chats import Council

DAY = date(2022, 6, 9)
ECONOMY = "Khối thi đua các sở, ngành kinh tế"


async def codes(council: Council, line: str, day: date = DAY) -> set[str]:
    async with council.read() as session:
        named = await understand(session, line, day)
        assert named.doubt is None
        return set(await session.scalars(select(Unit.code).where(Unit.id.in_(units_of(named.audience, day)))))


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("SYT, STC", {"SYT", "STC"}),
        ("syt; huyen vu ban", {"SYT", "VB"}),
        ("Sở Y tế và Sở Tài chính", {"SYT", "STC"}),
        (ECONOMY, {"STC", "SCT"}),
        (f"{ECONOMY}, VB", {"STC", "SCT", "VB"}),
        ("SYT, Khối các sở, ngành kinh tế, Công an tỉnh", {"SYT", "STC", "SCT", "CA"}),
        ("trưởng cụm, khối", {"SNV", "STC", "SYT", "CA", "TPND"}),
        ("thành viên Hội đồng", set()),
    ],
)
async def test_units_are_named_as_officers_write_them(council: Council, line: str, units: set[str]) -> None:
    assert await codes(council, line) == units


async def test_all_means_units_and_members_and_all_units_means_units(council: Council) -> None:
    async with council.read() as session:
        everybody = (await understand(session, "Tất cả", DAY)).audience
        units = (await understand(session, "các cơ quan, đơn vị, địa phương", DAY)).audience
        assert len((await session.scalars(units_of(everybody, DAY))).all()) == 11
        assert len((await session.scalars(posts_of(everybody, DAY))).all()) == 3
        assert len((await session.scalars(units_of(units, DAY))).all()) == 11
        assert (await session.scalars(posts_of(units, DAY))).all() == []


async def test_a_kind_means_the_units_of_that_kind(council: Council) -> None:
    async with council.write() as session:
        districts = update(Unit).where(Unit.code.in_(("VB", "YY")))
        await session.execute(districts.values(kind="Địa phương"))
    assert await codes(council, "địa phương") == {"VB", "YY"}


async def test_an_audience_is_expanded_on_the_day_it_is_used(council: Council) -> None:
    async with council.read() as session:
        named = await understand(session, ECONOMY, DAY)
    async with council.write() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == "SCT"))).one()
        left = update(Membership).where(Membership.unit_id == unit).values(valid_to=date(2022, 6, 30))
        await session.execute(left)
    async with council.read() as session:
        for day, count in ((DAY, 2), (date(2022, 7, 1), 1)):
            assert len((await session.scalars(units_of(named.audience, day))).all()) == count


async def test_what_is_not_known_is_asked_about_one_by_one(council: Council) -> None:
    async with council.read() as session:
        named = await understand(session, "SYT, Sở Tài chánh, XYZ", DAY)
        assert named.doubt is not None
        assert (named.doubt.written, named.doubt.nearest[0].code) == ("Sở Tài chánh", "STC")
        again = await understand(session, named.said_anew(named.doubt.nearest[0]), DAY)
        assert again.doubt is not None
        assert again.doubt.written == "XYZ"
        assert [part.name for part in again.audience.parts] == ["Sở Y tế", "Sở Tài chính"]


async def test_an_audience_keeps_through_the_store() -> None:
    audience = Audience((Called(Circle.UNIT, "Sở Y tế", 4), Called(Circle.MEMBERS), Called(Circle.KIND, "Địa phương")))
    assert Audience.from_json(audience.as_json()) == audience
