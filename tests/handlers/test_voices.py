"""What is said aloud reaches the officer in charge, who listens to it; it never reports anything."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.feedback import Feedback
from models.papers import StoredFile
from models.tasks import Report
from tests.fakes.telegram.calls import Upload
from tests.handlers.test_morning import pushed
from tests.pages.browsers import site_of
from tests.phones import TelegramCouncil
from tests.zalo_phones import ZaloCouncil, a_zalo_council

TITLE, OTHER = "Báo cáo sơ kết", "Danh sách điển hình"
SAID = bytes.fromhex("fff15c4001bffc00c8") * 3
PASSED_ON = "Đã chuyển bản ghi âm đến chuyên viên phụ trách (phản hồi số 1); trả lời sẽ gửi tại đây."


@pytest.fixture
async def on_zalo(database_url: str, tmp_path: Path) -> AsyncIterator[ZaloCouncil]:
    async with a_zalo_council(database_url, tmp_path) as opened:
        yield opened


async def test_it_is_kept_passed_on_and_reports_nothing(on_zalo: ZaloCouncil) -> None:
    for title in (TITLE, OTHER):
        await on_zalo.given(title, ("SYT",), "2022-06-14")
    lan, thu = on_zalo.chat("Lan"), on_zalo.chat("Thu")
    lan.person.sends_voice(SAID)
    assert await lan.answer() == (
        f"{PASSED_ON}\nChưa ghi nhận kết quả nào. Để ghi nhận, đề nghị viết bằng chữ hoặc chọn nhiệm vụ:"
    )
    assert (await lan.seen())[-1].buttons == (f"1. {TITLE}", f"2. {OTHER}")
    assert (await pushed(thu))[-1].lines == ("Phản hồi số 1 của Lan, Sở Y tế, lúc 07:25:", "Bản ghi âm.")
    async with on_zalo.read() as session:
        assert await session.scalar(select(func.count()).select_from(Report)) == 0
        [file] = await session.scalars(select(StoredFile))
    assert on_zalo.assistant.files.path(file.sha256).read_bytes() == SAID
    assert file.name.endswith(".aac")


async def test_the_officer_listens_and_answers_in_words(on_zalo: ZaloCouncil) -> None:
    lan, thu = on_zalo.chat("Lan"), on_zalo.chat("Thu")
    lan.person.sends_voice(SAID)
    assert await lan.answer() == f"{PASSED_ON}\nChưa ghi nhận kết quả nào."
    await thu.presses("Nghe ghi âm")
    given = thu.person.seen()[-1].text
    [path] = re.findall(r"ghi-am-\S+\.aac \(1 KB\): http://127.0.0.1:8080(/given/\S+)", given)
    async with site_of(on_zalo).browser() as browser:
        assert (await browser.http.post(path)).content == SAID
    await thu.presses("Trả lời")
    assert await thu.says("Mẫu 02 kèm Kế hoạch.") == "Đã trả lời; phản hồi số 1 đã đóng."
    assert (await thu.seen())[-1].buttons == ()
    assert (await pushed(lan))[-1].lines == (
        "Cơ quan thường trực trả lời phản hồi số 1: bản ghi âm",
        "Mẫu 02 kèm Kế hoạch.",
    )


async def test_a_question_that_is_open_is_not_answered_by_it(on_zalo: ZaloCouncil) -> None:
    await on_zalo.given(TITLE, ("SYT",), "2022-06-14")
    lan = on_zalo.chat("Lan")
    await lan.says("vuongmac 1")
    lan.person.sends_voice(SAID)
    await lan.answer()
    assert "Khó khăn, vướng mắc: thiếu số liệu." in await lan.says("thiếu số liệu")


async def test_several_that_wait_are_listed(on_zalo: ZaloCouncil) -> None:
    for name in ("Lan", "Minh"):
        on_zalo.chat(name).person.sends_voice(SAID)
        await on_zalo.settle()
    lines = (await on_zalo.chat("Thu").says("phanhoi")).splitlines()
    assert lines == ["Phản hồi chờ trả lời: 2.", "Số 1, Lan: bản ghi âm", "Số 2, Minh: bản ghi âm"]


async def test_an_officer_who_speaks_is_asked_to_write(on_zalo: ZaloCouncil) -> None:
    thu = on_zalo.chat("Thu")
    thu.person.sends_voice(SAID)
    assert await thu.answer() == "Trợ lý không thực hiện yêu cầu bằng ghi âm; đề nghị viết bằng chữ."
    async with on_zalo.read() as session:
        assert await session.scalar(select(func.count()).select_from(Feedback)) == 0


async def test_on_telegram_likewise(on_telegram: TelegramCouncil) -> None:
    lan, thu = on_telegram.chat("Lan"), on_telegram.chat("Thu")
    file_id = lan.person.bot.cabinet.keep("Voice", Upload("voice.ogg", "audio/ogg", SAID))
    lan.person.sends(voice={"file_id": file_id, "file_unique_id": "Ag", "duration": 3, "mime_type": "audio/ogg"})
    assert await lan.answer() == f"{PASSED_ON}\nChưa ghi nhận kết quả nào."
    await thu.presses("Nghe ghi âm")
    async with on_telegram.read() as session:
        [file] = await session.scalars(select(StoredFile))
    assert on_telegram.assistant.files.path(file.sha256).read_bytes() == SAID
