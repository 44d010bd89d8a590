"""What asks for an answer and gets none goes on, or onto the call list, however long it waited to be sent."""

from tests.chats import Council
from tests.handlers.test_going_on import SILENT, TEXT, Telegram, telegram
from tests.models.test_phone_calls import listed_in_the_dark

__all__ = ["telegram"]


async def test_what_left_late_and_was_answered_nowhere_is_on_the_call_list(
    council: Council, telegram: Telegram
) -> None:
    await listed_in_the_dark(council, telegram)
    telegram.is_down = False
    await council.clock.move(minutes=10)
    await council.settle()
    await council.at("2022-06-10 15:10")
    thu = council.chat("Thu")
    await thu.says("homnay")
    assert SILENT not in (await thu.seen())[-1].buttons
    await council.at("2022-06-10 16:30")
    await council.at("2022-06-10 16:35")
    await thu.says("homnay")
    assert (await thu.presses(SILENT)).splitlines()[1:] == [f"UBND huyện Vụ Bản, Tùng, chưa có số điện thoại: {TEXT}"]
