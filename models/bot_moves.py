"""Who can be moved from one bot to another, and who has been told to."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, AddressState, Chat
from models.covering import TO_BOT
from models.inviting import Seat, seats
from models.outbox import Parcel
from models.people import Person
from models.usage import Bot, bots_of


def move_key(target: Bot) -> str:
    """Name the matter of the message that asks somebody to come to another bot; with the person it is sent once."""
    return f"{TO_BOT}{target[0]}:{target[1]}"


async def movable(session: AsyncSession, source: Bot, target: Bot, day: date) -> list[tuple[Seat, Person]]:
    """List the persons holding posts who are written to by a bot and were not yet asked to the other, newest first."""
    joined = await session.execute(
        select(Address.person_id)
        .join(Chat, Chat.id == Address.chat_id)
        .where(Chat.channel == source[0], Chat.bot == source[1], Address.state == AddressState.ACTIVE)
        .order_by(Address.since.desc(), Address.id.desc())
    )
    people = [person for (person,) in joined]
    by = await bots_of(session, people)
    keys = {f"{move_key(target)}:{person}": person for person in people}
    asked = {keys[key] for key in await session.scalars(select(Parcel.key).where(Parcel.key.in_(keys)))}
    held = {seat.person.id: (seat, seat.person) for seat in await seats(session, day) if seat.person is not None}
    return [held[one] for one in people if by.get(one) == source and one in held and one not in asked]
