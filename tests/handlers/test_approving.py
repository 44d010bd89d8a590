"""A notice to many is approved by somebody else first: one tap, or back with a remark; two approvers decide once."""

from sqlalchemy import select

from models.drafts import Draft
from models.settings import change_setting
from tests.chats import Chat, Council
from tests.handlers.test_releasing import received

TEXT = "Đề nghị gửi danh sách điển hình tiên tiến."
LEAVES = "Gửi sau khi được duyệt 2 phút; trong thời gian đó có thể rút lại."


async def submitted(council: Council, over: int = 2, title: str = "") -> Chat:
    """Let Quang write to four people where more than `over` need an approval."""
    await council.at("2022-06-09 07:40")
    thu, quang = council.chat("Thu"), council.chat("Quang")
    assert (await thu.says(f"/caidat approval_over {over}")).endswith("Có hiệu lực từ lúc này.")
    if title:
        await thu.says(f"/caidat approver_title {title}")
    preview = await quang.says(f"guithongbao SYT, STC, VB: {TEXT}")
    assert ("được gửi sau khi duyệt" in preview) == (over < 4)
    return quang


async def test_a_notice_to_few_needs_no_approval(council: Council) -> None:
    quang = await submitted(council, over=4)
    await quang.presses("Gửi")
    await council.at("2022-06-09 07:42")
    assert (await received(council, "Lan"))[-1] == TEXT


async def test_one_tap_approves_and_the_writer_has_the_card(council: Council) -> None:
    quang = await submitted(council)
    assert await quang.presses("Trình duyệt") == "Đã trình duyệt: Thu; chưa gửi nội dung nào khi chưa được duyệt."
    await council.at("2022-06-09 08:00")
    assert await received(council, "Lan") == []
    (shown,) = [
        each for each in await council.chat("Thu").seen() if each.lines[0] == "Đ/c Quang trình duyệt thông báo:"
    ]
    assert shown.lines[-4:] == (LEAVES, "Nội dung gửi đi:", TEXT, "Đề nghị bấm “Đã nhận” sau khi xem.")
    assert await council.chat("Thu").presses("Duyệt") == f"Đã duyệt: “{TEXT}” được gửi lúc 08:02 ngày 09/6/2022."
    assert "Đ/c Thu đã duyệt thông báo:" in await received(council, "Quang")
    assert (await quang.seen())[-1].buttons == ("Rút lại", "Gửi ngay")
    await council.at("2022-06-09 08:02")
    assert (await received(council, "Lan"))[-1] == TEXT
    again = await council.chat("Thu").presses("Duyệt")
    assert again == ("Thông báo này đã được duyệt lúc 08:00 ngày 09/6/2022; gửi “thongbao” để xem tình hình.")


async def test_the_preview_names_who_approves_and_when_it_leaves_then(council: Council) -> None:
    quang = await submitted(council)
    preview = (await quang.seen())[-1].lines
    assert LEAVES in preview
    assert preview[-2:] == ("Gửi đến nhiều người: được gửi sau khi duyệt.", "Người duyệt: Thu.")


async def test_it_comes_back_with_a_remark_and_is_submitted_anew(council: Council) -> None:
    quang, thu = await submitted(council), council.chat("Thu")
    await quang.presses("Trình duyệt")
    old = await thu.button("Duyệt")
    await thu.presses("Đề nghị sửa")
    assert (await thu.says("Bổ sung thời hạn.")).startswith("Đã gửi ý kiến cho người soạn")
    back = (await quang.seen())[-1]
    assert back.lines == (f"Đ/c Thu đề nghị sửa thông báo “{TEXT}”:", "Bổ sung thời hạn.")
    assert (await thu.hears({"press": list(old)})).startswith("Thông báo này đã được đề nghị sửa")
    await quang.presses("Xem lại thông báo")
    await quang.presses("Sửa nội dung")
    await quang.says(f"{TEXT} Hạn 20/6.")
    await quang.presses("Trình duyệt")
    await thu.presses("Duyệt")
    await council.at("2022-06-09 07:45")
    assert (await received(council, "Lan"))[-1] == f"{TEXT} Hạn 20/6."


async def test_what_was_changed_after_it_was_submitted_is_not_approved(council: Council) -> None:
    quang = await submitted(council)
    await quang.presses("Trình duyệt")
    await quang.presses("Xem lại thông báo")
    await quang.presses("Sửa nội dung")
    await quang.says("Nội dung khác.")
    assert (await council.chat("Thu").presses("Duyệt")).startswith("Thông báo này đã được đề nghị sửa, đã thay đổi")
    await council.at("2022-06-09 08:00")
    assert await received(council, "Lan") == []


async def test_nobody_approves_his_own_and_the_heads_go_to_the_chair(council: Council) -> None:
    await submitted(council, title="Trưởng Ban")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT, STC, VB: {TEXT}")
    assert (await thu.presses("Trình duyệt")).startswith("Đã trình duyệt: Sơn;")
    async with council.read() as session:
        draft = (await session.scalars(select(Draft).where(Draft.by_id == council.people["Thu"]))).one()
    call = {"command": "thongbao.duyet", "args": {"draft": draft.id, "version": draft.version}}
    assert (await thu.hears({"call": call})).startswith("Không ai tự quyết định")
    assert await council.chat("Quang").hears({"call": call}) == (
        "Thông báo này không trình đồng chí duyệt; người được trình quyết định."
    )
    assert (await council.chat("Lan").hears({"call": call})).startswith("Việc này do")
    assert (await council.chat("Sơn").presses("Duyệt")).startswith("Đã duyệt")


KINDS = "Khối thi đua các sở, ngành kinh tế; thành viên Hội đồng"


async def set_apart(council: Council) -> Chat:
    await council.at("2022-06-09 07:40")
    await council.chat("Thu").says(f"/caidat approval_kinds {KINDS}")
    return council.chat("Quang")


async def test_a_notice_to_those_whom_the_council_set_apart_is_approved_first(council: Council) -> None:
    quang = await set_apart(council)
    preview = await quang.says(f"guithongbao SYT, STC, Giám đốc Sở Y tế: {TEXT}")
    why = [
        "Gửi đến Khối thi đua các sở, ngành kinh tế, thành viên Hội đồng: được gửi sau khi duyệt.",
        "Người duyệt: Thu.",
    ]
    assert preview.splitlines()[-2:] == why
    await quang.presses("Trình duyệt")
    await council.chat("Thu").presses("Duyệt")
    await council.at("2022-06-09 07:42")
    assert (await received(council, "Minh"))[-1] == TEXT
    await quang.presses("Đính chính")
    assert (await quang.says("Nội dung đúng.")).splitlines()[-2:] == why


async def test_a_notice_to_others_is_not(council: Council) -> None:
    quang = await set_apart(council)
    await quang.says(f"guithongbao SYT, VB: {TEXT}")
    assert (await quang.seen())[-1].buttons[0] == "Gửi"


async def test_whom_the_directory_does_not_know_cannot_be_set_apart_and_0_ends_it(council: Council) -> None:
    quang = await set_apart(council)
    assert await council.chat("Thu").says("/caidat approval_kinds Khối kinh tế phía Nam") == (
        "“Khối kinh tế phía Nam” không rõ là đơn vị nào trong danh bạ; gần giống: Khối thi đua các sở, ngành kinh tế, "
        "Khối thi đua các sở, ngành tổng hợp, UBND thành phố Nam Định."
    )
    await council.chat("Thu").says("/caidat approval_kinds 0")
    await quang.says(f"guithongbao STC: {TEXT}")
    assert (await quang.seen())[-1].buttons[0] == "Gửi"


async def test_a_name_that_has_left_the_directory_lets_every_notice_be_approved(council: Council) -> None:
    quang = await set_apart(council)
    async with council.write() as session:
        await change_setting(session, "approval_kinds", "Khối đã giải thể")
    preview = await quang.says(f"guithongbao SYT: {TEXT}")
    assert preview.splitlines()[-2:] == [
        "Được gửi sau khi duyệt: “Khối đã giải thể” trong các nơi phải duyệt trước khi gửi không có trong danh bạ.",
        "Người duyệt: Thu.",
    ]


async def test_what_waits_for_approval_is_listed_and_counted_for_whoever_may_approve_it(council: Council) -> None:
    quang, thu = await submitted(council, title="Trưởng Ban"), council.chat("Thu")
    await quang.presses("Trình duyệt")
    assert "Chờ quyết định: 1." in (await thu.says("homnay")).splitlines()
    assert (await thu.says("duyet")).splitlines() == [
        "Chờ quyết định: 0 báo cáo hoàn thành, 0 đề nghị gia hạn.",
        "Thông báo chờ duyệt (1)",
    ]
    assert (await thu.presses("Thông báo của Quang: Đề nghị gửi danh sách…")).splitlines()[0] == (
        "Đ/c Quang trình duyệt thông báo:"
    )
    assert "Chờ quyết định: 0." in (await quang.says("homnay")).splitlines()
    assert await quang.says("duyet") == "Không có nội dung nào chờ quyết định."
    await thu.says("duyet")
    await thu.presses("Thông báo của Quang: Đề nghị gửi danh sách…")
    assert (await thu.presses("Duyệt")).startswith("Đã duyệt")
    assert await thu.says("duyet") == "Không có nội dung nào chờ quyết định."


async def test_a_notice_that_is_being_changed_waits_for_nobody(council: Council) -> None:
    quang, thu = await submitted(council), council.chat("Thu")
    await quang.presses("Trình duyệt")
    await quang.presses("Xem lại thông báo")
    await quang.presses("Sửa nội dung")
    await quang.says("Nội dung khác.")
    assert await thu.says("duyet") == "Không có nội dung nào chờ quyết định."
    await quang.presses("Trình duyệt")
    assert (await thu.says("duyet")).splitlines()[-1] == "Thông báo chờ duyệt (1)"


async def test_the_chair_sees_what_waits_for_his_approval_and_nothing_else(council: Council) -> None:
    await submitted(council, title="Trưởng Ban")
    thu, son = council.chat("Thu"), council.chat("Sơn")
    await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
    await council.chat("Lan").says("giahan 1 đến 17/6 vì chờ số liệu")
    assert await son.says("duyet") == "Không có nội dung nào chờ quyết định."
    await thu.says(f"guithongbao SYT, STC, VB: {TEXT}")
    await thu.presses("Trình duyệt")
    assert await son.says("duyet") == "Thông báo chờ duyệt (1)"
    assert (await son.seen())[-1].buttons == ("Thông báo của Thu: Đề nghị gửi danh sách điển…",)
    assert "Chờ quyết định: 1." in (await son.says("homnay")).splitlines()
    assert (await council.chat("Lan").says("duyet")).startswith("Việc này do")
