from tests.chats import Council


async def test_each_move_and_each_change_stays_to_be_read(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT, STC")
    await thu.presses("Gửi giấy mời")
    assert "Lịch sử thay đổi" not in (await thu.seen())[-1].buttons
    await lan.presses("Dự họp")
    await thu.presses("Đổi địa điểm")
    await thu.says("Phòng họp số 1")
    await thu.presses("Sửa và thông báo")
    await thu.presses("Đổi lịch")
    await thu.says("08h00 ngày 21/6")
    await thu.presses("Đổi lịch, đề nghị xác nhận lại")
    assert (await thu.presses("Lịch sử thay đổi")).splitlines() == [
        "Quá trình của “Họp Hội đồng”:",
        "07:40 ngày 09/6/2022, đ/c Thu: địa điểm Phòng họp số 1",
        "07:40 ngày 09/6/2022, đ/c Thu: chuyển sang 08h00, thứ Ba, ngày 21/6/2022; 1 xác nhận hết hiệu lực.",
    ]
    old = await thu.presses("Trả lời cho lịch 14h00, thứ Hai, ngày 20/6/2022")
    assert old == "Mời: 2; dự: 1; vắng mặt: 0; dự thay: 0; chưa trả lời: 1."
