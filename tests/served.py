"""A council on a messenger: a real HTTP server between its people's telephones and the assistant."""

from abc import ABC, abstractmethod
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from models.addresses import Chat as ChatRow
from models.inbox import Inbound
from models.outbox import Parcel, ParcelState
from tests.chats import Chat, Council

T = TypeVar("T")

# longer than any chat or lane rests
_ROUNDS = 400


@dataclass(slots=True, repr=False)
class ServedCouncil(Council, ABC):
    """A council whose people write on the messenger named `CHANNEL`; `world` is the fake that serves it."""

    world: Any = field(kw_only=True)

    @abstractmethod
    def chat(self, name: str) -> "ServedChat":
        """Give the telephone of one of the cast; any other name is a stranger's."""

    @property
    @abstractmethod
    def is_spoken_to(self) -> bool:
        """Whether something was said that nobody has asked for yet."""

    @abstractmethod
    async def take_updates(self) -> None:
        """Ask for updates while there are any, or see that all were posted."""

    async def passes(self, **duration: float) -> None:
        """Let business and real time pass, and everything arrive that is owed by then."""
        await self.clock.move(**duration)
        await self.settle()

    async def settle(self) -> None:
        """Let everything said be heard and answered and everything owed arrive; only real time passes meanwhile."""
        for _ in range(_ROUNDS):
            await self.take_updates()
            while await self.sweep():
                pass
            for sender in self.senders:
                await sender.drain()
            if not self.is_spoken_to and not await self._waits():
                return
            await self.clock.wait_out(seconds=0.25)
        raise AssertionError("Something never arrives.")

    async def sweep(self) -> int:
        """Handle what was heard; give how much."""
        return await self.waiting(self.assistant.dispatcher.sweep())

    async def waiting(self, doing: Coroutine[Any, Any, T]) -> T:
        """Let something be done that waits for moments of real time, as for the rest of an album: it gets them."""
        return await self.clock.goes_on_beside(doing)

    async def _waits(self) -> bool:
        async with self.read() as session:
            owed = select(func.count()).where(
                Parcel.state.in_([ParcelState.QUEUED, ParcelState.SENDING]),
                Parcel.not_before <= self.clock.now(),
                Parcel.lane.startswith(self.CHANNEL),
            )
            heard = select(func.count()).where(Inbound.handled_at.is_(None))
            waits = not self.world.cable.is_cut and await session.scalar(owed)
            return bool(waits or await session.scalar(heard))


@dataclass(slots=True)
class ServedChat(Chat):
    """One person's telephone."""

    council: ServedCouncil

    @property
    def person(self) -> Any:
        """The person on the fake's side."""
        raise NotImplementedError

    async def answer(self) -> str:
        """Give what answers the last thing heard in this chat, as the telephone shows it; "" for silence."""
        raise NotImplementedError

    async def says_twice(self, text: str) -> str:
        """Write something that the provider hands on twice; give the answer's lines."""
        self.council.world.repeats(self.person.writes(text))
        return await self.answer()

    async def sent_in_answer(self, external_id: str) -> list[str]:
        """Name the messages, by the provider's ids, that answer the last thing heard in a chat."""
        async with self.council.read() as session:
            last = await session.scalar(
                select(Inbound)
                .join(ChatRow, ChatRow.id == Inbound.chat_id)
                .where(ChatRow.external_id == external_id, ChatRow.channel == self.council.CHANNEL)
                .order_by(Inbound.id.desc())
                .limit(1)
            )
            assert last is not None
            if last.incident:
                raise AssertionError(f"“{last.raw}” ended in incident {last.incident}")
            parts = await session.scalars(
                select(Parcel.provider_id).where(Parcel.key == f"in:{last.id}").order_by(Parcel.part)
            )
            return [each for each in parts if each]

    async def overtaken(self, external_id: str) -> frozenset[str]:
        """Name the messages of a chat that were to be changed, by a provider that lets nothing be changed.

        They stand as they were; whoever chooses in one of them is answered with what now is.
        """
        edit = aliased(Parcel)
        async with self.council.read() as session:
            found = await session.scalars(
                select(Parcel.provider_id)
                .join(ChatRow, ChatRow.id == Parcel.chat_id)
                .join(edit, edit.target_id == Parcel.id)
                .where(
                    ChatRow.external_id == external_id,
                    ChatRow.channel == self.council.CHANNEL,
                    edit.state == ParcelState.CANCELLED,
                )
            )
            return frozenset(found)
