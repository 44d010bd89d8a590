"""Officers confirm who asks to serve a unit: one by one or together, each once, and everybody is told."""

from sqlalchemy import select

from models.addresses import Address, Consent
from models.audit import AuditEntry
from models.enrolments import Asking, Enrolment
from models.outbox import Letter, Parcel
from models.people import Person, Post, Unit
from models.rules.permission import Role
from tests.cast import START
from tests.chats import Council
from tests.handlers.enrolling import LINE, asks, confirmed, gathered, known

MAI = "Trần Thị Mai, văn thư, 0912345679"
DUNG = "Nguyễn Văn Dũng, cán bộ, 0912345670"


async def test_many_requests_make_one_message_to_each_officer(council: Council) -> None:
    await asks(council, "SCT", LINE, "máy 1")
    await asks(council, "CA", MAI, "máy 2")
    assert [one for one in await council.chat("Thu").seen() if not one.mine] == []
    await gathered(council)
    (card,) = await council.chat("Thu").seen()
    assert card.lines == (
        "2 người đề nghị làm đầu mối đơn vị:",
        "Trần Thị Mai, văn thư, điện thoại 0912345679, Công an tỉnh",
        "Nguyễn Thị Lan, chuyên viên, điện thoại 0912345678, Sở Công Thương",
    )
    assert card.buttons == ("Xác nhận cả 2 người", "Xem từng người")
    await asks(council, "TN", DUNG, "máy 3")
    (card,) = await council.chat("Quang").seen()
    assert card.buttons == ("Xác nhận cả 3 người", "Xem từng người")


async def test_two_taps_confirm_all_and_everybody_is_told(council: Council) -> None:
    for number, (unit, said) in enumerate([("SCT", LINE), ("CA", MAI), ("SYT", DUNG)]):
        await asks(council, unit, said, f"máy {number}")
    await gathered(council)
    thu = council.chat("Thu")
    preview = await thu.presses("Xác nhận cả 3 người")
    assert preview.splitlines()[0] == "Xác nhận 3 người sau?"
    assert await thu.presses("Xác nhận 3 người") == (
        "Đã xác nhận 3 người; đã báo cho người được xác nhận và đầu mối cùng đơn vị."
    )
    assert (await council.chat("máy 0").seen())[-1].lines[0] == (
        "Kênh này hiện phục vụ đồng chí Nguyễn Thị Lan, chuyên viên, Sở Công Thương."
    )
    assert (await council.chat("Quang").seen())[-1].result == "Đã xác nhận: 3; không xác nhận: 0."
    assert (await council.chat("Hoa").seen())[-1].lines[1] == "Đ/c Thu đã xác nhận lúc 07:35 ngày 09/6/2022."
    async with council.read() as session:
        person = (await session.scalars(select(Person).where(Person.name == "Nguyễn Thị Lan"))).one()
        consent = (await session.scalars(select(Consent).where(Consent.person_id == person.id))).one()
        assert (person.phone, consent.given_at is not None) == ("0912345678", True)
        entries = await session.scalars(select(AuditEntry).where(AuditEntry.command == "enrolment"))
        assert [entry.outcome for entry in entries] == ["confirmed"] * 3


async def test_whoever_was_objected_to_stays_out_of_what_is_confirmed_together(council: Council) -> None:
    await asks(council, "SYT", LINE, "máy 1")
    await asks(council, "SCT", MAI, "máy 2")
    await asks(council, "CA", DUNG, "máy 3")
    await gathered(council)
    thu = council.chat("Thu")
    await thu.presses("Xác nhận cả 3 người")
    await council.chat("Hoa").presses("Không phải người của đơn vị")
    answer = await thu.presses("Xác nhận 3 người")
    assert answer.splitlines()[0] == "Đã xác nhận 2 người; đã báo cho người được xác nhận và đầu mối cùng đơn vị."
    assert len(answer.splitlines()) == 2
    async with council.read() as session:
        held = (await session.scalars(select(Enrolment).where(Enrolment.state == Asking.HELD))).one()
        assert held.name == "Nguyễn Thị Lan"
    assert "12 chữ số" not in await council.chat("máy 1").says("nhiemvu")


async def test_whoever_is_refused_is_told_why_and_his_data_are_erased_everywhere(council: Council) -> None:
    await asks(council, "SYT", LINE, "máy lạ")
    await gathered(council)
    thu = council.chat("Thu")
    await thu.presses("Không xác nhận")
    answer = await thu.says("Đơn vị không có người này.")
    assert answer == "Không xác nhận cho Sở Y tế; đã báo cho người gửi đề nghị và đã xóa dữ liệu cá nhân."
    assert (await council.chat("máy lạ").seen())[-1].lines[0] == (
        "Cơ quan thường trực chưa xác nhận đồng chí là đầu mối của Sở Y tế. Lý do: Đơn vị không có người này."
    )
    async with council.read() as session:
        (row,) = await session.scalars(select(Enrolment))
        assert (row.state, row.name, row.title, row.phone) == (Asking.REFUSED, "", "", "")
        kept = [str(one) for one in await session.scalars(select(Parcel.content))]
        kept += [str(one) for one in await session.scalars(select(Letter.content))]
        assert [one for one in kept if "0912345678" in one] == []


async def test_whom_the_directory_names_is_joined_and_not_made_twice(council: Council) -> None:
    async with council.write() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == "SCT"))).one()
        person = Person(name="Nguyễn Thị Lan", phone="0912 345 678", created_at=council.clock.now())
        session.add(person)
        await session.flush()
        session.add(Post(person_id=person.id, unit_id=unit, role=Role.FOCAL_POINT, title="Phó phòng", valid_from=START))
        person_id = person.id
    await asks(council, "SCT", "nguyen thi lan, chuyên viên, 0912345678", "máy lạ")
    await gathered(council)
    assert (await council.chat("Thu").seen())[-1].lines[-1].endswith("Sở Công Thương: có tên trong danh bạ")
    await council.chat("Thu").presses("Xác nhận")
    assert "phục vụ đồng chí Nguyễn Thị Lan, Phó phòng" in (await council.chat("máy lạ").seen())[-1].lines[0]
    async with council.read() as session:
        people = list(await session.scalars(select(Person.id).where(Person.phone.contains("345"))))
        assert people == [person_id]
        posts = await session.scalars(select(Post.id).where(Post.person_id == person_id))
        assert len(posts.all()) == 1


async def test_whom_another_chat_serves_is_never_confirmed_together_with_others(council: Council) -> None:
    await confirmed(council, "SCT", LINE, "máy 1")
    await asks(council, "SCT", LINE, "máy 2")
    await asks(council, "CA", MAI, "máy 3")
    await asks(council, "TN", DUNG, "máy 4")
    await gathered(council)
    thu = council.chat("Thu")
    preview = await thu.presses("Xác nhận cả 2 người")
    assert preview.splitlines()[-1] == "Cần quyết định riêng: Nguyễn Thị Lan, Sở Công Thương."
    await thu.presses("Xem từng người")
    await thu.presses("Nguyễn Thị Lan, Sở Công Thương")
    assert "gọi điện kiểm tra" in (await thu.seen())[-1].lines[-1]
    await thu.presses("Xác nhận")
    assert ("Không phải tôi",) in [one.buttons for one in await council.chat("máy 1").seen()]
    async with council.read() as session:
        person = (await session.scalars(select(Person).where(Person.name == "Nguyễn Thị Lan"))).one()
        addresses = await session.scalars(select(Address.id).where(Address.person_id == person.id))
        assert len(addresses.all()) == 2


async def test_a_chat_that_came_to_serve_somebody_else_keeps_nobody_waiting(council: Council) -> None:
    await asks(council, "SCT", LINE, "máy 1")
    await asks(council, "CA", MAI, "máy 2")
    await gathered(council)
    await council.chat("máy 1").says(await known(council, "Minh"))
    thu = council.chat("Thu")
    await thu.presses("Xác nhận cả 2 người")
    answer = await thu.presses("Xác nhận 2 người")
    assert answer.startswith("Đã xác nhận 1 người")
    async with council.read() as session:
        posts = await session.scalars(select(Post.id).where(Post.person_id == council.people["Minh"]))
        assert len(posts.all()) == 1


async def test_a_request_is_decided_once(council: Council) -> None:
    await asks(council, "SCT", LINE, "máy lạ")
    await gathered(council)
    late = list(await council.chat("Quang").button("Xác nhận"))
    await council.chat("Thu").presses("Xác nhận")
    answer = await council.chat("Quang").hears({"press": late})
    assert "Đã xác nhận: 1; không xác nhận: 0." in answer


async def test_who_waits_is_counted_and_listed_with_the_codes(council: Council) -> None:
    await asks(council, "SCT", LINE, "máy lạ")
    thu = council.chat("Thu")
    assert "Đề nghị làm đầu mối, chờ xác nhận: 1." in await thu.says("capma")
    assert "Nguyễn Thị Lan" in await thu.presses("Đề nghị làm đầu mối (1)")


async def test_deciding_on_persons_is_the_secretariats_matter(council: Council) -> None:
    call: dict[str, object] = {"call": {"command": "donvi.cho", "args": {}}}
    assert "cơ quan thường trực" in await council.chat("Lan").hears(call)
    assert await council.chat("Thu").hears(call) == "Không có đề nghị làm đầu mối nào đang chờ."
