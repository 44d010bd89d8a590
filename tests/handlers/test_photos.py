"""Photos that come one by one within two minutes are pages of one file, asked about once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from documents.files import MOST
from models.papers import StoredFile
from models.tasks import Report, ReportFile
from tests.documents.test_binding import jpeg
from tests.zalo_phones import ZaloCouncil, ZaloPhone, a_zalo_council

TITLE, OTHER = "Báo cáo sơ kết", "Danh sách điển hình"
FURTHER = "Các ảnh gửi tiếp trong 2 phút là những trang tiếp theo của tệp này."
ASKED = f"Đã nhận tệp. Tệp này thuộc nhiệm vụ “{TITLE}”?\n{FURTHER}"
ADDED = "Đã thêm ảnh vào báo cáo số 1; các ảnh gửi tiếp trong 2 phút cũng được thêm vào."


@pytest.fixture
async def council(database_url: str, tmp_path: Path) -> AsyncIterator[ZaloCouncil]:
    async with a_zalo_council(database_url, tmp_path) as opened:
        await opened.given(TITLE, ("SYT",), "2022-06-14")
        yield opened


@pytest.fixture
def lan(council: ZaloCouncil) -> ZaloPhone:
    return council.chat("Lan")


async def sends(phone: ZaloPhone, *photos: bytes, caption: str = "") -> list[str]:
    """Send photos at once; give what the telephone shows in answer."""
    before = len(phone.person.seen())
    for photo in photos:
        phone.person.sends_photo(photo, caption=caption)
    await phone.council.settle()
    return [shown.text.split("\nTrả lời bằng số:")[0] for shown in phone.person.seen()[before:]]


async def handed_in(council: ZaloCouncil) -> list[tuple[str, bytes]]:
    """Give the files of the answers: the end of each name, and the bytes."""
    async with council.read() as session:
        rows = await session.scalars(
            select(StoredFile)
            .join(ReportFile, ReportFile.file_id == StoredFile.id)
            .join(Report, Report.id == ReportFile.report_id)
            .order_by(ReportFile.id)
        )
        return [(row.name[12:], council.assistant.files.path(row.sha256).read_bytes()) for row in rows]


async def test_three_photos_are_asked_about_once_and_recorded_as_one_file_in_order(
    council: ZaloCouncil, lan: ZaloPhone
) -> None:
    photos = [jpeg(30, 40, mark=mark) for mark in (b"mot", b"hai", b"ba")]
    assert await sends(lan, *photos) == [ASKED]
    assert (await lan.presses("Đúng, báo cáo hoàn thành")).splitlines()[-1] == "Gồm 3 trang ảnh."
    [(name, content)] = await handed_in(council)
    assert name == "-3-trang.pdf"
    places = [content.index(photo) for photo in photos]
    assert places == sorted(places)


async def test_each_within_two_minutes_of_the_one_before_joins_it(council: ZaloCouncil, lan: ZaloPhone) -> None:
    shown = []
    for minutes in (0, 1.9, 1.9):
        await council.clock.move(minutes=minutes)
        shown.append(await sends(lan, jpeg(30, 40, mark=str(minutes).encode())))
    assert shown == [[ASKED], [], []]
    await lan.presses("Đúng, báo cáo hoàn thành")
    assert [name for name, _ in await handed_in(council)] == ["-3-trang.pdf"]


async def test_what_comes_later_is_asked_about_anew_and_both_can_be_recorded(
    council: ZaloCouncil, lan: ZaloPhone
) -> None:
    await sends(lan, jpeg(30, 40, mark=b"mot"))
    first = lan.number("Đúng, báo cáo tiến độ")
    await council.clock.move(minutes=3)
    assert await sends(lan, jpeg(30, 40, mark=b"hai")) == [ASKED]
    await lan.presses("Đúng, báo cáo tiến độ")
    await lan.says(first)
    assert [content[-5:-2] for _, content in await handed_in(council)] == [b"hai", b"mot"]


async def test_a_single_photo_is_recorded_as_it_came(council: ZaloCouncil, lan: ZaloPhone) -> None:
    await sends(lan, jpeg(30, 40))
    await lan.presses("Đúng, báo cáo hoàn thành")
    assert await handed_in(council) == [(".jpg", jpeg(30, 40))]


async def test_what_comes_after_the_choice_is_added_to_that_answer(council: ZaloCouncil, lan: ZaloPhone) -> None:
    await sends(lan, jpeg(30, 40, mark=b"mot"), jpeg(30, 40, mark=b"hai"))
    await lan.presses("Đúng, báo cáo hoàn thành")
    assert await sends(lan, jpeg(30, 40, mark=b"ba ")) == [ADDED]
    assert await sends(lan, jpeg(30, 40, mark=b"bon")) == []
    assert [name for name, _ in await handed_in(council)] == ["-2-trang.pdf", ".jpg", ".jpg"]


async def test_photos_that_answer_a_question_go_into_one_answer(council: ZaloCouncil, lan: ZaloPhone) -> None:
    await lan.says("guitep 1")
    recorded, added = await sends(lan, *(jpeg(30, 40, mark=mark) for mark in (b"mot", b"hai", b"ba")))
    assert recorded.splitlines()[0] == f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {TITLE}."
    assert (added, len(await handed_in(council))) == (ADDED, 3)


async def test_of_several_tasks_it_is_asked_which_once(council: ZaloCouncil, lan: ZaloPhone) -> None:
    await council.given(OTHER, ("SYT",), "2022-06-14")
    assert len(await sends(lan, jpeg(30, 40, mark=b"mot"), jpeg(30, 40, mark=b"hai"))) == 1
    await lan.presses(f"2. {OTHER}")
    assert [name for name, _ in await handed_in(council)] == ["-2-trang.pdf"]


async def test_pictures_of_another_kind_are_several_files_of_one_answer(council: ZaloCouncil, lan: ZaloPhone) -> None:
    picture = bytes.fromhex("89504e470d0a1a0a")
    assert await sends(lan, picture, picture + b"2") == [ASKED]
    assert (await lan.presses("Đúng, báo cáo hoàn thành")).splitlines()[-1] == "Gồm 2 trang ảnh."
    assert [name for name, _ in await handed_in(council)] == [".jpg", ".jpg"]


async def test_pages_too_large_together_are_several_files_of_one_answer(council: ZaloCouncil, lan: ZaloPhone) -> None:
    photos = [jpeg(30, 40, mark=bytes((mark,)) * (MOST // 2)) for mark in (1, 2)]
    assert await sends(lan, *photos) == [ASKED]
    assert (await lan.presses("Đúng, báo cáo hoàn thành")).splitlines()[-1] == "Gồm 2 trang ảnh."
    assert await handed_in(council) == [(".jpg", photo) for photo in photos]


async def test_a_photo_with_words_is_a_matter_of_its_own(council: ZaloCouncil, lan: ZaloPhone) -> None:
    await sends(lan, jpeg(30, 40))
    [said] = await sends(lan, jpeg(30, 40, mark=b"2"), caption="xong 1")
    assert said.splitlines()[1] == "Báo cáo hoàn thành."
