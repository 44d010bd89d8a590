"""The seats of the council: posts by title, which outlive their holders and stand vacant until somebody takes them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.papers import Oversight
from models.people import Person, Post
from models.powers import holds_on
from models.rules.permission import Role
from models.rules.units import words
from models.tasks import Assignment

SEATED = (Role.COUNCIL_MEMBER, Role.CHAIR)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Holder:
    """From which day somebody holds a post, and the moment of recording it."""

    day: date
    now: datetime


async def seats(session: AsyncSession, day: date) -> dict[tuple[str, ...], Post]:
    """Read the council's seats of a day by their titles, in the words that `rules.units` compares."""
    posts = await session.scalars(
        select(Post).where(Post.role.in_(SEATED), holds_on(Post, day)).order_by(Post.id.desc())
    )
    return {words(post.title): post for post in posts if post.title}


async def hold(session: AsyncSession, person: Person, post: Post, holder: Holder) -> None:
    """Give a post to a person; a seat of the council passes on with everything that its holder follows."""
    seat = (await seats(session, holder.day)).get(words(post.title)) if post.role in SEATED else None
    if seat is not None and seat.person_id is None:
        seat.person_id, seat.unit_id = person.id, seat.unit_id or post.unit_id
        return
    post.person_id = person.id
    if seat is not None:
        post.role, post.council_title = seat.role, seat.council_title
    session.add(post)
    await session.flush()
    if seat is not None:
        seat.valid_to = holder.day - _DAY
        await _pass_on(session, seat, post, holder.day)


async def _pass_on(session: AsyncSession, old: Post, new: Post, day: date) -> None:
    held = list(await session.scalars(select(Oversight).where(Oversight.post_id == old.id, holds_on(Oversight, day))))
    for following in held:
        session.add(
            Oversight(
                post_id=new.id,
                unit_id=following.unit_id,
                group_id=following.group_id,
                document_id=following.document_id,
                ref=following.ref,
                valid_from=day,
                valid_to=following.valid_to,
            )
        )
        following.valid_to = day - _DAY
    await session.execute(update(Assignment).where(Assignment.post_id == old.id).values(post_id=new.id))
