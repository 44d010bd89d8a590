"""A council told from its empty store on: what the operator types, who joins by a code, and days that pass."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import docx
from sqlalchemy import func, select

from bot.importing import Taking, Terminal, Wish
from bot.inviting import invite
from bot.rehearsal import rehearse
from models.outbox import Parcel
from models.people import Person
from tests.chats import Chat, Council

EXAMPLES = Path(__file__).resolve().parent.parent.parent / "examples"
CODE = re.compile(r"\d{4} \d{4} \d{4}")

Arrival = tuple[str, datetime, tuple[str, ...]]


def beside(council: Council, printed: list[str]) -> Taking:
    """Take documents in on the terminal while the assistant runs; `printed` gathers its lines."""
    assistant = council.assistant
    speech = assistant.composer.catalogues.speech("vi", assistant.config.zone)
    terminal = Terminal(speech.say, printed.append, printed.append)
    return Taking(assistant.config, assistant.database, assistant.files, council.clock, terminal)


@dataclass(slots=True)
class Story:
    """A council, what was printed on its terminal, and a chat for each unit's focal point who has joined."""

    council: Council
    folder: Path
    printed: list[str] = field(default_factory=list)

    async def takes_in(self, name: str) -> int:
        """Import an example on the terminal, as the operator does; give the exit code."""
        return await beside(self.council, self.printed).take_in(Wish(EXAMPLES / name))

    async def first_code(self, unit: str) -> str:
        """Print the sheet of codes of a unit on the terminal; give the one code that stands on it."""
        sheet = self.folder / "ma-ket-noi.docx"
        assert await invite(self.council.assistant, [unit], sheet) == 1
        paper = docx.Document(str(sheet))
        cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
        (code,) = CODE.findall("\n".join([*(one.text for one in paper.paragraphs), *cells]))
        return str(code)

    def phone(self, of: str) -> Chat:
        """Give the device of somebody, which is a stranger's until he joins."""
        return self.council.chat(f"máy của {of}")

    async def joins(self, of: str, code: str, answer: str = "Đồng ý") -> str:
        """Send a code from somebody's device and answer the question of consent; give what is said to that."""
        asked = await self.phone(of).says(code)
        assert asked.splitlines()[-1] == "Đồng chí có đồng ý không?"
        return await self.phone(of).presses(answer)

    async def days_pass(self, until: str) -> list[Arrival]:
        """Rehearse the mornings up to a day, let them come, and see that exactly what was rehearsed arrived."""
        now, zone, last = self.council.clock.now(), self.council.assistant.config.zone, date.fromisoformat(until)
        today = now.astimezone(zone).date()
        async with self.council.read() as session:
            rehearsed = await rehearse(session, self.council.assistant.composer, now, (last - today).days + 1)
        for ahead in range(1, (last - today).days + 1):
            await self.council.at(f"{today + timedelta(days=ahead)} 07:30")
        expected = [(each.person, each.at, each.lines) for each in rehearsed if each.channel]
        arrived = await self.mornings(now)
        assert arrived == sorted(expected)
        return arrived

    async def mornings(self, since: datetime) -> list[Arrival]:
        """Read the morning messages that have arrived since a moment, through a second session."""
        zone = self.council.assistant.config.zone
        async with self.council.read() as session:
            rows = await session.execute(
                select(Person.name, Parcel.sent_at, Parcel.content)
                .join(Person, Person.id == Parcel.person_id)
                .where(Parcel.kind == "morning", Parcel.sent_at > since)
            )
            return sorted((name, at.astimezone(zone), tuple(content["lines"])) for name, at, content in rows)

    async def count(self, *where: object) -> int:
        """Count rows through a second session: a table, then what they fulfil."""
        table, *conditions = where
        async with self.council.read() as session:
            found = select(func.count()).select_from(table).where(*conditions)  # type: ignore[arg-type]
            return await session.scalar(found) or 0


def firsts(arrived: Sequence[Arrival], person: str) -> list[str]:
    """Give day, time and first line of what one person got."""
    return [f"{at:%d/%m %H:%M} {lines[0]}" for name, at, lines in arrived if name == person]
