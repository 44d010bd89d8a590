"""What asks for an answer and gets none goes on, or onto the call list, however long it waited to be sent."""

from typing import Any

from sqlalchemy import event

from models.days import working_calendar, working_hours
from models.settings import council as settings_of
from models.unanswered import go_on_unanswered, waiting
from tests.chats import Council
from tests.handlers.test_going_on import SILENT, TEXT, Telegram, telegram
from tests.models.office import ZONE, an_office, local
from tests.models.test_phone_calls import listed_in_the_dark
from tests.models.test_queue_plans import Statement, plan

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


async def test_it_is_found_by_what_is_open_and_not_among_all_that_was_ever_sent(sqlite_url: str) -> None:
    asked: list[Statement] = []

    def note(_c: object, _u: object, statement: str, given: Any, _x: object, _m: object) -> None:
        asked.append((statement, tuple(given)))

    async with an_office(sqlite_url) as office, office.write() as session:
        council, calendar = await settings_of(session), await working_calendar(session)
        wait = waiting(council, working_hours(council, calendar, ZONE), local("2022-06-09 09:00"))
        event.listen(session.get_bind(), "before_cursor_execute", note)
        await go_on_unanswered(session, wait)
        event.remove(session.get_bind(), "before_cursor_execute", note)
        steps = [step for statement, given in asked for step in await plan(session, statement, given)]
    assert "SEARCH parcel USING INDEX ix_parcel_subject (subject_id=? AND subject_kind=?)" in steps
    assert [step for step in steps if step.startswith("SCAN parcel")] == []
