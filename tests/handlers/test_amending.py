"""A receipt corrected or taken back: until it has been decided on, and told to the unit once."""

from datetime import date

from sqlalchemy import select

from models.people import Post, Unit
from models.rules.permission import Role
from models.rules.status import Status
from models.tasks import Receipt, Report
from tests.chats import Council
from tests.handlers.test_receipts import TITLE, stand


async def recorded(council: Council, line: str = "ghinhan 1: SYT; 45/BC-SYT ngày 08/6; giấy") -> dict[str, int]:
    given = await council.given(TITLE, ("SYT", "STC"), "2022-06-14")
    thu = council.chat("Thu")
    await thu.says(line)
    await thu.presses((await thu.seen())[-1].buttons[0])
    return given


async def told(council: Council, name: str) -> list[str]:
    return [seen.lines[0] for seen in await council.chat(name).seen()]


async def test_a_receipt_is_corrected_in_one_line_and_the_older_one_is_kept(council: Council) -> None:
    given = await recorded(council)
    thu = council.chat("Thu")
    await thu.presses("Sửa lại")
    assert (await thu.says("46/BC-SYT ngày 07/6; đến 08/6")).splitlines() == [
        "Đã sửa lúc 07:25 ngày 09/6/2022: 1 nội dung ghi nhận; các đơn vị đã được báo.",
        "Sở Y tế: 46/BC-SYT ngày 07/6/2022, đến ngày 08/6/2022 bằng văn bản giấy.",
    ]
    assert await told(council, "Lan") == [f"Đã tiếp nhận: {TITLE}", f"Sửa ghi nhận: {TITLE}"]
    async with council.read() as session:
        reports = (await session.scalars(select(Report).order_by(Report.number))).all()
    assert [(one.number, one.paper_number, one.replaces_id) for one in reports] == [
        (1, "45/BC-SYT", None),
        (2, "46/BC-SYT", reports[0].id),
    ]
    assert await stand(council, given["SYT"]) is Status.AWAITING_ACCEPTANCE
    await thu.presses("Sửa lại")
    assert (await thu.presses("Gửi qua thư điện tử")).splitlines()[1].endswith("đến ngày 08/6/2022 qua thư điện tử.")


async def test_receipts_taken_back_are_owed_again(council: Council) -> None:
    given = await recorded(council, "ghinhan 1 tất cả; giấy")
    thu = council.chat("Thu")
    await thu.presses("Rút lại")
    assert (await thu.presses("Rút lại 2 nội dung")) == (
        "Đã rút lại lúc 07:25 ngày 09/6/2022: 2 nội dung ghi nhận (Sở Tài chính, Sở Y tế)."
    )
    assert [await stand(council, given[code]) for code in ("SYT", "STC")] == [Status.NOT_STARTED] * 2
    assert (await told(council, "Minh"))[-1] == f"Rút lại ghi nhận: {TITLE}"
    assert "im lặng" not in await thu.says("homnay")
    assert (await thu.says("tiendo 1")).splitlines()[-1].startswith("Chưa trả lời: 2")
    assert (await thu.presses("Rút lại")).startswith("Rút lại 2 nội dung ghi nhận?")
    assert (await thu.presses("Rút lại 2 nội dung")).startswith("Số 1 của Sở Tài chính đã được sửa hoặc rút lại")
    assert (await council.chat("Lan").says("xong 1")).startswith("Đã ghi nhận số 2")


async def test_what_has_been_decided_on_stays(council: Council) -> None:
    await recorded(council)
    thu = council.chat("Thu")
    await thu.says("duyệt")
    await thu.presses(f"1 báo cáo: {TITLE}")
    card = await thu.presses("Sở Y tế")
    assert "45/BC-SYT ngày 08/6/2022, đến ngày 09/6/2022 bằng văn bản giấy" in card
    assert (await thu.seen())[-1].buttons == (
        "Xác nhận hoàn thành",
        "Đề nghị bổ sung",
        "Sửa lại ghi nhận",
        "Rút lại ghi nhận",
    )
    await thu.presses("Xác nhận hoàn thành")
    await thu.presses("Sửa lại")
    assert (await thu.presses("Gửi qua thư điện tử")).startswith("Số 1 của Sở Y tế đã có quyết định nên giữ nguyên")


async def test_a_receipt_is_taken_back_from_its_card(council: Council) -> None:
    given = await recorded(council)
    thu = council.chat("Thu")
    await thu.says("duyệt")
    await thu.presses(f"1 báo cáo: {TITLE}")
    await thu.presses("Sở Y tế")
    await thu.presses("Rút lại ghi nhận")
    assert await thu.presses("Giữ nguyên") == "Các nội dung ghi nhận được giữ nguyên."
    await thu.presses("Rút lại 1 nội dung")
    assert await stand(council, given["SYT"]) is Status.NOT_STARTED


async def test_the_unit_cannot_correct_what_an_officer_recorded(council: Council) -> None:
    await recorded(council)
    assert await council.chat("Lan").says("sualai") == (
        "Đơn vị không có nội dung nào còn sửa được; gửi “phanhoi” để báo cơ quan thường trực."
    )


async def test_a_number_is_of_one_paper_and_words_that_say_nothing_are_refused(council: Council) -> None:
    await recorded(council, "ghinhan 1 tất cả; giấy")
    thu = council.chat("Thu")
    await thu.presses("Sửa lại")
    assert (await thu.says("45/BC-SYT")).startswith("Mỗi số văn bản chỉ của một văn bản")
    await thu.presses("Sửa lại")
    assert (await thu.says("ba hoa")).startswith("Chưa hiểu “ba hoa”")
    async with council.read() as session:
        assert len((await session.scalars(select(Receipt))).all()) == 2


async def test_whoever_serves_two_units_reads_one_message_that_names_both(council: Council) -> None:
    async with council.write() as session:
        unit = await session.scalar(select(Unit.id).where(Unit.code == "STC"))
        post = Post(person_id=council.people["Lan"], unit_id=unit, role=Role.FOCAL_POINT, valid_from=date(2022, 1, 1))
        session.add(post)
    await recorded(council, "ghinhan 1 tất cả; giấy")
    (told_once,) = [seen for seen in await council.chat("Lan").seen() if seen.lines[0].startswith("Đã tiếp nhận")]
    assert [line for line in told_once.lines if line.startswith("Kính gửi")] == [
        "Kính gửi: Sở Tài chính.",
        "Kính gửi: Sở Y tế.",
    ]


async def test_units_without_anybody_are_named_to_the_officer(council: Council) -> None:
    await council.given(TITLE, ("SYT", "HH"), "2022-06-14")
    thu = council.chat("Thu")
    await thu.says("ghinhan 1 tất cả; giấy")
    assert "UBND huyện Hải Hậu" in (await thu.presses("Ghi nhận 2 đơn vị")).splitlines()[-1]
