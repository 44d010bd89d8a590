"""What the updates of several chats begin with, read for all of them at once."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, event, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import ORMExecuteState, Session

from models.addresses import Address, AddressState, Chat
from models.base import HELD
from models.inbox import Inbound, Prompt
from models.people import Person
from models.powers import Powers, each_ones_powers, powers_of
from models.settings import Council, council

PAGES: Final = "pages"

# built once: these run for every update
_CHATS: Final[Any] = bindparam("chats", expanding=True)
_LOCKED: Final = select(Chat).where(Chat.id.in_(_CHATS)).order_by(Chat.id)
SKIPPING: Final = _LOCKED.with_for_update(skip_locked=True, **HELD)
IN_TURN: Final = _LOCKED.with_for_update(**HELD)
_FIRST: Final = (
    select(func.min(Inbound.id))
    .where(Inbound.chat_id.in_(_CHATS), Inbound.handled_at.is_(None))
    .group_by(Inbound.chat_id)
)
_OLDEST: Final = select(Inbound).where(Inbound.id.in_(_FIRST)).execution_options(populate_existing=True)
_SPEAKERS: Final = (
    select(Person, Address)
    .join(Address, Address.person_id == Person.id)
    .where(Address.chat_id.in_(_CHATS), Address.state != AddressState.LEFT)
)
_QUESTIONS: Final = select(Prompt).where(Prompt.chat_id.in_(_CHATS))
# who speaks, and what he may do, rests on these
_ABOUT_SPEAKERS: Final = frozenset({"person", "address", "post", "oversight", "unit", "membership"})


@dataclass(slots=True)
class Gathered:
    """What is known about the chats of one transaction: the settings in force, who speaks, his powers, his question.

    Who speaks in a chat is read anew for each as soon as anything on which that rests is changed. Questions are not:
    only the chat itself opens or leaves them, and one update of a chat is handled in a transaction.
    """

    session: AsyncSession
    council: Council
    today: date
    updates: dict[int, tuple[Chat, Inbound]]
    _speakers: dict[int, tuple[Person, Address]] = field(default_factory=dict)
    _powers: dict[int, Powers] = field(default_factory=dict)
    _questions: dict[int, Prompt] = field(default_factory=dict)

    async def speaker(self, chat: Chat) -> Person | None:
        """Find who speaks in a chat; None for a stranger, or for somebody who has not consented yet."""
        known = self._speakers.get(chat.id)
        return reached(known) if known is not None else await person_of(self.session, chat)

    async def powers(self, person: Person | None) -> Powers:
        """Give what a person may do today."""
        if person is None:
            return Powers()
        known = self._powers.get(person.id)
        return known if known is not None else await powers_of(self.session, person.id, self.today)

    def question(self, chat: Chat) -> Prompt | None:
        """Give the question that a chat was asked and has not answered or left, were it even too long ago."""
        return self._questions.get(chat.id)

    def forget_speakers(self) -> None:
        """Read anew for each, from now on, who speaks."""
        self._speakers.clear()
        self._powers.clear()

    async def read(self) -> None:
        """Read what is to be known, and watch what is changed."""
        chats = {"chats": list(self.updates)}
        for person, address in await self.session.execute(_SPEAKERS, chats):
            self._speakers[address.chat_id] = (person, address)
        people = {person.id for person, _ in self._speakers.values()}
        self._powers = await each_ones_powers(self.session, people, self.today)
        self._questions = {prompt.chat_id: prompt for prompt in await self.session.scalars(_QUESTIONS, chats)}
        event.listen(self.session.sync_session, "after_flush", self._flushed)
        event.listen(self.session.sync_session, "do_orm_execute", self._executed)

    def _flushed(self, session: Session, _: object) -> None:
        changed = (*session.new, *session.dirty, *session.deleted)
        if not _ABOUT_SPEAKERS.isdisjoint(row.__tablename__ for row in changed):
            self.forget_speakers()

    def _executed(self, state: ORMExecuteState) -> None:
        if state.is_select:
            return
        table = getattr(state.statement, "table", None)
        if table is None or table.name in _ABOUT_SPEAKERS:
            self.forget_speakers()


async def gathered(session: AsyncSession, today: date, chats: Collection[int], lock: Any = IN_TURN) -> Gathered:
    """Lock chats and read the oldest update that waits in each; a chat that `lock` skips is left out."""
    locked = {chat.id: chat for chat in await session.scalars(lock, {"chats": list(chats)})}
    oldest = await session.scalars(_OLDEST, {"chats": list(locked)}) if locked else ()
    updates = {inbound.chat_id: (locked[inbound.chat_id], inbound) for inbound in oldest}
    found = Gathered(session, await council(session), today, updates)
    if updates:
        await found.read()
    return found


async def person_of(session: AsyncSession, chat: Chat) -> Person | None:
    """Find who speaks in a chat; None for a stranger, or for somebody who has not consented yet."""
    if chat.channel == PAGES:
        return await session.get(Person, int(chat.external_id)) if chat.external_id.isdecimal() else None
    found = (await session.execute(_SPEAKERS, {"chats": [chat.id]})).first()
    return reached((found[0], found[1])) if found is not None else None


def reached(speaker: tuple[Person, Address]) -> Person:
    """Give who speaks; a chat that was taken for unreachable is reached again once somebody speaks in it."""
    person, address = speaker
    if address.state == AddressState.UNREACHABLE:
        address.state, address.ended_at = AddressState.ACTIVE, None
    return person
