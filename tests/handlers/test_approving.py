"""A notice to many is approved by somebody else first: one tap, or back with a remark; two approvers decide once."""

from sqlalchemy import select

from models.drafts import Draft
from tests.chats import Chat, Council
from tests.handlers.test_releasing import received

TEXT = "Đề nghị gửi danh sách điển hình tiên tiến."


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
    assert TEXT in shown.lines
    assert await council.chat("Thu").presses("Duyệt") == f"Đã duyệt: “{TEXT}” được gửi lúc 08:02 ngày 09/6/2022."
    assert "Đ/c Thu đã duyệt thông báo:" in await received(council, "Quang")
    assert (await quang.seen())[-1].buttons == ("Rút lại", "Gửi ngay")
    await council.at("2022-06-09 08:02")
    assert (await received(council, "Lan"))[-1] == TEXT
    again = await council.chat("Thu").presses("Duyệt")
    assert again == "Thông báo này đã được duyệt lúc 08:00 ngày 09/6/2022."


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
    assert await council.chat("Quang").hears({"call": call}) == "Thông báo này không trình đồng chí duyệt."
    assert (await council.chat("Lan").hears({"call": call})).startswith("Việc này do")
    assert (await council.chat("Sơn").presses("Duyệt")).startswith("Đã duyệt")
