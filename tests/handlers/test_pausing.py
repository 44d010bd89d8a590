"""“tamdung”: a storm in three districts; nothing is sent meanwhile, what fell in it comes merged afterwards."""

from sqlalchemy import select

from models.pauses import Pause
from tests.chats import Council

TITLE = "Báo cáo sơ kết 6 tháng"
STAYS = (
    "Thời hạn không thay đổi: nội dung đến hạn trong thời gian này vẫn tính hạn. Muốn điều chỉnh thời hạn: “doihan”."
)
AFTERWARDS = (
    "Trong thời gian này không nhắc việc, không báo cáo cấp trên; nội dung đến kỳ nhắc được gộp gửi ngày 16/6/2022."
)
STORM = "tamdung VB, YY, TN: 10/6 - 15/6; bão số 2"


async def test_three_districts_are_left_in_peace_and_told_once_afterwards(council: Council) -> None:
    await council.given(TITLE, ("SYT", "VB", "YY", "TN"), "2022-06-14")
    await council.given("Báo cáo giao ước", ("VB",), "2022-06-20")
    tung, lan, thu = (council.chat(name) for name in ("Tùng", "Lan", "Thu"))
    said = (await thu.says(STORM)).splitlines()
    names = "UBND huyện Vụ Bản, UBND huyện Ý Yên, UBND huyện Trực Ninh"
    assert said == [
        f"Tạm dừng nhắc việc đối với {names} (3), từ ngày 10/6/2022 đến hết ngày 15/6/2022. Lý do: bão số 2.",
        "Các đơn vị này còn 4 nhiệm vụ chưa hoàn thành; 3 nhiệm vụ đến hạn trong thời gian đó.",
        *(f"UBND huyện {name}: {TITLE}, hạn ngày 14/6/2022" for name in ("Trực Ninh", "Vụ Bản", "Ý Yên")),
        STAYS,
        AFTERWARDS,
        "Thông báo, giấy mời, nhiệm vụ mới, quyết định và nhắc nhiệm vụ hỏa tốc vẫn gửi bình thường.",
    ]
    await thu.presses("Tạm dừng nhắc 3 đơn vị")
    before = len(await tung.seen()), len(await lan.seen())
    for day in ("10", "13", "14", "15"):
        await council.at(f"2022-06-{day} 08:00")
    assert (len(await tung.seen()), len(await lan.seen())) == (before[0], before[1] + 3)
    await council.at("2022-06-16 08:00")
    assert (await tung.seen())[-1].lines == (
        "Hạn 14/6 và 1 hạn khác: Báo cáo sơ kết 6…",
        "Kính gửi: UBND huyện Vụ Bản.",
        "Đã hết thời gian tạm dừng nhắc việc; tin này gộp các nội dung đến kỳ nhắc trong thời gian đó.",
        f"1. Hạn 14/6: {TITLE}, quá hạn 2 ngày làm việc.",
        "2. Hạn 20/6: Báo cáo giao ước, còn 2 ngày làm việc.",
    )
    assert len(await tung.seen()) == before[0] + 1


async def test_a_day_that_has_passed_is_not_next_years(council: Council) -> None:
    assert await council.chat("Thu").says("tamdung SYT: 5/6; bão") == (
        "Ngày 05/6/2022 đã qua. Đề nghị ghi ngày sau hôm nay, hoặc ghi cả năm nếu là năm sau."
    )


async def test_the_chase_list_shows_it_and_nobody_urges_by_hand(council: Council) -> None:
    await council.given(TITLE, ("VB",), "2022-06-08")
    thu = council.chat("Thu")
    await thu.says("tamdung Cụm thi đua các huyện, thành phố: đến 15/6; bão số 2")
    assert (await thu.seen())[-1].buttons[0] == "Tạm dừng nhắc 5 đơn vị"
    await thu.presses("Tạm dừng nhắc 5 đơn vị")
    assert (await thu.says("homnay")).splitlines()[-1] == (
        "Đang tạm dừng nhắc việc đến hết ngày 15/6/2022: Cụm thi đua các huyện, thành phố (bão số 2)."
    )
    await thu.presses("Quá hạn (1)")
    assert (await thu.seen())[-1].lines[1].endswith("(đang tạm dừng nhắc việc)")
    assert "– đang tạm dừng nhắc việc đến hết ngày 15/6/2022" in await thu.says("/donvi VB")
    await thu.says("tiendo 1")
    assert (await thu.presses("Danh sách đơn vị (1)")).endswith("(đang tạm dừng nhắc việc)")
    assert await thu.presses("Đôn đốc 1 đơn vị chưa báo cáo") == (
        "Đang tạm dừng nhắc việc đối với UBND huyện Vụ Bản; đề nghị đôn đốc khi hết thời gian tạm dừng."
    )


async def test_a_pause_is_asked_for_step_by_step(council: Council) -> None:
    thu = council.chat("Thu")
    assert (await thu.says("tamdung")).startswith("Hiện không tạm dừng nhắc việc đơn vị nào.")
    assert (await thu.presses("Tạm dừng nhắc việc")).startswith("Tạm dừng nhắc việc đối với đơn vị nào?")
    await thu.presses("Tất cả đơn vị và thành viên")
    assert (await thu.says("mấy hôm")).startswith("Không đọc được thời gian trong “mấy hôm”")
    await thu.says("/tamdung VB")
    assert await thu.says("12/6 - 15/6") == "Đề nghị nêu lý do tạm dừng; lý do được ghi trong danh sách."
    await thu.says("bão số 2")
    assert (await thu.presses("Tạm dừng nhắc 1 đơn vị")).splitlines() == [
        "Đã tạm dừng nhắc việc đối với UBND huyện Vụ Bản từ ngày 12/6/2022 đến hết ngày 15/6/2022.",
        "Gửi “tamdung” để xem danh sách hoặc kết thúc sớm.",
    ]


async def test_a_pause_is_ended_from_the_list_once(council: Council) -> None:
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await thu.says(STORM)
    await thu.presses("Tạm dừng nhắc 3 đơn vị")
    label = "Kết thúc tạm dừng: UBND huyện Vụ Bản, UBND huyện Ý Yên, UBND huyện Trực Ninh"
    for officer in (thu, quang):
        assert (await officer.says("tamdung")).splitlines()[0] == "Đang tạm dừng nhắc việc (1 đợt):"
        await officer.presses(label)
    assert (await thu.presses("Kết thúc ngay")).startswith("Đã kết thúc tạm dừng đối với UBND huyện Vụ Bản")
    assert await quang.presses("Kết thúc ngay") == "Đ/c Thu đã kết thúc đợt tạm dừng này lúc 07:25 ngày 09/6/2022."
    assert (await quang.presses(label)) == "Đ/c Thu đã kết thúc đợt tạm dừng này lúc 07:25 ngày 09/6/2022."


async def test_two_officers_pause_the_same_once(council: Council) -> None:
    thu, quang = council.chat("Thu"), council.chat("Quang")
    for officer in (thu, quang):
        await officer.says(STORM)
    await thu.presses("Tạm dừng nhắc 3 đơn vị")
    assert await quang.presses("Tạm dừng nhắc 3 đơn vị") == (
        "Đ/c Thu đã ghi nhận đợt tạm dừng này lúc 07:25 ngày 09/6/2022; đang áp dụng."
    )
    async with council.read() as session:
        assert len((await session.scalars(select(Pause))).all()) == 1
