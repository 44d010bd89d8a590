"""The unit that leads a bloc calls the bloc's own meetings: to its members only, answered to it, while it leads."""

from datetime import date

from sqlalchemy import select, update

from models.meetings import Meeting
from models.people import Group, Membership, Part, Unit
from tests.chats import Chat, Council
from tests.handlers.test_leading import BLOC, somebody_answers_for_the_member
from tests.handlers.test_morning import pushed

TITLE = f"Họp sơ kết khối ({BLOC})"
CALL = "Mời họp cụm, khối"


async def called(council: Council) -> Chat:
    """Lan, focal point of the leading Sở Y tế, calls a meeting; Tùng answers for the other member."""
    await somebody_answers_for_the_member(council)
    await council.at("2022-06-09 07:40")
    lan = council.chat("Lan")
    await lan.says("cum")
    await lan.presses(CALL)
    await lan.says("Họp sơ kết khối; 14h00 ngày 20/6; Phòng họp số 2, https://hop.example.vn/khoi")
    await lan.presses("Gửi giấy mời")
    return lan


async def test_the_leader_sees_whom_it_invites_and_what_they_read_before_it_is_sent(council: Council) -> None:
    await somebody_answers_for_the_member(council)
    await council.at("2022-06-09 07:40")
    lan = council.chat("Lan")
    assert await lan.says("cum") == "Chưa có nhiệm vụ giao chung cho cụm, khối do đơn vị phụ trách."
    assert (await lan.presses(CALL)).splitlines() == [
        f"Mời họp {BLOC}: đề nghị ghi nội dung; giờ, ngày; địa điểm.",
        "Ví dụ: Họp sơ kết cụm; 14h00 ngày 20/6; Phòng họp số 2.",
    ]
    shown = (await lan.says("Họp sơ kết khối; 14h00 ngày 20/6; Phòng họp số 2")).splitlines()
    assert shown[:2] == [f"Nơi nhận: {BLOC}.", "2 đơn vị, 0 thành viên, 3 người."]
    assert shown[2] == "Đơn vị của đồng chí được ghi nhận dự họp."
    assert shown[4:] == [
        "Nội dung gửi đi:",
        f"Giấy mời: {TITLE}",
        "Thời gian: 14h00, thứ Hai, ngày 20/6/2022.",
        "Địa điểm: Phòng họp số 2.",
        "Đề nghị xác nhận dự họp.",
    ]
    assert await pushed(council.chat("Tùng")) == []
    assert await lan.presses("Không gửi") == "Không gửi nội dung nào."


async def test_only_members_are_invited_and_their_answers_come_to_the_leader(council: Council) -> None:
    lan = await called(council)
    tung = council.chat("Tùng")
    assert (await pushed(tung))[-1].lines[0] == f"Giấy mời: {TITLE}"
    for name in ("Minh", "Bình", "Yên", "Thu", "Quang", "Sơn"):
        assert await pushed(council.chat(name)) == []
    await tung.presses("Vắng mặt")
    await tung.says("Bận họp Tỉnh ủy")
    card = next(seen for seen in reversed(await lan.seen()) if seen.lines[0] == f"Cuộc họp: {TITLE}")
    assert card.lines[-1] == "Mời: 2; dự: 1; vắng mặt: 1; dự thay: 0; chưa trả lời: 0."
    assert await lan.presses("Vắng mặt (1)") == (
        "Vắng mặt (1)\nSở Thông tin và Truyền thông: Vắng mặt: Bận họp Tỉnh ủy"
    )
    await lan.says("cum")
    assert (await lan.presses("Cuộc họp: Họp sơ kết khối (Khối thi đua…")).startswith(f"Cuộc họp: {TITLE}")


async def test_the_leader_moves_and_cancels_its_meeting_and_all_members_know(council: Council) -> None:
    lan = await called(council)
    tung = council.chat("Tùng")
    await tung.presses("Dự họp")
    await lan.presses("Đổi lịch")
    await lan.says("08h00; trùng lịch")
    await lan.presses("Đổi lịch, đề nghị xác nhận lại")
    again = (await pushed(tung))[-1]
    assert again.lines[0] == f"Giấy mời: {TITLE}"
    assert again.lines[3:5] == ("Lý do: trùng lịch.", "Thời gian: 08h00, thứ Hai, ngày 20/6/2022.")
    await lan.presses("Hủy họp")
    await lan.presses("Không nêu lý do")
    await lan.presses("Hủy và thông báo")
    assert (await pushed(tung))[-1].lines[1] == "Cuộc họp không tổ chức."
    async with council.read() as session:
        assert len((await session.scalars(select(Meeting))).all()) == 2


async def test_the_leader_urges_its_members_not_itself_and_may_take_it_back(council: Council) -> None:
    lan, tung = await called(council), council.chat("Tùng")
    own = next(seen for seen in reversed(await lan.seen()) if seen.lines[0] == f"Giấy mời: {TITLE}")
    assert (own.result, own.buttons) == ("Dự họp (đ/c Lan, 07:40 ngày 09/6/2022).", ("Sửa trả lời",))
    preview = await lan.presses("Đôn đốc 1 đơn vị chưa trả lời")
    assert preview.splitlines()[:2] == [
        "1 đơn vị, thành viên chưa trả lời và chưa được đôn đốc hôm nay:",
        "Sở Thông tin và Truyền thông: Tùng",
    ]
    assert "trước đó có thể rút lại" in await lan.presses("Gửi đôn đốc")
    told = len(await pushed(tung))
    taken_back = "Đã rút lại; không đơn vị nào nhận và không tính là một lần đôn đốc."
    assert await lan.presses("Rút lại") == taken_back
    await council.at("2022-06-09 07:43")
    assert len(await pushed(tung)) == told


async def test_after_a_move_the_leader_attends_and_its_members_are_asked_again(council: Council) -> None:
    lan = await called(council)
    await council.chat("Tùng").presses("Dự họp")
    await lan.presses("Đổi lịch")
    await lan.says("08h00")
    card = await lan.presses("Đổi lịch, đề nghị xác nhận lại")
    assert card.splitlines()[-1] == "Mời: 2; dự: 1; vắng mặt: 0; dự thay: 0; chưa trả lời: 1."


async def test_the_leader_takes_back_no_urging_but_those_of_its_meetings(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu, lan = council.chat("Thu"), council.chat("Lan")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 21/6; Phòng 2; SYT, STC")
    await thu.presses("Gửi giấy mời")
    await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")
    await thu.presses("Gửi đôn đốc")
    call = next(one["call"] for one in (await thu.entries())[-1].content["choices"] if one["label"] == "Rút lại")
    for key in (call["args"]["key"], "urge:notice:1:x", "urge:meeting:9", "urge"):
        forged = {"command": "cum.thongbao.dondoc.rut", "args": {"key": key}}
        assert (await lan.hears({"call": forged})).startswith("Cuộc họp này không phải của cụm, khối")
    assert (await thu.presses("Rút lại")).startswith("Đã rút lại")


async def test_what_is_not_complete_or_names_others_is_asked_again(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    lan = council.chat("Lan")
    await lan.says("cum")
    await lan.presses(CALL)
    assert (await lan.says("Họp sơ kết")).startswith("Đề nghị ghi đủ nội dung; giờ, ngày; địa điểm")
    assert (await lan.says("Họp; 14h00 ngày 20/6; Phòng 2; STC")).startswith("Giấy mời gửi đúng các thành viên")
    assert (await lan.says("Họp; hôm nào đó; Phòng 2")).startswith("“hôm nào đó” chưa rõ giờ và ngày")
    assert (await lan.says("Họp; 14h00 ngày 20/6; Phòng 2")).startswith(f"Nơi nhận: {BLOC}.")


async def test_a_meeting_of_the_council_or_of_another_group_is_out_of_the_leaders_reach(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 21/6; Phòng 2; SYT, STC")
    await thu.presses("Gửi giấy mời")
    async with council.read() as session:
        councils = (await session.scalars(select(Meeting.id))).one()
    lan = council.chat("Lan")
    for name in ("xem", "ds", "huy", "lich", "xuat", "lichsu"):
        call = {"command": f"cum.hop.{name}", "args": {"meeting": councils, "answer": "absent"}}
        assert (await lan.hears({"call": call})).startswith("Cuộc họp này không phải của cụm, khối")
    assert (await lan.hears({"call": {"command": "hop.huy", "args": {"meeting": councils}}})).startswith("Việc này do")
    for name in ("Minh", "Tùng", "Bình"):
        call = {"command": "cum.hop", "args": {"group": 1, "line": "Họp; 14h00 ngày 20/6; Phòng 2"}}
        assert (await council.chat(name).hears({"call": call})).startswith(
            ("Việc này do", "Hiện đơn vị không phụ trách")
        )


async def test_on_the_day_after_its_term_the_unit_calls_and_changes_nothing_more(council: Council) -> None:
    lan = await called(council)
    async with council.write() as session:
        own = select(Unit.id).where(Unit.code == "SYT")
        await session.execute(update(Membership).where(Membership.unit_id.in_(own)).values(valid_to=date(2022, 6, 9)))
    assert (await lan.presses("Đổi lịch")).startswith("“Họp sơ kết khối")
    await council.at("2022-06-10 07:40")
    assert (await lan.presses("Hủy họp")).startswith("Việc này do")
    assert (await lan.presses("Đổi lịch")).startswith("Việc này do")
    assert (await council.chat("Thu").says("hop")).splitlines()[1].endswith("(1/2 đã trả lời)")


async def test_who_follows_a_member_reads_nothing_of_the_groups_own_meeting(council: Council) -> None:
    await called(council)
    for said in ("donvi", "donvi Sở Thông tin và Truyền thông", "Sở Y tế thế nào"):
        assert "cuộc họp tới" not in await council.chat("Sơn").says(said)


async def test_the_leader_turns_over_who_has_not_answered_to_the_last_member(council: Council) -> None:
    start = date(2022, 1, 1)
    async with council.write() as session:
        bloc = (await session.scalars(select(Group.id).where(Group.name == BLOC))).one()
        units = [Unit(code=f"X{place}", name=f"Sở X{place}", valid_from=start) for place in range(10, 51)]
        session.add_all(units)
        await session.flush()
        session.add_all(
            Membership(unit_id=unit.id, group_id=bloc, part=Part.MEMBER, valid_from=start) for unit in units
        )
    lan = await called(council)
    assert (await lan.presses("Chưa trả lời (42)")).splitlines()[-1] == "và 2 mục khác."
    assert (await lan.presses("Xem tiếp")).splitlines() == [
        "Chưa trả lời (42)",
        "Sở X49: chưa có đầu mối",
        "Sở X50: chưa có đầu mối",
    ]


async def test_a_start_on_a_day_off_is_said_before_it_is_sent(council: Council) -> None:
    await somebody_answers_for_the_member(council)
    await council.at("2022-06-09 07:40")
    lan = council.chat("Lan")
    await lan.says("cum")
    await lan.presses(CALL)
    shown = (await lan.says("Họp sơ kết khối; 14h00 ngày 19/6; Phòng họp số 2")).splitlines()
    assert shown[3:6] == ["Gửi ngay.", "Lưu ý: Chủ nhật, ngày 19/6/2022 là ngày nghỉ.", "Nội dung gửi đi:"]


async def test_its_leader_is_offered_nothing_as_it_begins(council: Council) -> None:
    lan = await called(council)
    await council.at("2022-06-20 13:55")
    told = len(await pushed(lan))
    await council.at("2022-06-20 14:30")
    assert len(await pushed(lan)) == told
