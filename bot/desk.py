"""Where claimed parcels are read, put into words and made ready for their channel: cut into pieces, given numbers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.database import Database, Turn
from bot.parting import is_whole, parts_of
from bot.render import Composed
from bot.sending import Claim, Composing, Outgoing
from handlers.kit import Abilities
from models.addresses import Chat
from models.menus import open_menu
from models.outbox import Letter, Parcel
from models.people import Person
from models.pieces import Piece, lay_pieces
from models.queue import Claimed
from models.references import references
from models.settings import Council
from models.subjects import Subject, version_of, versions_of
from pages.bubbles import size

# what came of a card stands on top of it later, and "sent again" below
_ROOM: Final = 200


@dataclass(frozen=True, slots=True)
class Desk:
    """Composes for one channel; `link` gives the address of a file, by its id, for a chat that carries no files."""

    compose: Composing
    abilities: Abilities
    link: Callable[[int, int], str]

    async def composed(self, session: AsyncSession, claim: Claim, now: datetime, settings: Council) -> Outgoing | None:
        """Put one parcel into words as of business time `now`; None where there is nothing left to say or to change.

        Raises whatever the function that composes this kind of letter raises.
        """
        if claim.is_edit and not self.abilities.edit:
            return None
        composed = await self.compose(session, claim.parcel, claim.letter, now, settings)
        if composed is None:
            return None
        if composed.subject is not None and composed.version is None:
            is_own = composed.subject == claim.subject
            version = claim.version if is_own else await version_of(session, composed.subject)
            composed = replace(composed, version=version)
        return Outgoing(claim, composed)

    async def readied(self, database: Database, outgoing: Sequence[Outgoing]) -> list[Outgoing]:
        """Make composed parcels ready to leave; what goes out in several pieces is owed piece by piece first."""
        if self.abilities.instant:
            return list(outgoing)
        cut = [self._cut(self._linked(each)) for each in outgoing]
        in_pieces = [(each.parcel, pieces) for each, pieces in cut if pieces]
        if in_pieces:

            async def work(session: AsyncSession) -> None:
                for parcel, pieces in in_pieces:
                    await lay_pieces(session, parcel, pieces)

            await database.retrying(Turn.COURIER, work)
        return await self._numbered(database, await _referenced(database, [each for each, _ in cut]))

    def _linked(self, outgoing: Outgoing) -> Outgoing:
        """Name each file by its link where the channel carries none."""
        content, chat_id = outgoing.composed.content, outgoing.parcel.chat_id
        if self.abilities.files_out or not content["files"]:
            return outgoing
        assert chat_id is not None  # noqa: S101 - a parcel without a chat is never queued
        links = [
            f"{file['name']} ({size(file['size'])}): {self.link(chat_id, file['id'])}" for file in content["files"]
        ]
        linked = {**content, "lines": [*content["lines"], *links], "files": []}
        return replace(outgoing, composed=replace(outgoing.composed, content=linked))

    def _cut(self, outgoing: Outgoing) -> tuple[Outgoing, tuple[Piece, ...]]:
        """Give what leaves now and the pieces that follow; an edit changes the piece that bears the buttons."""
        composed = outgoing.composed
        head = "" if self.abilities.buttons else composed.choosing
        if is_whole(composed.content, self.abilities, head):
            return outgoing, ()
        if outgoing.claim.is_edit or outgoing.parcel.part:
            parts = parts_of(composed.content, self.abilities, head=head)
            return replace(outgoing, composed=replace(composed, content=parts.pieces[parts.card])), ()
        parts = parts_of(composed.content, self.abilities, _ROOM, head)
        first, *rest = parts.pieces
        pieces = tuple(
            Piece(content, composed.subject, composed.version)
            if at == parts.card or content["choices"]
            else Piece(content)
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


async def claims_of(session: AsyncSession, claimed: Sequence[Claimed]) -> list[Claim]:
    """Read claimed parcels with their letters, chats, cards and people, and the versions of what they are about."""
    rows = (await session.execute(_WANTED, {"parcels": [each.id for each in claimed]})).all()
    letters = {row[0].letter_id for row in rows}
    found = {letter.id: letter for letter in await session.scalars(_LETTERS, {"letters": list(letters)})}
    about = {parcel.id: Subject(parcel.subject_kind, parcel.subject_id) for parcel, *_ in rows if parcel.subject_id}
    versions = await versions_of(session, set(about.values())) if about else {}
    return [
        Claim(
            parcel,
            found[parcel.letter_id],
            chat,
            card or "",
            person,
            subject := about.get(parcel.id),
            versions.get(subject) if subject else None,
        )
        for parcel, chat, card, person in rows
    ]


# made once: making it takes longer than running it
_card = aliased(Parcel)
_WANTED: Final = (
    select(Parcel, Chat.external_id, _card.provider_id, Person)
    .join(Chat, Chat.id == Parcel.chat_id)
    .outerjoin(_card, _card.id == Parcel.target_id)
    .outerjoin(Person, Person.id == Parcel.person_id)
    .where(Parcel.id.in_(bindparam("parcels", expanding=True)))
    .order_by(Parcel.id)
)
# by themselves: what goes to many is one letter
_LETTERS: Final = select(Letter).where(Letter.id.in_(bindparam("letters", expanding=True)))


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
