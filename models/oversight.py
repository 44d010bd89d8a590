"""Notice 01 taken in: who follows whom from which day; a newer notice ends the older one, and both stay."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.entries import LEFT, FollowEntry, Review, Row, Take, Target
from models.papers import Document, Oversight
from models.people import Group, Post, Unit
from models.rules.permission import Role
from models.rules.spelling import fold, tidy
from models.rules.units import words
from models.seats import seats
from models.tasks import Whom

_DAY = timedelta(days=1)
_CHAIR = "chu tich hoi dong"


async def compared(session: AsyncSession, rows: Sequence[Row], document_id: int | None) -> tuple[Row, ...]:
    """Say of each row whether it is new, the same or changed against the same notice taken in before."""
    if document_id is None:
        return tuple(rows)
    stored = await _stored(session, document_id)
    known = tuple(_against(row, stored) for row in rows)
    refs = {row.entry.ref for row in rows}
    start = max((row.position for row in rows), default=0) + 1
    gone = [entry for ref, entry in stored.items() if ref not in refs]
    return (*known, *(Row(start + at, entry, Take.GONE, entry) for at, entry in enumerate(gone)))


async def record(session: AsyncSession, review: Review, document: Document) -> None:
    """Write who follows whom from the notice's day, and end what older notices said the day before."""
    ends = await _ends(session, document)
    held = await seats(session, document.dated)
    for row in review.rows:
        if not row.counts or not isinstance(row.entry, FollowEntry):
            continue
        if row.take is not Take.NEW:
            await session.execute(
                delete(Oversight).where(Oversight.document_id == document.id, Oversight.ref == row.entry.ref)
            )
        if row.take is not Take.GONE:
            post = await _seat(session, row.entry, held, document.dated)
            await _follow(session, row.entry, post, document, ends)
    await _end_older(session, document)


def role_in_council(council_title: str) -> Role:
    """Tell the Chair from the members by the title in the council."""
    return Role.CHAIR if fold(council_title).startswith(_CHAIR) else Role.COUNCIL_MEMBER


async def _stored(session: AsyncSession, document_id: int) -> dict[str, FollowEntry]:
    rows = await session.execute(
        select(Oversight.ref, Post.title, Post.council_title, Unit.id, Unit.name, Group.id, Group.name)
        .join(Post, Post.id == Oversight.post_id)
        .outerjoin(Unit, Unit.id == Oversight.unit_id)
        .outerjoin(Group, Group.id == Oversight.group_id)
        .where(Oversight.document_id == document_id)
        .order_by(Oversight.id)
    )
    targets: dict[str, list[Target]] = defaultdict(list)
    titles: dict[str, tuple[str, str]] = {}
    for ref, title, role, unit_id, unit, group_id, group in rows:
        titles[ref] = (title, role)
        targets[ref].append(_target(unit_id, unit, group_id, group))
    return {ref: FollowEntry(ref, title, title, role, tuple(targets[ref])) for ref, (title, role) in titles.items()}


def _target(unit_id: int | None, unit: str | None, group_id: int | None, group: str | None) -> Target:
    if unit_id is not None:
        return Target(unit or "", whom=Whom.UNIT, id=unit_id, name=unit or "")
    if group_id is not None:
        return Target(group or "", whom=Whom.GROUP, id=group_id, name=group or "")
    return Target("Phụ trách chung", whom=Whom.EVERYONE)


def _against(row: Row, stored: dict[str, FollowEntry]) -> Row:
    was = stored.get(row.entry.ref)
    if was is None:
        return row
    same = _plain(row.entry) == _plain(was)
    return replace(row, take=Take.SAME if same else Take.CHANGED, was=was)


def _plain(entry: object) -> tuple[object, ...]:
    if not isinstance(entry, FollowEntry):
        raise TypeError(f"A notice has no {type(entry).__name__}.")
    followed = frozenset((one.whom, one.id) for one in entry.targets if one.whom != LEFT)
    return (words(entry.seat), tidy(entry.role), followed)


async def _seat(session: AsyncSession, entry: FollowEntry, held: dict[tuple[str, ...], Post], day: date) -> Post:
    """Find the seat by its title, or make it, vacant until the directory or a join names its holder."""
    key = words(entry.seat)
    post = held.get(key)
    if post is None:
        post = await _made_later(session, key)
    if post is None:
        post = Post(role=role_in_council(entry.role), title=entry.seat[:160], valid_from=day)
        session.add(post)
    post.council_title = entry.role[:120] or post.council_title
    post.valid_from = min(post.valid_from, day)
    await session.flush()
    held[key] = post
    return post


async def _made_later(session: AsyncSession, key: tuple[str, ...]) -> Post | None:
    """Find a seat that was recorded only after the notice's day, as the directory of a council that starts does."""
    seated = await session.scalars(
        select(Post).where(Post.role.in_((Role.COUNCIL_MEMBER, Role.CHAIR)), Post.valid_to.is_(None))
    )
    return next((post for post in seated if words(post.title) == key), None)


async def _follow(session: AsyncSession, entry: FollowEntry, post: Post, document: Document, ends: date | None) -> None:
    for target in entry.targets:
        if target.whom == LEFT:
            continue
        group_id = await _group_id(session, target) if target.whom == Whom.GROUP else None
        session.add(
            Oversight(
                post_id=post.id,
                unit_id=target.id if target.whom == Whom.UNIT else None,
                group_id=group_id,
                document_id=document.id,
                ref=entry.ref[:32],
                valid_from=document.dated,
                valid_to=ends,
            )
        )
    await session.flush()


async def _group_id(session: AsyncSession, target: Target) -> int:
    """Give the group's id; one that a notice names first is made, its members come with the directory."""
    if target.id is not None:
        return target.id
    for group in await session.scalars(select(Group)):
        if words(group.name) == words(target.name):
            return group.id
    made = Group(name=tidy(target.name)[:200])
    session.add(made)
    await session.flush()
    return made.id


async def _ends(session: AsyncSession, document: Document) -> date | None:
    """Give the last day of a notice that is taken in after a newer one."""
    newer = await session.scalar(
        select(func.min(Document.dated))
        .join(Oversight, Oversight.document_id == Document.id)
        .where(Document.dated > document.dated)
    )
    return newer - _DAY if newer else None


async def _end_older(session: AsyncSession, document: Document) -> None:
    await session.execute(
        update(Oversight)
        .where(
            Oversight.document_id.in_(select(Document.id).where(Document.dated < document.dated)),
            or_(Oversight.valid_to.is_(None), Oversight.valid_to >= document.dated),
        )
        .values(valid_to=document.dated - _DAY)
        .execution_options(synchronize_session=False)
    )
