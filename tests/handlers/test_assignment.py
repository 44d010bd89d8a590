"""The card of an assignment: at most six lines, buttons that fit, closed for every colleague by one answer."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from models.papers import Document
from models.tasks import Assignment, Report, Task
from tests.chats import Chat, Council, Seen

TITLE = "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm"


async def given(council: Council, deliverable: str = "Báo cáo") -> int:
    made = await council.given(TITLE, ("SYT",), "2022-06-14", deliverable=deliverable, phrase="Trước ngày 15/6")
    async with council.write() as session:
        document = Document(
            number="02/KH-HĐTĐKT", dated=date(2022, 3, 7), kind="KH", imported_at=datetime(2022, 6, 1, tzinfo=UTC)
        )
        session.add(document)
        await session.flush()
        row = await session.get_one(Assignment, made["SYT"])
        task = await session.get_one(Task, row.task_id)
        task.document_id, task.remark = document.id, "Gửi bản mềm trước"
    return made["SYT"]


async def newest(chat: Chat) -> Seen:
    return (await chat.seen())[-1]


async def test_the_card_says_date_matter_document_deadline_and_how(council: Council) -> None:
    await given(council)
    assert (await council.chat("Lan").says("nhiemvu 1")).splitlines() == [
        "Hạn 14/6: Báo cáo sơ kết phong trào thi đua…",
        f"{TITLE}, theo Kế hoạch số 02/KH-HĐTĐKT ngày 07/3/2022.",
        "Thời hạn: Trước ngày 15/6 (chậm nhất hết ngày 14/6); còn 3 ngày làm việc.",
        "Sản phẩm, cách gửi: Báo cáo, Gửi bản mềm trước.",
    ]


async def test_one_answer_turns_the_card_of_every_colleague(council: Council) -> None:
    await given(council)
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    await lan.says("nhiemvu 1")
    await hoa.says("nhiemvu 1")
    await hoa.presses("Đã tiếp nhận")
    turned = await newest(lan)
    assert turned.lines[-1] == "Đ/c Hoa đã tiếp nhận lúc 07:25 (số 1)."
    assert turned.buttons == (
        "Đang soạn", "Đã trình ký", "Đã gửi", "Hoàn thành", "Khó khăn, vướng mắc", "Đề nghị gia hạn",
    )  # fmt: skip
    await hoa.presses("Hoàn thành")
    closed = await newest(lan)
    assert closed.buttons == ()
    assert closed.result == "Đ/c Hoa đã báo cáo hoàn thành lúc 07:25 (số 2)."


async def test_a_stale_button_changes_nothing_and_shows_what_now_is(council: Council) -> None:
    assignment = await given(council)
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    await lan.says("nhiemvu 1")
    old = await lan.button("Hoàn thành")
    await hoa.says("xong 1")
    answer = await lan.hears({"press": list(old)})
    assert "Đ/c Hoa đã báo cáo hoàn thành lúc 07:25 (số 1)." in answer
    assert (await newest(lan)).buttons == ()
    async with council.read() as session:
        reports = await session.scalars(select(Report.by_id).where(Report.assignment_id == assignment))
        assert list(reports) == [council.people["Hoa"]]


async def test_percent_is_offered_only_where_something_is_measured(council: Council) -> None:
    await given(council, deliverable="Tỷ lệ hộ đăng ký (%)")
    lan = council.chat("Lan")
    await lan.says("nhiemvu 1")
    assert (await newest(lan)).buttons == (
        *("Đã tiếp nhận", "Tiến độ (%)", "Hoàn thành"),
        *("Khó khăn, vướng mắc", "Đề nghị gia hạn", "Không thuộc nhiệm vụ đơn vị"),
    )


async def test_a_card_has_six_lines_at_most_and_six_buttons_at_most(council: Council) -> None:
    await given(council)
    lan = council.chat("Lan")
    await lan.says("nhiemvu 1")
    for label in ("Đã tiếp nhận", "Đang soạn", "Đã trình ký"):
        await lan.presses(label)
        cards = [seen for seen in await lan.seen() if seen.lines[0].startswith("Hạn")]
        assert all(len(card.lines) <= 6 and len(card.buttons) <= 6 for card in cards)


async def test_days_are_counted_as_working_days(council: Council) -> None:
    await given(council)
    lan = council.chat("Lan")
    for moment, expected in (
        ("2022-06-13 08:00", "còn 1 ngày làm việc"),
        ("2022-06-14 08:00", "đến hạn hôm nay"),
        ("2022-06-18 08:00", "quá hạn 3 ngày làm việc"),
    ):
        await council.at(moment)
        assert expected in await lan.says("nhiemvu 1")
