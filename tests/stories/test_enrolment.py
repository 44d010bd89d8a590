"""A council that begins with units and no names: letters out, sixty units enrol themselves, three are objected to."""

import re
from pathlib import Path

import docx
import pytest
from sqlalchemy import func, select

from bot.inviting import introduced, invite_units
from models.enrolments import Asking, Enrolment
from models.inviting import units_without_focal_point
from models.outbox import Parcel
from models.people import Person, Post, Unit
from models.rules.permission import Role
from tests.cast import START
from tests.chats import Chat, Council
from tests.clockwork import run_job
from tests.handlers.enrolling import code_of
from tests.phones import a_telegram_council

pytestmark = pytest.mark.slow
CODE = re.compile(r"\d{4} \d{4} \d{4}")
COMMUNES = 52  # beside the eight units of the cast that nobody answers for
FAMILIES = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi")
GIVEN = ("An", "Bình", "Chi", "Dung", "Giang", "Hạnh", "Khoa", "Liên")


async def sixty_units(council: Council) -> None:
    """Write the communes of a directory that names nobody."""
    async with council.write() as session:
        session.add_all(
            Unit(code=f"X{number:02}", name=f"UBND xã số {number:02}", valid_from=START)
            for number in range(1, COMMUNES + 1)
        )


async def letters(council: Council, folder: Path) -> list[str]:
    """Print the letters on the terminal; give the code of each page."""
    out = folder / "thu.docx"
    assert await invite_units(council.assistant, [], out) == 60
    return CODE.findall("\n".join(line.text for line in docx.Document(str(out)).paragraphs))


def phone(council: Council, number: int) -> Chat:
    return council.chat(f"máy {number}")


def person(number: int) -> tuple[str, str, str]:
    """Make up who answers for a unit."""
    name = f"{FAMILIES[number % 8]} Thị {GIVEN[number // 8 % 8]}"
    return name, "công chức văn phòng", f"09{number:08}"


async def enrols(council: Council, number: int, code: str) -> None:
    """Let somebody enrol: every third answers the three questions, the others write one line."""
    chat, (name, post, telephone) = phone(council, number), person(number)
    await chat.says(f"/start {code.replace(' ', '')}")
    await chat.presses("Đồng ý")
    if number % 3:
        assert (await chat.says(f"{name}, {post}, {telephone}")).startswith(f"Đã ghi nhận: {name}")
        return
    await chat.says(name)
    await chat.says(post)
    assert (await chat.says(telephone)).startswith(f"Đã ghi nhận: {name}")


async def count(council: Council, *where: object) -> int:
    async with council.read() as session:
        return await session.scalar(select(func.count()).select_from(Enrolment).where(*where)) or 0  # type: ignore[arg-type]


async def test_sixty_units_enrol_themselves_and_two_taps_confirm_them(council: Council, tmp_path: Path) -> None:
    await sixty_units(council)
    await council.given("Báo cáo sơ kết phong trào thi đua", ("X01", "SYT"), "2022-06-20")
    codes = await letters(council, tmp_path)
    assert len(set(codes)) == 60
    thu, hoa = council.chat("Thu"), council.chat("Hoa")
    for number, code in enumerate(codes):
        await enrols(council, number, code)
    assert await phone(council, 0).says("nhiemvu") == await phone(council, 0).says("hop")

    await council.at("2022-06-09 07:40")
    (card,) = [one for one in await thu.seen() if not one.mine]
    assert (card.lines[0], card.buttons[0]) == ("60 người đề nghị làm đầu mối đơn vị:", "Xác nhận cả 60 người")
    await thu.presses("Xác nhận cả 60 người")
    assert (await thu.presses("Xác nhận 60 người")).startswith("Đã xác nhận 60 người")
    assert await count(council, Enrolment.state == Asking.CONFIRMED) == 60
    async with council.read() as session:
        assert await units_without_focal_point(session, council.clock.now().date()) == []
        people = await session.scalar(
            select(func.count()).select_from(Post).where(Post.role == Role.FOCAL_POINT, Post.person_id.is_not(None))
        )
        assert people == 64
    for number in range(60):
        assert person(number)[0] in (await phone(council, number).seen())[-1].lines[0]

    await three_more_are_objected_to(council, codes, thu)
    await one_person_serves_two_units(council, codes, thu)
    await the_unknown_stay_unknown(council, hoa)


async def three_more_are_objected_to(council: Council, codes: list[str], thu: Chat) -> None:
    """Others of the same units ask too; three colleagues do not know them, the others are confirmed in two taps."""
    for number in range(6):
        await enrols(council, 100 + number, codes[number])
    await council.at("2022-06-09 07:52")
    for number in range(3):
        assert "đề nghị làm đầu mối" in (await phone(council, number).seen())[-1].lines[0]
        await phone(council, number).presses("Không phải người của đơn vị")
    await thu.presses("Xác nhận cả 3 người")
    assert (await thu.presses("Xác nhận 3 người")).startswith("Đã xác nhận 3 người")
    assert await count(council, Enrolment.state == Asking.HELD) == 3
    for _ in range(3):
        await thu.says("capma")
        await thu.presses(f"Đề nghị làm đầu mối ({await count(council, Enrolment.state == Asking.HELD)})")
        first = (await thu.seen())[-1].buttons[0]
        if first != "Không xác nhận":
            await thu.presses(first)
        await thu.presses("Không xác nhận")
        await thu.presses("Đơn vị chưa xác nhận là người của đơn vị")
    assert await count(council, Enrolment.state == Asking.REFUSED, Enrolment.name == "", Enrolment.phone == "") == 3
    for number in range(100, 103):
        assert (await phone(council, number).seen())[-1].lines[0].startswith("Cơ quan thường trực chưa xác nhận")
        assert person(number)[2] not in str(await phone(council, number).seen())


async def one_person_serves_two_units(council: Council, codes: list[str], thu: Chat) -> None:
    """Somebody sends the letter's code of a second unit in the same chat; every message then names the unit."""
    chat = phone(council, 10)
    assert "đề nghị làm đầu mối của" in await chat.says(codes[20])
    await council.at("2022-06-09 08:10")
    await thu.says("capma")
    await thu.presses("Đề nghị làm đầu mối (1)")
    await thu.presses((await thu.seen())[-1].buttons[0])
    await thu.presses("Xác nhận")
    async with council.read() as session:
        held = await session.execute(
            select(Unit.code, Unit.name)
            .join(Post, Post.unit_id == Unit.id)
            .join(Person, Person.id == Post.person_id)
            .where(Person.phone == person(10)[2])
        )
        units = {row.code: row.name for row in held}
    assert len(units) == 2
    await council.given("Danh sách điển hình tiên tiến", tuple(units), "2022-06-14")
    listed = await chat.says("nhiemvu")
    assert [name for name in units.values() if name not in listed] == []
    await council.at("2022-06-10 07:31")
    await run_job(council, "materialise")
    (first, *_) = units
    assert units[first] in await chat.says(f"xong {first} 1")


async def the_unknown_stay_unknown(council: Council, colleague: Chat) -> None:
    """Nothing that the council gives reached anybody who was not confirmed."""
    async with council.read() as session:
        strangers = select(Enrolment.chat_id).where(Enrolment.state == Asking.REFUSED)
        contents = list(await session.scalars(select(Parcel.content).where(Parcel.chat_id.in_(strangers))))
    assert [one for one in contents if "sơ kết phong trào" in str(one)] == []
    assert "Báo cáo sơ kết phong trào thi đua" in await colleague.says("nhiemvu")


async def test_the_link_of_a_letter_leads_to_the_same_on_telephones(database_url: str, tmp_path: Path) -> None:
    async with a_telegram_council(database_url, tmp_path, "2022-06-09 07:40") as council:
        assert await introduced(council.assistant) == []
        assert await invite_units(council.assistant, ["SCT"], tmp_path / "thu.docx") == 1
        pictures = docx.Document(str(tmp_path / "thu.docx")).tables[0].rows[0].cells
        assert ["Qua Telegram" in cell.text for cell in pictures] == [False, True]
        phones = {unit: council.chat(f"máy của {unit}") for unit in ("SCT", "CA", "SYT")}
        for number, (unit, chat) in enumerate(phones.items()):
            asked = await chat.says(f"/start {await code_of(council, unit)}")
            assert "dành cho người được cử làm đầu mối" in asked
            await chat.presses("Đồng ý")
            question = next(one for one in await chat.seen() if "Đồng chí có đồng ý không?" in one.lines)
            assert (question.buttons, question.lines[0]) == ((), "Đã đồng ý lúc 07:40 ngày 09/6/2022.")
            assert (await chat.says(", ".join(person(number)))).startswith("Đã ghi nhận")
        await council.passes(minutes=15)
        thu, hoa = council.chat("Thu"), council.chat("Hoa")
        await hoa.presses("Không phải người của đơn vị")
        await thu.presses("Xác nhận cả 2 người")
        assert (await thu.presses("Xác nhận 2 người")).startswith("Đã xác nhận 2 người")
        assert "hiện phục vụ đồng chí" in (await phones["CA"].seen())[-1].lines[0]
        assert "phản ánh không phải người của đơn vị" in await thu.presses("Xem từng người")
