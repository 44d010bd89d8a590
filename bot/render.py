"""From what is owed to what is sent: a reply in the recipient's words, kept on its parcel as it went out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.i18n import Catalogues, Speech
from handlers.assignment import clock_time
from handlers.kit import LISTING, FileOut, LetterContext, Message, Registry, Reply, Subject, t
from models.addresses import Chat
from models.outbox import Letter, Listed, Parcel
from models.papers import StoredFile
from models.people import Person
from models.pieces import PIECE
from models.repeats import sent_before
from models.rules.ways import CHANNELS
from models.settings import Council
from models.subjects import version_of

Content = dict[str, Any]

# a parcel of these kinds is drawn by the `@card` function when it is claimed; a rechecked one only if still open
CARD: Final = "card"
RECHECK: Final = "recheck"
# so that nobody takes a message whose first sending may have arrived for a second matter
RESENT: Final = t("(sent again)")
# stands before choices that are typed
BY_NUMBER: Final = t("Please answer with a number:")
# so many fixed letters are remembered as they were said
_SAID: Final = 32


@dataclass(frozen=True, slots=True)
class Composed:
    """What a parcel says: `content` is kept on the parcel, `version` is that of its `subject` at this moment.

    A letter may turn out to be a card only when it is composed, so the subject is known here and not before; `about`
    are the subjects of a message that lists several. `choosing` says in the recipient's words how one chooses where
    there are no buttons.
    """

    content: Content
    subject: Subject | None = None
    version: int | None = None
    about: tuple[Subject, ...] = ()
    choosing: str = ""

    @property
    def closed(self) -> bool:
        """Whether a card has nothing left to press."""
        return not self.content["choices"]


def written(reply: Reply, speech: Speech) -> Content:
    """Put a reply into the recipient's words, its calls beside the labels; files are named by id, still."""
    return {
        "lines": [speech.say(line) for line in reply.lines],
        "choices": [
            {"label": _capital(speech.say(choice.label)), "call": choice.call.as_json(), "primary": choice.primary}
            for choice in reply.choices
        ],
        "files": list(reply.files),
        "result": speech.say(reply.result) if reply.result else "",
        "card": reply.card is not None,
    }


def _capital(label: str) -> str:
    """Begin a button's words like a sentence, though they may also stand within one ("từ ngày 01/7/2022…")."""
    return label[:1].upper() + label[1:]


async def with_files(session: AsyncSession, content: Content) -> Content:
    """Replace the ids of files by what a channel needs to hand them out."""
    if not content["files"]:
        return content
    rows = await session.scalars(select(StoredFile).where(StoredFile.id.in_(content["files"])))
    found = {
        file.id: {"id": file.id, "sha256": file.sha256, "name": file.name, "media": file.media, "size": file.size}
        for file in rows
    }
    return {**content, "files": [found[file_id] for file_id in content["files"] if file_id in found]}


def message_of(parcel_id: int, content: Mapping[str, Any]) -> Message:
    """Make the message that a channel sends from what the parcel keeps."""
    return Message(
        parcel_id,
        tuple(content["lines"]),
        tuple((choice["label"], choice["primary"]) for choice in content["choices"]),
        tuple(FileOut(**file) for file in content["files"]),
        content["result"],
        content["card"],
    )


@dataclass(frozen=True, slots=True)
class Composer:
    """Composes a claimed parcel: fixed content, a `@letter`, or the `@card` of its subject as it is now."""

    registry: Registry
    catalogues: Catalogues
    zone: ZoneInfo
    _said: dict[tuple[int, str], tuple[Reply, Content]] = field(default_factory=dict, repr=False, compare=False)

    async def __call__(
        self, session: AsyncSession, parcel: Parcel, letter: Letter, now: datetime, council: Council
    ) -> Composed | None:
        """Give what the parcel says now; None where there is nothing left to say (the parcel is cancelled)."""
        composed = await self.worded(session, parcel, letter, now, council)
        if composed is None or composed.subject is None or parcel.kind == PIECE:
            return composed
        return replace(composed, version=await version_of(session, composed.subject))

    async def worded(
        self, session: AsyncSession, parcel: Parcel, letter: Letter, now: datetime, council: Council
    ) -> Composed | None:
        """Give the same without the version of its subject, for whoever reads the versions of many at once."""
        person = await session.get(Person, parcel.person_id) if parcel.person_id else None
        speech = self.catalogues.speech(await _locale(session, parcel, person), self.zone)
        if parcel.kind == PIECE:
            return _piece(parcel, speech)
        subject = Subject(parcel.subject_kind, parcel.subject_id) if parcel.subject_id else None
        if not parcel.kind and letter.content and letter.content["lines"]:
            reply, said = self._fixed(letter, speech)
        else:
            fixed = Reply.from_json(letter.content) if letter.content else None
            if person is not None:
                context = LetterContext(session, now, self.zone, council, person, letter.params, subject)
                fixed = await self._composed(parcel, letter, context, fixed)
            if fixed is None:
                return None
            reply, said = fixed, written(fixed, speech)
        content = _marked(await with_files(session, said), await _before(session, parcel, now, speech))
        subject, choosing = subject or reply.card, speech.say(BY_NUMBER)
        if subject is None:
            listing = parcel.kind == LISTING or bool(reply.about)
            return Composed({**content, "card": content["card"] or listing}, about=reply.about, choosing=choosing)
        if parcel.kind == RECHECK and not content["choices"]:
            return None
        return Composed({**content, "card": True}, subject, choosing=choosing)

    def _fixed(self, letter: Letter, speech: Speech) -> tuple[Reply, Content]:
        """Give words that are fixed, as a language says them; many are sent the same."""
        known = (letter.id, speech.locale)
        if not letter.id or known not in self._said:
            if len(self._said) >= _SAID:
                self._said.clear()
            reply = Reply.from_json(letter.content or {})
            self._said[known] = reply, written(reply, speech)
        return self._said[known]

    async def _composed(
        self, parcel: Parcel, letter: Letter, context: LetterContext, fixed: Reply | None
    ) -> Reply | None:
        """Run the function that composes this kind of letter, or draws this kind of card or a listing anew."""
        if parcel.kind == LISTING:
            context = replace(context, params=await _listed(context.session, parcel), subject=None)
            return await self.registry.cards[LISTING](context)
        # a letter that is composed when it is claimed says by itself whether anything is still open
        drawn = parcel.kind == CARD or not letter.kind
        if context.subject is not None and drawn:
            return await self.registry.cards[context.subject.kind](context)
        if letter.kind:
            return await self.registry.letters[letter.kind](context)
        return fixed


async def _locale(session: AsyncSession, parcel: Parcel, person: Person | None) -> str:
    """Give the language of a recipient; that of his chat while nobody is known to be behind it."""
    if person is not None:
        return person.locale
    chat = await session.get(Chat, parcel.chat_id) if parcel.chat_id else None
    return chat.locale if chat is not None else ""


async def _before(session: AsyncSession, parcel: Parcel, now: datetime, speech: Speech) -> list[str]:
    """Say that a message was, or may have been, read before: at this address, or at one that it was sent to first."""
    again = [speech.say(RESENT)] if parcel.unsure else []
    earlier = await sent_before(session, parcel) if parcel.step else None
    if earlier is None:
        return again
    here = await session.scalar(select(Chat.channel).where(Chat.id == parcel.chat_id)) or ""
    by = {"earlier": CHANNELS.get(earlier.channel, earlier.channel), "channel": CHANNELS.get(here, here)}
    if earlier.sent_at is None:
        return [*again, speech.say(t("This may have come by {earlier} already; it is now sent by {channel}.", **by))]
    time = clock_time(earlier.sent_at, now, speech.zone)
    said = t("This was sent by {earlier} at {time}; it is now sent again by {channel}.", **by, time=time)
    return [*again, speech.say(said)]


def _marked(content: Content, marks: Sequence[str]) -> Content:
    return {**content, "lines": [*content["lines"], *marks]} if marks else content


def _piece(parcel: Parcel, speech: Speech) -> Composed | None:
    """Say what the parcel keeps: it was put into words with the piece before it."""
    if not parcel.content:
        return None
    subject = Subject(parcel.subject_kind, parcel.subject_id) if parcel.subject_id else None
    content = _marked(parcel.content, [speech.say(RESENT)] if parcel.unsure else [])
    return Composed(content, subject, parcel.subject_version, choosing=speech.say(BY_NUMBER))


async def _listed(session: AsyncSession, edit: Parcel) -> dict[str, Any]:
    """Give what a listing is drawn anew from: its first line as it was sent, and the subjects that it lists."""
    content = await session.scalar(select(Parcel.content).where(Parcel.id == edit.target_id))
    rows = await session.execute(
        select(Listed.subject_kind, Listed.subject_id).where(Listed.parcel_id == edit.target_id).order_by(Listed.id)
    )
    return {"first": content["lines"][0] if content else "", "about": [Subject(*row) for row in rows]}
