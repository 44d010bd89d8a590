"""Documents taken in on the terminal: the same preview, questions and transaction as in chat."""

import asyncio
import hashlib
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from bot import migrate
from bot.config import Config
from bot.database import Database, Turn
from bot.i18n import catalogues
from bot.owing import settle
from bot.timepiece import Clock, SystemClock
from documents.files import FileStore, Kept
from documents.offering import Offer, asks_for_annex, known_now, offer, review_of
from documents.reading import Sort
from handlers.importing import record, recorded
from handlers.kit import Speaker
from handlers.register import nothing_new
from models.adjustments import Done
from models.days import record_days
from models.entries import Review
from models.importing import Carried, Source, against_store, officer_of
from models.papers import StoredFile
from models.preview import line_of, opening, remarks
from models.questions import Asked, Question, questions
from models.rules.calendar import DayKind
from models.rules.days_off import read_days
from models.rules.spelling import fold
from models.rules.text import Refusal, Text, t
from models.settings import Council, council
from models.settling import Known, answer

REFUSED: Final = 1
WRONG_CALL: Final = 2
DAYS: Final = "days"
_KIND_WORDS: Final = {DayKind.OFF: t("day off"), DayKind.WORKING: t("working day")}
_TAKEN_FOR: Final = frozenset({Sort.DIRECTORY, Sort.OVERSIGHT, Sort.TASKS, Sort.REGISTER})


@dataclass(frozen=True, slots=True)
class Terminal:
    """How a command speaks: facts to `out`, what is wrong to `err`, and `ask` where somebody sits at the keyboard."""

    say: Callable[[Text | str], str]
    out: Callable[[str], None]
    err: Callable[[str], None]
    ask: Callable[[str], str] | None = None

    def fact(self, text: Text | str) -> None:
        """Write one line."""
        self.out(self.say(text))


@dataclass(frozen=True, slots=True)
class Wish:
    """What the caller wants: the file, what it is to be taken for, a preview only, and answers by their question."""

    file: Path
    as_: str = ""
    dry_run: bool = False
    answers: tuple[str, ...] = ()


async def import_file(
    config: Config, file: Path, *, as_: str = "", dry_run: bool = False, answers: tuple[str, ...] = ()
) -> int:
    """Take a file in and give the exit code: 0 done, 1 refused, 2 called wrongly; raises Refusal for a bad file."""
    terminal = _terminal(config)
    await asyncio.to_thread(migrate.upgrade, config.database_url)
    clock = SystemClock()
    database = Database(config.database_url, clock)
    try:
        taking = Taking(config, database, FileStore(config.files), clock, terminal)
        return await taking.take_in(Wish(file, as_, dry_run, answers))
    finally:
        await database.close()


@dataclass(slots=True)
class Taking:
    """Takes one file in: preview, questions, then everything in one transaction."""

    config: Config
    database: Database
    files: FileStore
    clock: Clock
    terminal: Terminal

    async def take_in(self, wish: Wish) -> int:
        """Do it, and give the exit code."""
        if wish.as_ == DAYS or wish.file.suffix == ".tsv":
            return await self._take_days(wish)
        if wish.as_ and wish.as_ not in _TAKEN_FOR:
            sentence = t(
                "A document is taken for directory, oversight, tasks or register, not for {name}.", name=wish.as_
            )
            self.terminal.err(self.terminal.say(sentence))
            return WRONG_CALL
        offered = await _offered(wish)
        if asks_for_annex(offered.paper):
            return self._named(offered)
        async with self.database.read() as session:
            settings = await council(session)
            source = await self._source(wish.file, settings)
            review = await review_of(session, offered, source, settings)
            known = await known_now(session, source.today, settings)
            self._show(review, source)
            if review.changes_nothing:
                self.terminal.fact(_nothing_new(offered, review))
                return 0
            if offered.paper.sort is Sort.REGISTER and not wish.dry_run:
                officer_of(source)
            review, code = await self._answered(session, review, known, source, _answers(wish.answers))
        if wish.dry_run:
            self.terminal.fact(t("Only a preview: nothing was recorded."))
            return 0 if code == REFUSED else code
        return code or await self._write(wish.file, review, source)

    def _named(self, offered: Offer) -> int:
        head = offered.paper.heading
        about = {"number": head.number or offered.paper.name, "day": head.dated or "…", "subject": head.subject}
        self.terminal.fact(t("{number} of {day}: {subject}.", **about))
        sentence = t(
            "It has no table of tasks, so none are made of it. Please send its annex as a Word or Excel table."
        )
        self.terminal.err(self.terminal.say(sentence))
        return REFUSED

    async def _take_days(self, wish: Wish) -> int:
        """Record the council's own days off and swapped working days."""
        if not wish.file.is_file():
            raise Refusal(t("There is no file {name}; please look at its path.", name=str(wish.file)))
        days = read_days(wish.file.read_text("utf-8"))
        for own in days:
            self.terminal.fact(t("{day}: {kind} {name}", day=own.day, kind=_KIND_WORDS[own.kind], name=own.name))
        if wish.dry_run:
            return 0
        async with self.database.write(Turn.IMPORT) as session:
            count = await record_days(session, days)
        self.terminal.fact(t("Recorded {count} days of the council's own calendar.", count=count))
        return 0

    async def _source(self, file: Path, settings: Council) -> Source:
        now = self.clock.now() + timedelta(seconds=settings.clock_offset_seconds)
        digest = await asyncio.to_thread(lambda: hashlib.sha256(file.read_bytes()).hexdigest())
        return Source(now, now.astimezone(self.config.zone).date(), sha256=digest, zone=self.config.zone)

    def _show(self, review: Review, source: Source) -> None:
        rows = (line_of(row, source.today) for row in review.rows)
        for line in (*opening(review), *rows, *remarks(review, source.today)):
            self.terminal.fact(line)

    async def _answered(
        self, session: AsyncSession, review: Review, known: Known, source: Source, given: Mapping[str, str]
    ) -> tuple[Review, int]:
        """Take the answers that came with the call, then ask, or list what stays open."""
        unused = dict(given)
        skipped: set[str] = set()
        while still_open := [question for question in questions(review) if question.key not in skipped]:
            question = still_open[0]
            given_answer = unused.pop(fold(question.key), None)
            said = given_answer or await self._asked(question)
            if said is None:
                skipped.add(question.key)
                continue
            try:
                review = answer(review, question, said, known)
            except Refusal as refusal:
                if given_answer is not None:
                    raise
                self.terminal.err(self.terminal.say(refusal.text))
                continue
            if question.asked is Asked.HEAD and review.head.number and review.head.dated:
                review = await against_store(session, review, source)
        if unused:
            self.terminal.err(self.terminal.say(t("No question is named {keys}.", keys=tuple(unused))))
            return review, WRONG_CALL
        return review, self._left_open(questions(review))

    async def _asked(self, question: Question) -> str | None:
        if self.terminal.ask is None:
            return None
        self._print(question, self.terminal.out)
        return (await asyncio.to_thread(self.terminal.ask, "> ")).strip() or None

    def _left_open(self, still_open: Sequence[Question]) -> int:
        if not still_open:
            return 0
        for question in still_open:
            self._print(question, self.terminal.err)
        sentence = t(
            "{count} questions are open; answer each with --answer “{key}=VALUE”, where VALUE is a number of the list "
            "or what you would type.",
            count=len(still_open),
            key=still_open[0].key,
        )
        self.terminal.err(self.terminal.say(sentence))
        return REFUSED

    def _print(self, question: Question, write: Callable[[str], None]) -> None:
        say = self.terminal.say
        write(f"[{question.key}] {say(question.text)}")
        for line in question.details:
            write(f"    {say(line)}")
        for place, option in enumerate(question.options, 1):
            write(f"    {place}. {say(option.label)}")
        if question.typed:
            write(f"    {say(question.typed)}")

    async def _write(self, file: Path, review: Review, source: Source) -> int:
        kept = await self.files.keep(file, file.name)

        async def work(session: AsyncSession) -> tuple[Carried, tuple[Done, ...]]:
            stored = _stored(kept, source)
            session.add(stored)
            await session.flush()
            speaker = Speaker(session, source.now, self.config.zone, await council(session))
            done, moves = await record(speaker, review, replace(source, file_id=stored.id))
            await settle(session, speaker)
            return done, moves

        done, moves = await self.database.retrying(Turn.IMPORT, work)
        self.terminal.fact(recorded(done, source.now))
        self._tell_moved(moves)
        return 0

    def _tell_moved(self, moves: Sequence[Done]) -> None:
        """Say who is told of a new deadline, and who keeps a later day that was granted."""
        if kept := tuple(dict.fromkeys(unit for each in moves for unit in each.kept)):
            self.terminal.fact(t("Granted a later day, which they keep: {units}.", units=kept))
        if told := sum(len(each.told) for each in moves):
            self.terminal.fact(t("{count} units are told of a new deadline; nothing else has been sent.", count=told))
        else:
            self.terminal.fact(t("Nothing has been sent to any unit."))


def _nothing_new(offered: Offer, review: Review) -> Text:
    if offered.paper.sort is Sort.REGISTER:
        return nothing_new(review)
    return t("All {count} rows are recorded already; nothing has changed.", count=len(review.rows))


async def _offered(wish: Wish) -> Offer:
    if not wish.file.is_file():
        raise Refusal(t("There is no file {name}; please look at its path.", name=str(wish.file)))
    return await asyncio.to_thread(offer, wish.file, wish.file.name, Sort(wish.as_) if wish.as_ else None)


def _answers(given: Sequence[str]) -> dict[str, str]:
    pairs = (text.rpartition("=") for text in given)
    return {fold(key): value for key, sign, value in pairs if sign}


def _stored(kept: Kept, source: Source) -> StoredFile:
    about: dict[str, Any] = {"sha256": kept.sha256, "name": kept.name, "media": kept.media, "size": kept.size}
    return StoredFile(kept_at=source.now, **about)


def _terminal(config: Config) -> Terminal:
    speech = catalogues(config.locale).speech(config.locale, config.zone)

    def out(line: str) -> None:
        sys.stdout.write(f"{line}\n")

    def err(line: str) -> None:
        sys.stderr.write(f"{line}\n")

    return Terminal(speech.say, out, err, input if sys.stdin.isatty() else None)
