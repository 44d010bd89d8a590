"""No file that bears the mark of a state secret is kept or belongs to anything, whoever sends it and for whatever."""

from hashlib import sha256
from pathlib import Path

import docx
import pytest
from sqlalchemy import func, select

from models.inbox import Inbound
from models.papers import StoredFile
from tests.chats import Council

PAPER = "Báo cáo sơ kết 6 tháng"


@pytest.fixture
def marked(tmp_path: Path) -> Path:
    document = docx.Document()
    for line in ("TUYỆT MẬT", "Số: 05/KH-HĐTĐKT"):
        document.add_paragraph(line)
    path = tmp_path / "ke-hoach.docx"
    document.save(str(path))
    return path


async def kept(council: Council, path: Path) -> tuple[int, bool]:
    """Count the rows of kept files, and tell whether the bytes are in the store."""
    digest = sha256(path.read_bytes()).hexdigest()  # noqa: ASYNC240 - a small file of this test
    async with council.read() as session:
        rows = await session.scalar(select(func.count(StoredFile.id))) or 0
    return rows, council.assistant.files.path(digest).exists()


@pytest.mark.parametrize("name", ["Lan", "Thu"])
async def test_a_marked_file_is_refused(council: Council, marked: Path, name: str) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    answer = await council.chat(name).says("", marked)
    assert answer.startswith("Tệp ke-hoach.docx có dấu chỉ độ mật; hệ thống không lưu bất kỳ nội dung nào.")
    assert await kept(council, marked) == (0, False)


@pytest.mark.parametrize("typed", ["baocao 1", "/xong 1", "/vuongmac 1 chờ kinh phí"])
async def test_nor_is_it_taken_with_a_command(council: Council, marked: Path, typed: str) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    assert (await council.chat("Lan").says(typed, marked)).startswith("Tệp ke-hoach.docx có dấu chỉ độ mật")
    assert await kept(council, marked) == (0, False)


async def test_nor_as_the_answer_to_a_question_for_files(council: Council, marked: Path) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("baocao 1")
    await lan.presses("Đính kèm tệp")
    assert (await lan.says("", marked)).startswith("Tệp ke-hoach.docx có dấu chỉ độ mật")
    assert await kept(council, marked) == (0, False)


async def test_nor_behind_another_file_of_the_same_message(council: Council, marked: Path, tmp_path: Path) -> None:
    await council.given(PAPER, ("SYT",), "2022-06-14")
    picture = tmp_path / "anh.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + b"0" * 64)
    answer = await council.chat("Lan").says("xong 1", picture, marked)
    assert answer.startswith("Tệp ke-hoach.docx có dấu chỉ độ mật")
    assert await kept(council, marked) == (0, False)


async def test_of_such_a_message_only_its_coming_is_kept(council: Council, marked: Path) -> None:
    await council.chat("Lan").says("nội dung kèm theo", marked)
    async with council.read() as session:
        inbound = (await session.scalars(select(Inbound))).one()
    assert (inbound.raw, inbound.outcome) == (None, "secret")
