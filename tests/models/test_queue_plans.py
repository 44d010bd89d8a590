"""The queue stays fast beside years of old rows: every statement finds what it needs by an index."""

import re
from collections.abc import AsyncIterator, Awaitable
from typing import Any

import pytest
from sqlalchemy import event, insert, text
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from bot.database import Database, Turn
from bot.timepiece import SystemClock
from models.ids import reserve_ids
from models.outbox import Parcel, ParcelState
from models.outcomes import Again, Outcome, Over, Sender, Sent, acknowledge
from models.queue import Wanted, claim, is_anything_due, put_back, put_back_astray, put_back_unsure
from tests.postoffice import LANE, PostOffice
from tests.timepiece import HandClock

OLD, WAITING = 200_000, 20_000
Statement = tuple[str, tuple[Any, ...]]


@pytest.fixture
async def office(sqlite_url: str) -> AsyncIterator[PostOffice]:
    database = Database(sqlite_url, SystemClock())
    office = PostOffice(database, HandClock())
    await add_rows(office)
    yield office
    await database.close()


async def add_rows(office: PostOffice) -> None:
    first = await office.parcel(await office.owe(await office.person("hoa"), "một"))
    row = {column.name: getattr(first, column.name) for column in Parcel.__table__.columns}
    ids = reserve_ids(OLD + WAITING)
    later = {"state": "queued", "not_before": office.in_seconds(9999)}
    async with office.database.write(Turn.IMPORT) as session:
        rows = [
            row | {"id": ids + number, "key": f"old{number}"} | ({"state": "sent"} if number <= OLD else later)
            for number in range(1, OLD + WAITING + 1)
        ]
        await session.execute(insert(Parcel.__table__), rows)  # type: ignore[arg-type]


async def everything(session: AsyncSession, office: PostOffice) -> None:
    """Do all that a courier does in the store."""
    wanted, sender = Wanted(LANE, office.clock.now(), 30), Sender(LANE, 1)
    await is_anything_due(session, wanted)
    parcels = [each.id for each in await claim(session, wanted, epoch=1)]
    assert len(parcels) == 1
    now = office.clock.now()
    outcomes: list[Outcome] = [
        Sent(parcels[0], 1, "m1", {}, target_id=parcels[0]),
        Again(1, now),
        Over(2, ParcelState.DEAD),
    ]
    await acknowledge(session, sender, outcomes, now)
    await put_back(session, LANE, 2)
    await put_back_unsure(session, LANE, 2, now)
    await put_back_astray(session, LANE, 2, parcels)


async def test_every_statement_of_the_courier_is_answered_by_an_index(office: PostOffice) -> None:
    slow = []
    async with office.database.write(Turn.COURIER) as session:
        statements = await noted(session, everything(session, office))
        for command in ("SELECT 1", "ANALYZE"):  # the planner chooses otherwise once it knows how many rows there are
            await session.execute(text(command))
            for statement, given in statements:
                slow += [(step, statement) for step in await plan(session, statement, given) if not is_fast(step)]
    assert slow == []


async def noted(session: AsyncSession, doing: Awaitable[None]) -> list[Statement]:
    statements: list[Statement] = []

    def note(_c: object, _u: object, statement: str, given: Any, _x: object, many: bool) -> None:  # noqa: FBT001
        statements.append((statement, tuple(given[0] if many else given)))

    event.listen(session.get_bind(), "before_cursor_execute", note)
    await doing
    event.remove(session.get_bind(), "before_cursor_execute", note)
    assert len(statements) >= 8
    return statements


async def plan(session: AsyncSession, statement: str, given: tuple[Any, ...]) -> list[str]:
    def explained(session: Session) -> list[str]:
        steps = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        return [step.detail for step in steps]

    return await session.run_sync(explained)


def is_fast(step: str) -> bool:
    """Judge a step of a plan: it reads through neither all rows nor all that waits in a lane."""
    if not re.match(r"(SCAN|SEARCH) (parcel|target|earlier)\b", step):
        return True
    return any(
        good in step
        for good in (
            "INTEGER PRIMARY KEY (rowid=?)",
            "ix_parcel_queue (lane=? AND priority=? AND not_before<?)",
            "ix_parcel_sending (lane=? AND epoch",
            "SEARCH earlier USING INDEX sqlite_autoindex_parcel_1 (key=? AND step=?",
        )
    )
