"""Who answered a call was told: what waited for him elsewhere is sent there no more."""

from tests.chats import Council
from tests.handlers.test_going_on import TELEGRAM, Telegram, has_telegram, notice, parcels, telegram

__all__ = ["telegram"]

LISTED = "Chưa gửi được, cần gọi điện"


async def listed_in_the_dark(council: Council, telegram: Telegram) -> None:
    """Let a notice wait so long on a dark messenger that its reader is to be telephoned."""
    await has_telegram(council, "Tùng", alone=True)
    await council.at("2022-06-09 09:00")
    telegram.is_down = True
    await notice(council, "VB")
    await council.at("2022-06-09 15:00")
    await council.at("2022-06-09 15:01")
    thu = council.chat("Thu")
    await thu.presses(LISTED)


async def test_what_was_told_on_the_telephone_is_not_sent_once_the_messenger_is_back(
    council: Council, telegram: Telegram
) -> None:
    await listed_in_the_dark(council, telegram)
    await council.chat("Thu").presses("Đã gọi: Tùng", "Đã báo tin, không có nội dung ghi")
    telegram.is_down = False
    await council.clock.move(minutes=10)
    await council.settle()
    assert (await parcels(council, "Tùng"), telegram.sent) == ([("telephone:", 0, "sent", "no route")], [])


async def test_what_nobody_was_told_leaves_once_the_messenger_is_back(council: Council, telegram: Telegram) -> None:
    await listed_in_the_dark(council, telegram)
    await council.chat("Thu").presses("Đã gọi: Tùng", "Không nghe máy")
    telegram.is_down = False
    await council.clock.move(minutes=10)
    await council.settle()
    assert await parcels(council, "Tùng") == [(TELEGRAM, 0, "sent", "")]
