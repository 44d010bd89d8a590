"""Where documents are sent: in the chat, or on a page where the messenger hands on none."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from models.papers import StoredFile
from models.tasks import Report, ReportFile
from tests.chats import Council
from tests.pages.browsers import site_of
from tests.zalo_phones import ZaloCouncil, ZaloPhone, a_zalo_council

TITLE = "Báo cáo sơ kết"
LIMITS = (
    "Tối đa 10 tệp, mỗi tệp không quá 20 MB, tổng không quá 60 MB: PDF, Word, Excel, PowerPoint, OpenDocument, TXT, "
    "CSV, JPG, PNG, HEIC, ZIP, RAR."
)
HERE = re.compile(
    r"Ảnh gửi ngay tại đây; tệp khác gửi tại trang sau, dùng một lần, đến 07:(?:25|40) ngày 10/6/2022: "
    r"http://127.0.0.1:8080(/upload/\S+)"
)
NOT_COME = "Kênh này chỉ chuyển tin nhắn chữ, ảnh và ghi âm; nội dung vừa gửi chưa đến và chưa được ghi nhận."
FILE = ("báo cáo.docx", b"PK\x03\x04 khong doc duoc", "application/octet-stream")
SECOND = ("số liệu.xlsx", b"PK\x03\x04 cung vay", "application/octet-stream")


@pytest.fixture
async def on_zalo(database_url: str, tmp_path: Path) -> AsyncIterator[ZaloCouncil]:
    async with a_zalo_council(database_url, tmp_path) as opened:
        yield opened


def path_in(answer: str) -> str:
    """Read the path of the page out of an answer, which says it with its limits."""
    [line] = [line for line in answer.splitlines() if "/upload/" in line]
    found = HERE.fullmatch(line)
    assert found, line
    assert LIMITS in answer
    return found[1]


async def brought(phone: ZaloPhone, path: str, *files: tuple[str, bytes, str], text: str = "") -> str:
    """Send files on the page; give what the chat then shows last."""
    before = len(phone.person.seen())
    async with site_of(phone.council).browser() as browser:
        answer = await browser.http.post(path, data={"text": text}, files=[("files", file) for file in files])
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    await phone.council.settle()
    shown = phone.person.seen()
    assert len(shown) == before + 1
    return shown[-1].text


async def files_of_reports(council: ZaloCouncil) -> list[str]:
    async with council.read() as session:
        names = await session.scalars(
            select(StoredFile.name)
            .join(ReportFile, ReportFile.file_id == StoredFile.id)
            .join(Report, Report.id == ReportFile.report_id)
            .order_by(ReportFile.id)
        )
        return list(names)


async def test_a_document_that_did_not_arrive_is_brought_in_on_a_page_and_answered_in_the_chat(
    on_zalo: ZaloCouncil,
) -> None:
    await on_zalo.given(TITLE, ("SYT",), "2022-06-14")
    lan = on_zalo.chat("Lan")
    lan.person.sends_unsupported()
    answer = await lan.answer()
    assert answer.splitlines()[0] == NOT_COME
    assert f"“{TITLE}”" in await brought(lan, path_in(answer), FILE)
    assert (await lan.presses("Đúng, báo cáo hoàn thành")).splitlines()[0] == (
        f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {TITLE}."
    )
    assert await files_of_reports(on_zalo) == ["báo cáo.docx"]


async def test_a_question_that_asks_for_files_says_the_page_and_stays_open_for_it(on_zalo: ZaloCouncil) -> None:
    await on_zalo.given(TITLE, ("SYT",), "2022-06-14")
    lan = on_zalo.chat("Lan")
    path = path_in(await lan.says("guitep 1"))
    assert "2 tệp" in await brought(lan, path, FILE, SECOND)
    assert await files_of_reports(on_zalo) == ["báo cáo.docx", "số liệu.xlsx"]


async def test_words_go_with_the_files_as_if_written_with_them(on_zalo: ZaloCouncil) -> None:
    await on_zalo.given(TITLE, ("SYT",), "2022-06-14")
    lan = on_zalo.chat("Lan")
    said = await brought(lan, path_in(await lan.says("gửi tệp")), FILE, text="xong 1")
    assert said.splitlines()[1] == "Báo cáo hoàn thành."
    assert await files_of_reports(on_zalo) == ["báo cáo.docx"]


async def test_an_officer_brings_in_what_goes_with_a_notice(on_zalo: ZaloCouncil) -> None:
    await on_zalo.at("2022-06-09 07:40")
    thu = on_zalo.chat("Thu")
    await thu.says("guithongbao SYT: Đề nghị xem văn bản kèm theo.")
    await brought(thu, path_in(await thu.presses("Đính kèm tệp")), FILE)
    await thu.presses("Gửi", "Gửi ngay")
    assert "báo cáo.docx (1 KB): http://127.0.0.1:8080/given/" in on_zalo.chat("Lan").person.seen()[-1].text


async def test_without_an_address_it_says_what_to_do_instead(on_zalo: ZaloCouncil) -> None:
    dispatcher = on_zalo.assistant.dispatcher
    dispatcher.handling = replace(dispatcher.handling, file_page=None)
    lan = on_zalo.chat("Lan")
    lan.person.sends_unsupported()
    assert await lan.answer() == (
        f"{NOT_COME}\nẢnh chụp các trang gửi ngay tại đây; tệp văn bản gửi tại trang trao đổi."
    )
    assert "http://127.0.0.1:8080/link/" in await lan.presses("Gửi văn bản")


async def test_where_documents_are_sent_in_the_chat_it_says_so(council: Council) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    assert await lan.says("guitep") == "Văn bản, ảnh và các tệp khác được gửi ngay tại cuộc trao đổi này."
    assert await lan.says("guitep 1") == f"Đề nghị gửi các tệp về “{TITLE}”."
