"""What a unit answers: recorded once, with number and time, by one tap or one line."""

import asyncio
import unicodedata
from pathlib import Path

from sqlalchemy import select

from models.tasks import Report, ReportFile, Said
from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def reports(council: Council) -> list[Report]:
    async with council.read() as session:
        return list(await session.scalars(select(Report).order_by(Report.number)))


async def test_done_twice_is_recorded_once(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await council.at("2022-06-14 08:00")
    assert (await lan.says("/xong 1")).splitlines() == [
        f"Đã ghi nhận số 1 lúc 08:00 ngày 14/6/2022: {TITLE}.",
        "Báo cáo hoàn thành.",
        "Báo cáo chờ cơ quan thường trực xác nhận.",
    ]
    await council.at("2022-06-14 08:05")
    assert await lan.says("/xong 1") == (
        f"Nhiệm vụ này đã được đ/c Lan báo cáo hoàn thành lúc 08:00 ngày 14/6/2022 (số 1): {TITLE}."
    )
    assert len(await reports(council)) == 1


async def test_two_colleagues_at_the_same_moment_yield_one_report(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    async with asyncio.TaskGroup() as both:
        said = [both.create_task(council.chat(name).says("xong 1")) for name in ("Lan", "Hoa")]
        while (await asyncio.wait(said, timeout=0.02))[1]:
            await council.clock.move(seconds=0.05)  # whoever was in the other's way tries again after a pause
    answers = [one.result() for one in said]
    (report,) = await reports(council)
    winner = next(name for name, person in council.people.items() if person == report.by_id)
    assert sorted(answer.splitlines()[0] for answer in answers) == sorted(
        [
            f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {TITLE}.",
            f"Nhiệm vụ này đã được đ/c {winner} báo cáo hoàn thành lúc 07:25 ngày 09/6/2022 (số 1): {TITLE}.",
        ]
    )


async def test_a_late_report_is_told_so(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    await council.at("2022-06-15 08:00")
    answer = await council.chat("Lan").says("xong 1")
    assert answer.splitlines()[-1] == (
        "Hạn là ngày 14/6/2022: báo cáo quá hạn. Báo cáo chờ cơ quan thường trực xác nhận."
    )


async def test_decomposed_words_without_a_slash_are_understood(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    answer = await lan.says(unicodedata.normalize("NFD", "báo cáo 1 đã họp triển khai"))
    assert answer.splitlines()[1] == "Tiến độ: đã họp triển khai."
    assert [report.text for report in await reports(council)] == ["đã họp triển khai"]


async def test_the_steps_of_a_paper_end_with_its_number_and_day(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("nhiemvu 1")
    await lan.presses("Đã tiếp nhận")
    await lan.presses("Đang soạn")
    assert await lan.presses("Đã gửi") == "Đề nghị cho biết số và ngày của văn bản, ví dụ: 45/BC-SYT ngày 12/6."
    assert (await lan.says("hôm nọ")).startswith("Không đọc được số văn bản")
    assert (await lan.says("45/BC-SYT ngày 8/6")).splitlines()[1] == "Đã gửi văn bản số 45/BC-SYT ngày 08/6/2022."
    assert [(report.said, report.step) for report in await reports(council)] == [
        (Said.ACKNOWLEDGED, ""),
        (Said.PROGRESS, "drafting"),
        (Said.FINISHED, "sent"),
    ]


async def test_words_and_files_are_asked_for_where_they_are_missing(council: Council, tmp_path: Path) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    paper = tmp_path / "bao-cao.pdf"
    paper.write_bytes(b"%PDF-1.4 bao cao")
    assert await lan.says("baocao 1") == f"Đề nghị ghi nội dung báo cáo về “{TITLE}” trong một tin."
    await lan.says("Đã tổng hợp xong số liệu")
    await lan.says("xong 1")
    await lan.presses("Đính kèm tệp")
    assert (await lan.says("", paper)).splitlines()[1] == "Tiến độ: 1 tệp."
    async with council.read() as session:
        assert len((await session.scalars(select(ReportFile))).all()) == 1


async def test_a_percentage_is_a_number(council: Council) -> None:
    await council.given("Vận động đăng ký", ("SYT",), "2022-06-14", deliverable="Tỷ lệ (%)")
    lan = council.chat("Lan")
    await lan.says("nhiemvu 1")
    await lan.presses("Tiến độ (%)")
    assert (await lan.says("nhiều")).startswith("“nhiều” không phải tỷ lệ phần trăm")
    assert (await lan.says("60%")).splitlines()[1] == "Tiến độ: đạt 60%."


async def test_after_acceptance_nothing_more_is_recorded(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    await lan.says("xong 1")
    await thu.says("duyet")
    await thu.presses(f"1 báo cáo: {TITLE}")
    await thu.presses("Sở Y tế")
    await thu.presses("Xác nhận hoàn thành")
    assert (await lan.says("baocao 1 thêm")).startswith("Nhiệm vụ này đã được xác nhận hoàn thành lúc 07:25")
