"""What an officer writes over several messages: begun, filled in, carried out or dropped; only he goes on with it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from models.base import HELD
from models.drafts import Draft
from models.rules.text import Refusal, Text, t

SENT, DROPPED = "sent", "dropped"


async def begin(session: AsyncSession, kind: str, by_id: int, now: datetime) -> Draft:
    """Begin a draft of a kind ("notice", "meeting")."""
    draft = Draft(kind=kind, by_id=by_id, data={}, created_at=now)
    session.add(draft)
    await session.flush()
    return draft


@dataclass(frozen=True, slots=True)
class Ends:
    """How drafts of a `kind` end ("": of any), and what is said of one that is another's, carried out, or dropped."""

    kind: str
    carried_out: str
    of_another: Text
    was_carried_out: Text
    was_dropped: Text


_WRITTEN: Final = Ends(
    "",
    SENT,
    t("This is being written by another officer; please begin one of your own."),
    t("This was sent at {time} already; nothing was sent again."),
    t("This was dropped at {time}; please begin again."),
)


async def under_way(
    session: AsyncSession, draft_id: Any, by_id: int, version: Any = None, ends: Ends = _WRITTEN
) -> Draft:
    """Find a draft that one goes on with, its row locked.

    `version`: that of the preview whose button was pressed. Raises Refusal for another person's, for one that was
    carried out or dropped, and for a preview that is no longer how the draft stands.
    """
    draft = await session.get(Draft, draft_id, with_for_update=HELD, populate_existing=True)
    if draft is None or draft.by_id != by_id or ends.kind not in {"", draft.kind}:
        raise Refusal(ends.of_another)
    if draft.ended_at is not None:
        over = ends.was_carried_out if draft.outcome == ends.carried_out else ends.was_dropped
        raise Refusal(Text(over.id, {"time": draft.ended_at}))
    if version is not None and version != draft.version:
        raise Refusal(t("This was changed after the preview was shown; please use the buttons of the newest preview."))
    return draft


async def fill_in(session: AsyncSession, draft: Draft, **said: Any) -> None:
    """Put what was said into a draft."""
    draft.data = {**draft.data, **said}
    await session.flush()


def end(draft: Draft, outcome: str, now: datetime) -> None:
    """Close a draft that was carried out or dropped."""
    draft.outcome, draft.ended_at = outcome, now
