"""By which way somebody is told first is set on his page: another messenger of his, or the telephone."""

from sqlalchemy import select, update

from models.outbox import Parcel
from models.people import Person
from tests.chats import Chat, Council
from tests.handlers.test_calling import TITLE, listed
from tests.handlers.test_going_on import Telegram, has_telegram, notice, parcels, telegram

__all__ = ["telegram"]


async def buttons(officer: Chat) -> tuple[str, ...]:
    return (await officer.seen())[-1].buttons


async def test_an_officer_lets_somebody_be_told_by_telephone_and_written_to_again(council: Council) -> None:
    async with council.write() as session:
        lan = Person.id == council.people["Lan"]
        await session.execute(update(Person).where(lan).values(phone="0912 000 002"))
    await council.given(TITLE, ("SYT",), "2022-06-10")
    thu = council.chat("Thu")
    await thu.says("capma Lan")
    assert await thu.presses("Báo qua điện thoại: Lan") == (
        "Từ nay báo tin cho đồng chí Lan qua điện thoại (0912 000 002): nội dung cần báo nằm trong danh sách gọi điện."
    )
    await council.at("2022-06-10 08:00")
    assert (await council.chat("Lan").seen(), len(await council.chat("Hoa").seen())) == ([], 1)
    assert await listed(thu) == [f"Sở Y tế, Lan, điện thoại 0912 000 002: {TITLE}, hạn 10/6/2022"]
    await thu.presses("Đã gọi: Lan", "Đã báo tin, không có nội dung ghi")
    async with council.read() as session:
        told = select(Parcel.state, Parcel.sent_at).where(Parcel.lane == "telephone:")
        assert (await session.execute(told)).all() == [("sent", council.clock.now())]
    await thu.presses("Lại nhắn tin cho Lan")
    await council.at("2022-06-13 08:00")
    assert len(await council.chat("Lan").seen()) == 1


async def test_without_a_number_nobody_can_be_told_by_telephone(council: Council) -> None:
    thu = council.chat("Thu")
    await thu.says("capma Minh")
    assert [label for label in (await thu.seen())[-1].buttons if "điện thoại" in label] == ["Mất điện thoại: Minh"]


async def test_another_messenger_is_tried_first_once_an_officer_says_so(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan")
    await council.at("2022-06-09 09:00")
    thu = council.chat("Thu")
    await thu.says("capma Lan")
    assert await thu.presses("Ưu tiên trình duyệt: Lan") == ("Từ nay gửi tin cho đồng chí Lan qua trình duyệt trước.")
    assert await buttons(thu) == ("Ưu tiên Telegram: Lan",)
    await notice(council, "SYT")
    assert [lane.partition(":")[0] for lane, *_ in await parcels(council, "Lan")] == ["webchat"]
    await thu.presses("Ưu tiên Telegram: Lan")
    await notice(council, "SYT")
    assert [lane.partition(":")[0] for lane, *_ in await parcels(council, "Lan")] == ["webchat", "telegram"]
    assert len(telegram.sent) == 1


async def test_a_chat_that_serves_nobody_any_more_is_not_preferred(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan")
    thu = council.chat("Thu")
    await thu.says("capma Lan")
    old = await thu.button("Ưu tiên trình duyệt: Lan")
    await thu.presses("Mất điện thoại: Lan")
    await thu.presses("Kết thúc tất cả, cấp mã mới")
    assert await thu.hears({"press": list(old)}) == ("Kênh này không còn phục vụ người đó; không có gì thay đổi.")
