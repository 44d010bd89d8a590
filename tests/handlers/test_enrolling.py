"""A unit's code: who he is in three questions or one line, and nothing shown until an officer confirms."""

import pytest
from sqlalchemy import select

from models.addresses import Address, Chat
from models.enrolments import Asking, Enrolment
from models.inviting import units_without_focal_point
from models.joining import Mint
from models.people import Person, Post
from models.unit_codes import end_codes
from tests.chats import Council
from tests.clockwork import run_job
from tests.handlers.enrolling import LINE, asks, code_of, gathered


async def test_three_questions_lead_to_an_officer_and_nothing_is_shown_before(council: Council) -> None:
    code, phone = await code_of(council, "SCT"), council.chat("máy lạ")
    asked = await phone.says(f"/start {code}")
    assert asked.splitlines()[0] == "Đây là mã của Sở Công Thương, dành cho người được cử làm đầu mối."
    assert asked.splitlines()[-1] == "Đồng chí có đồng ý không?"
    assert (await phone.presses("Đồng ý")).splitlines()[0] == "Đề nghị cho biết họ và tên của đồng chí?"
    assert await phone.says("nguyễn thị lan") == "Chức vụ của đồng chí tại đơn vị?"
    assert await phone.says("chuyên viên") == "Số điện thoại để cơ quan thường trực liên hệ với đồng chí?"
    waits = await phone.says("091 234 5678")
    assert waits.splitlines()[0] == (
        "Đã ghi nhận: Nguyễn Thị Lan, chuyên viên, điện thoại 0912345678, đề nghị làm đầu mối của Sở Công Thương."
    )
    assert await phone.says("nhiemvu") == waits
    async with council.read() as session:
        assert (await session.scalars(select(Person).where(Person.name == "Nguyễn Thị Lan"))).all() == []
        (row,) = await session.scalars(select(Enrolment))
        assert (row.state, row.phone, row.agreed_at) == (Asking.WAITING, "0912345678", council.clock.now())


async def test_one_line_is_enough(council: Council) -> None:
    answer = await asks(council, "SCT", LINE, "máy lạ")
    assert answer.splitlines()[0].endswith("điện thoại 0912345678, đề nghị làm đầu mối của Sở Công Thương.")


async def test_what_cannot_be_read_leaves_the_question_open(council: Council) -> None:
    phone = council.chat("máy lạ")
    await phone.says(await code_of(council, "SCT"))
    await phone.presses("Đồng ý")
    assert (await phone.says("Nguyễn Thị Lan, 0912345678")).startswith("Nếu ghi một dòng, đề nghị ghi đủ")
    assert (await phone.says("Lan 123")).startswith("Đề nghị ghi đủ họ và tên")
    await phone.says("Nguyễn Thị Lan")
    await phone.says("Chuyên viên")
    assert (await phone.says("12345")).startswith("Số điện thoại có mười hoặc mười một chữ số")
    assert (await phone.presses("Không cung cấp")).splitlines()[0] == (
        "Đã ghi nhận: Nguyễn Thị Lan, Chuyên viên, đề nghị làm đầu mối của Sở Công Thương."
    )


async def test_the_question_of_consent_closes_with_its_answer(council: Council) -> None:
    phone = council.chat("máy lạ")
    await phone.says(await code_of(council, "SCT"))
    await phone.presses("Đồng ý")
    asked = next(one for one in await phone.seen() if "Đồng chí có đồng ý không?" in one.lines)
    assert (asked.result, asked.buttons) == ("Đã đồng ý lúc 07:25 ngày 09/6/2022.", ())


async def test_without_consent_nothing_is_kept_and_the_code_stays_good(council: Council) -> None:
    code, phone = await code_of(council, "SCT", places=1), council.chat("máy lạ")
    await phone.says(code)
    assert (await phone.presses("Không đồng ý")).startswith("Đã ghi nhận: không lưu thông tin")
    assert (await phone.says("Nguyễn Thị Lan")).startswith("Đây là trợ lý của Hội đồng")
    other = council.chat("máy khác")
    assert "dành cho người được cử làm đầu mối" in await other.says(code)


@pytest.mark.parametrize("word", ["mã cũ", "hết hạn", "đủ người"])
async def test_a_code_that_opens_nothing_says_what_to_do(council: Council, word: str) -> None:
    code = await code_of(council, "SCT", places=1)
    if word == "mã cũ":
        await code_of(council, "SCT")
    elif word == "hết hạn":
        await council.clock.move(minutes=31 * 24 * 60)
    else:
        phone = council.chat("người thứ nhất")
        await phone.says(code)
        await phone.presses("Đồng ý")
        await phone.says(LINE)
    told = {"mã cũ": "đã được thay", "hết hạn": "đã hết hạn", "đủ người": "đã đủ 1 người dùng"}[word]
    answer = await council.chat("người sau").says(code)
    assert (told in answer, "đề nghị" in answer) == (True, True)


async def test_a_second_chat_of_the_same_person_joins_nobody(council: Council) -> None:
    await asks(council, "SCT", LINE, "máy thứ nhất")
    answer = await asks(council, "SCT", "Nguyễn Thị Lan, chuyên viên, 0912 345 678", "máy thứ hai")
    assert answer.startswith("Đã có đề nghị của người này gửi lúc 07:25 ngày 09/6/2022")


async def test_the_same_code_again_says_that_the_request_waits(council: Council) -> None:
    code, phone = await code_of(council, "SCT"), council.chat("máy lạ")
    await phone.says(code)
    await phone.presses("Đồng ý")
    waits = await phone.says(LINE)
    assert await phone.says(code) == waits


async def test_a_request_is_corrected_or_withdrawn_until_it_is_decided(council: Council) -> None:
    phone = council.chat("máy lạ")
    await asks(council, "SCT", LINE, "máy lạ")
    await phone.presses("Sửa lại")
    assert "Trần Thị Mai" in await phone.says("Trần Thị Mai, văn thư, 0912345679")
    assert (await phone.presses("Rút lại")).startswith("Đã rút đề nghị")
    async with council.read() as session:
        (row,) = await session.scalars(select(Enrolment))
        assert (row.state, row.name, row.title, row.phone) == (Asking.WITHDRAWN, "", "", "")
    assert "Trần Thị Mai" not in str(await phone.seen())


async def test_a_newer_letter_goes_on_where_the_older_one_began(council: Council) -> None:
    phone = council.chat("máy lạ")
    await phone.says(await code_of(council, "SCT"))
    await phone.presses("Đồng ý")
    newer = await code_of(council, "SCT")
    assert "đã được thay" in await phone.says(LINE)
    assert (await phone.says(f"/start {newer}")).startswith("Đề nghị cho biết họ và tên")
    assert (await phone.says(LINE)).startswith("Đã ghi nhận")


async def test_what_was_begun_and_never_sent_is_erased_after_some_days(council: Council) -> None:
    phone = council.chat("máy lạ")
    await phone.says(await code_of(council, "SCT"))
    await phone.presses("Đồng ý")
    await phone.says("Nguyễn Thị Lan")
    await council.clock.move(minutes=4 * 24 * 60)
    await run_job(council, "forget-unfinished")
    async with council.read() as session:
        (row,) = await session.scalars(select(Enrolment))
        assert (row.state, row.name) == (Asking.WITHDRAWN, "")


async def test_two_letters_in_one_chat_make_one_person_of_two_units(council: Council) -> None:
    await asks(council, "SCT", LINE, "máy lạ")
    answer = await council.chat("máy lạ").says(await code_of(council, "CA"))
    assert answer.splitlines()[0].endswith("đề nghị làm đầu mối của Công an tỉnh.")
    await gathered(council)
    thu = council.chat("Thu")
    await thu.presses("Xác nhận cả 2 người")
    assert (await thu.presses("Xác nhận 2 người")).startswith("Đã xác nhận 2 người")
    async with council.read() as session:
        person = (await session.scalars(select(Person).where(Person.name == "Nguyễn Thị Lan"))).one()
        posts = await session.scalars(select(Post.id).where(Post.person_id == person.id))
        assert len(posts.all()) == 2


async def test_wrong_codes_still_pause_a_chat_and_a_units_code_does_not_open_it(council: Council) -> None:
    code, phone = await code_of(council, "SCT"), council.chat("máy lạ")
    for _ in range(5):
        await phone.says("111122223333")
    assert (await phone.says(code)).startswith("Đã gửi sai mã nhiều lần tại đây")


async def test_somebody_served_already_serves_one_unit_more(council: Council) -> None:
    lan = council.chat("Lan")
    answer = await lan.says(f"batdau {await code_of(council, 'SCT')}")
    assert answer.splitlines()[0] == "Đã ghi nhận: Lan, Chuyên viên, đề nghị làm đầu mối của Sở Công Thương."
    async with council.write() as session:
        mint = Mint(council.assistant.key, council.clock.now())
        units = await units_without_focal_point(session, council.clock.now().date())
        assert await end_codes(session, mint, [unit.id for unit in units]) == 1
    await council.at("2022-06-09 08:00")
    thu = council.chat("Thu")
    lines = [line for one in await thu.seen() for line in one.lines]
    assert "Lan, Chuyên viên, Sở Công Thương: đang làm đầu mối của Sở Y tế" in lines
    await thu.presses("Xác nhận")
    assert (await lan.seen())[-1].lines[0] == (
        "Kênh này hiện phục vụ đồng chí Lan, Chuyên viên, Sở Y tế, Chuyên viên, Sở Công Thương."
    )
    async with council.read() as session:
        posts = await session.scalars(select(Post).where(Post.person_id == council.people["Lan"]))
        assert len(posts.all()) == 2
        people = await session.scalars(select(Person).where(Person.name == "Lan"))
        assert len(people.all()) == 1
        chat = (await session.scalars(select(Chat).where(Chat.external_id == "Lan"))).one()
        addresses = await session.scalars(select(Address).where(Address.chat_id == chat.id))
        assert len(addresses.all()) == 1
    assert (await lan.says(f"batdau {await code_of(council, 'SYT')}")).startswith("Kênh này đã phục vụ Sở Y tế")
