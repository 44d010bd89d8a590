"""The council on Zalo: people who type numbers, for the platform has no buttons."""

import re
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import httpx
from sqlalchemy import select

from bot.app import hooks, listeners
from bot.channels.zalo import NAME
from bot.listening import Listener
from handlers.kit import ChannelError
from models.addresses import Chat as ChatRow
from tests.cast import enrol
from tests.chats import Pressing, Seen, an_empty_council
from tests.fakes.zalo import Person, Shown, World, serving
from tests.fakes.zalo.chats import Chat as Open
from tests.phones import served
from tests.served import ServedChat, ServedCouncil
from tests.timepiece import HandClock

Opening = Callable[[str, Path, str], AbstractAsyncContextManager["ZaloCouncil"]]

_HEAD = "Trả lời bằng số:"
_LINK = re.compile(r"(.+) \([\d,.]+ [KM]B\): https?://\S+/given/\S+")
_PAGE = re.compile(r"https?://\S+/upload/\S+")
_PICTURES = frozenset({".png", ".jpg", ".jpeg", ".gif"})
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
        return not self.world.cable.is_cut and any(bot.inbox.waiting for bot in self.world.bots.values())

    async def take_updates(self) -> None:
        """Ask each bot's updates one by one, as the platform gives them; or see that all were posted."""
        if not self.listening:
            await self.world.delivered()
            return
        for bot, listener in zip(self.world.bots.values(), self.listening, strict=True):
            while bot.inbox.waiting and not self.world.cable.is_cut:
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
        if any(path.suffix not in _PICTURES for path in files):
            return await self._hands_in(text, files)
        for place, path in enumerate(files):
            self.person.sends_photo(path.read_bytes(), caption=text if place == 0 else "")
        if not files:
            self.person.writes(text)
        return await self.answer()

    async def _hands_in(self, text: str, files: Sequence[Path]) -> str:
        """Send documents, which Zalo carries for nobody, on the page that the assistant names for them."""
        if not self._page() or text:
            self.person.writes(text or "guitep")
            await self.answer()
        async with httpx.AsyncClient() as browser:
            sent = await browser.post(self._page(), files=[("files", (path.name, path.read_bytes())) for path in files])
        assert sent.status_code == httpx.codes.SEE_OTHER, sent.text
        return await self.answer()

    def _page(self) -> str:
        """Give the address of the page for documents that the newest message names; "" where it names none."""
        found = _PAGE.findall("\n".join(shown.text for shown in self.person.seen()[-1:]))
        return found[-1] if found else ""

    async def press(self, label: str) -> str:
        """Type the number of the newest choice of this label; give the answer's lines.

        Where none shows it, choose in the cards that were to be changed: they are answered with what now is.
        """
        if self._number(label) is None:
            await self._is_told_what_now_is(label)
        self.person.writes(self.number(label))
        return await self.answer()

    async def _is_told_what_now_is(self, label: str) -> None:
        overtaken = await self.overtaken(self.person.id)
        for old in [shown for shown in reversed(self.person.seen()) if shown.id in overtaken and _choices(shown)]:
            self.person.writes(_choices(old)[0][0])
            await self.answer()
            if self._number(label) is not None:
                return

    async def hold(self, label: str) -> Pressing:
        """Remember the number of the newest choice of this label; give what types it, were it much later."""
        return partial(self.says, self.number(label))

    def number(self, label: str) -> str:
        """Find the number of the newest choice of this label."""
        found = self._number(label)
        assert found is not None, f"{self.name} sees no choice “{label}”: {[each.text for each in self.person.seen()]}"
        return found

    def _number(self, label: str) -> str | None:
        shown = (choice for each in reversed(self.person.seen()) for choice in _choices(each))
        return next((number for number, found in shown if found == label), None)

    async def answer(self) -> str:
        """Give what answers the last thing heard in this chat, as the telephone shows it; "" for silence."""
        await self.council.settle()
        shown = {each.id: each for each in self.person.seen()}
        return "\n".join(
            line for each in await self.sent_in_answer(self.person.id) for line in _seen(shown[each]).lines
        )

    async def seen(self) -> list[Seen]:
        """Give the conversation as the telephone shows it, oldest first; of the choices, those that still hold."""
        overtaken = await self.overtaken(self.person.id)
        return [
            replace(_seen(each), buttons=()) if each.id in overtaken else _seen(each) for each in self.person.screen()
        ]


def _choices(shown: Shown) -> list[tuple[str, str]]:
    """Read the choices of a message: all that stands beneath the line that says how to choose."""
    _, head, choices = f"\n{shown.text}".rpartition(f"\n{_HEAD}\n")
    found = [_CHOICE.fullmatch(line) for line in choices.split("\n")] if head else []
    assert None not in found, shown.text
    return [(choice[1], choice[2]) for choice in found if choice]


def _seen(shown: Shown) -> Seen:
    """Read a message: its lines, the labels of its choices, and the files to which it gives links."""
    choices = _choices(shown) if shown.by_bot else []
    lines = shown.text.split("\n")
    said = lines[: len(lines) - len(choices) - 1] if choices else lines
    files = [found[1] for line in said if (found := _LINK.fullmatch(line))]
    words = tuple(line for line in said if not _LINK.fullmatch(line))
    return Seen(words, tuple(label for _, label in choices), "", not shown.by_bot, tuple(files))


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


@asynccontextmanager
async def a_posted_zalo_council(url: str, folder: Path, moment: str = "2022-06-09 07:25") -> AsyncIterator[ZaloCouncil]:
    """Open the same with a public address, as in earnest: updates are posted, documents are brought in on a page."""
    async with a_zalo_council(url, folder, moment, an_empty_posted_zalo_council) as council:
        yield council
