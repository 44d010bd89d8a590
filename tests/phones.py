"""The council on Telegram: people with telephones, a real HTTP server between them and the assistant."""

import asyncio
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import uvicorn
from sqlalchemy import select

from bot.app import Assistant, hooks, listeners
from bot.channels.telegram import Telegram
from bot.listening import Listener
from bot.web import application
from handlers.kit import ChannelError
from models.addresses import Chat as ChatRow
from tests.cast import enrol
from tests.chats import Chat, Pressing, Seen, an_empty_council
from tests.fakes.telegram import Fault, Person, Shown, World, serving
from tests.fakes.telegram.chats import Chat as Open
from tests.served import ServedChat, ServedCouncil
from tests.timepiece import HandClock

Opening = Callable[[str, Path, str], AbstractAsyncContextManager["TelegramCouncil"]]

CHANNEL = "telegram"


@dataclass(slots=True, repr=False)
class TelegramCouncil(ServedCouncil):
    """A council whose people write on Telegram; updates are asked for, as without a public address."""

    CHANNEL: ClassVar[str] = CHANNEL
    world: World = field(kw_only=True)
    # in a troubled council every update comes twice
    troubled: bool = False
    owners: dict[str, Person] = field(default_factory=dict)
    listening: Listener | None = None

    def chat(self, name: str) -> "Phone":
        """Give the telephone of one of the cast; any other name is a stranger's, who presses Start first."""
        return Phone(self, name)

    def owner(self, name: str) -> Person:
        """Give the person on the fake's side."""
        if name not in self.owners:
            self.owners[name] = self.world.person(name)
        return self.owners[name]

    def begins(self, name: str) -> str:
        """Let somebody have pressed Start."""
        person = self.owner(name)
        person.bot.chats.setdefault(person.id, Open(person.id, "private", person.names))
        return str(person.id)

    @property
    def telegram(self) -> Telegram:
        """The channel under test."""
        channel = self.assistant.channels[CHANNEL]
        assert isinstance(channel, Telegram)
        return channel

    @property
    def confirmed(self) -> int:
        """The number up to which updates are stored."""
        return int(self.listening.after or 0) if self.listening is not None else 0

    @property
    def is_spoken_to(self) -> bool:
        """Whether something was said that nobody has asked for yet."""
        waits = any(int(update["update_id"]) > self.confirmed for update in self.world.queued)
        return waits and not self.world.cable.is_cut

    async def take_updates(self) -> None:
        """Ask for updates while there are any, or see that all were posted."""
        if self.listening is None:
            await self.world.delivered()
        while self.listening is not None and self.is_spoken_to:
            with suppress(ChannelError):  # as the listener does, which asks again
                await self.listening.once()


@dataclass(slots=True)
class Phone(ServedChat):
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

    async def press(self, label: str) -> str:
        """Press the newest button of this label; give the answer's lines."""
        self.person.presses(label)
        return await self.answer()

    async def hold(self, label: str) -> Pressing:
        """Have a finger on the newest button of this label; give what presses it, were it much later."""
        shown = next(each for each in reversed(self.person.seen()) if label in each.labels)
        return partial(self._presses, label, shown)

    async def _presses(self, label: str, shown: Shown) -> str:
        self.person.presses(label, shown)
        return await self.answer()

    async def answer(self) -> str:
        """Give what answers the last thing heard in this chat, as the telephone shows it; "" for silence."""
        if self.council.troubled and self.council.world.queued:
            self.council.world.repeats(self.council.world.queued[-1])
        await self.council.settle()
        ids = [int(each.rstrip("c")) for each in await self.sent_in_answer(str(self.person.id))]
        shown = {each.id: each for each in self.person.seen()}
        return "\n".join(shown[each].text for each in ids)

    async def seen(self) -> list[Seen]:
        """Give the conversation as the telephone shows it, oldest first."""
        return [_seen(each) for each in self.person.screen()]


def _seen(shown: Shown) -> Seen:
    lines, labels = tuple(shown.text.split("\n")), tuple(shown.labels)
    return Seen(lines, labels, "", not shown.by_bot, shown.files, shown.edited)


@asynccontextmanager
async def an_empty_telegram_council(url: str, folder: Path, moment: str) -> AsyncIterator[TelegramCouncil]:
    """Open a council on Telegram that nobody belongs to yet, at a local moment; updates are asked for."""
    async with _opened(url, folder, moment) as council:
        (council.listening,) = listeners(council.assistant)
        await council.listening.begin()
        yield council


class MixedCouncil(TelegramCouncil):
    """A council of which every second one, by the spelling of his name, has only the browser."""

    def chat(self, name: str) -> Chat:  # type: ignore[override]  # the stories need no more of a chat than both have
        """Give the telephone or the browser of somebody."""
        return Phone(self, name) if len(name) % 2 else Chat(self, name)


@asynccontextmanager
async def an_empty_mixed_council(url: str, folder: Path, moment: str) -> AsyncIterator[TelegramCouncil]:
    """Open one council of two channels, on Telegram and in the browser."""
    async with _opened(url, folder, moment, MixedCouncil) as council:
        (council.listening,) = listeners(council.assistant)
        await council.listening.begin()
        yield council


@asynccontextmanager
async def an_empty_troubled_council(url: str, folder: Path, moment: str) -> AsyncIterator[TelegramCouncil]:
    """Open the same on a bad line: questions fail in every way, answers to presses are lost, updates come twice."""
    async with an_empty_telegram_council(url, folder, moment) as council:
        council.troubled = True
        ways = (Fault.TORN, Fault.REPLY_LOST, Fault.HALF, Fault.UNREADABLE, Fault.BAD_GATEWAY, Fault.CONFLICT)
        for count in range(60):
            council.world.fails("getUpdates", ways[count % len(ways)], skip=2 * count)
            council.world.fails("answerCallbackQuery", ways[count % 3], skip=3 * count)
        yield council


@asynccontextmanager
async def an_empty_posted_council(url: str, folder: Path, moment: str) -> AsyncIterator[TelegramCouncil]:
    """Open the same with a public address, to which updates are posted."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        site = f"http://127.0.0.1:{listening.getsockname()[1]}"
        async with _opened(url, folder, moment, public_url=site) as council, served(council.assistant, listening):
            (hook,) = hooks(council.assistant)
            await hook.channel.subscribe(hook.bot, f"{site}{hook.path}", hook.secret)
            yield council


@asynccontextmanager
async def _opened(
    url: str, folder: Path, moment: str, kind: type[TelegramCouncil] = TelegramCouncil, **settings: Any
) -> AsyncIterator[TelegramCouncil]:
    clock = HandClock()
    async with serving(clock) as world:
        settings |= {"telegram_token": world.token, "telegram_api": world.address}
        async with an_empty_council(url, folder, moment, clock=clock, **settings) as plain:
            yield kind(plain.assistant, clock, plain.runner, senders=plain.senders, world=world)


class _Server(uvicorn.Server):
    """A web server that leaves signals to pytest."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@asynccontextmanager
async def served(assistant: Assistant, listening: socket.socket) -> AsyncIterator[None]:
    """Serve the assistant's own web application while a story lasts."""
    app = application(assistant, asyncio.Event())
    server = _Server(uvicorn.Config(app, log_config=None, access_log=False, lifespan="off"))
    serving_it = asyncio.create_task(server.serve(sockets=[listening]))  # noqa: TID251 - ended and awaited below
    try:
        yield
    finally:
        server.should_exit = True
        await serving_it


@asynccontextmanager
async def a_telegram_council(
    url: str, folder: Path, moment: str = "2022-06-09 07:25", opened: Opening = an_empty_telegram_council
) -> AsyncIterator[TelegramCouncil]:
    """Open a council on Telegram with the named cast, joined and consented, at a local moment."""
    async with opened(url, folder, moment) as council:
        async with council.write() as session:
            council.people = await enrol(session, CHANNEL, council.telegram.bots[0])
        await _begin(council)
        yield council


async def _begin(council: TelegramCouncil) -> None:
    """Let the cast's chats be those of people who pressed Start."""
    async with council.write() as session:
        for row in await session.scalars(select(ChatRow).where(ChatRow.external_id.in_(council.people))):
            row.external_id = council.begins(row.external_id)
