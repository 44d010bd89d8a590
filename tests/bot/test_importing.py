"""Documents on the terminal: one line a fact, questions with what to do, nothing half done."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.config import Config
from bot.database import Database
from bot.importing import Taking, Terminal, Wish, import_file
from documents.files import FileStore
from models.papers import StoredFile
from models.rules.text import Refusal, Text
from models.tasks import Task
from tests.annexes import annex, conclusions_in_words, directory, task
from tests.chats import Council
from tests.handlers.test_concluding import after_the_meeting
from tests.handlers.test_given import given
from tests.stories.telling import beside
from tests.timepiece import HandClock

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
PLAN = EXAMPLES / "ke-hoach-02-2022.txt"
REGISTER = EXAMPLES / "so-cong-van-den-vi-du.xlsx"
UNITS = [("SYT", "Sở Y tế", "", "Sở", "Khối A", ""), ("STC", "Sở Tài chính", "", "Sở", "Khối A", "")]


@pytest.fixture
def config(database_url: str, tmp_path: Path) -> Config:
    return Config(_env_file=None, database_url=database_url, files=tmp_path / "files", secret_key="0" * 64)


async def tasks(config: Config) -> int:
    database = Database(config.database_url, HandClock())
    async with database.read() as session:
        found = await session.scalar(select(func.count()).select_from(Task)) or 0
    await database.close()
    return found


async def test_a_document_without_questions_is_written(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await import_file(config, directory(tmp_path / "d.xlsx", UNITS)) == 0
    path = annex(tmp_path / "a.xlsx", task("1", "Báo cáo A", "SYT", "15/6"))
    capsys.readouterr()
    assert await import_file(config, path) == 0
    said = capsys.readouterr()
    assert said.err == ""
    lines = said.out.splitlines()
    assert lines[0] == "05/KH-HĐTĐKT ngày 07/3/2022: 1 nhiệm vụ."
    assert lines[1].startswith("1. Báo cáo A. Chủ trì: Sở Y tế. Thời hạn: 15/6 (chậm nhất hết ngày 15/6/2022")
    assert lines[-1] == "Chưa gửi nội dung nào đến các đơn vị."
    assert await tasks(config) == 1


async def test_open_questions_are_listed_and_nothing_is_written(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await import_file(config, directory(tmp_path / "d.xlsx", UNITS))
    path = annex(tmp_path / "a.xlsx", task("1", "Báo cáo A", "Báo Nam Định", "theo quy định"))
    assert await import_file(config, path) == 1
    said = capsys.readouterr()
    assert "[Báo Nam Định] “Báo Nam Định” (dòng 1) không có trong danh bạ." in said.err
    assert "[1] Dòng 1 ghi “theo quy định”. Thời hạn là khi nào?" in said.err
    assert said.err.splitlines()[-1].startswith("Còn 2 câu hỏi; trả lời từng câu bằng --answer “Báo Nam Định=")
    assert await tasks(config) == 0
    assert await import_file(config, path, answers=("Báo Nam Định=SYT", "1=30/6/2022")) == 0
    assert await tasks(config) == 1


async def test_a_preview_only_writes_nothing(config: Config, tmp_path: Path) -> None:
    path = directory(tmp_path / "d.xlsx", UNITS)
    assert await import_file(config, path, dry_run=True) == 0
    assert await import_file(config, path) == 0
    assert await import_file(config, annex(tmp_path / "a.xlsx", task("1", "A", "Lạ", "15/6")), dry_run=True) == 0
    assert await tasks(config) == 0


async def test_an_answer_to_no_question_is_a_wrong_call(
    config: Config, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await import_file(config, directory(tmp_path / "d.xlsx", UNITS))
    path = annex(tmp_path / "a.xlsx", task("1", "Báo cáo A", "SYT", "15/6"))
    assert await import_file(config, path, answers=("7=SYT",)) == 2
    assert capsys.readouterr().err == "Không có câu hỏi nào mang tên 7.\n"


async def test_whoever_sits_at_the_keyboard_is_asked(config: Config, tmp_path: Path) -> None:
    written: list[str] = []
    answers = iter(["Sở Lạ", "SYT", "2"])
    taking = _taking(config, written.append, lambda _: next(answers))
    assert await taking.take_in(Wish(directory(tmp_path / "d.xlsx", UNITS))) == 0
    path = annex(tmp_path / "a.xlsx", task("1", "Báo cáo A", "Báo Nam Định", "chậm nhất trước ngày 15/6"))
    assert await taking.take_in(Wish(path)) == 0
    assert "“{name}” is not in the directory; please type the name or code of a unit in it." in written
    async with taking.database.read() as session:
        assert await session.scalar(select(Task.reading)) == "2022-06-15"
        assert await session.scalar(select(func.count()).select_from(StoredFile)) == 2
    await taking.database.close()


async def test_a_kind_that_does_not_exist_is_a_wrong_call(config: Config, tmp_path: Path) -> None:
    assert await import_file(config, directory(tmp_path / "d.xlsx", UNITS), as_="minutes") == 2


async def test_a_file_that_is_not_there_is_refused(config: Config, tmp_path: Path) -> None:
    with pytest.raises(Refusal, match="There is no file"):
        await import_file(config, tmp_path / "nothing.docx")


async def test_running_text_is_named_and_its_annex_asked_for(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await import_file(config, PLAN) == 1
    said = capsys.readouterr()
    assert said.out.startswith("02/KH-HĐTĐKT ngày 07/3/2022:")
    assert said.err.startswith("Văn bản không có bảng nhiệm vụ")


def _taking(config: Config, write: Callable[[str], None], ask: Callable[[str], str]) -> Taking:
    def say(text: Text | str) -> str:
        return text if isinstance(text, str) else text.id

    clock = HandClock()
    terminal = Terminal(say, write, write, ask)
    return Taking(config, Database(config.database_url, clock), FileStore(config.files), clock, terminal)


async def test_a_register_is_shown_but_recorded_in_the_chat_only(
    config: Config, capsys: pytest.CaptureFixture[str]
) -> None:
    assert await import_file(config, REGISTER, dry_run=True) == 0
    assert capsys.readouterr().out.splitlines()[0] == (
        "Sổ văn bản đến so-cong-van-den-vi-du.xlsx: 44 văn bản, 0 văn bản sẽ ghi nhận."
    )
    assert await import_file(config, REGISTER) == 0
    assert "không có văn bản nào cần ghi nhận" in capsys.readouterr().out


async def test_a_newer_document_tells_the_units_of_their_new_deadline(council: Council, tmp_path: Path) -> None:
    thu, lan, printed = council.chat("Thu"), council.chat("Lan"), list[str]()
    await given(thu, annex(tmp_path / "a.xlsx", task("1", "Báo cáo A", "SYT", "Trước ngày 15/6")), 1)
    newer = annex(tmp_path / "b.xlsx", task("1", "Báo cáo A", "SYT", "Trước ngày 30/6"))
    assert await beside(council, printed).take_in(Wish(newer, answers=("1=1",))) == 0, printed
    assert printed[-1] == "Đã thông báo thời hạn mới cho 1 đơn vị; không gửi nội dung nào khác."
    await council.settle()
    assert (
        (await lan.seen())[-1]
        .lines[2]
        .startswith("Thời hạn được điều chỉnh từ ngày 14/6/2022 sang ngày 29/6/2022, theo Kế hoạch số 05/KH-HĐTĐKT")
    )


async def test_a_notice_of_conclusions_joins_its_meeting_as_in_the_chat(council: Council, tmp_path: Path) -> None:
    thu, printed = await after_the_meeting(council), list[str]()
    notice = conclusions_in_words(
        tmp_path / "tb.docx", "10/6/2022", "1. Giao Sở Y tế bổ sung số liệu trước ngày 30/6/2022."
    )
    assert await beside(council, printed).take_in(Wish(notice)) == 0, printed
    assert printed[:2] == [
        "06/TB-HĐTĐKT ngày 22/6/2022: 1 nhiệm vụ.",
        "Kết luận cuộc họp “Họp Hội đồng” ngày 10/6/2022; các nhiệm vụ được ghi vào cuộc họp này.",
    ]
    await council.settle()
    card = next(seen for seen in await thu.seen() if seen.lines[0] == "Cuộc họp: Họp Hội đồng")
    assert card.lines[-1] == "Kết luận: 1 nhiệm vụ, 1 chưa giao, 0 hoàn thành."
