"""Who is served in a chat is said there, and in the person's other chats."""

from sqlalchemy import select

from models.people import Post, Unit
from models.rules.permission import Role
from tests.cast import START
from tests.chats import Council
from tests.handlers.enrolling import confirmed, known


async def test_whoever_serves_two_units_is_welcomed_with_both(council: Council) -> None:
    async with council.write() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == "SCT"))).one()
        lan = council.people["Lan"]
        session.add(Post(person_id=lan, unit_id=unit, role=Role.FOCAL_POINT, title="Chuyên viên", valid_from=START))
    code = await known(council, "Lan")
    assert (await council.chat("máy bảng").says(code)).splitlines()[0] == (
        "Kênh này hiện phục vụ đồng chí Lan, Chuyên viên, Sở Y tế, Chuyên viên, Sở Công Thương."
    )


async def test_the_chats_of_a_person_learn_of_a_further_one(council: Council) -> None:
    await confirmed(council, "SYT", "Lan Anh, chuyên viên, 0912345678", "máy của Lan Anh")
    code = await known(council, "Lan")
    await council.chat("máy bảng").says(code)
    assert ("Không phải tôi",) in [one.buttons for one in await council.chat("Lan").seen()]
    assert "Không phải tôi" not in str(await council.chat("máy của Lan Anh").seen())
