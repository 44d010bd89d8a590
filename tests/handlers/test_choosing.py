"""Which assignment is meant: by number, by button, the only one; and nobody acts for a unit that is not his."""

from datetime import date

from sqlalchemy import select

from models.people import Post, Unit
from models.rules.permission import Role
from tests.chats import Council

FIRST, SECOND = "Báo cáo sơ kết 6 tháng", "Đăng ký danh hiệu thi đua"


async def test_the_only_open_task_needs_no_number(council: Council) -> None:
    await council.given(FIRST, ("SYT",), "2022-06-14")
    answer = await council.chat("Lan").says("xong")
    assert answer.splitlines()[0] == f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {FIRST}."


async def test_with_several_open_tasks_one_is_asked_which(council: Council) -> None:
    await council.given(FIRST, ("SYT",), "2022-06-14")
    await council.given(SECOND, ("SYT",), None)
    lan = council.chat("Lan")
    assert await lan.says("đã tiếp nhận") == "Đề nghị cho biết nội dung này thuộc nhiệm vụ nào."
    answer = await lan.presses(f"2. {SECOND}")
    assert answer.splitlines()[0] == f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {SECOND}."


async def test_what_tells_the_buttons_apart_stands_first_and_fits_a_telephone(council: Council) -> None:
    long = "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm của cụm, khối thi đua"
    await council.given(long, ("SYT", "SNV"), "2022-06-14")
    await council.given(f"{long} (lần 2)", ("SNV",), "2022-06-20")
    thu = council.chat("Thu")
    await thu.says("doihan")
    assert (await thu.seen())[-1].buttons == (
        "2. Báo cáo sơ kết phong trào thi đua 6…",
        "1. Báo cáo sơ kết phong trào thi đua 6…",
    )
    await _serve_too(council, "Lan", "SNV")
    lan = council.chat("Lan")
    await lan.says("xong")
    assert (await lan.seen())[-1].buttons == (
        "Sở Nội vụ 1: Báo cáo sơ kết phong trào…",
        "Sở Y tế: Báo cáo sơ kết phong trào thi…",
        "Sở Nội vụ 2: Báo cáo sơ kết phong trào…",
    )


async def _serve_too(council: Council, name: str, code: str) -> None:
    async with council.write() as session:
        unit = (await session.execute(select(Unit.id).where(Unit.code == code))).scalar_one()
        session.add(
            Post(person_id=council.people[name], unit_id=unit, role=Role.FOCAL_POINT, valid_from=date(2022, 1, 1))
        )


async def test_one_number_in_two_units_is_asked(council: Council) -> None:
    await council.given(FIRST, ("SYT", "SNV"), "2022-06-14")
    await _serve_too(council, "Lan", "SNV")
    lan = council.chat("Lan")
    assert await lan.says("xong 1") == "Đề nghị cho biết nội dung này thuộc nhiệm vụ nào."
    answer = await lan.presses(f"Sở Nội vụ: {FIRST}")
    assert answer.splitlines()[0] == f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {FIRST} (Sở Nội vụ)."


async def test_an_unknown_number_is_answered_with_what_to_send(council: Council) -> None:
    assert (
        await council.chat("Lan").says("xong 7") == "Không có nhiệm vụ số 7; đề nghị gửi “nhiemvu” để xem các nhiệm vụ."
    )


async def test_nobody_answers_for_another_unit(council: Council) -> None:
    await council.given(FIRST, ("STC",), "2022-06-14")
    lan, minh = council.chat("Lan"), council.chat("Minh")
    await minh.says("nhiemvu 1")
    foreign = await minh.button("Hoàn thành")
    assert (await lan.hears({"press": list(foreign)})).startswith("Nút này không thuộc cuộc trò chuyện này")
    assert await lan.says("xong 1") == "Không có nhiệm vụ số 1; đề nghị gửi “nhiemvu” để xem các nhiệm vụ."
