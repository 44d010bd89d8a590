"""The clock makes the plan real; a year whose days off nobody announced is said once a month."""

from pathlib import Path

from tests.chats import Chat, Council, a_council
from tests.handlers.test_morning import pushed


async def of_calendars(chat: Chat) -> list[str]:
    """Give the first lines of what was pushed about days off."""
    return [message.lines[0] for message in await pushed(chat) if message.lines[0].startswith("Lịch nghỉ")]


async def test_a_year_without_an_official_calendar_is_said_once_a_month_from_october(
    database_url: str, tmp_path: Path
) -> None:
    async with a_council(database_url, tmp_path, "2026-09-30 08:05") as council:
        await council.at("2026-09-30 08:10")
        thu = council.chat("Thu")
        assert await of_calendars(thu) == []
        for moment in ("2026-10-01 08:10", "2026-10-02 08:10", "2026-11-02 08:10"):
            await council.at(moment)
        assert await of_calendars(thu) == ["Lịch nghỉ năm 2027: chưa có thông báo chính thức"] * 2


async def test_a_known_year_needs_no_warning(council: Council) -> None:
    await council.at("2022-11-01 08:10")
    assert await of_calendars(council.chat("Thu")) == []
