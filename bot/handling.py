"""One update handled: understood, permitted, carried out behind a savepoint, answered and recorded."""

import secrets
import unicodedata
from collections.abc import Callable, Collection, Mapping
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from hashlib import sha256
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.exc import StaleDataError

from bot import log
from bot.answering import Answering
from bot.database import in_the_way
from bot.gathering import IN_TURN, Gathered, gathered, person_of
from bot.hearing import Hearing, Meant
from bot.intake import SECRET
from bot.owing import settle
from bot.preparing import Album, NeedsFiles, NeedsReading, NotReady, Ready
from bot.scans import bound
from bot.timepiece import Clock
from documents.limits import Unreadable
from handlers.kit import (
    Channel,
    Context,
    FileIn,
    FileMaker,
    FilePage,
    Heard,
    LetterContext,
    Refusal,
    Registry,
    Reply,
    Subject,
    Text,
    Ways,
    t,
)
from handlers.uploading import where_files_go
from models.addresses import Chat
from models.audit import AuditEntry
from models.inbox import Inbound, Prompt
from models.joining import says_code, without_codes
from models.papers import StoredFile
from models.rules.permission import OWN_RIGHTS, Action, require

# what codes are said with
_WITH_CODES: Final = frozenset({"batdau", "batdau.ma", "batdau.link"})
_CHANGED: Final = t("This has changed since the button was shown; nothing was recorded. It now stands as follows:")
DONE, REFUSED, INCIDENT = "done", "refused", "incident"


@dataclass(frozen=True, slots=True)
class Handling:
    """Carries out updates; what they need before is done by the dispatcher, who then tries again."""

    registry: Registry
    channels: Mapping[str, Channel]
    answering: Answering
    clock: Clock
    zone: ZoneInfo
    key: bytes
    site: str
    maker: FileMaker
    ways: Ways
    file_page: Callable[[int, datetime], FilePage] | None = None

    async def gathered(self, session: AsyncSession, chats: Collection[int], lock: Any = IN_TURN) -> Gathered:
        """Lock chats and read the oldest update that waits in each, with what handling it begins with."""
        return await gathered(session, self.clock.now().astimezone(self.zone).date(), chats, lock)

    async def handle(self, known: Gathered, chat_id: int, ready: Ready) -> None:
        """Carry out one update and record it; raises NotReady, and store errors that call for another run."""
        chat, inbound = known.updates[chat_id]
        context = await self._context(known, chat)
        is_stranger = context.person is None
        reply, outcome = await self._outcome(context, inbound, known.question(chat), ready)
        if outcome != DONE:
            known.forget_speakers()
            await known.session.refresh(chat)
            said, context = context, await self._context(known, chat)
            context.command, context.line, context.said = said.command, said.line, said.said
        elif is_stranger:
            context.person = await person_of(known.session, chat)  # who has just joined is answered in his own language
        if reply is not None:
            await self.answering.answer(context, inbound, where_files_go(context, reply))
        if inbound.raw and (context.command in _WITH_CODES or await says_code(known.session, self.key, context.line)):
            inbound.raw = without_codes(inbound.raw)
        _record(context, inbound, outcome)
        if is_stranger:
            inbound.raw = None
        if (album := ready.albums.get(inbound.id)) is not None and album.updates:
            for part in await known.session.scalars(select(Inbound).where(Inbound.id.in_(album.updates))):
                _record(context, part, outcome)

    async def _outcome(
        self, context: Context, inbound: Inbound, question: Prompt | None, ready: Ready
    ) -> tuple[Reply | None, str]:
        """Carry an update out behind a savepoint; give what is answered, and what came of it."""
        try:
            async with context.session.begin_nested():
                reply = await self._carry_out(context, inbound, question, ready)
                await settle(context.session, context)
        except Refusal as refusal:
            if isinstance(refusal, Unreadable) and refusal.secret:
                inbound.raw, inbound.outcome = None, SECRET
            return await self._refused(context, refusal), REFUSED
        except (NotReady, StaleDataError):
            raise
        except Exception as error:
            if isinstance(error, DBAPIError) and in_the_way(error):
                raise
            return self._incident(inbound, error), INCIDENT
        return reply, DONE

    async def apologise(self, known: Gathered, chat_id: int) -> None:
        """Answer an update that was set aside with the number of its incident."""
        chat, inbound = known.updates[chat_id]
        await self.answering.answer(
            await self._context(known, chat), inbound, Reply(incident_sentence(inbound.incident))
        )

    async def _context(self, known: Gathered, chat: Chat) -> Context:
        person = await known.speaker(chat)
        about: dict[str, Any] = {"chat": chat, "person": person, "powers": await known.powers(person)}
        ports: dict[str, Any] = {"key": self.key, "site": self.site, "maker": self.maker, "ways": self.ways}
        if not self.channels[chat.channel].abilities.files_in:
            page = partial(self.file_page, chat.id, self.clock.now()) if self.file_page is not None else None
            ports |= {"takes_documents": False, "file_page": page}
        return Context(known.session, self.clock.now(), self.zone, known.council, **about, **ports)

    async def _carry_out(
        self, context: Context, inbound: Inbound, question: Prompt | None, ready: Ready
    ) -> Reply | None:
        if inbound.outcome == SECRET:
            raise Refusal(SECRET_SENTENCE)
        heard = self._heard(inbound)
        if heard.files_there and context.person is not None:
            files, album = _kept_files(inbound, heard, ready), ready.albums.get(inbound.id, Album())
            heard = replace(heard, files=files, text=heard.text or _plain(album.text))
        context.said = heard.text
        hearing = Hearing(context.session, self.registry, context.chat, context.person, context.now, question)
        meant = await hearing.meaning(heard)
        if isinstance(meant, Reply):
            return meant
        if context.person is None and meant.command.allow is not Action.JOIN:
            meant = replace(meant, command=self.registry.events["stranger"], line=heard.text)
        if context.person is None or meant.command.allow not in OWN_RIGHTS:
            require(context.powers.roles, meant.command.allow)
        if meant.stale is not None:
            return await self._as_it_stands(context, meant.stale)
        context.prepared, context.pressed = _reading(inbound, meant, ready), meant.pressed
        scans = await bound(context, inbound, meant.args, ready)
        context.command, context.args, context.line = meant.command.name, scans.args, meant.line
        context.files = await _filed(context, meant.files) if context.person else ()
        return scans.told(await meant.command.run(context))

    def _heard(self, inbound: Inbound) -> Heard:
        try:
            heard = self.channels[inbound.channel].parse(inbound.raw or {})
        except (ValueError, LookupError, TypeError) as error:
            log.warning("unreadable update", inbound=inbound.id, channel=inbound.channel, error=repr(error))
            sentence = t("This message could not be read and nothing was recorded; please write it in another way.")
            raise Refusal(sentence) from error
        return replace(heard, text=_plain(heard.text))

    async def _refused(self, context: Context, refusal: Refusal) -> Reply:
        """Say why not; of a card that its channel lets nobody change, with what now is, for it may be old."""
        if context.pressed is None or context.person is None:
            return Reply(refusal.text)
        for row in (context.chat, context.person):  # the savepoint took back what the command had changed in them
            await context.session.refresh(row)
        if self.channels[context.chat.channel].abilities.edit:
            return Reply(refusal.text)
        return await self._as_it_stands(context, context.pressed, refusal.text)

    async def _as_it_stands(self, context: Context, subject: Subject, why: Text = _CHANGED) -> Reply:
        """Answer an old button with what now is."""
        about = LetterContext(context.session, context.now, self.zone, context.council, context.me, {}, subject)
        card = await self.registry.cards[subject.kind](about)
        if card is None:
            return Reply(t("This is no longer open; nothing was recorded.") if why is _CHANGED else why)
        result = (card.result,) if card.result else ()
        return Reply(why, *result, *card.lines, choices=card.choices, card=subject)

    def _incident(self, inbound: Inbound, error: Exception) -> Reply:
        inbound.incident = log.incident(error, inbound=inbound.id, channel=inbound.channel)
        return Reply(incident_sentence(inbound.incident))


SECRET_SENTENCE = t(
    "The message bears a mark of secrecy and was not kept. State secrets must not be sent here: please delete it "
    "and use the prescribed way."
)


def incident_sentence(number: str) -> Text:
    """Say that something nobody foresaw stood in the way, and under which number it is found."""
    return t(
        "Your message is kept but could not be carried out; the operator was told under number {incident}.",
        incident=number,
    )


def _plain(text: str) -> str:
    """Give a line as it can be kept and shown anywhere: composed letters, plain line ends, nothing unprintable."""
    whole = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return unicodedata.normalize("NFC", whole).replace("\r\n", "\n").strip()


def _kept_files(inbound: Inbound, heard: Heard, ready: Ready) -> tuple[FileIn, ...]:
    if inbound.id not in ready.files:
        raise NeedsFiles(inbound, heard)
    kept = ready.files[inbound.id]
    if isinstance(kept, Refusal):
        raise copy(kept)
    return kept


def _reading(inbound: Inbound, meant: Meant, ready: Ready) -> Any:
    if meant.command.prepare is None or not meant.files:
        return None
    if inbound.id not in ready.readings:
        raise NeedsReading(inbound, meant.command, meant.files)
    reading = ready.readings[inbound.id]
    if isinstance(reading, Refusal):
        raise copy(reading)
    return reading


async def _filed(context: Context, files: tuple[FileIn, ...]) -> tuple[StoredFile, ...]:
    by = context.person.id if context.person else None
    rows = tuple(
        StoredFile(sha256=file.sha256, name=file.name, media=file.media, size=file.size, kept_at=context.now, by_id=by)
        for file in files
    )
    context.session.add_all(rows)
    await context.session.flush()
    return rows


def _record(context: Context, inbound: Inbound, outcome: str) -> None:
    """Mark the update handled and enter it in the audit."""
    inbound.handled_at, inbound.outcome = context.now, inbound.outcome or outcome
    salt = secrets.token_hex(8)
    subject = context.touched[0] if context.touched else None
    context.session.add(
        AuditEntry(
            at=context.now,
            person_id=context.person.id if context.person else None,
            channel=inbound.channel,
            inbound_id=inbound.id,
            command=context.command,
            outcome=inbound.outcome,
            subject_kind=subject.kind if subject else "",
            subject_id=subject.id if subject else None,
            salt=salt,
            digest=sha256(f"{salt}{context.said}".encode(errors="replace")).hexdigest(),
        )
    )
