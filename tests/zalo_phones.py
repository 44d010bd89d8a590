"""The council on Zalo: people who type numbers, for the platform has no buttons."""

import re
import socket
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar

from sqlalchemy import select

from bot.app import hooks, listeners
from bot.channels.zalo import NAME
from bot.listening import Listener
from handlers.kit import ChannelError
from models.addresses import Chat as ChatRow
from tests.cast import enrol
from tests.chats import Seen, an_empty_council
from tests.fakes.zalo import Person, Shown, World, serving
from tests.fakes.zalo.chats import Chat as Open
from tests.phones import served
from tests.served import ServedChat, ServedCouncil
from tests.timepiece import HandClock

Opening = Callable[[str, Path, str], AbstractAsyncContextManager["ZaloCouncil"]]

_HEAD = "Trả lời bằng số:"
_CHOICE = re.compile(r"(\d{1,2})\. (.+)")


@dataclass(slots=True, repr=False)
class ZaloCouncil(ServedCouncil):
    """A council whose people write on Zalo; updates are asked for, as without a public address."""

    CHANNEL: ClassVar[str] = NAME
    world: World = field(kw_only=True)
    owners: dict[str, Person] = field(default_factory=dict)
    listening: list[Listener] = field(default_factory=list)

    def chat(self, name: str) -> "ZaloPhone":
        """Give the telephone of one of the cast; any other name is a stranger's."""
        return ZaloPhone(self, name)

    def owner(self, name: str) -> Person:
        """Give the person on the fake's side."""
        if name not in self.owners:
            self.owners[name] = self.world.person(name)
        return self.owners[name]

    def begins(self, name: str) -> str:
        """Let somebody have written before."""
        person = self.owner(name)
        person.bot.chats.setdefault(person.id, Open(person.id, person.name))
        return person.id

    @property
    def is_spoken_to(self) -> bool:
        return any(bot.inbox.waiting for bot in self.world.bots.values())

    async def take_updates(self) -> None:
        """Ask each bot's updates one by one, as the platform gives them; or see that all were posted."""
        if not self.listening:
            await self.world.delivered()
            return
        for bot, listener in zip(self.world.bots.values(), self.listening, strict=True):
            while bot.inbox.waiting:
                with suppress(ChannelError):  # as the listener does, which asks again
                    await listener.once()


@dataclass(slots=True)
class ZaloPhone(ServedChat):
    """One person's telephone."""

    council: ZaloCouncil

    @property
    def person(self) -> Person:
        """The person on the fake's side."""
        return self.council.owner(self.name)

    async def says(self, text: str, *files: Path) -> str:
        """Write, or send pictures with words beneath the first; give the answer's lines as the telephone shows them."""
        for place, path in enumerate(files):
            self.person.sends_photo(path.read_bytes(), caption=text if place == 0 else "")
        if not files:
            self.person.writes(text)
        return await self.answer()

    async def presses(self, *labels: str) -> str:
        """Type the number of the newest choice of each label in turn; give the last answer's lines."""
        answer = ""
        for label in labels:
            self.person.writes(self.number(label))
            answer = await self.answer()
        return answer

    def number(self, label: str) -> str:
        """Find the number of the newest choice of this label."""
        for shown in reversed(self.person.seen()):
            for number, found in _choices(shown):
                if found == label:
                    return number
        raise AssertionError(f"{self.name} sees no choice “{label}”: {[shown.text for shown in self.person.seen()]}")

    async def answer(self) -> str:
        """Give what answers the last thing heard in this chat, as the telephone shows it; "" for silence."""
        await self.council.settle()
        shown = {each.id: each for each in self.person.seen()}
        return "\n".join(
            line for each in await self.sent_in_answer(self.person.id) for line in _seen(shown[each]).lines
        )

    async def seen(self) -> list[Seen]:
        """Give the conversation as the telephone shows it, oldest first."""
        return [_seen(each) for each in self.person.screen()]


def _choices(shown: Shown) -> list[tuple[str, str]]:
    """Read the choices of a message: all that stands beneath the line that says how to choose."""
    _, head, choices = f"\n{shown.text}".rpartition(f"\n{_HEAD}\n")
    found = [_CHOICE.fullmatch(line) for line in choices.split("\n")] if head else []
    assert None not in found, shown.text
    return [(choice[1], choice[2]) for choice in found if choice]


def _seen(shown: Shown) -> Seen:
    choices = _choices(shown) if shown.by_bot else []
    lines = shown.text.split("\n")
    beneath = len(choices) + 1 if choices else 0
    return Seen(tuple(lines[: len(lines) - beneath]), tuple(label for _, label in choices), "", not shown.by_bot)


@asynccontextmanager
async def an_empty_zalo_council(
    url: str, folder: Path, moment: str, bots: int = 1, **settings: Any
) -> AsyncIterator[ZaloCouncil]:
    """Open a council on Zalo that nobody belongs to yet, at a local moment; updates are asked for."""
    clock = HandClock()
    async with serving(clock) as world:
        for further in range(2, bots + 1):
            world.another_bot(f"Bot Đôn Đốc {further}")
        settings |= {"zalo_tokens": tuple(world.tokens), "zalo_api": world.address}
        async with an_empty_council(url, folder, moment, clock=clock, **settings) as plain:
            asking = listeners(plain.assistant)
            for listener in asking:
                await listener.begin()
            yield ZaloCouncil(
                plain.assistant, clock, plain.runner, senders=plain.senders, world=world, listening=asking
            )


@asynccontextmanager
async def an_empty_posted_zalo_council(url: str, folder: Path, moment: str) -> AsyncIterator[ZaloCouncil]:
    """Open the same with a public address, to which updates are posted."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        site = f"http://127.0.0.1:{listening.getsockname()[1]}"
        empty = an_empty_zalo_council(url, folder, moment, public_url=site)
        async with empty as council, served(council.assistant, listening):
            for hook in hooks(council.assistant):
                await hook.channel.subscribe(hook.bot, f"{site}{hook.path}", hook.secret)
            yield council


@asynccontextmanager
async def a_zalo_council(
    url: str, folder: Path, moment: str = "2022-06-09 07:25", opened: Opening = an_empty_zalo_council
) -> AsyncIterator[ZaloCouncil]:
    """Open a council on Zalo with the named cast, joined and consented, at a local moment."""
    async with opened(url, folder, moment) as council:
        async with council.write() as session:
            council.people = await enrol(session, NAME, council.world.bot.id)
            for row in await session.scalars(select(ChatRow).where(ChatRow.external_id.in_(council.people))):
                row.external_id = council.begins(row.external_id)
        yield council
