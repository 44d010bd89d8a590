from tests.chats import Council


async def test_a_dead_card_says_what_stands_in_its_place(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT")
    await thu.presses("Gửi giấy mời")
    await thu.presses("Hủy họp")
    await thu.presses("Không nêu lý do")
    dead = (await lan.seen())[0]
    assert (dead.result, dead.buttons) == ("Đã hủy lúc 07:40 ngày 09/6/2022.", ())
    assert dead.lines[-1] == "Địa điểm: Phòng họp số 2."


async def test_colleagues_of_one_unit_read_the_same_invitation_without_its_name(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT")
    await thu.presses("Gửi giấy mời")
    for name in ("Lan", "Hoa"):
        (seen,) = await council.chat(name).seen()
        assert not any(line.startswith("Kính gửi") for line in seen.lines)
        assert seen.buttons == ("Dự họp", "Vắng mặt", "Cử người dự thay")
