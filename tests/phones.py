"""The council on Telegram: people with telephones, a real HTTP server between them and the assistant."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import func, select

from bot.app import listeners
from bot.channels.telegram import Telegram
from bot.listening import Listener
from models.addresses import Chat as ChatRow
from models.inbox import Inbound
from models.outbox import Parcel, ParcelState
from tests.cast import enrol
from tests.chats import Chat, Council, Seen, an_empty_council
from tests.fakes.telegram import Person, Shown, World, serving
from tests.timepiece import HandClock

CHANNEL = "telegram"
# longer than any chat or lane rests
_ROUNDS = 400


@dataclass(slots=True)
class TelegramCouncil(Council):
    """A council whose people write on Telegram; updates are asked for, as without a public address."""

    world: World = field(kw_only=True)
    owners: dict[str, Person] = field(default_factory=dict)
    listening: Listener | None = None

    def chat(self, name: str) -> "Phone":
        """Give the telephone of one of the cast; any other name is a stranger's, who presses Start with what he says."""
        return Phone(self, name)

    def owner(self, name: str) -> Person:
        """Give the person on the fake's side."""
        if name not in self.owners:
            self.owners[name] = self.world.person(name)
        return self.owners[name]

    @property
    def telegram(self) -> Telegram:
        """The channel under test."""
        channel = self.assistant.channels[CHANNEL]
        assert isinstance(channel, Telegram)
        return channel

    async def settle(self) -> None:
        """Let everything said be heard and answered and everything owed arrive; only real time passes meanwhile."""
        for _ in range(_ROUNDS):
            await self.take_updates()
            while await self.assistant.dispatcher.sweep():
                pass
            for sender in self.senders:
                await sender.drain()
            if not self.is_spoken_to and not await self._waits():
                return
            await self.clock.wait_out(seconds=0.25)
        raise AssertionError("Something never arrives.")

    @property
    def confirmed(self) -> int:
        """The number up to which updates are stored."""
        return int(self.listening.after or 0) if self.listening is not None else 0

    @property
    def is_spoken_to(self) -> bool:
        """Whether something was said that nobody has asked for yet."""
        return any(int(update["update_id"]) > self.confirmed for update in self.world.queued)

    async def take_updates(self) -> None:
        """Ask for updates while there are any."""
        while self.listening is not None and self.is_spoken_to:
            await self.listening.once()

    async def _waits(self) -> bool:
        async with self.read() as session:
            owed = select(func.count()).where(
                Parcel.state.in_([ParcelState.QUEUED, ParcelState.SENDING]),
                Parcel.not_before <= self.clock.now(),
                Parcel.lane.startswith(CHANNEL),
            )
            heard = select(func.count()).where(Inbound.handled_at.is_(None))
            return bool(await session.scalar(owed) or await session.scalar(heard))


@dataclass(slots=True)
class Phone(Chat):
    """One person's telephone."""

    council: TelegramCouncil

    @property
    def person(self) -> Person:
        """The person on the fake's side."""
        return self.council.owner(self.name)

    async def says(self, text: str, *files: Path) -> str:
        """Write, or send files with words beneath the first; give the answer's lines as the telephone shows them."""
        if self.person.id not in self.person.bot.chats:
            self.person.starts()
            await self.council.settle()
        for place, path in enumerate(files):
            self.person.sends_document(path.name, path.read_bytes(), caption=text if place == 0 else "")
        if not files:
            self.person.writes(text)
        return await self.answer()

    async def presses(self, label: str) -> str:
        """Press the newest button of this label; give the answer's lines."""
        self.person.presses(label)
        return await self.answer()

    async def answer(self) -> str:
        """Give what answers the last thing heard in this chat, as the telephone shows it; "" for silence."""
        await self.council.settle()
        async with self.council.read() as session:
            last = await session.scalar(
                select(Inbound)
                .join(ChatRow, ChatRow.id == Inbound.chat_id)
                .where(ChatRow.external_id == str(self.person.id), Inbound.channel == CHANNEL)
                .order_by(Inbound.id.desc())
                .limit(1)
            )
            assert last is not None
            if last.incident:
                raise AssertionError(f"“{last.raw}” ended in incident {last.incident}")
            sent = await session.scalars(
                select(Parcel.provider_id).where(Parcel.key == f"in:{last.id}").order_by(Parcel.part)
            )
            ids = [int(each.rstrip("c")) for each in sent if each]
        shown = {each.id: each for each in self.person.seen()}
        return "\n".join(shown[each].text for each in ids)

    async def seen(self) -> list[Seen]:
        """Give the conversation as the telephone shows it, oldest first."""
        return [_seen(each) for each in self.person.screen()]


def _seen(shown: Shown) -> Seen:
    return Seen(tuple(shown.text.split("\n")), tuple(shown.labels), "", not shown.by_bot)


@asynccontextmanager
async def an_empty_telegram_council(url: str, folder: Path, moment: str) -> AsyncIterator[TelegramCouncil]:
    """Open a council on Telegram that nobody belongs to yet, at a local moment."""
    clock = HandClock()
    async with serving(clock) as world:
        settings = {"telegram_token": world.token, "telegram_api": world.address}
        async with an_empty_council(url, folder, moment, clock=clock, **settings) as plain:
            council = TelegramCouncil(plain.assistant, clock, plain.runner, senders=plain.senders, world=world)
            (council.listening,) = listeners(plain.assistant)
            await council.listening.begin()
            yield council


@asynccontextmanager
async def a_telegram_council(
    url: str, folder: Path, moment: str = "2022-06-09 07:25"
) -> AsyncIterator[TelegramCouncil]:
    """Open a council on Telegram with the named cast, joined and consented, at a local moment."""
    async with an_empty_telegram_council(url, folder, moment) as council:
        async with council.write() as session:
            council.people = await enrol(session, CHANNEL, council.telegram.bots[0])
        await _begin(council)
        yield council


async def _begin(council: TelegramCouncil) -> None:
    """Let the cast's chats be those of people who pressed Start."""
    async with council.write() as session:
        rows = await session.scalars(select(ChatRow).where(ChatRow.external_id.in_(council.people)))
        for row in rows:
            person = council.owner(row.external_id)
            person.starts()
            row.external_id = str(person.id)
    council.world.bot.inbox.drop()
