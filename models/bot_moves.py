"""Who can be moved from one bot to another, and who has been told to."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat, JoinCode
from models.covering import TO_BOT
from models.inviting import Seat, seats
from models.outbox import Parcel
from models.people import Person
from models.usage import Bot, bots_of


def move_key(target: Bot, at: datetime) -> str:
    """Name the matter of the message that asks somebody to come to another bot; `at` is when his code was made."""
    return f"{TO_BOT}{target[0]}:{target[1]}:{int(at.timestamp())}"


async def movable(
    session: AsyncSession, source: Bot, target: Bot, day: date, now: datetime
) -> list[tuple[Seat, Person]]:
    """List the persons holding posts who are written to by a bot, newest first.

    Who was asked to the other bot is left out while the code that he was given for it holds.
    """
    joined = await session.execute(
        select(Address.person_id)
        .join(Chat, Chat.id == Address.chat_id)
        .where(Chat.channel == source[0], Chat.bot == source[1], Address.state == AddressState.ACTIVE)
        .order_by(Address.since.desc(), Address.id.desc())
    )
    people = [person for (person,) in joined]
    by = await bots_of(session, people)
    asked = await _asked(session, people, target, now)
    held = {seat.person.id: (seat, seat.person) for seat in await seats(session, day) if seat.person is not None}
    return [held[one] for one in people if by.get(one) == source and one in held and one not in asked]


async def _asked(session: AsyncSession, people: Sequence[int], target: Bot, now: datetime) -> frozenset[int]:
    """Name who holds a code that he was given in order to come to a bot."""
    codes = await session.execute(
        select(JoinCode.person_id, JoinCode.made_at).where(
            JoinCode.person_id.in_(people), JoinCode.used_at.is_(None), JoinCode.expires_at > now
        )
    )
    keys = {f"{move_key(target, at)}:{person}": person for person, at in codes}
    found = await session.scalars(select(Parcel.key).where(Parcel.key.in_(keys)))
    return frozenset(keys[key] for key in found)
