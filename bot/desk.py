"""Where claimed parcels are read, put into words and made ready for their channel: cut into pieces, given numbers."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.database import Database, Turn
from bot.parting import parts_of
from bot.render import Composed
from bot.sending import Claim, Composing, Outgoing
from handlers.kit import Abilities
from models.addresses import Chat
from models.menus import open_menu
from models.outbox import Letter, Parcel
from models.pieces import Piece, lay_pieces
from models.queue import Claimed
from models.references import references
from models.settings import Council


@dataclass(frozen=True, slots=True)
class Desk:
    """Composes for one channel."""

    compose: Composing
    abilities: Abilities

    async def composed(self, session: AsyncSession, claim: Claim, now: datetime, settings: Council) -> Outgoing | None:
        """Put one parcel into words as of business time `now`; None where there is nothing left to say or to change.

        Raises whatever the function that composes this kind of letter raises.
        """
        if claim.is_edit and not self.abilities.edit:
            return None
        composed = await self.compose(session, claim.parcel, claim.letter, now, settings)
        return Outgoing(claim, composed) if composed is not None else None

    async def readied(self, database: Database, outgoing: Sequence[Outgoing]) -> list[Outgoing]:
        """Make composed parcels ready to leave; what goes out in several pieces is owed piece by piece first."""
        if self.abilities.instant:
            return list(outgoing)
        cut = [self._cut(each) for each in outgoing]
        in_pieces = [(each.parcel, pieces) for each, pieces in cut if pieces]
        if in_pieces:

            async def work(session: AsyncSession) -> None:
                for parcel, pieces in in_pieces:
                    await lay_pieces(session, parcel, pieces)

            await database.retrying(Turn.COURIER, work)
        return await self._numbered(database, await _referenced(database, [each for each, _ in cut]))

    def _cut(self, outgoing: Outgoing) -> tuple[Outgoing, tuple[Piece, ...]]:
        """Give what leaves now and the pieces that follow; an edit changes the piece that bears the buttons."""
        composed = outgoing.composed
        parts = parts_of(composed.content, self.abilities)
        if outgoing.claim.is_edit or outgoing.parcel.part:
            return replace(outgoing, composed=replace(composed, content=parts.pieces[parts.card])), ()
        first, *rest = parts.pieces
        pieces = tuple(
            Piece(content, composed.subject, composed.version) if at == parts.card else Piece(content)
            for at, content in enumerate(rest, 1)
        )
        now = replace(composed, content=first) if parts.card == 0 else Composed(first)
        return replace(outgoing, composed=now), pieces

    async def _numbered(self, database: Database, outgoing: Sequence[Outgoing]) -> list[Outgoing]:
        """Give every choice its number, before it is shown, where the channel has no buttons to show."""
        with_choices = [each for each in outgoing if each.composed.content["choices"]]
        if self.abilities.buttons or not with_choices:
            return list(outgoing)

        async def work(session: AsyncSession) -> dict[int, int]:
            return {each.parcel.id: await _menu(session, each) for each in with_choices}

        numbers = await database.retrying(Turn.COURIER, work)
        return [replace(each, first=numbers.get(each.parcel.id, 0)) for each in outgoing]


async def claims_of(database: Database, claimed: Sequence[Claimed]) -> list[Claim]:
    """Read claimed parcels with their letters, chats and cards, oldest first."""
    card = aliased(Parcel)
    wanted = (
        select(Parcel, Letter, Chat.external_id, card.provider_id)
        .join(Letter, Letter.id == Parcel.letter_id)
        .join(Chat, Chat.id == Parcel.chat_id)
        .outerjoin(card, card.id == Parcel.target_id)
        .where(Parcel.id.in_([each.id for each in claimed]))
        .order_by(Parcel.id)
    )
    async with database.glance() as session:
        rows = (await session.execute(wanted)).all()
    return [Claim(parcel, letter, chat, provider_id or "") for parcel, letter, chat, provider_id in rows]


async def _referenced(database: Database, outgoing: Sequence[Outgoing]) -> list[Outgoing]:
    """Name the files that the provider has been given before."""
    wanted = {digest for each in outgoing if (digest := each.upload)}
    if not wanted:
        return list(outgoing)
    async with database.glance() as session:
        known = await references(session, outgoing[0].parcel.lane, wanted)
    return [replace(each, references=known) for each in outgoing]


async def _menu(session: AsyncSession, outgoing: Outgoing) -> int:
    parcel = outgoing.parcel
    assert parcel.chat_id is not None  # noqa: S101 - a parcel without a chat is never queued
    return await open_menu(session, parcel.chat_id, parcel.id, outgoing.composed.content)
