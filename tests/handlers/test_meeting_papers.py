from pathlib import Path

import pytest

from tests.chats import Chat, Council, Seen
from tests.handlers.test_meetings import called

HEAD = "Tài liệu “Họp Hội đồng”, 14h00, thứ Hai, ngày 20/6/2022:"


async def told(chat: Chat) -> list[Seen]:
    return [seen for seen in await chat.seen() if seen.lines[0] == HEAD]


@pytest.fixture
def papers(tmp_path: Path) -> Path:
    path = tmp_path / "tai-lieu.txt"
    path.write_text("Dự thảo báo cáo.")
    return path


async def test_the_officer_is_told_once_on_the_day_when_papers_are_due_and_missing(
    council: Council, papers: Path
) -> None:
    thu = await called(council)
    await council.at("2022-06-14 08:00")
    assert await told(thu) == []
    await council.at("2022-06-15 07:46")
    await council.at("2022-06-16 07:46")
    (only,) = await told(thu)
    assert only.lines[1:] == ("Chưa gửi tài liệu; cần gửi chậm nhất ngày 15/6/2022.",)
    assert only.buttons == ("Gửi tài liệu",)
    assert await told(council.chat("Quang")) == []
    await thu.presses("Gửi tài liệu")
    await thu.says("", papers)
    assert (await council.chat("Lan").seen())[-1].lines[1] == "Xin gửi tài liệu họp kèm theo."


async def test_whose_papers_were_sent_is_not_told(council: Council, papers: Path) -> None:
    thu = await called(council)
    await thu.presses("Gửi tài liệu")
    await thu.says("", papers)
    await council.at("2022-06-15 08:00")
    assert await told(thu) == []


async def test_a_meeting_called_off_misses_no_papers(council: Council) -> None:
    thu = await called(council)
    await thu.presses("Hủy họp")
    await thu.presses("Không nêu lý do")
    await thu.presses("Hủy và thông báo")
    await council.at("2022-06-15 08:00")
    assert await told(thu) == []


async def test_the_card_says_by_when_papers_are_to_be_sent_until_they_are(council: Council, papers: Path) -> None:
    thu = await called(council)
    assert "Chưa gửi tài liệu; cần gửi chậm nhất ngày 15/6/2022." in (await thu.seen())[-1].lines
    await council.at("2022-06-16 08:00")
    await thu.says("hop")
    assert "Chưa gửi tài liệu; phải gửi trước khi hết ngày 15/6/2022." in await thu.presses("Xem mục 1")
    await thu.presses("Gửi tài liệu")
    assert "Chưa gửi tài liệu" not in await thu.says("", papers)
    told = (await council.chat("Lan").entries())[-1].content
    assert told["lines"][1] == "Xin gửi tài liệu họp kèm theo."
    assert [file["name"] for file in told["files"]] == ["tai-lieu.txt"]


async def test_a_meeting_called_too_late_for_its_papers_still_says_that_there_are_none(
    council: Council, papers: Path
) -> None:
    thu = await called(council, "14h00 ngày 10/6")
    assert "Chưa gửi tài liệu." in (await thu.seen())[-1].lines
    await thu.presses("Gửi tài liệu")
    assert "Chưa gửi tài liệu" not in await thu.says("", papers)
