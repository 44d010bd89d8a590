"""Who has seen what was sent: counted where the channel tells it, and never guessed where it does not."""

from sqlalchemy import select

from models.outbox import Parcel
from tests.chats import Council
from tests.clockwork import run_job
from tests.handlers.test_counting import standing
from tests.handlers.test_notices import sent
from tests.phones import TelegramCouncil


async def test_the_officer_reads_who_has_seen_a_notice(council: Council) -> None:
    thu = await sent(council)
    await council.at("2022-06-09 07:41")
    await council.chat("Lan").reads()
    await council.chat("Minh").reads()
    await council.at("2022-06-09 07:45")
    card = await standing(thu)
    assert card.lines[2] == "Đã xem: 2/4 người."
    assert await thu.presses("Chưa xem (2)") == "Chưa xem (2)\nSở Y tế: Hoa\nUBND huyện Vụ Bản: Tùng"


async def test_the_first_look_counts(council: Council) -> None:
    await sent(council)
    lan = council.chat("Lan")
    shown = [str(entry.id) for entry in await lan.entries() if entry.unread]
    await lan.hears({"read": shown})
    await council.at("2022-06-09 09:00")
    await lan.hears({"read": shown})
    async with council.read() as session:
        [parcel] = await session.scalars(select(Parcel).where(Parcel.id == int(shown[0])))
    assert parcel.read_at == parcel.sent_at


async def test_nobody_tells_for_another(council: Council) -> None:
    thu = await sent(council)
    shown = [str(entry.id) for entry in await council.chat("Lan").entries() if entry.unread]
    await council.chat("Minh").hears({"read": shown})
    await run_job(council, "count-arrivals")
    assert (await standing(thu)).lines[2] == "Đã xem: 0/4 người."


async def test_whoever_answers_has_seen(council: Council) -> None:
    thu = await sent(council)
    await council.chat("Minh").presses("Đã nhận")
    assert (await standing(thu)).lines[2] == "Đã xem: 1/4 người."


async def test_of_whom_the_messenger_tells_nothing_nothing_is_said(on_telegram: TelegramCouncil) -> None:
    await on_telegram.at("2022-06-09 07:40")
    thu = on_telegram.chat("Thu")
    await thu.says("guithongbao SYT: Đề nghị gửi danh sách.")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")
    await run_job(on_telegram, "count-arrivals")
    await on_telegram.settle()
    card = next(seen for seen in await thu.seen() if seen.lines[0].startswith("Thông báo lúc"))
    assert card.lines[1:3] == (
        "Phải gửi 2 người: đã gửi 2, chờ gửi 0, không gửi được 0.",
        "Đã đến, đã xem: không có thông tin.",
    )


async def test_the_officer_reads_who_has_not_seen_an_invitation(council: Council) -> None:
    await council.at("2022-06-09 07:40")
    thu = council.chat("Thu")
    await thu.says("taohop Họp Hội đồng; 14h00 ngày 20/6; Phòng họp số 2; SYT, STC")
    await thu.presses("Gửi giấy mời")
    await council.chat("Lan").reads()
    await run_job(council, "count-arrivals")
    card = next(seen for seen in await thu.seen() if seen.lines[0] == "Cuộc họp: Họp Hội đồng")
    assert card.lines[-2:] == (
        "Đã xem: 1/3 người.",
        "Mời: 2; dự: 0; vắng mặt: 0; dự thay: 0; chưa trả lời: 2.",
    )
    assert await thu.presses("Chưa xem (2)") == "Chưa xem (2)\nSở Tài chính: Minh\nSở Y tế: Hoa"
