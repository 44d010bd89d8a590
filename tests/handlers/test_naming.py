"""One person serving two units reads of which each message is; whoever serves one reads what he always did."""

import pytest
from sqlalchemy import select

from models.people import Post, Unit
from models.rules.permission import Role
from tests.cast import START
from tests.chats import Chat, Council
from tests.clockwork import run_job

UNITS = ("Sở Y tế", "Sở Công Thương")
LEFT = (
    ("Đã bỏ câu hỏi; chưa ghi nhận nội dung nào.",),
    ("Không có câu hỏi nào đang chờ trả lời; không có gì thay đổi.",),
)
TITLE = "Báo cáo sơ kết 6 tháng đầu năm"


@pytest.fixture
async def lan(council: Council) -> Chat:
    """Lan, who serves Sở Công Thương beside Sở Y tế; both have tasks 1 and 2."""
    async with council.write() as session:
        unit = (await session.scalars(select(Unit.id).where(Unit.code == "SCT"))).one()
        person = council.people["Lan"]
        session.add(Post(person_id=person, unit_id=unit, role=Role.FOCAL_POINT, title="Chuyên viên", valid_from=START))
    await council.given(TITLE, ("SYT", "SCT"), "2022-06-20")
    await council.given("Danh sách điển hình tiên tiến", ("SYT", "SCT"), None)
    return council.chat("Lan")


async def unnamed(chat: Chat) -> list[tuple[str, ...]]:
    """Give the messages of a conversation that name no unit."""
    shown = [one for one in await chat.seen() if not one.mine]
    words = [(one.lines, " ".join((*one.lines, *one.buttons, one.result))) for one in shown]
    return [lines for lines, text in words if not any(unit in text for unit in UNITS)]


async def test_a_number_that_both_units_have_is_asked_about_or_said_with_the_unit(council: Council, lan: Chat) -> None:
    assert await lan.says("xong 1") == "Đề nghị cho biết nội dung này thuộc nhiệm vụ nào."
    assert "Sở Y tế: Báo cáo sơ kết 6 tháng đầu năm" in (await lan.seen())[-1].buttons
    receipt = await lan.says("xong SYT 1")
    assert receipt.splitlines()[0].endswith(f"{TITLE} (Sở Y tế).")
    assert "Sở Công Thương" in (await lan.says("/tiepnhan SCT 1")).splitlines()[0]
    assert (await lan.says("SCT 2")).startswith("Kính gửi: Sở Công Thương") or "Sở Công Thương" in str(await lan.seen())
    assert await lan.says("xong Sở Y tế 7") == (
        "Sở Y tế không có nhiệm vụ số 7; đề nghị gửi “nhiemvu” để xem các nhiệm vụ."
    )
    report = await lan.says("baocao SCT 2 đã họp triển khai")
    assert (report.splitlines()[0].endswith("(Sở Công Thương)."), "đã họp triển khai" in report) == (True, True)


async def test_every_answer_receipt_and_refusal_names_the_unit(council: Council, lan: Chat) -> None:
    for said in (
        "nhiemvu", "tiepnhan SYT 1", "tiepnhan SYT 1", "baocao SCT 1", "thôi", "vuongmac SYT 1", "chờ số liệu",
        "giahan SCT 1 đến 25/6 vì chờ số liệu", "giahan SCT 1", "thôi", "giahan SYT 2", "nhaclai SYT 1", "thôi",
        "nhaclai SYT 2", "xong SYT 1", "xong SYT 1", "sualai", "thôi", "giahan SYT 1",
    ):  # fmt: skip
        await lan.says(said)
    assert [lines for lines in await unnamed(lan) if lines not in LEFT] == []


async def test_what_officers_decide_names_the_unit(council: Council, lan: Chat) -> None:
    thu = council.chat("Thu")
    await lan.says("xong SYT 1")
    await lan.says("xong SCT 1")
    await lan.says("giahan SYT 2")
    await thu.says("duyet")
    await thu.presses("2 báo cáo: " + TITLE)
    await thu.presses("Xác nhận cả 2")
    await thu.presses("Xác nhận cả 2")
    told = [one.lines for one in await lan.seen() if one.lines[0].startswith("Đã xác nhận hoàn thành")]
    assert [lines[1] for lines in told] == ["Kính gửi: Sở Công Thương.", "Kính gửi: Sở Y tế."] or len(told) == 2
    assert [one.lines for one in await council.chat("Hoa").seen() if "Kính gửi" in one.lines[1:]] == []


async def test_an_extension_decided_names_the_unit(council: Council, lan: Chat) -> None:
    thu = council.chat("Thu")
    await lan.says("giahan SCT 1 đến 27/6 vì chờ số liệu")
    await thu.presses("Chấp thuận")
    assert "Kính gửi: Sở Công Thương." in (await lan.seen())[-1].lines


async def test_a_notice_and_an_invitation_name_those_of_his_units_they_go_to(council: Council, lan: Chat) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("guithongbao SYT, STC: Đề nghị gửi danh sách.")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    assert (await lan.seen())[-1].lines[0] == "Kính gửi: Sở Y tế."
    assert (await council.chat("Hoa").seen())[-1].lines[0] == "Đề nghị gửi danh sách."
    await thu.says("guithongbao SYT, SCT: Đề nghị xem tài liệu.")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    assert (await lan.seen())[-1].lines[0].startswith("Kính gửi: Sở Công Thương")
    await lan.presses("Đã nhận")
    assert (await council.chat("Hoa").seen())[-1].result != ""


async def test_whatever_officers_send_names_the_unit(council: Council, lan: Chat) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("tiendo 1")
    await thu.presses("Đôn đốc 2 đơn vị chưa báo cáo")
    await thu.presses("Gửi đôn đốc")
    await thu.says("ghinhan 1: SYT; 45/BC-SYT ngày 09/6; giấy; đến 09/6")
    await thu.presses("Ghi nhận 1 đơn vị")
    await thu.says("/dungviec 2 SCT: chờ hướng dẫn")
    await thu.presses((await thu.seen())[-1].buttons[0])
    await thu.says("taohop Họp giao ban; 8h00 ngày 13/6/2022; Phòng 1; SYT")
    await thu.presses("Gửi giấy mời")
    await lan.presses("Vắng mặt")
    await lan.says("bận công tác")
    await lan.presses("Sửa trả lời")
    await lan.presses("Cử người dự thay")
    await lan.says("Hoa, Phó Chánh Văn phòng")
    await lan.presses("Sửa trả lời")
    await lan.presses("Dự họp")
    await council.at("2022-06-10 16:00")
    await run_job(council, "remind-of-meetings")
    await thu.says("guithongbao SCT: Đề nghị xem tài liệu.")
    await thu.presses("Gửi")
    await council.at("2022-06-13 07:31")
    await thu.presses("Đôn đốc 1 đơn vị chưa trả lời")
    await thu.presses("Gửi đôn đốc")
    await lan.presses("Đã nhận")
    await lan.says("thongbao")
    await lan.says("hop")
    assert len(await lan.seen()) > 6
    assert await unnamed(lan) == []


async def test_a_morning_names_the_units(council: Council, lan: Chat) -> None:
    await council.at("2022-06-09 07:40")
    await council.clock.move(minutes=0)
    await council.at("2022-06-17 07:31")
    await run_job(council, "materialise")
    assert await unnamed(lan) == []


async def test_whoever_serves_one_unit_reads_what_he_always_did(council: Council, lan: Chat) -> None:
    hoa = council.chat("Hoa")
    assert (await hoa.says("xong 1")).splitlines()[0].endswith(f"{TITLE}.")
    assert "Sở Y tế" not in await hoa.says("nhiemvu")
