"""The main job from an empty store: documents in, people join, a month passes, units answer, the officer sees who."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from models.outbox import Parcel
from models.papers import Oversight
from models.people import Person, Post, Unit
from models.tasks import Assignment, Report, Review, Task
from tests.chats import Chat, Council, an_empty_council
from tests.phones import (
    an_empty_mixed_council,
    an_empty_posted_council,
    an_empty_telegram_council,
    an_empty_troubled_council,
)
from tests.stories.telling import CODE, EXAMPLES, Arrival, Story, firsts
from tests.zalo_phones import an_empty_posted_zalo_council

pytestmark = pytest.mark.slow
OFFICER, DIRECTOR = "cán bộ thường trực", "Giám đốc Sở Tài chính (ví dụ)"
UNITS = ("SYT", "STC", "SCT", "STTTT", "CA", "TPND", "VB", "YY", "TN")
HALF_YEAR = "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm"
HALF_YEAR_SHORT = "Báo cáo sơ kết phong trào thi đua…"
NOT_A_UNIT = "Giữ như văn bản, không giao"


async def the_operator_begins(story: Story) -> Chat:
    """The directory comes in on the terminal, a code is printed for the officer, and she joins by it."""
    assert await story.takes_in("danh-ba-vi-du.xlsx") == 0
    assert story.printed[0] == "Danh bạ danh-ba-vi-du.xlsx: 11 đơn vị, 12 người."
    assert story.printed[-1] == "Chưa gửi nội dung nào đến các đơn vị."
    welcome = await story.joins(OFFICER, await story.first_code("SNV"))
    assert welcome.startswith("Kênh này hiện phục vụ đồng chí Nguyễn Văn A (ví dụ), Trưởng Ban Thi đua - Khen thưởng")
    return story.phone(OFFICER)


async def the_notice_comes_in(story: Story, officer: Chat) -> None:
    """The notice is sent in the chat as it is; what the directory does not know is asked about by buttons."""
    preview = await officer.says("", EXAMPLES / "thong-bao-01-vi-du.docx")
    assert preview.splitlines()[0] == "01/TB-HĐTĐKT ngày 19/01/2022: 8 thành viên và phạm vi theo dõi."
    await officer.presses("Trả lời 4 câu hỏi")
    for _ in range(3):
        assert "không có trong danh bạ" in await officer.presses("Ghi là cụm, khối mới")
    assert (await officer.presses("Ghi là cụm, khối mới")).startswith("Đã trả lời hết các câu hỏi")
    written = await officer.presses("Ghi vào hệ thống")
    assert written == "Đã ghi vào hệ thống lúc 08:00 ngày 06/6/2022: 8 mới, 0 sửa, 0 kết thúc."
    async with story.council.read() as session:
        followed = await session.scalars(
            select(Unit.code)
            .join(Oversight, Oversight.unit_id == Unit.id)
            .join(Post, Post.id == Oversight.post_id)
            .where(Post.title == "Giám đốc Sở Tài chính")
        )
        assert sorted(followed) == ["VB", "YY"]


async def the_plan_comes_in(story: Story, officer: Chat) -> None:
    """The annex becomes drafts, and nobody else is told anything."""
    preview = await officer.says("", EXAMPLES / "phu-luc-ke-hoach-vi-du.docx")
    assert preview.splitlines()[0] == "02/KH-HĐTĐKT ngày 07/3/2022: 8 nhiệm vụ."
    await officer.presses("Trả lời 3 câu hỏi")
    await officer.presses(NOT_A_UNIT)
    assert "“Ban Thi đua - Khen thưởng”" in await officer.presses(NOT_A_UNIT)
    assert (await officer.says("SNV")).startswith("Đã trả lời hết các câu hỏi")
    written = await officer.presses("Ghi vào hệ thống")
    assert written.splitlines()[-1].startswith("Chưa gửi nội dung nào đến các đơn vị")
    assert await story.count(Task) == 8
    assert await story.count(Assignment) == 0
    async with story.council.read() as session:
        told = await session.scalars(select(Person.name).join(Parcel, Parcel.person_id == Person.id).distinct())
        assert list(told) == ["Nguyễn Văn A (ví dụ)"]


async def the_units_join(story: Story, officer: Chat) -> None:
    """Each focal point joins by the code that the officer gives him; one refuses and is to be telephoned."""
    for code in UNITS:
        (digits,) = CODE.findall(await officer.says(f"capma {code}"))
        assert (await story.joins(code, digits)).startswith(f"Kênh này hiện phục vụ đồng chí Cán bộ {code} (ví dụ)")
    (digits,) = CODE.findall(await officer.says("capma HH"))
    assert "sẽ liên hệ bằng điện thoại" in await story.joins("HH", digits, "Không đồng ý")
    (digits,) = CODE.findall(await officer.says(f"capma {DIRECTOR}"))
    await story.joins(DIRECTOR, digits)
    assert "Người chưa kết nối: 0." in await officer.says("capma")
    assert await officer.presses("Không đồng ý hoặc đã ngừng (1)") == (
        "Không đồng ý hoặc đã ngừng (1)\nCán bộ HH (ví dụ), Chuyên viên, UBND huyện Hải Hậu: điện thoại 0900000011"
    )


async def the_tasks_are_given(story: Story, officer: Chat) -> None:
    """What is past is asked about, the rehearsal is seen, and each unit gets one message with its whole list."""
    asked = await officer.says("giaoviec")
    assert asked.startswith("1 trong 8 nhiệm vụ đã qua hạn.")
    preview = (await officer.presses("Đã thực hiện trước đây")).splitlines()
    assert preview[0] == (
        "Xem trước: 8 nhiệm vụ giao cho 11 đơn vị, thành viên; 11 tin nhắn; 10 người liên hệ được qua trò chuyện."
    )
    assert preview[-1].startswith("7 nơi chưa có đầu mối, cần liên hệ bằng điện thoại: Sở Nội vụ")
    before = {code: await story.phone(code).seen() for code in (*UNITS, "HH")}
    given = (await officer.presses("Giao 8 nhiệm vụ")).splitlines()[0]
    assert given.startswith("Đã giao lúc 08:00 ngày 06/6/2022: 8 nhiệm vụ, 34 lượt giao cho đơn vị")
    for code in UNITS:
        *earlier, told = await story.phone(code).seen()
        assert earlier == before[code]
        assert told.lines[0].endswith("nhiệm vụ, hạn đầu 14/6/2022: 02/KH-HĐTĐKT")
        assert told.lines[2] == f"1. {HALF_YEAR}: Trước ngày 15/6 (chậm nhất hết ngày 14/6)."
        assert told.buttons[:2] == ("Đã tiếp nhận tất cả", "Mở nhiệm vụ 1")
    assert await story.phone("HH").seen() == before["HH"]
    acknowledged = await story.phone("SYT").presses("Đã tiếp nhận tất cả")
    assert acknowledged == "Đã ghi nhận tiếp nhận lúc 08:00 ngày 06/6/2022: 4 nhiệm vụ của Sở Y tế."


def spoken_early(arrived: list[Arrival]) -> None:
    """Three working days and one working day before: never on the weekend between them."""
    assert {at.strftime("%d/%m %H:%M") for _, at, _ in arrived} == {"09/06 07:30", "13/06 07:30"}
    assert {name for name, _, _ in arrived} == {f"Cán bộ {code} (ví dụ)" for code in UNITS}
    assert firsts(arrived, "Cán bộ TN (ví dụ)") == [
        f"09/06 07:30 Hạn 14/6: {HALF_YEAR_SHORT}",
        f"13/06 07:30 Hạn 14/6: {HALF_YEAR_SHORT}",
    ]


async def about_the_half_year(chat: Chat) -> str:
    """Answer which task is meant."""
    (label,) = [label for label in (await chat.seen())[-1].buttons if label.startswith("1. Báo cáo sơ kết")]
    return await chat.presses(label)


async def units_answer(story: Story, officer: Chat) -> None:
    """One has sent its paper, one needs more time, one is in difficulty, one corrects itself."""
    await story.council.at("2022-06-13 09:00")
    health, finance, district, police = (story.phone(code) for code in ("SYT", "STC", "VB", "CA"))
    assert await health.says("đã gửi báo cáo số 45/BC-SYT ngày 13/6") == (
        "Đề nghị cho biết nội dung này thuộc nhiệm vụ nào."
    )
    assert (await about_the_half_year(health)).splitlines() == [
        f"Đã ghi nhận số 5 lúc 09:00 ngày 13/6/2022: {HALF_YEAR}.",
        "Đã gửi văn bản số 45/BC-SYT ngày 13/6/2022.",
        "Báo cáo chờ cơ quan thường trực xác nhận.",
    ]
    assert await finance.says("xin gia hạn đến 25/6 vì chờ số liệu các đơn vị") == (
        "Ngày 25/6/2022 là ngày nghỉ. Đề nghị chọn ngày làm việc để gia hạn."
    )
    await finance.presses("24/6/2022")
    assert "đề nghị gia hạn đến ngày 24/6/2022" in await about_the_half_year(finance)
    assert await officer.presses("Chấp thuận") == "Đã chấp thuận và báo Sở Tài chính: hạn mới 24/6/2022."
    assert (await finance.seen())[-1].lines[1] == "Các ngày nhắc mới: 15/6/2022, 21/6/2022, 23/6/2022, 24/6/2022."
    await district.says("khó khăn: chưa có số liệu của các xã")
    assert "Cơ quan thường trực đã được báo." in await about_the_half_year(district)
    assert (await officer.seen())[-1].lines[0].startswith(f"UBND huyện Vụ Bản, “{HALF_YEAR}”: khó khăn, vướng mắc")
    assert (await police.says("xong 1")).startswith("Đã ghi nhận số 1 lúc 09:00")
    await police.presses("Sửa lại")
    assert (await police.says("12/BC-CA ngày 13/6")).startswith("Đã ghi nhận số 2 lúc 09:00")


def spoken_late(arrived: list[Arrival]) -> None:
    """The silent hear of it on the day, one and three working days after; who follows them hears on the third."""
    assert firsts(arrived, "Cán bộ TN (ví dụ)") == [
        f"{day}/06 07:30 Hạn 14/6: {HALF_YEAR_SHORT}" for day in (14, 15, 17)
    ]
    assert [line for line in firsts(arrived, "Cán bộ SYT (ví dụ)") if "Hạn 14/6" in line] == []
    assert firsts(arrived, "Cán bộ STC (ví dụ)")[0].startswith("15/06 07:30 Hạn 20/6 và 1 hạn khác")
    assert firsts(arrived, DIRECTOR) == ["17/06 07:30 Quá hạn: 3 đơn vị đồng chí theo dõi"]


async def the_follower_urges_and_one_reports_late(story: Story) -> None:
    await story.council.at("2022-06-17 09:00")
    urged = await story.phone(DIRECTOR).presses("Đôn đốc 3 đơn vị")
    assert urged.startswith("Đôn đốc 3 đơn vị: Sở Công Thương, UBND huyện Vụ Bản, UBND huyện Ý Yên;")
    await story.council.at("2022-06-17 09:02")
    told = (await story.phone("VB").seen())[-1]
    assert told.lines[2].startswith(
        "Đồng chí Giám đốc Sở Tài chính, được phân công theo dõi, đề nghị UBND huyện Vụ Bản"
    )
    answer = await story.phone("SCT").says("xong 1")
    assert answer.splitlines()[-1].startswith("Hạn là ngày 14/6/2022: báo cáo quá hạn.")


async def the_officer_decides(story: Story, officer: Chat) -> None:
    """Two reports are accepted, one is to be completed with a reason by a day; each unit is told."""
    assert (await officer.says("duyet")).startswith("Chờ quyết định: 3 báo cáo hoàn thành, 0 đề nghị gia hạn.")
    await officer.presses("3 báo cáo: Báo cáo sơ kết phong trào thi…")
    for code, name in (("SYT", "Sở Y tế"), ("SCT", "Sở Công Thương")):
        await officer.presses(name)
        accepted = await officer.presses("Xác nhận hoàn thành")
        assert accepted == f"Đã xác nhận hoàn thành: {name}, {HALF_YEAR}. Đơn vị đã được báo."
        assert (await story.phone(code).seen())[-1].lines[0].startswith(f"Đã xác nhận hoàn thành: {HALF_YEAR}")
    await officer.presses("Công an tỉnh")
    await officer.presses("Đề nghị bổ sung")
    await officer.says("Thiếu phụ lục 2")
    assert await officer.says("21/6") == "Đã đề nghị Công an tỉnh bổ sung: Thiếu phụ lục 2"
    returned = (await story.phone("CA").seen())[-1].lines
    assert (returned[0], returned[-1]) == (
        f"Hạn 21/6: {HALF_YEAR_SHORT}",
        "Cơ quan thường trực đề nghị bổ sung: Thiếu phụ lục 2",
    )


async def who_answered_is_seen(story: Story, officer: Chat) -> None:
    """The lists count what the store holds, read by a second session."""
    assert f"2. {HALF_YEAR}: 2/11 đã báo cáo, 7 quá hạn" in await officer.says("tiendo")
    assert (await officer.says("tiendo 2")).splitlines()[2:] == [
        "Đã giao: 11; đã tiếp nhận: 2; đã báo cáo hoàn thành: 0; đã xác nhận: 2.",
        "Chưa trả lời: 7; quá hạn: 7.",
    ]
    listed = await officer.presses("Danh sách đơn vị (11)")
    for line in (
        "Sở Y tế: hoàn thành đúng hạn, ",
        "Sở Công Thương: hoàn thành quá hạn, ",
        "Công an tỉnh: đề nghị bổ sung, ",
        "UBND huyện Vụ Bản: đang thực hiện, quá hạn từ 14/6/2022",
        "UBND huyện Hải Hậu: chưa thực hiện, quá hạn từ 14/6/2022",
    ):
        assert line in listed
    assert (await officer.says("homnay")).splitlines() == [
        "Việc cần đôn đốc ngày 17/6/2022:",
        "Quá hạn: 7.",
        "Đến hạn hôm nay: 0.",
        "Đến hạn ngày 20/6/2022: 5.",
        "Chưa trả lời: 12.",
        "Chờ quyết định: 0.",
        "Chưa gửi được, cần gọi điện: 1.",
        "Đơn vị chưa có đầu mối: 1.",
    ]
    assert "Cán bộ HH (ví dụ), điện thoại 0900000011" in await officer.presses("Chưa gửi được, cần gọi điện (1)")
    assert (await officer.says("donvi VB")).splitlines()[:2] == [
        "UBND huyện Vụ Bản: 3 nhiệm vụ chưa hoàn thành, 1 quá hạn, 0 sắp đến hạn, 0 chờ xác nhận.",
        f"– {HALF_YEAR} (quá hạn, 14/6/2022)",
    ]
    assert await story.count(Report, Report.paper_number == "45/BC-SYT") == 1
    assert await story.count(Report, Report.replaced_at.is_not(None)) == 1
    assert await story.count(Review, Review.accepted) == 2


def spoken_to_the_end(arrived: list[Arrival]) -> None:
    """Weekly to the silent, on the new day to whom more time was given, never on a day off."""
    assert firsts(arrived, "Cán bộ TN (ví dụ)") == [
        f"{day} 07:30 Hạn 14/6: {HALF_YEAR_SHORT}" for day in ("21/06", "28/06", "05/07")
    ]
    assert f"24/06 07:30 Hạn 24/6: {HALF_YEAR_SHORT}" in firsts(arrived, "Cán bộ STC (ví dụ)")
    assert firsts(arrived, "Cán bộ SCT (ví dụ)") == []
    assert {at.isoweekday() for _, at, _ in arrived} <= {1, 2, 3, 4, 5}


async def nobody_was_told_twice(story: Story, since: datetime) -> None:
    """Nothing waits, nothing is in doubt, and no morning message came to anybody twice."""
    assert await story.count(Parcel, Parcel.state.in_(["queued", "sending"])) == 0
    assert await story.count(Parcel, Parcel.unsure > 0) == 0
    mornings = [(name, at.date()) for name, at, _ in await story.mornings(since)]
    assert len(mornings) == len(set(mornings))


@pytest.mark.parametrize(
    "opened",
    [
        an_empty_council,
        an_empty_telegram_council,
        an_empty_posted_council,
        an_empty_troubled_council,
        an_empty_mixed_council,
        an_empty_posted_zalo_council,
    ],
    ids=["webchat", "asked", "posted", "troubled", "mixed", "zalo"],
)
async def test_documents_become_reminders_answers_and_a_list_of_who_answered(
    database_url: str, tmp_path: Path, opened: Callable[..., AbstractAsyncContextManager[Council]]
) -> None:
    async with opened(database_url, tmp_path, "2022-06-06 08:00") as council:
        story = Story(council, tmp_path)
        began = council.clock.now()
        officer = await the_operator_begins(story)
        await the_notice_comes_in(story, officer)
        await the_plan_comes_in(story, officer)
        await the_units_join(story, officer)
        await the_tasks_are_given(story, officer)
        spoken_early(await story.days_pass("2022-06-13"))
        await units_answer(story, officer)
        spoken_late(await story.days_pass("2022-06-17"))
        await the_follower_urges_and_one_reports_late(story)
        await the_officer_decides(story, officer)
        await who_answered_is_seen(story, officer)
        spoken_to_the_end(await story.days_pass("2022-07-06"))
        await nobody_was_told_twice(story, began)
