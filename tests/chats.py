"""The product driven as people drive it: said and answered, pressed and seen, and a clock that is moved."""

from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ProcessPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.app import WEBCHAT, Assistant, clock_runner, couriers, opened
from bot.clock import ClockRunner
from bot.config import Config
from bot.courier import Courier
from bot.database import Turn
from bot.workshop import Workshop
from models.addresses import Chat as ChatRow
from models.conversation import Entry, before, chats_of
from models.inbox import Inbound
from models.outbox import Parcel
from models.people import Unit
from models.tasks import Assignment, Task
from tests.cast import enrol
from tests.timepiece import HandClock

_UPDATES = count(1)
_NEWEST, _ALL = 20, 1000

Pressing = Callable[[], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Seen:
    """One message as it is shown: its lines, the labels of its buttons, the result of a closed card, names of files.

    `changed`: it said something else when it came.
    """

    lines: tuple[str, ...]
    buttons: tuple[str, ...]
    result: str
    mine: bool
    files: tuple[str, ...] = ()
    changed: bool = False


@dataclass(slots=True, repr=False)
class Council:
    """A council with the named cast on the web chat, at a moment that the test moves.

    It is never drawn: the loop draws what a fixture gives, and all of the assistant would take a fifth of the time.
    """

    CHANNEL: ClassVar[str] = WEBCHAT
    assistant: Assistant
    clock: HandClock
    runner: ClockRunner
    people: dict[str, int] = field(default_factory=dict)
    senders: list[Courier] = field(default_factory=list)

    def chat(self, name: str) -> "Chat":
        """Give the conversation of one of the cast; any other name is a stranger's."""
        return Chat(self, name)

    def begins(self, name: str) -> str:
        """Let somebody's chat with the assistant begin; give the name that the channel has for it."""
        return name

    def read(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Read what has been committed, through a second session."""
        return self.assistant.database.read()

    def write(self) -> AbstractAsyncContextManager[AsyncSession]:
        """Write rows that a story starts from."""
        return self.assistant.database.write(Turn.IMPORT)

    def local_now(self) -> datetime:
        """Give the moment that the clock shows in the Council's zone, which it does not bear."""
        return self.clock.now().astimezone(self.assistant.config.zone).replace(tzinfo=None)

    async def at(self, moment: str) -> None:
        """Move the clock to a local moment ("2022-06-09 07:40"), let it do what is due and deliver what is owed."""
        self.clock.set(utc(moment, self.assistant.config.zone))
        await self.runner.run_due(self.clock.now())
        await self.settle()

    async def settle(self) -> None:
        """Let everything owed arrive."""
        for sender in self.senders:
            await sender.drain()

    async def answered(self, inbound_id: int) -> str:
        """Give the lines in which something heard was answered; an incident is no answer."""
        async with self.read() as session:
            parcel = await session.scalar(select(Parcel).where(Parcel.key == f"in:{inbound_id}"))
            inbound = await session.get_one(Inbound, inbound_id)
        if inbound.incident:
            raise AssertionError(f"“{inbound.raw}” ended in incident {inbound.incident}")
        return "\n".join(parcel.content["lines"]) if parcel is not None and parcel.content else ""

    async def given(
        self, title: str, units: tuple[str, ...], due: str | None, *, deliverable: str = "Báo cáo", phrase: str = ""
    ) -> dict[str, int]:
        """Write a task already given to these units; give the id of each unit's assignment."""
        now = self.clock.now()
        zone = self.assistant.config.zone
        due_on = date.fromisoformat(due) if due else None
        due_at = datetime(due_on.year, due_on.month, due_on.day, tzinfo=zone) + timedelta(days=1) if due_on else None
        made: dict[str, int] = {}
        async with self.write() as session:
            task = Task(
                ref=f"t{next(_UPDATES)}", title=title, deliverable=deliverable, phrase=phrase, created_at=now,
                given_at=now, reading=due or "NONE",
            )  # fmt: skip
            session.add(task)
            await session.flush()
            for code in units:
                unit_id = (await session.execute(select(Unit.id).where(Unit.code == code))).scalar_one()
                numbers = await session.scalars(select(Assignment.number).where(Assignment.unit_id == unit_id))
                row = Assignment(
                    task_id=task.id, unit_id=unit_id, number=max(numbers, default=0) + 1, due_on=due_on,
                    due_at=due_at - timedelta(microseconds=1) if due_at else None, original_due_on=due_on,
                    given_at=now, given_on=now.astimezone(zone).date(),
                )  # fmt: skip
                session.add(row)
                await session.flush()
                made[code] = row.id
        return made


@dataclass(slots=True)
class Chat:
    """One person's conversation with the assistant."""

    council: Council
    name: str

    async def says(self, text: str, *files: Path) -> str:
        """Say something, with files or without; give the answer's lines, or "" for silence."""
        kept = [await self.council.assistant.files.keep(path, path.name, "") for path in files]
        sent = [{"sha256": file.sha256, "name": file.name, "media": file.media, "size": file.size} for file in kept]
        return await self.hears({"text": text, "files": sent} if sent else {"text": text})

    async def says_twice(self, text: str) -> str:
        """Say something that comes twice, as after a lost acknowledgement; give the answer's lines."""
        update = f"test:{next(_UPDATES)}"
        await self.hears({"text": text}, update)
        return await self.hears({"text": text}, update)

    async def presses(self, *labels: str) -> str:
        """Press the newest button of each of these labels, one after the other; give the last answer's lines."""
        answer = ""
        for label in labels:
            answer = await self.press(label)
        return answer

    async def press(self, label: str) -> str:
        """Press the newest button that bears this label; give the answer's lines."""
        return await self.hears({"press": list(await self.button(label))})

    async def hold(self, label: str) -> Pressing:
        """Have a finger on the newest button of this label; give what presses it, were it much later."""
        return partial(self.hears, {"press": list(await self.button(label))})

    async def reads(self) -> None:
        """Have on the screen whatever has come."""
        unread = [str(entry.id) for entry in await self.entries() if entry.unread]
        await self.hears({"read": unread})

    async def button(self, label: str) -> tuple[int, int]:
        """Find the newest button that bears this label: its parcel and its place there."""
        for most in (_NEWEST, _ALL):
            for entry in reversed(await self.entries(most)):
                labels = [choice["label"] for choice in entry.content.get("choices", ())]
                if label in labels:
                    return entry.shown_id, labels.index(label)
        raise AssertionError(f"{self.name} sees no button “{label}”: {await self.seen()}")

    async def hears(self, raw: dict[str, object], update_id: str = "") -> str:
        """Let the channel hear a raw update of this chat; give the answer's lines."""
        assistant = self.council.assistant
        channel = assistant.channels[WEBCHAT]
        update = update_id or f"test:{next(_UPDATES)}"
        stored = await assistant.intake.hear(channel, channel.bots[0], update, {"chat": self.name, **raw})
        await assistant.dispatcher.finish(stored.chat_id)
        await self.council.settle()
        return await self.council.answered(stored.inbound_id)

    async def entries(self, most: int = _ALL) -> list[Entry]:
        """Read the newest of the conversation as the page does, oldest first."""
        async with self.council.read() as session:
            row = await session.scalar(
                select(ChatRow).where(ChatRow.external_id == self.name, ChatRow.channel == WEBCHAT)
            )
            return await before(session, await chats_of(session, row), None, most) if row else []

    async def seen(self) -> list[Seen]:
        """Give the conversation as the page shows it, oldest first."""
        return [
            Seen(
                lines=tuple(entry.content.get("lines", (entry.content.get("text", ""),))),
                buttons=tuple(choice["label"] for choice in entry.content.get("choices", ())),
                result=entry.content.get("result", ""),
                mine=entry.mine,
                files=tuple(file["name"] for file in entry.content.get("files", ())),
                changed=entry.shown_id != entry.id,
            )
            for entry in await self.entries()
        ]


def utc(moment: str, zone: ZoneInfo) -> str:
    """Say a local moment in UTC, as the clock of the tests takes it."""
    return datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None).isoformat()


class SharedWorkshop(Workshop):
    """Reads with the one worker of all councils of this process: to start one takes longer than most tests."""

    _shared: ClassVar[ProcessPoolExecutor | None] = None

    def _open(self) -> ProcessPoolExecutor:
        pool = SharedWorkshop._shared or super()._open()
        SharedWorkshop._shared = self._pool = pool
        return pool

    def _kill(self) -> None:
        SharedWorkshop._shared = None
        super()._kill()


@asynccontextmanager
async def an_empty_council(
    url: str, folder: Path, moment: str, *, clock: HandClock | None = None, **settings: Any
) -> AsyncIterator[Council]:
    """Open a council that nobody belongs to yet, at a local moment; `settings` are those of its configuration."""
    config = Config(_env_file=None, database_url=url, files=folder / "files", secret_key="0" * 64, **settings)
    clock = clock or HandClock()
    clock.set(utc(moment, config.zone))
    async with opened(config, clock) as assistant:
        assistant.dispatcher.preparing.workshop = SharedWorkshop()
        council = Council(assistant, clock, clock_runner(assistant), senders=couriers(assistant))
        for sender in council.senders:
            await sender.take_lane()
        yield council


@asynccontextmanager
async def a_council(url: str, folder: Path, moment: str = "2022-06-09 07:25") -> AsyncIterator[Council]:
    """Open a council with the named cast, joined and consented, at a local moment."""
    async with an_empty_council(url, folder, moment) as council:
        async with council.write() as session:
            council.people = await enrol(session, WEBCHAT, council.assistant.channels[WEBCHAT].bots[0])
        yield council
