import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from docx import Document
from sqlalchemy import select

from bot.inviting import invite, invite_units
from models.people import Person, Post, Unit
from models.rules.permission import Role
from models.rules.text import Refusal
from tests.chats import Council

START = date(2022, 1, 1)


async def newcomer(council: Council, name: str, unit: str) -> None:
    async with council.write() as session:
        person = Person(name=name, created_at=datetime(2022, 1, 1, tzinfo=UTC))
        session.add(person)
        await session.flush()
        unit_id = (await session.scalars(select(Unit.id).where(Unit.code == unit))).one()
        session.add(Post(person_id=person.id, unit_id=unit_id, role=Role.FOCAL_POINT, valid_from=START))


def text_of(path: Path) -> str:
    return "\n".join(line.text for line in Document(str(path)).paragraphs)


async def test_the_sheet_of_all_holds_who_has_not_joined(council: Council, tmp_path: Path) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    await newcomer(council, "Phạm Thị Hạnh", "CA")
    out = tmp_path / "codes.docx"
    assert await invite(council.assistant, [], out) == 2
    assert "Nguyễn Văn Dũng" in text_of(out)
    assert "Lan" not in text_of(out)


async def test_the_codes_of_one_unit_let_its_people_in(council: Council, tmp_path: Path) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    await newcomer(council, "Phạm Thị Hạnh", "CA")
    out = tmp_path / "codes.docx"
    assert await invite(council.assistant, ["sct"], out) == 1
    (code,) = re.findall(r"\d{4} \d{4} \d{4}", text_of(out))
    assert "Nguyễn Văn Dũng" in await council.chat("máy lạ").says(f"batdau {code}")


async def test_an_unknown_unit_and_nobody_to_invite_are_refused_and_nothing_is_written(
    council: Council, tmp_path: Path
) -> None:
    out = tmp_path / "codes.docx"
    for units in (["Sở Không Có"], ["SYT"], []):
        with pytest.raises(Refusal):
            await invite(council.assistant, units, out)
    assert not out.exists()


async def test_letters_go_to_units_without_a_focal_point_once(council: Council, tmp_path: Path) -> None:
    out = tmp_path / "letters.docx"
    assert await invite_units(council.assistant, [], out) == 8
    assert len(set(re.findall(r"\d{4} \d{4} \d{4}", text_of(out)))) == 8
    assert "Công an tỉnh" in text_of(out)
    with pytest.raises(Refusal):
        await invite_units(council.assistant, [], out)
    assert await invite_units(council.assistant, ["SYT"], out) == 1
    (code,) = re.findall(r"\d{4} \d{4} \d{4}", text_of(out))
    assert "mã của Sở Y tế" in await council.chat("máy lạ").says(f"batdau {code}")
