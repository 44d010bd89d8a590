import re
from datetime import UTC, date, datetime

from docx import Document
from sqlalchemy import select, update

from models.addresses import Address, AddressState
from models.inbox import Inbound
from models.keeping import named_files
from models.outbox import Letter, Parcel
from models.papers import StoredFile
from models.people import Person, Post, Unit
from models.rules.permission import Role
from tests.chats import Council
from tests.clockwork import run_job
from tests.handlers.test_ticking import many

CODE = re.compile(r"\d{4} \d{4} \d{4}")
START = date(2022, 1, 1)


async def newcomer(council: Council, name: str, unit: str, phone: str = "") -> int:
    async with council.write() as session:
        person = Person(name=name, phone=phone, created_at=datetime(2022, 1, 1, tzinfo=UTC))
        session.add(person)
        await session.flush()
        unit_id = (await session.scalars(select(Unit.id).where(Unit.code == unit))).one()
        session.add(
            Post(person_id=person.id, unit_id=unit_id, role=Role.FOCAL_POINT, title="Chuyên viên", valid_from=START)
        )
        return person.id


async def test_a_code_leads_from_the_officer_to_a_welcome(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    answer = await council.chat("Thu").says("capma SCT")
    assert "Nguyễn Văn Dũng, Chuyên viên, Sở Công Thương: " in answer
    assert "(đến hết ngày 09/7/2022)" in answer
    assert "/signin và nhập mã." in answer
    code = CODE.findall(answer)[0]
    phone = council.chat("điện thoại của Dũng")
    assert (await phone.says(f"batdau {code}")).startswith("Kính gửi đồng chí Nguyễn Văn Dũng")
    assert "Nguyễn Văn Dũng" in await phone.presses("Đồng ý")
    assert "Người chưa kết nối: 0." in await council.chat("Thu").says("capma")


async def test_a_new_code_ends_the_older_one(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    thu, phone = council.chat("Thu"), council.chat("máy lạ")
    old = CODE.findall(await thu.says("capma SCT"))[0]
    new = CODE.findall(await thu.says("capma nguyen van dung"))[0]
    assert "thử 4 lần" in await phone.says(f"batdau {old}")
    assert (await phone.says(f"batdau {new}")).startswith("Kính gửi đồng chí Nguyễn Văn Dũng")


async def test_after_too_many_wrong_codes_even_the_right_one_waits(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    code = CODE.findall(await council.chat("Thu").says("capma SCT"))[0]
    phone = council.chat("máy lạ")
    for _ in range(5):
        await phone.says("batdau 000000000000")
    assert "08:25" in await phone.says(f"batdau {code}")
    await council.at("2022-06-09 08:26")
    assert (await phone.says(f"batdau {code}")).startswith("Kính gửi đồng chí Nguyễn Văn Dũng")


async def test_who_refuses_goes_on_the_call_list_and_gets_no_sheet(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT", "0912 345 678")
    thu, phone = council.chat("Thu"), council.chat("máy của Dũng")
    await phone.says(f"batdau {CODE.findall(await thu.says('capma SCT'))[0]}")
    await phone.presses("Không đồng ý")
    answer = await thu.says("capma")
    assert "Người không đồng ý hoặc đã ngừng nhận, cần gọi điện: 1." in answer
    assert await thu.presses("Không đồng ý hoặc đã ngừng (1)") == (
        "Không đồng ý hoặc đã ngừng (1)\nNguyễn Văn Dũng, Chuyên viên, Sở Công Thương: điện thoại 0912 345 678"
    )
    assert (await thu.hears({"call": {"command": "capma.tatca", "args": {}}})).startswith("Mọi người đều đã kết nối")


async def test_units_without_anybody_and_people_not_joined_are_counted_and_listed(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    thu = council.chat("Thu")
    answer = await thu.says("cấp mã")
    assert answer.splitlines()[:2] == ["Đơn vị chưa có đầu mối: 7.", "Người chưa kết nối: 1."]
    assert "Công an tỉnh (CA)" in await thu.presses("Đơn vị chưa có đầu mối (7)")
    assert "Nguyễn Văn Dũng, Chuyên viên, Sở Công Thương: chưa có số điện thoại" in await thu.presses(
        "Chưa kết nối (1)"
    )


async def test_a_sheet_for_all_holds_a_working_code_for_each(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    await newcomer(council, "Phạm Thị Hạnh", "CA")
    thu = council.chat("Thu")
    await thu.says("capma")
    answer = await thu.presses("Cấp mã cho tất cả (2)")
    assert answer.splitlines()[0] == "2 mã, có hiệu lực đến hết ngày 09/7/2022: mỗi đơn vị một trang, để in và giao."
    assert [file["name"] for file in (await thu.entries())[-1].content["files"]] == ["ma-ket-noi.docx"]
    async with council.read() as session:
        kept = (await session.scalars(select(StoredFile))).one()
    with council.assistant.files.open(kept.sha256) as file:
        text = "\n".join(line.text for line in Document(file).paragraphs)
    assert "Công an tỉnh" in text
    assert "Phạm Thị Hạnh, Chuyên viên" in text
    codes = CODE.findall(text)
    assert len(codes) == 2
    assert (await council.chat("máy lạ").says(f"batdau {codes[0]}")).startswith("Kính gửi đồng chí Phạm Thị Hạnh")


async def test_what_is_not_known_is_said_with_the_nearest(council: Council) -> None:
    thu = council.chat("Thu")
    assert (await thu.says("capma Sở Không Có")).startswith("“Sở Không Có” không phải đơn vị hoặc cá nhân")
    assert "đều đã kết nối" in await thu.says("capma SYT")
    assert "chưa có đầu mối" in await thu.says("capma CA")


async def test_of_two_people_with_one_name_one_is_chosen(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    await newcomer(council, "Nguyễn Văn Dũng", "CA")
    thu = council.chat("Thu")
    assert await thu.says("capma Nguyễn Văn Dũng") == "Có nhiều người trùng tên; đề nghị chọn:"
    answer = await thu.presses("Nguyễn Văn Dũng, Chuyên viên, Công an tỉnh")
    assert "Nguyễn Văn Dũng, Chuyên viên, Công an tỉnh: " in answer


async def test_whoever_lost_his_chat_is_to_be_telephoned(council: Council) -> None:
    async with council.write() as session:
        minh = council.people["Minh"]
        await session.execute(update(Address).where(Address.person_id == minh).values(state=AddressState.LEFT))
    assert "cần gọi điện: 1." in await council.chat("Thu").says("capma")


async def test_a_focal_point_gives_no_codes(council: Council) -> None:
    assert "cơ quan thường trực" in await council.chat("Lan").says("capma SYT")


async def kept(council: Council) -> str:
    """Read all that is kept of what was said and owed."""
    async with council.read() as session:
        rows = [*(await session.scalars(select(Parcel.content))), *(await session.scalars(select(Letter.content)))]
        rows += list(await session.scalars(select(Inbound.raw)))
        return str(rows)


async def test_a_code_that_was_used_is_nowhere_to_be_read(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    await newcomer(council, "Phạm Thị Hạnh", "SCT")
    first, second = CODE.findall(await council.chat("Thu").says("capma SCT"))
    await council.chat("máy lạ").says(f"batdau {first}")
    assert (first in await kept(council), second in await kept(council)) == (False, True)
    assert first.replace(" ", "") not in await kept(council)


async def test_a_code_that_a_newer_one_ended_is_nowhere_to_be_read(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    thu = council.chat("Thu")
    old = CODE.findall(await thu.says("capma SCT"))[0]
    new = CODE.findall(await thu.says("capma nguyen van dung"))[0]
    assert (old in await kept(council), new in await kept(council)) == (False, True)


async def test_codes_that_have_expired_are_nowhere_to_be_read_nor_is_their_sheet(council: Council) -> None:
    await newcomer(council, "Nguyễn Văn Dũng", "SCT")
    thu = council.chat("Thu")
    (personal,) = CODE.findall(await thu.says("capma SCT"))
    (shared,) = CODE.findall(await thu.says("capma donvi CA"))
    await run_job(council, "cover-codes")
    assert (personal in await kept(council), shared in await kept(council)) == (True, True)
    await council.clock.move(minutes=31 * 24 * 60)
    await run_job(council, "cover-codes")
    assert (personal in await kept(council), shared in await kept(council)) == (False, False)
    async with council.read() as session:
        assert await named_files(session) <= {""}


async def test_the_units_without_a_focal_point_are_turned_over_to_the_last_one(council: Council) -> None:
    await many(council, 42)
    thu = council.chat("Thu")
    await thu.says("capma")
    head = "Đơn vị chưa có đầu mối (50)"
    first = (await thu.presses(head)).splitlines()
    assert (first[0], len(first), first[-1]) == (head, 42, "và 10 mục khác.")
    last = (await thu.presses("Xem tiếp")).splitlines()
    assert (last[0], len(last), set(first[1:-1]) & set(last[1:])) == (head, 11, set())
