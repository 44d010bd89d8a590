"""A register of forty receipts: two are asked about, the others are recorded at once, each unit is told once."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from documents.reading import read
from models.people import Person, Post, Unit
from models.reminders import Nudge
from models.rules.permission import Role
from models.rules.status import Status
from models.standing import standings
from models.tasks import Assignment, Receipt
from tests.chats import Council, a_council

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
REGISTER = EXAMPLES / "so-cong-van-den-vi-du.xlsx"
TITLE = "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm"
ANSWERED = "UBND huyện Nghĩa Hưng"  # has a focal point, and nothing of it stands in the register


@pytest.fixture
async def province(database_url: str, tmp_path: Path) -> AsyncIterator[Council]:
    """The sixty units of the sample, all given one task on Monday 06/6/2022."""
    async with a_council(database_url, tmp_path, "2022-06-06 08:00") as council:
        listed = read(EXAMPLES / "nam-dinh-2022" / "danh-ba.xlsx").units
        async with council.write() as session:
            known = set(await session.scalars(select(Unit.code)))
            start = date(2022, 1, 1)
            session.add_all(
                Unit(code=one.code, name=one.name, short_name=one.short_name, valid_from=start)
                for one in listed
                if one.code not in known
            )
            person = Person(name="Nga", created_at=council.clock.now())
            session.add(person)
            await session.flush()
            unit = await session.scalar(select(Unit.id).where(Unit.code == "NH"))
            session.add(Post(person_id=person.id, unit_id=unit, role=Role.FOCAL_POINT, valid_from=start))
        await council.given(TITLE, tuple(one.code for one in listed), "2022-06-14")
        yield council


async def statuses(council: Council) -> dict[Status, int]:
    async with council.read() as session:
        found = await (await standings(session, council.clock.now(), council.assistant.config.zone)).of()
    said = [one.status for one in found]
    return {status: said.count(status) for status in set(said)}


async def reminded(council: Council, day: str) -> set[str]:
    async with council.read() as session:
        rows = await session.scalars(
            select(Unit.code)
            .join(Assignment, Assignment.unit_id == Unit.id)
            .join(Nudge, Nudge.assignment_id == Assignment.id)
            .where(Nudge.day == date.fromisoformat(day))
        )
        return set(rows)


async def recorded(council: Council) -> int:
    async with council.read() as session:
        return await session.scalar(select(func.count()).select_from(Receipt)) or 0


async def test_forty_receipts_are_recorded_with_two_questions_and_judged_by_their_arrival(province: Council) -> None:
    thu = province.chat("Thu")
    await province.at("2022-06-14 07:45")
    assert {"SYT", "STC", "VB", "NH"} <= await reminded(province, "2022-06-14")
    await province.at("2022-06-17 09:00")
    preview = (await thu.says("", REGISTER)).splitlines()
    assert preview[:2] == [
        "Sổ văn bản đến so-cong-van-den-vi-du.xlsx: 44 văn bản, 40 văn bản sẽ ghi nhận.",
        "Để nguyên: 0 đã có câu trả lời, 3 của nơi gửi không có trong danh bạ, 1 không thuộc nhiệm vụ đang mở.",
    ]
    assert preview[2] == (
        "Dòng 9: 31/BC-SNV ngày 07/6/2022, đến ngày 08/6/2022, số đến 202. "
        "Sở Nội vụ: Hạn 14/6: Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm."
    )
    question = (await thu.presses("Trả lời 2 câu hỏi")).splitlines()
    assert question == [
        "Còn 2 câu hỏi. Dòng 17, Sở Tài chính, 38/BC-STC: văn bản này thuộc nhiệm vụ nào?",
        "Báo cáo kết quả công tác thi đua, khen thưởng 6 tháng đầu năm",
        "Gửi “thôi” để tạm dừng; các câu đã trả lời được giữ.",
    ]
    await thu.presses("Sở Tài chính: Hạn 14/6: Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm")
    assert (await thu.seen())[-1].lines[0].startswith("Còn 1 câu hỏi.")
    await thu.presses((await thu.seen())[-1].buttons[0])
    done = (await thu.presses("Ghi vào hệ thống")).splitlines()
    assert done[0] == "Đã ghi nhận lúc 09:00 ngày 17/6/2022: 40 văn bản trong sổ. Các đơn vị đã được báo."
    assert await statuses(province) == {Status.AWAITING_ACCEPTANCE: 40, Status.NOT_STARTED: 20}

    for name, units in (("Lan", 1), ("Minh", 1), ("Tùng", 1)):
        told = [one for one in await province.chat(name).seen() if one.lines[0] == f"Đã tiếp nhận: {TITLE}"]
        assert len(told) == units
    await province.at("2022-06-21 07:45")
    await province.at("2022-06-28 07:45")
    assert await reminded(province, "2022-06-21") | await reminded(province, "2022-06-28") == {"NH"}

    await thu.says("duyệt")
    await thu.presses("40 báo cáo: Báo cáo sơ kết phong trào thi…")
    await thu.presses("Xác nhận cả 40")
    await thu.presses("Xác nhận cả 40")
    assert await statuses(province) == {Status.DONE_ON_TIME: 36, Status.DONE_LATE: 4, Status.NOT_STARTED: 20}


async def test_the_same_register_again_changes_nothing(province: Council) -> None:
    await province.at("2022-06-17 09:00")
    thu = province.chat("Thu")
    for _ in range(2):
        await thu.says("nhap", REGISTER)
        if "Trả lời 2 câu hỏi" in (await thu.seen())[-1].buttons:
            await thu.presses("Trả lời 2 câu hỏi")
            for _ in range(2):
                await thu.presses((await thu.seen())[-1].buttons[0])
            await thu.presses("Ghi vào hệ thống")
    assert (await thu.seen())[-1].lines[0] == (
        "Sổ này không có văn bản nào cần ghi nhận; không có gì thay đổi. Để nguyên: 40 đã có câu trả lời, 3 của nơi "
        "gửi không có trong danh bạ, 1 không thuộc nhiệm vụ đang mở."
    )
    assert await recorded(province) == 40


async def test_what_a_unit_answered_stays_and_a_register_can_be_taken_back(province: Council) -> None:
    await province.at("2022-06-13 09:00")
    await province.chat("Lan").says("xong 1")
    await province.at("2022-06-17 09:00")
    thu = province.chat("Thu")
    preview = await thu.says("nhap", REGISTER)
    assert "44 văn bản, 39 văn bản sẽ ghi nhận." in preview
    await thu.presses("Trả lời 2 câu hỏi")
    for _ in range(2):
        await thu.presses("Không thuộc các nhiệm vụ này, để nguyên")
    await province.chat("Tùng").says("xong 1")  # late, though the paper had come in time
    said = await thu.presses("Ghi vào hệ thống")
    assert said.startswith("Đã ghi nhận lúc 09:00 ngày 17/6/2022: 37 văn bản trong sổ.")
    await thu.presses("Rút lại")
    assert (await thu.presses("Rút lại 37 nội dung")).startswith("Đã rút lại lúc 09:00 ngày 17/6/2022: 37 nội dung")
    assert await statuses(province) == {Status.AWAITING_ACCEPTANCE: 2, Status.NOT_STARTED: 58}


async def test_only_the_secretariat_takes_a_register_in(province: Council) -> None:
    assert "văn bản sẽ ghi nhận" not in await province.chat("Lan").says("", REGISTER)
    assert await recorded(province) == 0
