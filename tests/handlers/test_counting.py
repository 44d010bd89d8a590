"""How a notice stands on its officer's card, and whom an urging reaches."""

from sqlalchemy import update

from models.addresses import Address, AddressState
from models.people import Person
from tests.chats import Chat, Council, Seen
from tests.clockwork import run_job
from tests.handlers.test_notices import TEXT, sent


async def standing(officer: Chat) -> Seen:
    return [seen for seen in await officer.seen() if seen.lines[0].startswith("Thông báo lúc")][-1]


async def test_the_officers_card_counts_live(council: Council) -> None:
    thu = await sent(council)
    await run_job(council, "count-arrivals")
    assert (await standing(thu)).lines == (
        f"Thông báo lúc 07:40 ngày 09/6/2022: {TEXT}",
        "Phải gửi 4 người: đã gửi 4, chờ gửi 0, không gửi được 0.",
        "Đã xem: 0/4 người.",
        "Đã trả lời: 0/3 đơn vị, thành viên; chưa trả lời: 3.",
    )
    await council.chat("Hoa").presses("Đã nhận")
    await council.chat("Minh").presses("Đã nhận")
    card = await standing(thu)
    assert card.lines[3] == "Đã trả lời: 2/3 đơn vị, thành viên; chưa trả lời: 1."
    assert card.lines[2] == "Đã xem: 2/4 người."
    assert card.buttons == (
        "Chưa trả lời (1)",
        "Đôn đốc 1 đơn vị chưa trả lời",
        "Chưa xem (2)",
        "Bảng tổng hợp",
        "Đính chính",
    )
    await council.chat("Tùng").presses("Đã nhận")
    assert (await standing(thu)).result == "Tất cả đã trả lời."


async def test_urging_reaches_only_the_silent_and_once_a_day(council: Council) -> None:
    thu = await sent(council)
    await council.chat("Lan").presses("Đã nhận")
    await council.at("2022-06-09 14:00")
    preview = await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")
    assert "Sở Tài chính: Minh" in preview
    assert "Sở Y tế" not in preview
    answer = await thu.presses("Gửi đôn đốc")
    assert answer.splitlines() == [
        "Đôn đốc 2 đơn vị, thành viên; các đơn vị khác không nhận thêm tin.",
        "Tin gửi đi từ 14:02, trong giờ làm việc; trước đó có thể rút lại.",
    ]
    await council.at("2022-06-09 14:02")
    urged = (await council.chat("Minh").seen())[-1]
    assert urged.lines == (
        "Chưa xác nhận đã nhận: thông báo lúc 07:40 ngày 09/6/2022.",
        f"“{TEXT}”",
        "Đề nghị xem và bấm “Đã nhận”.",
    )
    assert len([seen for seen in await council.chat("Hoa").seen() if not seen.mine]) == 1
    assert (await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")).startswith("Không còn đơn vị nào cần đôn đốc hôm nay")
    await council.at("2022-06-10 08:00")
    assert "Sở Tài chính: Minh" in await thu.presses("Đôn đốc 2 đơn vị chưa trả lời")


async def test_the_first_copy_can_still_be_answered_after_an_urging(council: Council) -> None:
    thu = await sent(council)
    first = await council.chat("Minh").button("Đã nhận")
    await thu.presses("Đôn đốc 3 đơn vị chưa trả lời")
    await thu.presses("Gửi đôn đốc")
    assert (await council.chat("Minh").hears({"press": list(first)})).startswith("Đã ghi nhận lúc 07:40")


async def test_whom_no_chat_reaches_is_listed_with_his_telephone(council: Council) -> None:
    async with council.write() as session:
        tung = council.people["Tùng"]
        await session.execute(update(Person).where(Person.id == tung).values(phone="0912 000 001"))
        await session.execute(update(Address).where(Address.person_id == tung).values(state=AddressState.UNREACHABLE))
    thu = await sent(council, "STC, VB, SCT")
    assert await thu.presses("Chưa trả lời (3)") == (
        "Chưa trả lời (3)\n"
        "Sở Công Thương: chưa có đầu mối\n"
        "Sở Tài chính: Minh\n"
        "UBND huyện Vụ Bản: Tùng (chưa liên lạc được qua trợ lý, điện thoại 0912 000 001)"
    )
