"""A notice is held two minutes, leaves at the hour that was set, and is taken back while it is unsent."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Engine, event, select, update

from bot.app import WEBCHAT
from models.addresses import Address
from models.addresses import Chat as ChatRow
from models.notices import NoticeUnit
from models.outbox import Parcel, ParcelState
from models.people import Person, Post, Unit
from models.rules.permission import Role
from tests.cast import START
from tests.chats import Chat, Council

TEXT = "Đề nghị gửi danh sách điển hình tiên tiến."


async def held(council: Council, moment: str = "2022-06-09 07:40", whom: str = "SYT, STC, VB") -> Chat:
    await council.at(moment)
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {whom}: {TEXT}")
    await thu.presses("Gửi")
    return thu


async def received(council: Council, name: str) -> list[str]:
    return [seen.lines[0] for seen in await council.chat(name).seen() if not seen.mine]


async def test_a_notice_is_held_for_two_minutes_and_then_leaves_by_itself(council: Council) -> None:
    thu = await held(council)
    card = (await thu.seen())[-1]
    assert card.lines == (
        f"Thông báo: {TEXT}",
        "Gửi đến 3 đơn vị, thành viên; 4 người.",
        "Gửi lúc 07:42 ngày 09/6/2022; trước giờ đó có thể rút lại.",
    )
    assert card.buttons == ("Rút lại", "Gửi ngay")
    await council.at("2022-06-09 07:41")
    assert await received(council, "Lan") == []
    assert await council.chat("Lan").says("thongbao") == "Chưa có thông báo nào gửi đến đồng chí."
    await council.at("2022-06-09 07:42")
    assert (await received(council, "Lan"))[-1] == TEXT
    card = (await thu.seen())[-1]
    assert card.lines[0] == f"Thông báo lúc 07:42 ngày 09/6/2022: {TEXT}"
    assert card.buttons[-1] == "Đính chính"


async def test_taken_back_within_two_minutes_it_reaches_nobody_and_can_be_written_anew(council: Council) -> None:
    thu = await held(council)
    assert await thu.presses("Rút lại") == "Đã rút lại thông báo; chưa gửi đến ai."
    assert [seen.result for seen in await thu.seen() if seen.result] == ["Đã rút lại lúc 07:40 ngày 09/6/2022."]
    await council.at("2022-06-09 08:00")
    assert await received(council, "Lan") == []
    assert (await thu.says("thongbao")).splitlines()[1:] == [f"1. 07:40 ngày 09/6/2022: {TEXT} (đã rút lại)"]
    await thu.presses("Soạn lại")
    await thu.presses("Sửa nội dung")
    assert "Nội dung mới." in await thu.says("Nội dung mới.")
    await thu.presses("Gửi")
    await council.at("2022-06-09 08:02")
    assert (await received(council, "Lan"))[-1] == "Nội dung mới."


async def test_send_at_once_waives_the_two_minutes(council: Council) -> None:
    thu = await held(council)
    old = await thu.button("Rút lại")
    assert await thu.presses("Gửi ngay") == "Đang gửi thông báo."
    assert (await received(council, "Lan"))[-1] == TEXT
    assert "Thông báo lúc 07:40" in await thu.hears({"press": list(old)})


async def test_what_has_gone_is_not_taken_back_and_the_officer_is_told_what_to_do(council: Council) -> None:
    thu = await held(council)
    await council.at("2022-06-09 07:43")
    async with council.read() as session:
        notice = (await session.scalars(select(NoticeUnit.notice_id))).first()
    answer = await thu.hears({"call": {"command": "thongbao.rut", "args": {"notice": notice}}})
    assert answer == "Thông báo đã gửi hết hoặc đã được rút lại; nội dung đã gửi có thể sửa bằng “Đính chính”."
    assert (await received(council, "Lan"))[-1] == TEXT


async def test_the_unsent_part_is_taken_back_at_any_time_and_no_longer_counts(council: Council) -> None:
    thu = await held(council)
    minh = council.people["Minh"]
    async with council.write() as session:  # his chat was slow: his copy still waits when the others have theirs
        later = update(Parcel).where(Parcel.person_id == minh, Parcel.state == ParcelState.QUEUED)
        await session.execute(later.values(not_before=council.clock.now().replace(hour=9)))
    await council.at("2022-06-09 07:45")
    await council.chat("Minh").says("thongbao")
    answer = await thu.presses("Rút lại phần chưa gửi")
    assert answer == "Đã rút lại đối với 1 người; 3 người đã được gửi trước đó."
    assert (await thu.says("thongbao")).splitlines()[1:] == [
        f"1. 07:42 ngày 09/6/2022: {TEXT} (0/2 đã trả lời; đã rút lại đối với những nơi chưa được gửi)"
    ]
    await council.chat("Minh").presses("Xem mục 1")
    seen = (await council.chat("Minh").seen())[-1]
    assert (seen.lines, seen.buttons, seen.result) == ((TEXT,), (), "Đã rút lại lúc 07:45 ngày 09/6/2022.")
    assert await council.chat("Minh").says("thongbao") == "Chưa có thông báo nào gửi đến đồng chí."
    await council.at("2022-06-09 16:30")
    assert (await received(council, "Minh"))[3:] == []
    card = [seen for seen in await thu.seen() if seen.lines[0].startswith("Thông báo lúc")][-1]
    assert "Đã trả lời: 0/2 đơn vị, thành viên; chưa trả lời: 2." in card.lines
    assert "Lúc 07:45 ngày 09/6/2022 đã rút lại đối với những người chưa được gửi." in card.lines


async def test_two_officers_on_one_card_take_back_or_send_but_not_both(council: Council) -> None:
    thu = await held(council)
    async with council.read() as session:
        notice = (await session.scalars(select(NoticeUnit.notice_id))).first()
    await council.chat("Quang").hears({"call": {"command": "thongbao.rut", "args": {"notice": notice}}})
    stale = await thu.hears({"call": {"command": "thongbao.ngay", "args": {"notice": notice}}})
    assert stale == "Thông báo này đã được rút lại lúc 07:40 ngày 09/6/2022; đề nghị soạn lại."
    await council.at("2022-06-09 08:00")
    assert await received(council, "Lan") == []


async def test_an_hour_is_set_and_may_be_taken_back_until_then(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT: {TEXT}")
    assert (await thu.presses("Hẹn giờ gửi")).startswith("Thông báo gửi vào lúc nào?")
    preview = await thu.says("15h chiều mai")
    assert "Gửi lúc 15:00 ngày 10/6/2022, trong giờ làm việc." in preview
    await thu.presses("Gửi")
    await council.at("2022-06-10 14:59")
    assert await received(council, "Lan") == []
    await council.at("2022-06-10 15:00")
    assert (await received(council, "Lan"))[-1] == TEXT


async def test_the_next_working_hours_are_one_tap(council: Council) -> None:
    await council.at("2022-06-09 10:00")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT: {TEXT}")
    await thu.presses("Hẹn giờ gửi")
    assert "Gửi lúc 13:30 ngày 09/6/2022, trong giờ làm việc." in await thu.presses("Giờ làm việc kế tiếp")
    await thu.presses("Hẹn giờ gửi")
    assert "Gửi sau khi bấm “Gửi” 2 phút" in await thu.presses("Ngay sau khi bấm “Gửi”")
    await thu.presses("Hẹn giờ gửi")
    assert (await thu.says("hôm nào tiện")).startswith("“hôm nào tiện” chưa rõ giờ và ngày")


async def enrolled(council: Council, count: int) -> None:
    """Let so many more units have a focal point each, on the web chat."""
    now = council.clock.now()
    async with council.write() as session:
        units = [Unit(code=f"X{place}", name=f"Đơn vị {place}", valid_from=START) for place in range(count)]
        people = [Person(name=f"Người {place}", created_at=now) for place in range(count)]
        chats = [ChatRow(channel=WEBCHAT, bot="browser", external_id=f"x{place}") for place in range(count)]
        session.add_all([*units, *people, *chats])
        await session.flush()
        for unit, person, chat in zip(units, people, chats, strict=True):
            post = {"role": Role.FOCAL_POINT, "title": "Chuyên viên", "valid_from": START}
            session.add(Post(person_id=person.id, unit_id=unit.id, **post))
            session.add(Address(person_id=person.id, chat_id=chat.id, since=now))


@contextmanager
def statements() -> Iterator[list[str]]:
    """Note every statement that changes the store."""
    made: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("SELECT"):
            made.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield made
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def written(council: Council) -> list[str]:
    """Send a notice to all units; give what the press wrote."""
    thu = council.chat("Thu")
    await thu.says(f"guithongbao các cơ quan, đơn vị, địa phương: {TEXT}")
    with statements() as made:
        await thu.presses("Gửi")
    return made


async def test_many_are_owed_their_copies_by_as_many_statements_as_few(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    few = await written(council)
    await enrolled(council, 400)
    many = await written(council)
    async with council.read() as session:
        copies = await session.scalars(select(Parcel.id).where(Parcel.subject_kind == NoticeUnit.__tablename__))
        assert len(copies.all()) == 4 + 404
    assert [one.split("(")[0] for one in many] == [one.split("(")[0] for one in few]
    fan_out = [one for one in many if one.startswith("INSERT INTO parcel") and " SELECT " in one]
    assert len(fan_out) == 1
