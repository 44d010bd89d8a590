"""What was given does not stay as it was given: an instruction, a wrong address, a storm; and what each unit reads."""

from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select

from models.adjustments import Adjustment
from models.tasks import Assignment
from tests.chats import Chat, Council, a_council
from tests.zalo_phones import a_posted_zalo_council

pytestmark = pytest.mark.slow
HALF_YEAR, REGISTRATION = "Báo cáo sơ kết 6 tháng", "Đăng ký thi đua"
BY = "Công văn số 123/UBND-VP8 ngày 09/6/2022"
NAMES = ("Lan", "Minh", "Tùng", "Thu", "Quang")


@pytest.fixture(params=[a_council, a_posted_zalo_council], ids=["web", "zalo"])
async def council(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Council]:
    async with request.param(database_url, tmp_path) as opened:
        yield opened


async def heard(people: Mapping[str, Chat]) -> dict[str, int]:
    return {name: len([message for message in await chat.seen() if not message.mine]) for name, chat in people.items()}


async def since(people: Mapping[str, Chat], before: Mapping[str, int]) -> dict[str, int]:
    now = await heard(people)
    return {name: now[name] - before[name] for name in people if now[name] != before[name]}


async def everybodys_deadline_moves(people: Mapping[str, Chat]) -> None:
    """One has a longer extension, one is finished, one was relieved of it: only the others read of the new day."""
    lan, minh, thu = people["Lan"], people["Minh"], people["Thu"]
    await lan.says("xin gia hạn đến 27/6 vì chờ kinh phí")
    await thu.presses("Chấp thuận")
    await minh.says("xong 1")
    await thu.says("/rutviec 1 YY: sáp nhập đơn vị")
    await thu.presses("Rút và báo 1 đơn vị")
    before = await heard(people)
    await thu.says("doihan 1")
    await thu.presses("Tất cả 4 đơn vị")
    await thu.says("20/6")
    await thu.says(BY)
    await thu.presses("Điều chỉnh và báo 3 đơn vị")
    told = await since(people, before)
    assert {name: count for name, count in told.items() if name != "Thu"} == {"Tùng": 1}


async def a_wrong_address_is_put_right(people: Mapping[str, Chat]) -> None:
    """The district says that it is not its task; the officer gives it to the department of finance."""
    tung, thu, minh = people["Tùng"], people["Thu"], people["Minh"]
    await tung.says("nhiemvu 2")
    await tung.presses("Không thuộc nhiệm vụ đơn vị")
    await tung.says("thuộc Sở Tài chính")
    await thu.says("duyet")
    await thu.presses("Không thuộc nhiệm vụ: UBND huyện Vụ Bản")
    await thu.presses("Chuyển đơn vị khác")
    await thu.says("STC")
    await thu.says("thuộc lĩnh vực tài chính")
    await thu.presses("Chuyển cho Sở Tài chính")
    assert (await minh.seen())[-1].lines[0] == f"Hạn 24/6: {REGISTRATION}"
    assert (await tung.seen())[-1].lines[0] == REGISTRATION


async def a_storm_passes(council: Council, people: Mapping[str, Chat]) -> None:
    """Three districts are left in peace from Friday to Tuesday, and read on Wednesday what has fallen due.

    An officer reads each morning what is to be chased.
    """
    thu, tung = people["Thu"], people["Tùng"]
    await thu.says("tamdung VB, YY, TN: 17/6 - 21/6; bão số 2")
    await thu.presses("Tạm dừng nhắc 3 đơn vị")
    before = await heard(people)
    for day in ("17", "20", "21"):
        await council.at(f"2022-06-{day} 08:00")
    told = await since(people, before)
    assert {name: count for name, count in told.items() if name != "Thu"} == {"Minh": 1, "Quang": 3}
    await council.at("2022-06-22 08:00")
    assert await since({"Tùng": tung}, before) == {"Tùng": 1}
    morning = (await tung.seen())[-1].lines
    assert morning[0] == f"Hạn 20/6: {HALF_YEAR}"
    assert "Đã hết thời gian tạm dừng nhắc việc; tin này gộp các nội dung đến kỳ nhắc trong thời gian đó." in morning


async def test_work_moves_and_everybody_reads_what_concerns_him_once(council: Council) -> None:
    people = {name: council.chat(name) for name in NAMES}
    await council.given(HALF_YEAR, ("SYT", "STC", "VB", "YY", "TN", "HH"), "2022-06-14")
    await council.given(REGISTRATION, ("VB",), "2022-06-24")
    await everybodys_deadline_moves(people)
    await a_wrong_address_is_put_right(people)
    for day in ("10", "13", "14", "15", "16"):
        await council.at(f"2022-06-{day} 08:00")
    await a_storm_passes(council, people)
    async with council.read() as session:
        days = await session.scalars(select(Assignment.due_on).order_by(Assignment.due_on))
        assert [f"{day:%d/%m}" for day in days if day] == [
            "14/06",
            "14/06",
            "20/06",
            "20/06",
            "20/06",
            "24/06",
            "24/06",
            "27/06",
        ]
        kept = await session.scalars(select(Adjustment.decided).order_by(Adjustment.id))
        assert list(kept) == ["withdrawn", "moved", "moved", "moved", "released", "received"]
