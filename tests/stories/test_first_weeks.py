"""The secretariat's first days, on telephones: from letters to units that name nobody to a deadline moved for all."""

import re
from pathlib import Path

import docx
import pytest
from sqlalchemy import func, select, update

from documents.reading import read
from models.enrolments import Asking, Enrolment
from models.inviting import units_without_focal_point
from models.papers import StoredFile
from models.people import Post, Unit
from models.rules.permission import Role
from models.tasks import Assignment, Receipt
from tests.cast import START
from tests.phones import Phone, TelegramCouncil, a_telegram_council
from tests.stories.telling import EXAMPLES
from tests.stories.test_enrolment import enrols

pytestmark = pytest.mark.slow
CODE = re.compile(r"\d{4} \d{4} \d{4}")
TITLE = "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm"
INSTRUCTION = "Công văn số 123/UBND-VP8 ngày 17/6/2022"


def phone(council: TelegramCouncil, number: int) -> Phone:
    """Give the telephone of whoever enrolled for a unit."""
    return council.chat(f"máy {number}")


async def sixty_units_without_names(council: TelegramCouncil) -> None:
    """Let the directory hold the sixty units of the sample and nobody who answers for them."""
    listed = read(EXAMPLES / "nam-dinh-2022" / "danh-ba.xlsx").units
    async with council.write() as session:
        known = set(await session.scalars(select(Unit.code)))
        session.add_all(
            Unit(code=one.code, name=one.name, short_name=one.short_name, valid_from=START)
            for one in listed
            if one.code not in known
        )
        await session.execute(update(Post).where(Post.role == Role.FOCAL_POINT).values(valid_to=START))
    await council.given(TITLE, tuple(one.code for one in listed), "2022-06-14")


async def letters_are_printed(council: TelegramCouncil, officer: Phone) -> list[str]:
    """The officer asks for the letters in her chat and gets them as a file; give the code of each page."""
    await officer.says("capma donvi")
    if not officer.person.seen()[-1].files:
        await officer.presses(officer.person.seen()[-1].labels[0])
    assert officer.person.seen()[-1].files
    async with council.read() as session:
        newest = (await session.scalars(select(StoredFile).order_by(StoredFile.id.desc()).limit(1))).one()
    paper = docx.Document(str(council.assistant.files.path(newest.sha256)))
    return CODE.findall("\n".join(line.text for line in paper.paragraphs))


async def three_are_objected_to(council: TelegramCouncil, officer: Phone, codes: list[str]) -> None:
    """Second persons of three units ask; their colleagues do not know them, and the officer refuses them."""
    for number in range(3):
        await enrols(council, 100 + number, codes[number])
    await council.at("2022-06-08 08:30")
    for number in range(3):
        await phone(council, number).presses("Không phải người của đơn vị")
    for left in (3, 2, 1):
        await officer.says("capma")
        await officer.presses(f"Đề nghị làm đầu mối ({left})")
        if left > 1:
            await officer.presses(officer.person.seen()[-1].labels[0])
        await officer.presses("Không xác nhận")
        await officer.presses("Đơn vị chưa xác nhận là người của đơn vị")
    async with council.read() as session:
        refused = select(func.count()).where(Enrolment.state == Asking.REFUSED, Enrolment.name == "")
        assert await session.scalar(refused) == 3


async def a_register_comes_in(council: TelegramCouncil, officer: Phone) -> None:
    """Forty papers that arrived are recorded from the register; two of them are asked about."""
    preview = await officer.says("", EXAMPLES / "so-cong-van-den-vi-du.xlsx")
    assert "44 văn bản, 40 văn bản sẽ ghi nhận" in preview
    await officer.presses("Trả lời 2 câu hỏi")
    await officer.presses(f"Sở Tài chính: Hạn 14/6: {TITLE}")
    await officer.presses(officer.person.seen()[-1].labels[0])
    done = await officer.presses("Ghi vào hệ thống")
    assert "40 văn bản trong sổ. Các đơn vị đã được báo." in done
    async with council.read() as session:
        assert await session.scalar(select(func.count()).select_from(Receipt)) == 40


async def the_deadline_moves_for_everybody(council: TelegramCouncil, officer: Phone) -> None:
    """Who has not answered by now gets until the 24th, by an instruction, and reads of it once."""
    before = [len(phone(council, number).person.seen()) for number in range(60)]
    await officer.says("doihan 1")
    await officer.presses("Tất cả 20 đơn vị")
    await officer.says("24/6")
    await officer.says(INSTRUCTION)
    await officer.presses("Điều chỉnh và báo 20 đơn vị")
    told = [len(phone(council, number).person.seen()) - count for number, count in enumerate(before)]
    assert sorted(told) == [0] * 40 + [1] * 20
    async with council.read() as session:
        days = await session.execute(select(Assignment.due_on, func.count()).group_by(Assignment.due_on))
        assert {f"{day:%d/%m}": count for day, count in days if day} == {"14/06": 40, "24/06": 20}


async def test_from_no_name_at_all_to_a_deadline_moved_for_everybody(database_url: str, tmp_path: Path) -> None:
    async with a_telegram_council(database_url, tmp_path, "2022-06-06 08:00") as council:
        officer = council.chat("Thu")
        await sixty_units_without_names(council)
        codes = await letters_are_printed(council, officer)
        assert len(set(codes)) == 60
        await council.at("2022-06-07 09:00")
        for number, code in enumerate(codes):
            await enrols(council, number, code)
        await council.at("2022-06-07 09:15")
        await officer.presses("Xác nhận cả 60 người")
        assert (await officer.presses("Xác nhận 60 người")).startswith("Đã xác nhận 60 người")
        async with council.read() as session:
            assert await units_without_focal_point(session, council.clock.now().date()) == []
        await three_are_objected_to(council, officer, codes)
        await council.at("2022-06-17 09:00")
        await a_register_comes_in(council, officer)
        await the_deadline_moves_for_everybody(council, officer)
        assert council.world.limits.refused == 0
