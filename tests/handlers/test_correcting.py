"""An answer is corrected until it is accepted, and the old one is kept."""

from pathlib import Path

from sqlalchemy import select

from models.tasks import Report, Said
from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"


async def test_a_wrong_number_is_corrected_and_the_old_one_kept(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    await lan.says("đã gửi báo cáo số 45/BC-SYT ngày 8/6")
    asked = await lan.presses("Sửa lại")
    assert asked.splitlines()[0] == f"Số 1, {TITLE}: 45/BC-SYT ngày 08/6/2022"
    assert (await lan.says("46/BC-SYT ngày 8/6")).splitlines()[1] == "Đã gửi văn bản số 46/BC-SYT ngày 08/6/2022."
    async with council.read() as session:
        kept = list(await session.scalars(select(Report).order_by(Report.number)))
    assert [(report.paper_number, report.replaced_at is None) for report in kept] == [
        ("45/BC-SYT", False),
        ("46/BC-SYT", True),
    ]
    assert (await hoa.says("sualai")).splitlines()[0] == f"Số 2, {TITLE}: 46/BC-SYT ngày 08/6/2022"
    assert await hoa.says("thôi") == (await hoa.seen())[-1].lines[0]


async def test_what_was_finished_by_mistake_is_open_again(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("xong 1")
    await lan.presses("Sửa lại")
    assert (await lan.presses("Chưa hoàn thành")).splitlines()[1] == "Tiến độ: đang thực hiện."
    assert (await lan.says("nhiemvu 1")).splitlines()[-1] == "Đ/c Lan đã báo cáo lúc 07:25 (số 2): đang thực hiện."
    assert "đang thực hiện" in await lan.says("nhiemvu")
    async with council.read() as session:
        assert list(await session.scalars(select(Report.said).order_by(Report.number))) == [
            Said.FINISHED,
            Said.PROGRESS,
        ]


async def test_a_report_is_corrected_once(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("baocao 1 đã họp")
    first = await lan.button("Sửa lại")
    await lan.presses("Sửa lại")
    await lan.says("đã họp ngày 8/6")
    assert await lan.hears({"press": list(first)}) == "Báo cáo số 1 đã được sửa lúc 07:25 ngày 09/6/2022."


async def test_nothing_to_correct_is_said(council: Council) -> None:
    assert await council.chat("Lan").says("sualai") == (
        "Đơn vị không có nội dung nào còn sửa được; gửi “phanhoi” để báo cơ quan thường trực."
    )


async def test_files_stay_with_an_answer_whose_words_are_corrected(council: Council, tmp_path: Path) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    (tmp_path / "danh-sach.txt").write_text("Danh sách.")
    lan, thu = council.chat("Lan"), council.chat("Thu")
    await lan.says("xong 1 số 45/BC-SYT ngày 8/6", tmp_path / "danh-sach.txt")
    await lan.presses("Sửa lại")
    await lan.says("46/BC-SYT ngày 8/6")
    await thu.says("duyet")
    await thu.presses(f"1 báo cáo: {TITLE}", "Sở Y tế", "Xem tệp đính kèm")
    assert [file["name"] for file in (await thu.entries())[-1].content["files"]] == ["danh-sach.txt"]
