from icalendar import Calendar

from tests.chats import Chat, Council


async def calendars(chat: Chat) -> list[tuple[str, str, int, str]]:
    """Give what each calendar file says, oldest first: method, name, number, start."""
    files = chat.council.assistant.files
    found = []
    for entry in await chat.entries():
        for file in entry.content.get("files", ()):
            with files.open(file["sha256"]) as stream:
                calendar = Calendar.from_ical(stream.read())
            (event,) = calendar.walk("VEVENT")
            start = f"{event.decoded('dtstart'):%H:%M %d/%m}"
            found.append((str(calendar["METHOD"]), str(event["UID"]), int(str(event["SEQUENCE"])), start))
    return found


async def test_the_calendar_file_follows_the_meeting_through_its_changes(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT")
    await thu.presses("Gửi giấy mời")
    await thu.presses("Đổi địa điểm")
    await thu.says("Phòng họp số 1")
    await thu.presses("Sửa và thông báo")
    await thu.presses("Đổi lịch")
    await thu.says("08h00 ngày 21/6")
    await thu.presses("Đổi lịch, đề nghị xác nhận lại")
    await thu.presses("Hủy họp")
    await thu.presses("Không nêu lý do")
    await thu.presses("Hủy và thông báo")
    told = await calendars(lan)
    assert len({name for _, name, _, _ in told}) == 1
    assert [(number, method, start) for method, _, number, start in told] == [
        (1, "REQUEST", "14:00 20/06"),
        (1, "REQUEST", "14:00 20/06"),
        (3, "CANCEL", "08:00 21/06"),
        (3, "CANCEL", "08:00 21/06"),
    ]


async def test_a_dead_card_says_what_stands_in_its_place(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT")
    await thu.presses("Gửi giấy mời")
    await thu.presses("Hủy họp")
    await thu.presses("Không nêu lý do")
    await thu.presses("Hủy và thông báo")
    dead = (await lan.seen())[0]
    assert (dead.result, dead.buttons) == ("Đã hủy lúc 07:40 ngày 09/6/2022.", ())
    assert dead.lines[-1] == "Địa điểm: Phòng họp số 2."


async def test_an_invitation_names_in_due_form_whom_it_invites_and_so_does_the_next(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT, thành viên Hội đồng")
    await thu.presses("Gửi giấy mời")
    named = {
        "Lan": "Kính mời: Sở Y tế.",
        "Hoa": "Kính mời: Sở Y tế.",
        "Bình": "Kính mời đồng chí Giám đốc Sở Tài chính.",
        "Sơn": "Kính mời đồng chí Chủ tịch UBND tỉnh.",
    }
    for name, invited in named.items():
        (seen,) = await council.chat(name).seen()
        assert seen.lines == (
            "Giấy mời: Họp Hội đồng",
            invited,
            "Thời gian: 14h00, thứ Hai, ngày 20/6/2022.",
            "Địa điểm: Phòng họp số 2.",
            "Đề nghị xác nhận dự họp.",
        )
        assert seen.buttons == ("Dự họp", "Vắng mặt", "Cử người dự thay")
    await thu.presses("Đổi lịch")
    await thu.says("08h00 ngày 21/6")
    await thu.presses("Đổi lịch, đề nghị xác nhận lại")
    assert {name: (await council.chat(name).seen())[-1].lines[1] for name in named} == named
