"""A council of thirty units whose days pass: twenty communes beside the cast, and what each person was sent unasked."""

from collections import Counter
from datetime import datetime, timedelta

from sqlalchemy import select

from models.addresses import Chat as ChatRow
from models.outbox import Parcel, ParcelState
from models.people import Person
from tests.cast import enrol_communes
from tests.chats import Council

COMMUNES = tuple(f"Xã {at:02}" for at in range(1, 21))
CODES = ", ".join(("SYT", "STC", "VB", *(f"XA{at:02}" for at in range(1, 21))))
_MORNING, _COUNTED = ("07:30", "07:46"), "11:01"
_WEEKEND = 6

Sent = tuple[str, datetime, tuple[str, ...]]


async def communes_join(council: Council) -> None:
    """Let twenty communes be there, each with a focal point who has joined."""
    channel = council.assistant.channels[council.CHANNEL]
    known = {name: council.begins(name) for name in COMMUNES}
    chats = {name: ChatRow(channel=channel.name, bot=channel.bots[0], external_id=id_) for name, id_ in known.items()}
    async with council.write() as session:
        council.people |= await enrol_communes(session, chats)


async def until(council: Council, moment: str) -> None:
    """Let the days pass up to a moment: each morning, and on working days the hour at which answers are counted."""
    now, last = council.local_now(), datetime.fromisoformat(moment)
    days = [now.date() + timedelta(days=ahead) for ahead in range((last.date() - now.date()).days + 1)]
    hours = [
        datetime.fromisoformat(f"{day} {hour}")
        for day in days
        for hour in ((*_MORNING, _COUNTED) if day.isoweekday() < _WEEKEND else _MORNING)
    ]
    for hour in (*(each for each in hours if now < each < last), last):
        await council.at(hour.isoformat(" "))


async def a_minute_passes(council: Council) -> None:
    """Let what a chat was spared for a moment arrive: two messages never come within one second."""
    await council.at((council.local_now() + timedelta(minutes=1)).isoformat(" "))


async def sent_unasked(council: Council) -> list[Sent]:
    """Give every message that answered nobody: to whom, when by the council's clock, and its lines."""
    zone = council.assistant.config.zone
    sent = (Parcel.op == "send", Parcel.state == ParcelState.SENT, ~Parcel.key.startswith("in:"), Parcel.part == 0)
    async with council.read() as session:
        rows = await session.execute(
            select(Person.name, Parcel.sent_at, Parcel.content)
            .join(Person, Person.id == Parcel.person_id)
            .where(*sent)
            .order_by(Parcel.sent_at, Parcel.id)
        )
        return [(name, at.astimezone(zone), tuple(content["lines"])) for name, at, content in rows]


async def reads(council: Council, name: str) -> list[str]:
    """Give day, hour and first line of all that somebody was sent unasked."""
    return [f"{at:%d/%m %Hh} {lines[0]}" for one, at, lines in await sent_unasked(council) if one == name]


async def read_twice(council: Council) -> list[tuple[str, str]]:
    """Name who was sent the same words twice on one day, by their first line."""
    sent = Counter((name, at.date(), lines) for name, at, lines in await sent_unasked(council))
    return [(name, lines[0]) for (name, _, lines), times in sent.items() if times > 1]


async def sent_since(council: Council, moment: str, line: str = "") -> list[str]:
    """Name who was sent something unasked from a moment on by the council's clock, or that line of it."""
    since = datetime.fromisoformat(moment).replace(tzinfo=council.assistant.config.zone)
    found = await sent_unasked(council)
    return [name for name, at, lines in found if at >= since and line in {"", *lines}]
