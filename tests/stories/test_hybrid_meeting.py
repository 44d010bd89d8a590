"""A hybrid meeting is moved twice, answered, attended and concluded into tasks, without a single telephone round."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.chats import Chat, Council, a_council
from tests.phones import a_telegram_council

pytestmark = pytest.mark.slow
LINE = (
    "taohop Họp Hội đồng phiên thứ hai; 14h00 ngày 20/6; Phòng họp số 2 và điểm cầu các huyện, "
    "https://hop.example.gov.vn/2; SYT, STC, VB"
)
ANSWERS = ("Dự họp", "Vắng mặt", "Cử người dự thay")


@pytest.fixture(params=[a_council, a_telegram_council], ids=["web", "telegram"])
async def council(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> AsyncIterator[Council]:
    async with request.param(database_url, tmp_path, "2022-06-09 07:40") as opened:
        yield opened


async def to_answer(chat: Chat) -> list[str]:
    return [" ".join(seen.lines) for seen in await chat.seen() if seen.buttons == ANSWERS]


async def moved(thu: Chat, to: str) -> None:
    await thu.presses("Đổi lịch")
    await thu.says(to)
    await thu.presses("Đổi lịch, đề nghị xác nhận lại")


async def everybody_is_invited(council: Council, thu: Chat, lan: Chat, minh: Chat) -> None:
    await thu.says(LINE)
    await thu.presses("Gửi giấy mời")
    await council.settle()
    await lan.presses("Dự họp")
    await minh.presses("Vắng mặt")
    await minh.says("Bận họp Tỉnh ủy")
    await council.settle()


async def the_meeting_moves_twice(council: Council, thu: Chat, people: tuple[Chat, ...]) -> None:
    await moved(thu, "08h00 ngày 21/6; lý do: đồng chí Chủ tịch bận")
    await council.settle()
    await moved(thu, "09h30")
    await council.settle()
    for chat in people:
        (only,) = await to_answer(chat)
        assert "đổi lịch lần thứ 2" in only
        assert "09h30, thứ Ba, ngày 21/6/2022" in only
        assert "https://hop.example.gov.vn/2" in only


async def all_answer_anew(council: Council, thu: Chat, people: tuple[Chat, ...]) -> None:
    lan, minh, tung = people
    await lan.presses("Dự họp")
    await minh.presses("Vắng mặt")
    await minh.says("Bận họp Tỉnh ủy")
    await minh.presses("Gửi ý kiến bằng văn bản")
    assert "Đã ghi nhận ý kiến" in await minh.says("Thống nhất với dự thảo.")
    await tung.presses("Cử người dự thay")
    await tung.says("Trần Văn B, Phó Phòng Nội vụ")
    await council.settle()
    await thu.says("hop")
    card = await thu.presses("Xem mục 1")
    assert "Mời: 3; dự: 1; vắng mặt: 1; dự thay: 1; chưa trả lời: 0." in card


async def it_is_attended_and_concluded(council: Council, thu: Chat, lan: Chat) -> None:
    await council.at("2022-06-21 09:31")
    assert any("Họp trực tuyến tại" in " ".join(seen.lines) for seen in (await lan.seen())[-2:])
    await thu.says("hop")
    await thu.presses("Xem mục 1")
    await thu.presses("Điểm danh")
    await council.settle()
    await thu.presses("Có mặt cả 2 đơn vị báo dự")
    await council.settle()
    await thu.presses("Xong")
    await council.settle()
    await thu.says("hop")
    assert "Có mặt: 2/3." in await thu.presses("Xem mục 1")
    await thu.presses("Kết luận")
    await thu.says("SYT: Bổ sung số liệu điển hình tiên tiến; trước ngày 28/6")
    await thu.presses("Xem và giao 1 nhiệm vụ")
    await thu.presses("Giao 1 nhiệm vụ")
    await council.settle()
    assert "Bổ sung số liệu điển hình tiên tiến" in str((await lan.seen())[-1].lines)


async def test_a_hybrid_meeting_from_its_invitation_to_its_tasks(council: Council) -> None:
    thu, lan, minh, tung = (council.chat(name) for name in ("Thu", "Lan", "Minh", "Tùng"))
    await everybody_is_invited(council, thu, lan, minh)
    await the_meeting_moves_twice(council, thu, (lan, minh, tung))
    await all_answer_anew(council, thu, (lan, minh, tung))
    await it_is_attended_and_concluded(council, thu, lan)
