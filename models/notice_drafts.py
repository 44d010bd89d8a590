"""What a notice under way becomes, and what a draft takes over from a notice; why and by whom it is approved."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.audiences import Audience, Called, posts_of, understand, units_of
from models.broadcasts import NoticeCounts, counts_of
from models.contacts import reach_of
from models.drafts import Draft
from models.notices import Notice, NoticeUnit, rows_of
from models.people import Person, Post, Unit
from models.powers import holds_on
from models.rules.asking import Asks
from models.rules.permission import Role
from models.rules.spelling import fold
from models.rules.text import Text, t
from models.settings import Council

NOTICE: Final = "notice"
"""The kind of a draft that becomes a notice."""


Submitted = Sequence[tuple[Draft, str]]
"""Notices that were submitted for approval, each with the name of its writer."""


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


def is_by_answer(notice: Notice) -> bool:
    """Tell whether a notice goes to some by what they answered, or did not: they are judged again when it leaves."""
    return any(True for _ in Audience.from_json(notice.audience).by_answer())


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


async def why_approved(session: AsyncSession, draft: Draft, council: Council, day: date) -> tuple[Text, ...]:
    """Say why somebody else must approve a notice first: so many people, or whom the council set; empty if nobody must.

    Settings `approval_over` and `approval_kinds`. Where the latter names somebody unknown every notice is approved.
    """
    reasons = []
    if council.approval_over and await _people(session, draft, day) > council.approval_over:
        reasons.append(t("To so many people it goes out once it is approved."))
    if council.approval_kinds:
        named = await understand(session, council.approval_kinds, day)
        set_apart = tuple([part.spoken for part in named.audience.parts if await _reaches(session, draft, part, day)])
        if set_apart:
            reasons.append(t("To {names} it goes out once it is approved.", names=set_apart))
        elif named.doubt is not None:
            about = {"written": named.doubt.written}
            reasons.append(t("It goes out once it is approved: approval_kinds names “{written}”, not known.", **about))
    return tuple(reasons)


async def _people(session: AsyncSession, draft: Draft, day: date) -> int:
    first = draft.data.get("corrects")
    if first is not None:
        return (await counts_of(session, [first])).get(first, NoticeCounts()).people
    return (await reach_of(session, Audience.from_json(draft.data["audience"]), day)).people


async def _reaches(session: AsyncSession, draft: Draft, part: Called, day: date) -> bool:
    """Tell whether a notice goes to one of those whom a part of an audience means, or to a post of such a unit."""
    first = draft.data.get("corrects")
    if first is not None:
        units, posts = (select(owner).where(*rows_of(first)) for owner in (NoticeUnit.unit_id, NoticeUnit.post_id))
    else:
        audience = Audience.from_json(draft.data["audience"])
        units, posts = units_of(audience, day), posts_of(audience, day)
    meant = Audience((part,))
    both = select(Post.id).where(
        Post.id.in_(posts), or_(Post.id.in_(posts_of(meant, day)), Post.unit_id.in_(units_of(meant, day)))
    )
    unit = select(Unit.id).where(Unit.id.in_(units), Unit.id.in_(units_of(meant, day)))
    return await session.scalar(unit.limit(1)) is not None or await session.scalar(both.limit(1)) is not None


def is_submitted(draft: Draft) -> bool:
    """Tell whether a notice stands as it was submitted for approval; what is changed has to be submitted anew."""
    return bool(draft.data.get("submitted") == draft.version)


async def submitted_to(session: AsyncSession, council: Council, person_id: int, day: date) -> Submitted:
    """Read the notices that wait for somebody's approval, the oldest first, each with the name of its writer."""
    found = await session.execute(
        select(Draft, Person.name)
        .join(Person, Person.id == Draft.by_id)
        .where(Draft.kind == NOTICE, Draft.ended_at.is_(None), Draft.by_id != person_id)
        .order_by(Draft.id)
    )
    waiting = [(draft, name) for draft, name in found if is_submitted(draft)]
    able = {by: await approvers(session, council, by, day) for by in {draft.by_id for draft, _ in waiting}}
    return [(draft, name) for draft, name in waiting if person_id in able[draft.by_id]]


async def officer_titles(session: AsyncSession, day: date) -> tuple[str, ...]:
    """Read the titles that are held in the secretariat, each once, in their order."""
    held = (Post.role == Role.SECRETARIAT, Post.person_id.is_not(None), Post.title != "", holds_on(Post, day))
    return tuple(await session.scalars(select(Post.title).where(*held).distinct().order_by(Post.title)))


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
