"""The rehearsal: every morning message to come, to whom, when, why, and in which words, if nobody answers."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import opened
from bot.config import Config
from bot.i18n import Speech
from bot.owing import way_to
from bot.render import Composer, written
from bot.timepiece import MovedClock
from handlers.kit import LetterContext, Text, t
from models.coming import mornings_to_come
from models.nudging import MORNING
from models.people import Person, Unit
from models.plan import Planned
from models.settings import Council, council
from models.tasks import Assignment, Task


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a message is sent: one assignment, its rung, whose it is, and the reason in words."""

    assignment_id: int
    rung: str
    unit: str
    task: str
    reason: str


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """One message to come: `at` is aware; without a `channel` nobody can be reached and the person is to be called."""

    day: date
    at: datetime
    person_id: int
    person: str
    channel: str
    lines: tuple[str, ...]
    buttons: tuple[str, ...]
    reasons: tuple[Reason, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the form that `--json` prints."""
        return {
            "day": self.day.isoformat(),
            "at": self.at.isoformat(),
            "to": self.person,
            "channel": self.channel,
            "lines": list(self.lines),
            "buttons": list(self.buttons),
            "why": [
                {"unit": each.unit, "task": each.task, "rung": each.rung, "reason": each.reason}
                for each in self.reasons
            ],
        }


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Composes what is to come, reading as of one moment and changing nothing."""

    session: AsyncSession
    composer: Composer
    council: Council

    async def of(self, now: datetime, days: int) -> list[Rehearsed]:
        """Give what will be sent on so many days from today on, in the order of days and people."""
        mornings = await mornings_to_come(self.session, self.council, self.composer.zone, now, days)
        made = [await self._message(max(now, parts[0].fires_at), parts) for parts in mornings.values()]
        return [message for message in made if message is not None]

    async def _message(self, at: datetime, parts: Sequence[Planned]) -> Rehearsed | None:
        person = await self.session.get_one(Person, parts[0].person_id)
        supposed = [[part.assignment_id, part.rung, part.day.isoformat()] for part in parts]
        params = {"planned": supposed}
        context = LetterContext(self.session, at, self.composer.zone, self.council, person, params)
        reply = await self.composer.registry.letters[MORNING](context)
        if reply is None:
            return None
        speech = self.composer.catalogues.speech(person.locale, self.composer.zone)
        content = written(reply, speech)
        chat = await way_to(self.session, person.id)
        return Rehearsed(
            day=parts[0].day,
            at=at.astimezone(self.composer.zone),
            person_id=person.id,
            person=person.name,
            channel=chat.channel if chat else "",
            lines=tuple(content["lines"]),
            buttons=tuple(choice["label"] for choice in content["choices"]),
            reasons=tuple([await self._reason(part, speech) for part in parts]),
        )

    async def _reason(self, part: Planned, speech: Speech) -> Reason:
        assignment = await self.session.get_one(Assignment, part.assignment_id)
        task = await self.session.get_one(Task, assignment.task_id)
        unit = await self.session.get(Unit, part.unit_id) if part.unit_id is not None else None
        return Reason(part.assignment_id, part.rung, unit.code if unit else "", task.title, speech.say(part.reason))


async def rehearse(session: AsyncSession, composer: Composer, now: datetime, days: int) -> list[Rehearsed]:
    """Give what will be sent from today on, for so many days, if nobody answers from now on."""
    return await Rehearsal(session, composer, await council(session)).of(now, days)


async def show(config: Config, *, days: int, as_json: bool) -> None:
    """Print what will be sent: a table with a line a message and a line a reason, or JSON."""
    clock = MovedClock()
    async with opened(config, clock) as assistant, assistant.database.read() as session:
        clock.offset_seconds = (await council(session)).clock_offset_seconds
        found = await rehearse(session, assistant.composer, clock.now(), days)
        speech = assistant.composer.catalogues.speech(config.locale, config.zone)
    if as_json:
        print(json.dumps([each.as_json() for each in found], ensure_ascii=False, indent=2))
        return
    for line in table(found, speech):
        print(line)


def table(found: Sequence[Rehearsed], speech: Speech) -> list[str]:
    """Say a rehearsal in lines: when and to whom with the first line, then why."""
    lines: list[str] = []
    for each in found:
        channel: Text | str = each.channel or t("no chat: to be telephoned")
        lines.append(f"{each.at:%d/%m/%Y %H:%M}  {each.person} ({speech.say(channel)})  {each.lines[0]}")
        lines += [f"    {reason.unit}  {reason.rung}  {reason.task}  {reason.reason}" for reason in each.reasons]
    persons = len({each.person_id for each in found})
    lines.append(speech.say(t("{count} messages to {persons} persons.", count=len(found), persons=persons)))
    return lines
