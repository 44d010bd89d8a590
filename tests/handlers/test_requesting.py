"""Colleagues read who asks to serve their unit; whom they do not know is held until an officer decides."""

from sqlalchemy import select

from models.enrolments import Asking, Enrolment
from models.people import Person, Post
from tests.chats import Council
from tests.handlers.enrolling import LINE, asks, confirmed, gathered

ABOUT = "Nguyễn Thị Lan, chuyên viên, điện thoại 0912345678: đề nghị làm đầu mối của Sở Y tế."


async def test_colleagues_are_told_and_may_object_before_it_is_decided(council: Council) -> None:
    await asks(council, "SYT", LINE, "máy lạ")
    await gathered(council)
    hoa, thu = council.chat("Hoa"), council.chat("Thu")
    card = (await hoa.seen())[-1]
    assert (card.lines, card.buttons) == ((ABOUT,), ("Không phải người của đơn vị",))
    assert (await hoa.presses("Không phải người của đơn vị")).startswith("Đã ghi nhận lúc 07:35 ngày 09/6/2022")
    assert (await council.chat("Lan").seen())[-1].buttons == ()
    told = (await thu.seen())[-1]
    assert told.lines == (ABOUT, "Đ/c Hoa của đơn vị phản ánh lúc 07:35 ngày 09/6/2022: không phải người của đơn vị.")
    assert told.buttons == ("Xác nhận", "Không xác nhận")


async def test_two_colleagues_racing_object_once(council: Council) -> None:
    await asks(council, "SYT", LINE, "máy lạ")
    await gathered(council)
    hoa, lan = council.chat("Hoa"), council.chat("Lan")
    late = list(await lan.button("Không phải người của đơn vị"))
    await hoa.presses("Không phải người của đơn vị")
    await lan.hears({"press": late})
    async with council.read() as session:
        (row,) = await session.scalars(select(Enrolment))
        assert (row.state, row.objected_by) == (Asking.HELD, council.people["Hoa"])


async def test_whoever_is_confirmed_already_is_held_and_sees_nothing_until_it_is_decided(council: Council) -> None:
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-20")
    await confirmed(council, "SYT", LINE, "máy mới")
    await gathered(council)
    phone, hoa, thu = council.chat("máy mới"), council.chat("Hoa"), council.chat("Thu")
    assert "Báo cáo quý I" in await phone.says("nhiemvu")
    await hoa.presses("Không phải người của đơn vị")
    assert (await phone.seen())[-1].lines[0].startswith("Cơ quan thường trực đang kiểm tra")
    assert "Báo cáo quý I" not in await phone.says("nhiemvu")
    assert (await thu.presses("Xác nhận")).startswith("Đã xác nhận đồng chí Nguyễn Thị Lan")
    assert "Báo cáo quý I" in await phone.says("nhiemvu")
    async with council.read() as session:
        person = (await session.scalars(select(Person).where(Person.name == "Nguyễn Thị Lan"))).one()
        assert len((await session.scalars(select(Post).where(Post.person_id == person.id))).all()) == 1


async def test_whoever_was_confirmed_and_is_refused_after_an_objection_is_let_out(council: Council) -> None:
    await confirmed(council, "SYT", LINE, "máy mới")
    await gathered(council)
    await council.chat("Hoa").presses("Không phải người của đơn vị")
    thu, phone = council.chat("Thu"), council.chat("máy mới")
    await thu.presses("Không xác nhận")
    await thu.presses("Đơn vị chưa xác nhận là người của đơn vị")
    assert (await phone.seen())[-1].lines[0] == (
        "Cơ quan thường trực chưa xác nhận đồng chí là đầu mối của Sở Y tế. Lý do: đơn vị chưa xác nhận là người của "
        "đơn vị."
    )
    assert "12 chữ số" in await phone.says("nhiemvu")


async def test_nobody_objects_for_another_unit(council: Council) -> None:
    await asks(council, "SYT", LINE, "máy lạ")
    async with council.read() as session:
        (row,) = await session.scalars(select(Enrolment))
    call: dict[str, object] = {"call": {"command": "donvi.phandoi", "args": {"enrolment": row.id}}}
    assert (await council.chat("Minh").hears(call)).startswith("Đề nghị này không thuộc đơn vị của đồng chí")
    assert "đầu mối" in await council.chat("Thu").hears(call)
