"""The council on Zalo: heard once, answered with numbers to type, in pieces that the platform takes."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select, update

from models.addresses import Chat
from models.outbox import Parcel
from models.papers import StoredFile
from tests.handlers.enrolling import known
from tests.pages.browsers import site_of
from tests.zalo_phones import ZaloCouncil, a_zalo_council

TITLE = "Báo cáo sơ kết"
NOTICE = "Đề nghị gửi danh sách điển hình tiên tiến."
MOST_UNITS = 2000
PICTURE = bytes.fromhex("89504e470d0a1a0a")


@pytest.fixture
async def council(database_url: str, tmp_path: Path) -> AsyncIterator[ZaloCouncil]:
    async with a_zalo_council(database_url, tmp_path) as opened:
        yield opened


async def announced(council: ZaloCouncil, whom: str = "SYT, STC", text: str = NOTICE) -> None:
    await council.at("2022-06-09 07:40")
    await council.chat("Thu").says(f"guithongbao {whom}: {text}")
    await council.chat("Thu").presses("Gửi", "Gửi ngay")


async def states(council: ZaloCouncil) -> dict[str, list[str]]:
    """Give the states of what was owed to each of the cast for a notice."""
    async with council.read() as session:
        rows = await session.execute(
            select(Parcel.person_id, Parcel.state).where(Parcel.key.startswith("notice:")).order_by(Parcel.id)
        )
        names = {person: name for name, person in council.people.items()}
        found: dict[str, list[str]] = {}
        for person, state in rows:
            found.setdefault(names[person or 0], []).append(str(state))
        return found


async def test_a_task_is_answered_by_a_number(council: ZaloCouncil) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("nhiemvu 1")
    assert lan.person.seen()[-1].text.splitlines()[-6:] == [
        "1. Đã tiếp nhận",
        "2. Đã gửi",
        "3. Hoàn thành",
        "4. Khó khăn, vướng mắc",
        "5. Đề nghị gia hạn",
        "6. Không thuộc nhiệm vụ đơn vị",
    ]
    assert (await lan.says("1")).splitlines()[:2] == [
        f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {TITLE}.",
        "Đã tiếp nhận nhiệm vụ.",
    ]


async def test_numbers_go_on_from_message_to_message(council: ZaloCouncil) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    for _ in range(2):
        await lan.says("nhiemvu 1")
    first, second = (shown.text.splitlines()[-6:] for shown in lan.person.seen())
    assert (first[-1], second[0]) == ("6. Không thuộc nhiệm vụ đơn vị", "7. Đã tiếp nhận")
    assert "đã tiếp nhận" in (await lan.says("1")).lower()


@pytest.mark.parametrize("words", ["1 người đi họp thay", "2 người đi", "2 xe", "12/6 xong", "1, 2", "3/6"])
async def test_a_sentence_that_begins_with_a_number_is_no_choice_and_no_task(council: ZaloCouncil, words: str) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("nhiemvu 1")
    assert (await lan.says(words)).splitlines()[0] == "Chưa hiểu được nội dung này nên chưa ghi nhận."


async def test_a_number_that_no_choice_bears_says_what_to_do(council: ZaloCouncil) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("nhiemvu 1")
    assert (await lan.says("44")).splitlines()[0] == (
        "Không có lựa chọn hay câu hỏi nào đang chờ ứng với số 44; chưa ghi nhận nội dung nào."
    )


async def test_several_tasks_are_answered_in_one_message_and_recorded_by_one_number(council: ZaloCouncil) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    await council.given("Danh sách điển hình", ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("1 xong, 2 xin gia hạn 24/6 vì chờ số liệu")
    assert lan.person.seen()[-1].text.splitlines() == [
        "Đề nghị kiểm tra nội dung sẽ ghi nhận:",
        f"1. {TITLE}: Báo cáo hoàn thành.",
        "2. Danh sách điển hình: Đề nghị gia hạn đến ngày 24/6/2022. Lý do: chờ số liệu.",
        "Trả lời bằng số:",
        "1. Ghi nhận cả 2 nội dung",
        "2. Bỏ",
    ]
    assert (await lan.says("1")).splitlines()[0].startswith(f"Đã ghi nhận số 1 lúc 07:25 ngày 09/6/2022: {TITLE}.")


async def test_a_number_beneath_a_question_is_the_choice_that_bears_it(council: ZaloCouncil) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("giahan 1")
    (_, asked) = await lan.seen()
    assert await lan.presses(asked.buttons[0]) == f"Đề nghị nêu lý do gia hạn đến ngày {asked.buttons[0]}."


async def test_where_a_number_may_be_that_of_a_paper_it_is_asked_which_is_meant(council: ZaloCouncil) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan = council.chat("Lan")
    await lan.says("nhiemvu 1")
    await lan.presses("Đã gửi")
    (number, _), *_ = [(lan.number(label), label) for label in (await lan.seen())[-1].buttons]
    assert (await lan.says(number)).splitlines()[0].startswith(f"“{number}” có thể là câu trả lời")


async def test_an_old_choice_that_holds_no_more_is_answered_with_what_now_is(council: ZaloCouncil) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT: {NOTICE}")
    await thu.presses("Gửi")
    await council.at("2022-06-09 07:43")
    assert (await thu.presses("Rút lại")).splitlines()[:2] == [
        "Thông báo đã gửi hết hoặc đã được rút lại; nội dung đã gửi có thể sửa bằng “Đính chính”.",
        f"Thông báo lúc 07:42 ngày 09/6/2022: {NOTICE}",
    ]
    assert "Đính chính" in (await thu.seen())[-1].buttons


async def test_a_colleague_who_presses_late_reads_what_now_is(council: ZaloCouncil) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    lan, hoa = council.chat("Lan"), council.chat("Hoa")
    for colleague in (lan, hoa):
        await colleague.says("nhiemvu 1")
    late = hoa.number("Đã tiếp nhận")
    await lan.presses("Đã tiếp nhận")
    assert (await hoa.says(late)).splitlines()[0].startswith("Nội dung này đã thay đổi sau khi nút được hiển thị")


async def test_somebody_joins_by_a_typed_code_and_agrees_by_a_number(council: ZaloCouncil) -> None:
    new = council.chat("máy mới của Lan")
    welcome = await new.says(await known(council, "Lan"))
    assert welcome.startswith("Kênh này hiện phục vụ đồng chí Lan")


async def test_a_picture_is_fetched_and_handed_in(council: ZaloCouncil, tmp_path: Path) -> None:
    await council.given(TITLE, ("SYT",), "2022-06-14")
    (tmp_path / "anh.png").write_bytes(PICTURE)
    lan = council.chat("Lan")
    await lan.says("", tmp_path / "anh.png")
    async with council.read() as session:
        [file] = await session.scalars(select(StoredFile))
    assert council.assistant.files.path(file.sha256).read_bytes() == PICTURE
    assert file.name.endswith(".jpg")


async def test_a_file_goes_out_as_a_link_that_saves_it_by_its_button(council: ZaloCouncil, tmp_path: Path) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("guithongbao SYT: Đề nghị xem văn bản kèm theo.")
    await thu.presses("Đính kèm tệp")
    (tmp_path / "ảnh.png").write_bytes(PICTURE)
    await thu.says("", tmp_path / "ảnh.png")
    await thu.presses("Gửi", "Gửi ngay")
    text = council.chat("Lan").person.seen()[-1].text
    [(name, path)] = re.findall(r"^(anh-\S+\.jpg) \(1 KB\): http://127.0.0.1:8080(/given/\S+)$", text, re.MULTILINE)
    async with site_of(council).browser() as browser:
        shown = await browser.get(path)
        assert (shown.status_code, name in shown.text, PICTURE in shown.content) == (200, True, False)
        saved = await browser.http.post(path)
        assert (saved.content, saved.headers["content-type"]) == (PICTURE, "application/octet-stream")
        assert (await browser.get(f"{path}x")).status_code == 404
        async with council.write() as session:
            await session.execute(
                update(Chat)
                .where(Chat.external_id == council.chat("Lan").person.id)
                .values(ended_at=council.clock.now())
            )
        assert (await browser.http.post(path)).status_code == 404


async def test_our_own_words_that_come_back_are_answered_with_silence(council: ZaloCouncil) -> None:
    council.world.habits.echoes = True
    lan = council.chat("Lan")
    await lan.says("trogiup")
    await council.settle()
    assert len(lan.person.seen()) == 1


async def test_a_bot_over_its_quota_rests_and_nothing_is_lost(council: ZaloCouncil) -> None:
    council.world.habits.quota = 4
    await announced(council)
    before = await states(council)
    asked = len(council.world.calls("sendMessage"))
    await council.passes(seconds=30)
    assert len(council.world.calls("sendMessage")) == asked
    council.world.habits.quota = 3000
    await council.passes(hours=2)
    assert "queued" in {state for each in before.values() for state in each}
    assert {state for each in (await states(council)).values() for state in each} == {"sent"}
