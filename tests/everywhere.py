"""A council that is reached in every way: on Telegram, on Zalo, in the browser, on several of these, or on none."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.app import WEBCHAT, listeners
from bot.channels.zalo import NAME as ZALO
from models.addresses import Chat as ChatRow
from tests.cast import enter, join
from tests.chats import Chat, Council, an_empty_council
from tests.fakes import telegram, zalo
from tests.phones import CHANNEL as TELEGRAM
from tests.phones import TelegramCouncil
from tests.served import ServedCouncil
from tests.timepiece import HandClock
from tests.zalo_phones import ZaloCouncil

Ways = Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class EverywhereCouncil(Council):
    """A council on all channels; `ways` are the channels of each of its people, the preferred one first."""

    on_telegram: TelegramCouncil = field(kw_only=True)
    on_zalo: ZaloCouncil = field(kw_only=True)
    ways: Ways = field(default_factory=dict)

    def chat(self, name: str, way: str = "") -> Chat:
        """Give somebody's device on one of his ways, on the preferred one where none is named."""
        way = way or self.ways[name][0]
        return Chat(self, name) if way == WEBCHAT else self.on(way).chat(name)

    def on(self, way: str) -> ServedCouncil:
        """Give the council as it is on one messenger."""
        return self.on_telegram if way == TELEGRAM else self.on_zalo

    def chats(self, name: str) -> list[Chat]:
        """Give all devices of somebody."""
        return [self.chat(name, way) for way in self.ways[name]]

    async def settle(self) -> None:
        """Let everything said be heard and everything owed arrive, as far as the lines lead."""
        for messenger in (self.on_telegram, self.on_zalo, self.on_telegram):
            await messenger.settle()

    async def enrol(self, ways: Ways) -> None:
        """Let the cast have joined in these ways."""
        self.ways = ways
        bots = {name: channel.bots[0] for name, channel in self.assistant.channels.items()}
        async with self.write() as session:
            people = await enter(session)
            chats = {
                ChatRow(channel=way, bot=bots[way], external_id=self._begins(name, way)): people[name]
                for name, used in ways.items()
                for way in used
            }
            await join(session, chats)
            self.people = {name: person.id for name, person in people.items()}

    def _begins(self, name: str, way: str) -> str:
        return self.begins(name) if way == WEBCHAT else self.on(way).begins(name)


@asynccontextmanager
async def an_everywhere_council(url: str, folder: Path, moment: str, ways: Ways) -> AsyncIterator[EverywhereCouncil]:
    """Open a council on all channels, its cast joined in these ways, at a local moment; updates are asked for."""
    clock = HandClock()
    async with telegram.serving(clock) as blue, zalo.serving(clock) as other:
        settings = {"telegram_token": blue.token, "telegram_api": blue.address}
        more = {"zalo_tokens": tuple(other.tokens), "zalo_api": other.address}
        async with an_empty_council(url, folder, moment, clock=clock, **settings, **more) as plain:
            asking = {each.channel.name: each for each in listeners(plain.assistant)}
            for listener in asking.values():
                await listener.begin()
            common = (plain.assistant, clock, plain.runner)
            council = EverywhereCouncil(
                *common,
                senders=plain.senders,
                on_telegram=TelegramCouncil(*common, senders=plain.senders, world=blue, listening=asking[TELEGRAM]),
                on_zalo=ZaloCouncil(*common, senders=plain.senders, world=other, listening=[asking[ZALO]]),
            )
            await council.enrol(ways)
            yield council


__all__ = ["TELEGRAM", "WEBCHAT", "ZALO", "EverywhereCouncil", "Ways", "an_everywhere_council"]
