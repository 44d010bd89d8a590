"""What a notice under way becomes, and what a draft takes over from a notice; whether it needs an approval."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.audiences import Audience
from models.broadcasts import NoticeCounts, counts_of
from models.contacts import reach_of
from models.drafts import Draft
from models.notices import Notice
from models.people import Post
from models.powers import holds_on
from models.rules.asking import Asks
from models.rules.permission import Role
from models.rules.spelling import fold
from models.settings import Council

NOTICE: Final = "notice"
"""The kind of a draft that becomes a notice."""


def notice_of(draft: Draft) -> Notice:
    """Give the notice that a draft makes, not yet written down."""
    data = draft.data
    return Notice(
        text=data.get("text", ""),
        audience=data.get("audience", {}),
        created_at=draft.created_at,
        by_id=draft.by_id,
        corrects_id=data.get("corrects"),
        **_asked(data),
    )


def _asked(data: Mapping[str, Any]) -> dict[str, Any]:
    """Give what a draft's notice asks for, as the columns of the notice."""
    until = data.get("respond_by")
    return {
        "asks": Asks(data.get("asks", Asks.RECEIVED)),
        "options": data.get("options"),
        "each_person": bool(data.get("each_person")),
        "respond_by": datetime.fromisoformat(until) if until else None,
    }


def taken_over(notice: Notice) -> dict[str, Any]:
    """Give what a draft takes over from a notice that is written anew or corrected."""
    return {
        "audience": notice.audience,
        "asks": notice.asks,
        "options": notice.options,
        "each_person": notice.each_person,
        "respond_by": notice.respond_by.isoformat() if notice.respond_by else None,
    }


async def needs_approval(session: AsyncSession, draft: Draft, council: Council, day: date) -> bool:
    """Tell whether a notice goes to so many people that somebody else must approve it first."""
    if not council.approval_over:
        return False
    first = draft.data.get("corrects")
    if first is not None:
        people = (await counts_of(session, [first])).get(first, NoticeCounts()).people
    else:
        people = (await reach_of(session, Audience.from_json(draft.data["audience"]), day)).people
    return people > council.approval_over


async def approvers(session: AsyncSession, council: Council, author_id: int, day: date) -> tuple[int, ...]:
    """Name who may approve an officer's notice: the head of the secretariat, or whoever else serves in it.

    The head holds a post whose title begins as the setting `approver_title` says. The head's own notices, and those
    of an officer who serves alone, are approved by the Chair.
    """
    rows = await session.execute(
        select(Post.person_id, Post.role, Post.title).where(
            Post.role.in_((Role.SECRETARIAT, Role.CHAIR)),
            Post.person_id.is_not(None),
            Post.person_id != author_id,
            holds_on(Post, day),
        )
    )
    held = [(person, role, fold(title)) for person, role, title in rows if person is not None]
    head = fold(council.approver_title)
    officers = {person for person, role, title in held if role == Role.SECRETARIAT and title.startswith(head)}
    return tuple(sorted(officers or {person for person, role, _ in held if role == Role.CHAIR}))
