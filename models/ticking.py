"""Units being ticked off for what arrived of them: a draft with a row for each, until it is recorded or dropped."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.drafts import Draft, DraftRow
from models.rules.text import t
from models.standing import Standing
from models.writing import Ends, under_way

KIND: Final = "receipts"
RECORDED, DROPPED = "recorded", "dropped"
_LIST: Final = Ends(
    KIND,
    RECORDED,
    t("This list is another officer's; please send “ghinhan” to begin one of your own."),
    t("These receipts were recorded at {time} already; nothing was recorded twice."),
    t("This list was dropped at {time}; please send “ghinhan” to begin again."),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """One unit of the list, by its place there (from 0) and its assignment."""

    place: int
    assignment_id: int
    unit: str
    ticked: bool


async def begin_ticking(
    session: AsyncSession, by_id: int, now: datetime, found: Sequence[Standing], **known: Any
) -> Draft:
    """Begin a list of these assignments; `known["ticked"]` are the ids ticked from the start, the rest is kept."""
    ticked: Collection[int] = known.pop("ticked", ())
    draft = Draft(kind=KIND, by_id=by_id, data=known, created_at=now)
    session.add(draft)
    await session.flush()
    session.add_all(
        DraftRow(
            draft_id=draft.id,
            position=place,
            data={"assignment": standing.id, "unit": standing.whose, "ticked": standing.id in ticked},
        )
        for place, standing in enumerate(found)
    )
    await session.flush()
    return draft


async def ticks(session: AsyncSession, draft: Draft) -> tuple[Tick, ...]:
    """Read the list in its order."""
    rows = await session.execute(
        select(DraftRow.position, DraftRow.data).where(DraftRow.draft_id == draft.id).order_by(DraftRow.position)
    )
    return tuple(Tick(place, data["assignment"], data["unit"], data["ticked"]) for place, data in rows)


async def tick(session: AsyncSession, draft: Draft, places: Collection[int] | None, *, ticked: bool) -> None:
    """Tick units, or take their ticks away; None means all of them. A preview shown before becomes stale."""
    where = () if places is None else (DraftRow.position.in_(places),)
    for row in await session.scalars(select(DraftRow).where(DraftRow.draft_id == draft.id, *where)):
        row.data = {**row.data, "ticked": ticked}
    if draft.data.get("shown"):
        draft.data = {**draft.data, "shown": False}
    await session.flush()


async def open_list(session: AsyncSession, draft_id: Any, by_id: int, version: Any = None) -> Draft:
    """Find the list that its officer goes on with, its row locked; `version` is that of the preview he pressed.

    Raises Refusal for another officer's, for one recorded or dropped, and for a preview that is no longer true.
    """
    return await under_way(session, draft_id, by_id, version, _LIST)
