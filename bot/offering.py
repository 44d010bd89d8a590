"""A bot introduces itself: its name is learnt for links, and each chat is shown what can be said there."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession

from bot import log
from bot.database import Database, Turn
from bot.i18n import Catalogues
from bot.timepiece import Clock
from handlers.kit import ChannelError, Invitations, Permanent, Registry, Rejected, Service, Text, Wait
from models.offers import Offered, note_offered, offered_chats
from models.powers import Powers, each_ones_powers
from models.usage import people_served

_LOOK_SECONDS: Final = 15.0
# menus are no hurry, and share the token with answers
_BETWEEN_SECONDS: Final = 0.1
# whose roles or language changed is seen within the hour; who has just joined, at the next look
_ALL_SECONDS: Final = 3600.0
_DIGEST: Final = 16


@dataclass(slots=True)
class Offering:
    """Keeps the menu of each chat of one bot to what its person may say, in his language."""

    database: Database
    clock: Clock
    channel: Service
    bot: str
    registry: Registry
    catalogues: Catalogues
    zone: ZoneInfo
    _introduced: bool = field(default=False, init=False)
    _all_at: float = field(default=float("-inf"), init=False)

    async def run(self, stopping: asyncio.Event) -> None:
        """Look now and again until told to stop."""
        while not stopping.is_set():
            try:
                await self.once()
                rest = _LOOK_SECONDS
            except (ChannelError, SQLAlchemyError) as error:
                rest = max(_LOOK_SECONDS, error.seconds) if isinstance(error, Wait) else _LOOK_SECONDS
                log.warning("not introduced", channel=self.channel.name, error=str(error) or repr(error), rest=rest)
            await self.clock.until(stopping, rest)

    async def once(self) -> int:
        """Learn the bot's name once, and bring the menus up to date that are not; give how many were."""
        if not self._introduced:
            await self.channel.introduce(self.bot)
            self._introduced = True
        now = self.clock.monotonic()
        is_all = now - self._all_at >= _ALL_SECONDS
        today = self.clock.now().astimezone(self.zone).date()
        async with self.database.read() as session:
            chats = await offered_chats(session, self.channel.name, self.bot, new_only=not is_all)
            powers = await each_ones_powers(session, {chat.person_id for chat in chats}, today)
        shown = []
        for chat in chats:
            if await self._offer(chat, powers[chat.person_id]):
                shown.append(chat.id)
                await self.clock.sleep(_BETWEEN_SECONDS)
        self._all_at = now if is_all else self._all_at
        return len(shown)

    async def _offer(self, chat: Offered, powers: Powers) -> bool:
        speech = self.catalogues.speech(chat.locale, self.zone)
        words = [(known.name, speech.say(Text(known.help))) for known in self.registry.sayable(powers.roles)]
        digest = sha256(repr((speech.locale, words)).encode()).hexdigest()[:_DIGEST]
        if digest == chat.digest:
            return False
        try:
            await self.channel.offer(self.bot, chat.external_id, words)
        except (Permanent, Rejected) as error:
            # offered again it would be refused again, until there is something else to offer
            log.info("menu not shown", channel=self.channel.name, chat=chat.id, error=str(error))
        async with self.database.write(Turn.IMPORT) as session:
            await note_offered(session, chat.id, digest)
        return True


@dataclass(frozen=True, slots=True)
class Ways:
    """The bots that people come to, of several of one channel to the one with the most room."""

    services: Sequence[tuple[Service, str]]

    async def __call__(self, session: AsyncSession) -> Invitations:
        """See whom each bot serves at this moment."""
        return Invitations(self.services, await people_served(session))
