"""The council's own days correct the library's holidays, and are recorded once each."""

from datetime import date

from bot.database import Database, Turn
from bot.timepiece import SystemClock
from models.days import record_days, working_calendar
from models.rules.days_off import read_days


async def test_own_days_are_recorded_once_and_count(database_url: str) -> None:
    database = Database(database_url, SystemClock())
    try:
        for kind in ("làm việc", "nghỉ"):
            days = read_days(f"02/01/2026\t{kind}\tHoán đổi\n10/01/2026\tlàm việc\tLàm bù\n")
            async with database.write(Turn.IMPORT) as session:
                assert await record_days(session, days) == len(days)
        async with database.read() as session:
            calendar = await working_calendar(session)
    finally:
        await database.close()
    assert not calendar.is_working(date(2026, 1, 2))
    assert calendar.is_working(date(2026, 1, 10))
    assert calendar.name_of(date(2026, 1, 10)) == "Làm bù"
