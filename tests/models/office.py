"""A council's store as tests of the models need it: the cast, tasks given, and acts at local moments."""

from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime
from itertools import count
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database, Turn
from models.assignments import Act, end_of_day
from models.people import Unit
from models.standing import Standing, Standings, standings
from models.tasks import Assignment, Task
from tests.cast import enrol
from tests.timepiece import HandClock

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
_REFS = count(1)


def local(moment: str) -> datetime:
    """Give a local moment ("2022-06-09 07:40") as an aware datetime."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZONE)


@dataclass(slots=True)
class Office:
    """One store; every act is a transaction of its own unless a session is given."""

    database: Database
    people: dict[str, int]

    def write(self) -> AbstractAsyncContextManager[AsyncSession]:
        return self.database.write(Turn.DISPATCH)

    def act(self, session: AsyncSession, name: str, moment: str) -> Act:
        return Act(session, self.people[name], local(moment), ZONE)

    async def given(self, title: str, unit: str, due: str | None) -> int:
        due_on = date.fromisoformat(due) if due else None
        async with self.write() as session:
            task = Task(ref=f"o{next(_REFS)}", title=title, created_at=local("2022-06-01 08:00"))
            session.add(task)
            unit_id = (await session.execute(select(Unit.id).where(Unit.code == unit))).scalar_one()
            await session.flush()
            row = Assignment(
                task_id=task.id,
                unit_id=unit_id,
                number=1,
                due_on=due_on,
                due_at=end_of_day(due_on, ZONE) if due_on else None,
                given_at=local("2022-06-01 08:00"),
                given_on=date(2022, 6, 1),
            )
            session.add(row)
            await session.flush()
            return row.id

    async def stands(self, assignment_id: int, moment: str) -> Standing:
        async with self.database.read() as session:
            found = await (await self.standings(session, moment)).one(assignment_id)
            assert found is not None
            return found

    async def standings(self, session: AsyncSession, moment: str) -> Standings:
        return await standings(session, local(moment), ZONE)


@asynccontextmanager
async def an_office(url: str) -> AsyncIterator[Office]:
    database = Database(url, HandClock())
    async with database.write(Turn.IMPORT) as session:
        people = await enrol(session, "webchat", "webchat")
    yield Office(database, people)
    await database.close()
