"""A post office for tests: people with addresses, letters owed to them, a channel that keeps what it is given."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.courier import Courier
from bot.database import Database, Turn
from bot.desk import Desk
from bot.lanes import Lane
from bot.pace import Pace
from bot.render import Composed
from bot.sending import Limits
from handlers.kit import Abilities, ChannelError, Delivered, Heard, Message
from models.addresses import Address, Chat
from models.ids import new_id
from models.outbox import Letter, Parcel, Priority
from models.people import Person
from models.settings import Council
from tests.timepiece import HandClock

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
LANE = "paper:one"
CHOOSING = "Trả lời bằng số:"
BUTTONS = Abilities(
    buttons=True, edit=True, files_in=False, files_out=False, receipts=False, groups=False, instant=False, max_text=4096
)


@dataclass
class PaperChannel:
    """Keeps what it sends; `troubles` are raised instead, one a call, by the chat they are meant for or by any ("").

    While the gate is shut, what was sent gets no answer.
    """

    abilities: Abilities = BUTTONS
    name: str = "paper"
    bots: Sequence[str] = ("one",)
    sent: list[tuple[str, Message]] = field(default_factory=list)
    edited: list[tuple[str, str, Message]] = field(default_factory=list)
    troubles: list[tuple[str, Exception]] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    busy: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(0))

    def __post_init__(self) -> None:
        self.gate.set()

    def chat_of(self, raw: Mapping[str, Any]) -> str:
        return str(raw["chat"])

    def parse(self, raw: Mapping[str, Any]) -> Heard:
        return Heard(str(raw["text"]))

    def is_group(self, chat: str) -> bool:
        return chat.startswith("-")

    async def send(self, bot: str, chat: str, message: Message) -> Delivered:
        assert bot in self.bots
        self._raise_trouble(chat)
        self.sent.append((chat, message))
        number = len(self.sent)
        self.busy.release()
        await self.gate.wait()
        return Delivered(f"m{number}")

    async def edit(self, bot: str, chat: str, provider_id: str, message: Message) -> None:
        assert bot in self.bots
        self._raise_trouble(chat)
        self.edited.append((chat, provider_id, message))
        self.busy.release()
        await self.gate.wait()

    def lines(self) -> list[str]:
        """Give the first line of everything sent, in order."""
        return [message.lines[0] for _, message in self.sent]

    def _raise_trouble(self, chat: str) -> None:
        for place, (whose, trouble) in enumerate(self.troubles):
            if whose in {"", chat}:
                del self.troubles[place]
                raise trouble


def a_link(chat_id: int, file_id: int) -> str:
    """Give an address for a file, as the application does."""
    return f"https://dondoc.example.gov.vn/given/{chat_id}.{file_id}"


async def as_written(
    session: AsyncSession, parcel: Parcel, letter: Letter, now: datetime, council: Council
) -> Composed | None:
    """Compose a parcel as its letter was written; a letter without lines has nothing left to say."""
    content = letter.content or {"lines": []}
    if content["lines"] == ["fails"]:
        raise ValueError("This letter cannot be composed.")
    if not content["lines"]:
        return None
    again = ["(gửi lại)"] if parcel.unsure and parcel.op == "send" else []
    return Composed({**content, "lines": [*content["lines"], *again]}, version=1, choosing=CHOOSING)


@dataclass
class PostOffice:
    """One lane with its people."""

    database: Database
    clock: HandClock
    channel: PaperChannel = field(default_factory=PaperChannel)

    def courier(self, owner: str = "me", **pace: Any) -> Courier:
        lane = Lane(self.database, self.clock, LANE, owner)
        desk = Desk(as_written, self.channel.abilities, a_link)
        return Courier(lane, self.channel, "one", desk, Pace(self.clock, **pace), ZONE, Limits(8, tick_seconds=0))

    async def working(self, owner: str = "me", **pace: Any) -> Courier:
        """Give a courier that holds the lane."""
        courier = self.courier(owner, **pace)
        assert await courier.take_lane()
        return courier

    async def person(self, *chats: str, channel: str = "paper", bot: str = "one") -> int:
        """Make a person with an address at each of these chats, in the order of his preference."""
        person_id = new_id()
        async with self.database.write(Turn.IMPORT) as session:
            session.add(Person(id=person_id, name="Nguyễn Thị Hoa", created_at=self.clock.now()))
            await session.flush()
            for preference, name in enumerate(chats):
                chat = Chat(id=new_id(), channel=channel, bot=bot, external_id=name)
                session.add(chat)
                await session.flush()
                since = self.clock.now()
                session.add(Address(person_id=person_id, chat_id=chat.id, preference=preference, since=since))
        return person_id

    async def owe(self, person_id: int, *lines: str, **how: Any) -> int:
        """Owe a person one letter at his first address; `choices` are labels, the rest goes on the parcel."""
        choices = [
            {"label": label, "call": {"command": "xong", "args": {}}, "primary": False}
            for label in how.pop("choices", ())
        ]
        content = {"lines": list(lines), "choices": choices, "files": [], "result": "", "card": False}
        letter_id, parcel_id = new_id(), new_id()
        async with self.database.write(Turn.IMPORT) as session:
            chat = await session.scalar(
                select(Chat)
                .join(Address, Address.chat_id == Chat.id)
                .where(Address.person_id == person_id)
                .order_by(Address.preference)
                .limit(1)
            )
            assert chat is not None
            session.add(Letter(id=letter_id, content=content, params={}, created_at=self.clock.now()))
            await session.flush()
            row: dict[str, Any] = {
                "id": parcel_id,
                "letter_id": letter_id,
                "key": f"k{parcel_id}",
                "person_id": person_id,
                "chat_id": chat.id,
                "lane": f"{chat.channel}:{chat.bot}",
                "priority": int(Priority.URGENT),
                "not_before": self.clock.now(),
                "created_at": self.clock.now(),
            }
            session.add(Parcel(**(row | how)))
        return parcel_id

    async def parcels(self) -> list[Parcel]:
        """Give every parcel, oldest first."""
        async with self.database.read() as session:
            return list(await session.scalars(select(Parcel).order_by(Parcel.id)))

    async def parcel(self, parcel_id: int) -> Parcel:
        return next(parcel for parcel in await self.parcels() if parcel.id == parcel_id)

    async def states(self) -> list[str]:
        return [parcel.state for parcel in await self.parcels()]

    def in_seconds(self, seconds: float) -> datetime:
        return self.clock.now() + timedelta(seconds=seconds)

    def fail(self, *troubles: ChannelError, chat: str = "") -> None:
        """Let the next calls, of this chat or of any, fail so."""
        self.channel.troubles += [(chat, trouble) for trouble in troubles]
