"""Every command, said and pressed by every role with its own and a foreign unit: nothing of the foreign one is seen."""

import json
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import func, select, update

from handlers.kit import discover
from models.adjustments import Adjustment
from models.charging import Charge
from models.people import Person, Post, Unit
from models.rules.permission import Role
from models.tasks import Assignment, Extension, Report, Review
from models.urging import Urged
from tests.cast import START
from tests.chats import Chat, Council
from tests.handlers.test_following import follow

pytestmark = pytest.mark.slow

SECRET, SAID, PHONE, OWN = "Chuyện riêng của Hải Hậu", "Kho muối bị ngập", "0912 999 999", "Việc của đơn vị mình"
OUTSIDERS = ("Lan", "Tùng", "Bình", "Yên", "Người lạ")


async def a_foreign_unit(council: Council) -> dict[str, Any]:
    """Hải Hậu, which none of the outsiders follows or leads, has a task, a report, a request and a focal point."""
    await follow(council)
    await council.given(OWN, ("SYT", "VB", "STC"), "2022-06-10")
    made = await council.given(SECRET, ("HH",), "2022-06-08")
    async with council.write() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == "HH"))).one()
        tung = council.people["Tùng"]
        session.add(Post(person_id=tung, unit_id=unit, role=Role.FOCAL_POINT, valid_from=START))
    await council.at("2022-06-09 07:40")
    await council.chat("Tùng").says("vuongmac HH 1 " + SAID)
    await council.chat("Tùng").says("giahan HH 1 đến 20/6 vì " + SAID)
    async with council.write() as session:
        away = update(Post).where(Post.person_id == tung, Post.unit_id == unit)
        chief = Person(name="Hương", phone=PHONE, created_at=council.clock.now())
        session.add(chief)
        await session.flush()
        await session.execute(away.values(person_id=chief.id))
        report = (await session.scalars(select(Report.id).where(Report.assignment_id == made["HH"]))).one()
        task = (await session.get_one(Assignment, made["HH"])).task_id
        request = await session.scalar(select(Extension.id).where(Extension.assignment_id == made["HH"]))
    return {
        "assignment": made["HH"], "assignments": [made["HH"]], "task": task, "tasks": [task], "unit": unit,
        "units": [unit], "report": report, "reports": [[made["HH"], report]], "extension": request, "list": "overdue",
        "number": 2, "on": True, "group": 1, "urging": 1, "seen": {}, "until": "2022-06-20", "reason": SAID, "from": 0,
    }  # fmt: skip


def said_by_hand() -> Iterator[str]:
    """Give each typed command as it may be said: alone, by numbers, with the foreign unit, in free words."""
    for command in discover().commands.values():
        if command.help and command.name not in {"ngungnhan", "dulieu"}:
            yield from (f"/{command.name}", f"/{command.name} 2", f"/{command.name} HH", f"/{command.name} HH 1")
    yield from ("đơn vị nào chậm", "Hải Hậu thế nào", "ai chưa báo cáo", "UBND huyện Hải Hậu 1", "xong HH 1")


async def pressed(chat: Chat, args: dict[str, Any]) -> None:
    """Carry out every command with arguments that name what is foreign; what lacks another argument is set aside."""
    for name in discover().commands:
        if name not in {"ngungnhan", "dulieu", "ngungnhan.co"}:
            with suppress(AssertionError):
                await chat.hears({"call": {"command": name, "args": args}})


async def changes(council: Council, foreign: dict[str, Any]) -> list[int]:
    about = foreign["assignment"]
    async with council.read() as session:
        counted = [
            await session.scalar(select(func.count()).select_from(table).where(table.assignment_id == about))
            for table in (Report, Review, Extension, Urged, Adjustment)
        ]
        return [*(count or 0 for count in counted), await session.scalar(select(func.count()).select_from(Charge)) or 0]


@pytest.mark.parametrize("name", OUTSIDERS)
async def test_nobody_sees_or_changes_what_is_not_his(council: Council, name: str) -> None:
    foreign = await a_foreign_unit(council)
    chat = council.chat(name)
    skipped = len(await chat.entries())
    before = await changes(council, foreign)
    for line in said_by_hand():
        await chat.says(line)
    await pressed(chat, foreign)
    entries = [entry.content for entry in (await chat.entries())[skipped:] if not entry.mine]
    seen = json.dumps(entries, ensure_ascii=False)
    assert [word for word in (SECRET, SAID, PHONE) if word in seen] == []
    assert await changes(council, foreign) == before


@pytest.mark.parametrize("name", ["Thu", "Sơn"])
async def test_whoever_oversees_all_sees_it(council: Council, name: str) -> None:
    await a_foreign_unit(council)
    chat = council.chat(name)
    await chat.says("homnay")
    assert SECRET in await chat.presses("Quá hạn (1)")


async def test_a_member_sees_of_his_own_units_what_the_foreign_one_keeps(council: Council) -> None:
    await a_foreign_unit(council)
    binh = council.chat("Bình")
    assert OWN in await binh.says("ai chưa báo cáo")
    assert await binh.says("Hải Hậu thế nào") == (
        "Đơn vị này không thuộc phạm vi phân công của đồng chí; cơ quan thường trực sẽ cho biết ai theo dõi."
    )
