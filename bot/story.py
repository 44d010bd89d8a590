"""What was said in the sample's council before the morning on which it begins, through the doors that people use."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import WEBCHAT, Assistant, clock_runner, couriers
from bot.clock import ClockRunner
from bot.courier import Courier
from bot.handling import DONE
from bot.sending import Limits
from bot.timepiece import MovedClock
from models.addresses import Chat
from models.conversation import before, chats_of
from models.inbox import Inbound
from models.outbox import Parcel
from models.people import Person, Post, Unit
from models.rules.permission import Role
from models.tasks import Assignment, Report, Said, Task
from pages.reader import SAMPLE_CHAT

_CLOCK: Final = "-"
_ALL_AT_ONCE: Final = Limits(in_flight=500, tick_seconds=0)
_LOOKED_THROUGH: Final = 40
_AFTER_OPENING: Final = timedelta(minutes=10)


class OutOfStep(Exception):  # noqa: N818 - says what happened
    """A line of the story was not answered as the story supposes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said: when (aware), by whom, about which row of the annex and which unit, in which words.

    See examples/nam-dinh-2022/README.md for how a speaker and a pressed button are written.
    """

    at: datetime
    who: str
    ref: str
    unit: str
    says: str


def lines_of(path: Path, zone: ZoneInfo) -> tuple[Line, ...]:
    """Read a story; its moments are those of the Council's zone."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream, delimiter="\t"))[1:]
    return tuple(Line(datetime.fromisoformat(at).replace(tzinfo=zone), *rest) for at, *rest in rows)


@dataclass(slots=True)
class Stage:
    """The assistant, its courier and its clock in the hands of the story; `clock` is the assistant's own."""

    assistant: Assistant
    clock: MovedClock
    _speakers: dict[str, str] = field(default_factory=dict, init=False)
    _day: date = field(default=date.min, init=False)
    _courier: Courier = field(init=False)
    _runner: ClockRunner = field(init=False)

    def __post_init__(self) -> None:
        about = self.assistant
        self._courier = next(courier for courier in couriers(about) if courier.channel.name == WEBCHAT)
        self._courier.limits = _ALL_AT_ONCE
        self._runner = clock_runner(about)

    async def open(self) -> None:
        """Take the lane of the web chat, and learn who is who."""
        await self._courier.take_lane()
        async with self.assistant.database.read() as session:
            self._speakers = await _speakers(session)

    async def close(self) -> None:
        """Leave the lane to the courier that runs from now on."""
        await self._courier.release_lane()

    async def tell(self, number: int, line: Line) -> None:
        """Go on to the moment of a line, have it said and everything owed delivered; raises OutOfStep."""
        await self._until(line.at)
        if line.who == _CLOCK:
            await self._runner.run_due(self.clock.now())
        else:
            await self._say(f"story:{number}", line)
        await self._courier.drain()

    async def _until(self, moment: datetime) -> None:
        """Move the clock; each day that the story comes to begins with its morning."""
        if moment.date() != self._day:
            self._day = moment.date()
            morning = datetime.combine(self._day, time(7, 30), moment.tzinfo) + _AFTER_OPENING
            self._set(morning)
            await self._runner.run_due(self.clock.now())
            await self._courier.drain()
        self._set(moment)
        await self._courier.drain()  # what was held until then, as notices are for two minutes

    def _set(self, moment: datetime) -> None:
        self.clock.offset_seconds = (moment - self.clock.real_now()).total_seconds()

    async def _say(self, mark: str, line: Line) -> None:
        chat = SAMPLE_CHAT + self._speakers[line.who]
        async with self.assistant.database.read() as session:
            raw = await _raw(session, chat, line)
        channel = self.assistant.channels[WEBCHAT]
        stored = await self.assistant.intake.hear(channel, channel.bots[0], mark, {"chat": chat, **raw})
        await self.assistant.dispatcher.finish(stored.chat_id)
        async with self.assistant.database.read() as session:
            inbound = await session.get_one(Inbound, stored.inbound_id)
            answer = await session.scalar(select(Parcel.content).where(Parcel.key == f"in:{stored.inbound_id}"))
        if inbound.outcome != DONE:
            raise OutOfStep(f"{line.at:%d/%m/%Y %H:%M} {line.who} “{line.says}”: {answer and answer['lines']}")


async def _speakers(session: AsyncSession) -> dict[str, str]:
    """Name everybody of the story: by the unit's code (the second focal point with /2), or by the title of the post."""
    rows = await session.execute(
        select(Post.role, Post.title, Unit.code, Person.id)
        .join(Person, Person.id == Post.person_id)
        .outerjoin(Unit, Unit.id == Post.unit_id)
        .order_by(Post.id)
    )
    found: dict[str, str] = {}
    for role, title, code, person in rows:
        name = code if role == Role.FOCAL_POINT else title
        found[f"{name}/2" if name in found else name] = str(person)
    return found


async def _raw(session: AsyncSession, chat: str, line: Line) -> Mapping[str, Any]:
    if line.says.startswith("["):
        return {"press": await _button(session, chat, line)}
    if "{n}" not in line.says:
        return {"text": line.says}
    number = await session.scalar(_unfinished(line.unit or line.who.partition("/")[0], line.ref))
    return {"text": line.says.format(n=number)}


def _unfinished(code: str, ref: str) -> Any:
    """Select the number of the first assignment of a unit under a row of the annex that is not reported finished."""
    finished = exists().where(Report.assignment_id == Assignment.id, Report.said == Said.FINISHED)
    return (
        select(Assignment.number)
        .join(Task, Task.id == Assignment.task_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Unit.code == code, Task.ref == ref, ~finished)
        .order_by(Assignment.number)
        .limit(1)
    )


async def _button(session: AsyncSession, chat: str, line: Line) -> list[int]:
    """Find the newest button of a command in a chat: the parcel that shows it, and its place there."""
    row = await session.scalar(select(Chat).where(Chat.external_id == chat, Chat.channel == WEBCHAT))
    entries = await before(session, await chats_of(session, row), None, _LOOKED_THROUGH) if row is not None else []
    wanted = await _meant(session, line)
    for entry in reversed(entries):
        for index, choice in enumerate(entry.content.get("choices", ())):
            call = choice["call"]
            if f"[{call['command']}]" == line.says and _is_about(call["args"], wanted):
                return [entry.shown_id, index]
    raise OutOfStep(f"{line.at:%d/%m/%Y %H:%M} {line.who} sees no button {line.says}")


async def _meant(session: AsyncSession, line: Line) -> Mapping[str, set[int]]:
    """Read what a button must be about: the task of a row, or the unit's assignments of it."""
    if not line.ref:
        return {}
    if not line.unit:
        return {"task": set(await session.scalars(select(Task.id).where(Task.ref == line.ref)))}
    rows = await session.scalars(
        select(Assignment.id)
        .join(Task, Task.id == Assignment.task_id)
        .join(Unit, Unit.id == Assignment.unit_id)
        .where(Task.ref == line.ref, Unit.code == line.unit)
    )
    return {"assignment": set(rows)}


def _is_about(args: Mapping[str, Any], wanted: Mapping[str, set[int]]) -> bool:
    return all(args.get(name) in ids for name, ids in wanted.items())
