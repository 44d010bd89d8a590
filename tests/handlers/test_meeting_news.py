from collections.abc import Sequence

from sqlalchemy import update

from models.addresses import Address, AddressState
from models.calls import Undelivered, undelivered
from tests.chats import Council


async def test_of_two_new_places_told_before_offices_open_only_the_last_is_read(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT")
    await thu.presses("Gửi giấy mời")
    await council.at("2022-06-09 20:00")
    for place in ("Phòng họp số 1", "Hội trường tầng 3"):
        await thu.presses("Đổi địa điểm")
        await thu.says(place)
        await thu.presses("Sửa và thông báo")
    await council.at("2022-06-10 07:31")
    told = [line for seen in await lan.seen() for line in seen.lines if line.startswith("Địa điểm mới")]
    assert told == ["Địa điểm mới: Hội trường tầng 3 (trước đây: Phòng họp số 1)."]


async def test_a_change_shortly_before_the_meeting_does_not_wait_for_office_hours(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await thu.says("taohop Họp Hội đồng; 07h15 ngày 20/6; Phòng họp số 2; SYT")
    await thu.presses("Gửi giấy mời")
    await council.at("2022-06-20 06:30")
    await thu.presses("Hủy họp")
    await thu.says("mưa bão")
    await thu.presses("Hủy và thông báo")
    assert (await lan.seen())[-1].lines[1:] == ("Cuộc họp không tổ chức.", "Lý do: mưa bão.")


async def test_nobody_is_to_be_telephoned_about_a_meeting_that_was_moved_or_cancelled(council: Council) -> None:
    async with council.write() as session:
        minh = update(Address).where(Address.person_id == council.people["Minh"])
        await session.execute(minh.values(state=AddressState.LEFT))
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT, STC")
    await thu.presses("Gửi giấy mời")

    async def to_call() -> Sequence[Undelivered]:
        async with council.read() as session:
            return await undelivered(session, council.clock.now(), council.assistant.config.zone)

    async def matters() -> list[int]:
        return [len(one.matters) for one in await to_call()]

    assert await matters() == [1]
    await thu.presses("Đổi lịch")
    await thu.says("21/6")
    await thu.presses("Đổi lịch, đề nghị xác nhận lại")
    assert await matters() == [1]
    await thu.presses("Hủy họp")
    await thu.presses("Không nêu lý do")
    await thu.presses("Hủy và thông báo")
    assert await matters() == [1]
    (one,) = await to_call()
    assert "Họp Hội đồng" not in one.matters


async def test_only_whoever_has_answered_reads_that_his_answer_stands(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu, lan, minh = (council.chat(name) for name in ("Thu", "Lan", "Minh"))
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT, STC")
    await thu.presses("Gửi giấy mời")
    await lan.presses("Dự họp")
    await minh.presses("Dự họp")
    await thu.presses("Đổi lịch")
    await thu.says("21/6")
    await thu.presses("Đổi lịch, đề nghị xác nhận lại")
    await thu.presses("Đổi địa điểm")
    place = "Địa điểm mới: Phòng họp số 1 (trước đây: Phòng họp số 2)."
    preview = await thu.says("Phòng họp số 1")
    assert preview.splitlines() == [place, "Thông báo đến 2 đơn vị, thành viên.", "Gửi ngay."]
    await minh.presses("Dự họp")
    await thu.presses("Sửa và thông báo")
    assert (await lan.seen())[-1].lines[1:] == (place,)
    stands = "Các xác nhận đã gửi giữ nguyên, không cần xác nhận lại."
    assert (await minh.seen())[-1].lines[1:] == (place, stands)
