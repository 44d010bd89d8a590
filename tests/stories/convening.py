"""A hybrid meeting, step by step: called, moved twice, answered anew, held, and concluded into tasks."""

from pathlib import Path

from tests.annexes import notice_of_conclusions, task
from tests.chats import Chat, Council
from tests.stories.communes import a_minute_passes, reads, sent_since, until

MEETING = "Họp Hội đồng phiên thứ hai"
_LINK = "https://hop.example.gov.vn/2"
_INVITED = {
    "Lan": "Kính mời: Sở Y tế.",
    "Hoa": "Kính mời: Sở Y tế.",
    "Minh": "Kính mời: Sở Tài chính.",
    "Tùng": "Kính mời: UBND huyện Vụ Bản.",
    "Bình": "Kính mời đồng chí Giám đốc Sở Tài chính.",
    "Yên": "Kính mời đồng chí Giám đốc Sở Y tế.",
    "Sơn": "Kính mời đồng chí Chủ tịch UBND tỉnh.",
}
_ANSWERS = ("Dự họp", "Vắng mặt", "Cử người dự thay")


async def _to_answer(chat: Chat) -> list[str]:
    return [" ".join(seen.lines) for seen in await chat.seen() if seen.buttons == _ANSWERS]


async def a_hybrid_meeting_is_called(council: Council) -> None:
    await until(council, "2022-06-10 08:00")
    thu, lan, minh = council.chat("Thu"), council.chat("Lan"), council.chat("Minh")
    place = f"Phòng họp số 2 và điểm cầu các xã, {_LINK}"
    await thu.says(f"taohop {MEETING}; 14h00 ngày 20/6; {place}; SYT, STC, VB, thành viên Hội đồng")
    await thu.presses("Gửi giấy mời")
    await lan.presses("Dự họp")
    await minh.presses("Vắng mặt")
    await minh.says("Bận họp Tỉnh ủy")


async def _moved(council: Council, to: str) -> list[str]:
    thu = council.chat("Thu")
    await thu.says("hop")
    await thu.presses("Xem mục 1", "Đổi lịch")
    preview = (await thu.says(to)).splitlines()
    await thu.presses("Đổi lịch, đề nghị xác nhận lại")
    await a_minute_passes(council)
    return preview


async def the_meeting_moves_twice(council: Council) -> None:
    """Each move asks all again, says what it replaces and how often; what was answered before is void."""
    preview = await _moved(council, "08h00 ngày 21/6; lý do: đồng chí Chủ tịch bận")
    assert preview == [
        "Chuyển từ 14h00, thứ Hai, ngày 20/6/2022 sang 08h00, thứ Ba, ngày 21/6/2022.",
        "Đề nghị 6 đơn vị, thành viên xác nhận lại.",
        "2 xác nhận đã gửi hết hiệu lực, được lưu lại.",
        "Gửi ngay.",
    ]
    await council.chat("Lan").presses("Dự họp")
    await until(council, "2022-06-14 08:00")
    assert await _moved(council, "09h30") == [
        "Chuyển từ 08h00, thứ Ba, ngày 21/6/2022 sang 09h30, thứ Ba, ngày 21/6/2022.",
        "Đề nghị 6 đơn vị, thành viên xác nhận lại.",
        "1 xác nhận đã gửi hết hiệu lực, được lưu lại.",
        "Gửi ngay.",
    ]
    for name, invited in _INVITED.items():
        (only,) = await _to_answer(council.chat(name))
        assert only == (
            f"Giấy mời: {MEETING} {invited} "
            "Thay cho lịch họp 08h00, thứ Ba, ngày 21/6/2022; đổi lịch lần thứ 2. "
            "Thời gian: 09h30, thứ Ba, ngày 21/6/2022. Địa điểm: Phòng họp số 2 và điểm cầu các xã. "
            f"Họp trực tuyến tại: {_LINK} Đề nghị xác nhận lại việc dự họp."
        )
    await council.chat("Lan").presses("Dự họp")


async def papers_are_missed_and_sent(council: Council, tmp_path: Path) -> None:
    await until(council, "2022-06-16 08:00")
    thu = council.chat("Thu")
    papers = tmp_path / "tai-lieu.txt"
    papers.write_text("Dự thảo Quy chế.")
    await thu.presses("Gửi tài liệu")
    await thu.says("", papers)
    await a_minute_passes(council)
    assert (await reads(council, "Sơn"))[-1] == f"16/06 08h {MEETING}, 09h30, thứ Ba, ngày 21/6/2022:"


async def all_answer_anew(council: Council) -> None:
    minh, tung = council.chat("Minh"), council.chat("Tùng")
    await minh.presses("Vắng mặt")
    await minh.says("Bận họp Tỉnh ủy")
    await minh.presses("Gửi ý kiến bằng văn bản")
    await minh.says("Thống nhất với dự thảo.")
    await tung.presses("Cử người dự thay")
    await tung.says("Trần Văn B")
    await tung.says("Phó Phòng Nội vụ")
    for name in ("Bình", "Sơn"):
        await council.chat(name).presses("Dự họp")
    await council.chat("Thu").says("hop")
    card = (await council.chat("Thu").presses("Xem mục 1")).splitlines()
    assert card[-1] == "Mời: 6; dự: 3; vắng mặt: 1; dự thay: 1; chưa trả lời: 1."


async def it_is_held(council: Council, tmp_path: Path) -> None:
    await until(council, "2022-06-21 09:31")
    again = await sent_since(council, "2022-06-21 07:00", f"Họp trực tuyến tại: {_LINK}")
    assert sorted(again) == ["Bình", "Hoa", "Lan", "Sơn", "Tùng", "Yên"]
    thu = council.chat("Thu")
    await thu.says("hop")
    await thu.presses("Xem mục 1", "Điểm danh", "Có mặt cả 4 đơn vị báo dự", "Xong")
    minutes = tmp_path / "bien-ban.txt"
    minutes.write_text("Biên bản.")
    await thu.says("hop")
    await thu.presses("Xem mục 1", "Biên bản")
    card = (await thu.says("", minutes)).splitlines()
    assert card[-2:] == ["Có mặt: 4/6.", "Biên bản: 1 tệp."]


async def its_conclusions_become_tasks(council: Council, tmp_path: Path) -> None:
    """The notice is sent as it is; it names the day of its meeting, and one deadline that has to be asked."""
    await until(council, "2022-06-22 14:00")
    thu = council.chat("Thu")
    rows = (
        task("1", "Bổ sung số liệu điển hình tiên tiến", "Sở Y tế", "Trước ngày 29/6/2022"),
        task("2", "Rà soát Quỹ Thi đua, khen thưởng", "Sở Tài chính; UBND xã số 06", "theo quy định"),
    )
    preview = await thu.says("", notice_of_conclusions(tmp_path / "ket-luan.docx", "21/6/2022", *rows))
    assert preview.splitlines()[:2] == [
        "06/TB-HĐTĐKT ngày 22/6/2022: 2 nhiệm vụ.",
        f"Kết luận cuộc họp “{MEETING}” ngày 21/6/2022; các nhiệm vụ được ghi vào cuộc họp này.",
    ]
    await thu.presses("Trả lời 1 câu hỏi")
    await thu.says("30/6/2022")
    await thu.presses("Ghi vào hệ thống", "Xem và giao việc", "Giao 2 nhiệm vụ")


async def they_are_followed_on_its_card(council: Council) -> None:
    """Two units report, one is accepted; the meeting's card says how far its tasks are."""
    thu = council.chat("Thu")
    await council.chat("Lan").says("xong 2")
    await council.chat("Xã 06").says("xong 2")
    await _accepted(council, "Bổ sung số liệu điển hình tiên…", "Sở Y tế")
    await thu.says("hop")
    card = await thu.presses("Xem mục 1")
    assert card.splitlines()[-1] == "Kết luận: 2 nhiệm vụ, 1 hoàn thành."
    assert (await thu.presses("Kết luận")).splitlines()[1:3] == [
        "1. Bổ sung số liệu điển hình tiên tiến: 1/1 đơn vị hoàn thành. Chủ trì: Sở Y tế.",
        "2. Rà soát Quỹ Thi đua, khen thưởng: 0/2 đơn vị hoàn thành. Chủ trì: Sở Tài chính; UBND xã số 06.",
    ]


async def _accepted(council: Council, title: str, unit: str) -> None:
    quang = council.chat("Quang")
    await quang.says("duyet")
    await quang.presses(f"1 báo cáo: {title}", unit, "Xác nhận hoàn thành")


async def they_are_all_done(council: Council) -> None:
    await until(council, "2022-06-30 09:00")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    await council.chat("Minh").says("xong 2")
    await quang.says("duyet")
    await quang.presses("2 báo cáo: Rà soát Quỹ Thi đua, khen…", "Xác nhận cả 2", "Xác nhận cả 2")
    await thu.says("hop")
    assert (await thu.presses("Xem mục 1")).splitlines()[-1] == "Kết luận: 2 nhiệm vụ, 2 hoàn thành."
