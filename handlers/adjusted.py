"""What units read of a decision about their tasks, and what officers read of the decisions so far."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from zoneinfo import ZoneInfo

from sqlalchemy import select

from handlers.answers import choices
from handlers.assignment import Viewer, clock_time, document_name, lines, quoted
from handlers.choosing import may
from handlers.kit import N_, Context, LetterContext, Reply, Speaker, Spread, Text, letter, subject_of, t
from handlers.listing import buttons, listed
from models.adjustments import Adjustment, Decided, Decision, Done, decisions
from models.outbox import Priority
from models.powers import powers_of
from models.reviewing import behind_all
from models.rules.instructions import under
from models.rules.permission import Action
from models.rules.spoken import headline
from models.rules.status import Due
from models.standing import Standing, standings
from models.tasks import Assignment, Extension

ADJUSTED: Final = "adjusted"
_TITLE = 60
_CLOSING = frozenset({Decided.SUSPENDED, Decided.WITHDRAWN, Decided.RELEASED})
# how much of the card is told again: all of it to whoever reads it anew, else what the task is of
_DETAILS = {Decided.MOVED: 1}
_ALL_DETAILS = 4
_TOLD: Final[Mapping[Decided, str]] = {
    Decided.SUSPENDED: N_("The task is suspended ({by}); nothing has to be reported until it goes on."),
    Decided.WITHDRAWN: N_("The task is withdrawn ({by}); nothing has to be reported."),
    Decided.RELEASED: N_("{unit} does not have to carry out this task any more; it was given to {other}, {by}."),
    Decided.RECEIVED: N_("The task is given to {unit} in place of {other} ({by}), as its task {number}."),
    Decided.UPHELD: N_("The standing agency leaves this task with {unit}, {by}."),
}
_SAID: Final[Mapping[Decided, str]] = {
    Decided.MOVED: N_("{unit}: {person} moved the deadline from {old} to {new} at {at}, {by}."),
    Decided.SUSPENDED: N_("{unit}: {person} suspended the task at {at}, {by}."),
    Decided.RESUMED: N_("{unit}: {person} let the task go on at {at}, {by} (deadline {new})."),
    Decided.WITHDRAWN: N_("{unit}: {person} withdrew the task at {at}, {by}."),
    Decided.RELEASED: N_("{unit}: {person} gave the task to another unit at {at}, {by}."),
    Decided.RECEIVED: N_("{unit}: {person} gave it the task in place of another unit at {at}, {by}."),
    Decided.UPHELD: N_("{unit}: {person} left the task with the unit at {at}, {by}."),
}


def owe_decided(speaker: Speaker, done: Done) -> None:
    """Owe those behind the units that are told one message with all that an act decided for them; edit open cards."""
    for row in (*done.changed, *done.requests):
        speaker.touch(row)
    if done.told:
        rows, key = behind_all(done.told, speaker.today), f"{ADJUSTED}:{done.act_id}"
        speaker.spread(Spread(rows, key, letter=ADJUSTED, params={"act": done.act_id}, priority=Priority.URGENT))


@letter(ADJUSTED)
async def tell_decided(ctx: LetterContext) -> Reply | None:
    """Say what was decided of the tasks of one person's units: of one as its card, of several in a list."""
    found = await decisions(ctx.session, Adjustment.act_id == ctx.params["act"], Adjustment.told_on.is_not(None))
    by_id = {each.row.assignment_id: each for each in found}
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    read = await standings(ctx.session, ctx.now, ctx.zone)
    mine = [each for each in await read.of(Assignment.id.in_(by_id)) if may(powers, Action.REPORT, each.assignment)]
    if not mine:
        return None
    viewer = Viewer(ctx.person.locale, powers, ctx.now, read.measure)
    others = await _others(ctx, [by_id[standing.id] for standing in mine])
    said = [_told(standing, by_id[standing.id], others, ctx.zone) for standing in mine]
    if len(mine) == 1:
        answered = await _answered(ctx, by_id[mine[0].id])
        return _single(mine[0], (said[0], *answered), viewer, by_id[mine[0].id])
    still_open = [standing for standing in mine if standing.awaits_unit]
    return Reply(
        t("{count} tasks of yours were decided on:", count=len(mine)),
        *(_row(standing, what) for standing, what in zip(mine, said, strict=True)),
        choices=buttons(still_open) if still_open else (),
        about=listed(mine),
    )


def _row(standing: Standing, said: Text) -> Text:
    about = {"number": standing.assignment.number, "unit": standing.whose, "said": said}
    return t("{number}. {title} ({unit}). {said}", title=headline(None, standing.title, _TITLE), **about)


async def _answered(ctx: LetterContext, decision: Decision) -> tuple[Text, ...]:
    """Say that a request for more time was met by the new deadline."""
    day = await ctx.session.scalar(
        select(Extension.asked_on).where(
            Extension.assignment_id == decision.row.assignment_id,
            Extension.decided_at == decision.row.at,
            Extension.approved.is_(True),
        )
    )
    return () if day is None else (t("The extension to {day} that the unit asked for is answered by this.", day=day),)


def _single(standing: Standing, said: tuple[Text, ...], viewer: Viewer, decision: Decision) -> Reply:
    first, *rest = lines(standing, viewer)
    to = t("To: {unit}.", unit=standing.whose)
    if standing.assignment.post_id is not None:
        to = t("To: {post}.", post=standing.whose)
    card = subject_of(standing.assignment)
    if decision.row.decided in _CLOSING:
        return Reply(headline(None, standing.title), to, *said, card=card)
    details = [line for line in rest if line != to][: _DETAILS.get(decision.row.decided, _ALL_DETAILS)]
    return Reply(first, to, *said, *details, choices=choices(standing, viewer.powers), card=card)


def _told(standing: Standing, decision: Decision, others: Mapping[int, str], zone: ZoneInfo) -> Text:
    """Say to a unit what was decided of its task."""
    about: dict[str, Any] = {
        "by": _by(decision, standing),
        "unit": standing.whose,
        "number": standing.assignment.number,
        "other": others.get(decision.row.other_id or 0, ""),
    }
    match decision.row.decided:
        case Decided.MOVED:
            return _moved(decision, zone, about["by"])
        case Decided.RESUMED:
            return _resumed(decision, zone, about["by"])
        case decided:
            return Text(_TOLD[decided], about)


def _moved(decision: Decision, zone: ZoneInfo, by: Text) -> Text:
    old, new = decision.before(zone), decision.after(zone)
    about = {"old": said_due(old, zone), "new": said_due(new, zone), "by": by}
    if old is None:
        return t("The deadline is now {new}, {by}.", **about)
    if new is None:
        return t("The deadline {old} holds no longer, {by}.", **about)
    return t("The deadline is moved from {old} to {new}, {by}.", **about)


def _resumed(decision: Decision, zone: ZoneInfo, by: Text) -> Text:
    old, new = decision.before(zone), decision.after(zone)
    about = {"old": said_due(old, zone), "new": said_due(new, zone), "by": by}
    if new is None:
        return t("The task goes on ({by}); it has no deadline.", **about)
    if old == new:
        return t("The task goes on ({by}); the deadline stays {new}.", **about)
    return t("The task goes on ({by}); the deadline is now {new} (before: {old}).", **about)


def said_due(due: Due | None, zone: ZoneInfo) -> Text:
    """Say a deadline within a sentence: its day, or its hour where one is set."""
    if due is None:
        return t("no deadline")
    if isinstance(due, datetime):
        return t("{time} on {day}", time=due.astimezone(zone).time(), day=due.astimezone(zone).date())
    return t("the end of {day}", day=due)


async def said_last(ctx: Context, found: Sequence[Standing], most: int = 1) -> tuple[Text, ...]:
    """Say to an officer what was decided last of these assignments, by whom and when; nothing where nothing was."""
    whose = {standing.id: standing.whose for standing in found}
    rows = await decisions(ctx.session, Adjustment.assignment_id.in_(whose), most=most)
    return tuple(_said(decision, whose[decision.row.assignment_id], ctx) for decision in rows)


def _said(decision: Decision, whose: str, ctx: Context) -> Text:
    about: dict[str, Any] = {
        "person": decision.by or t("a newer document"),
        "at": clock_time(decision.row.at, ctx.now, ctx.zone),
        "unit": whose,
        "by": under(quoted(decision.row.instruction)),
        "old": said_due(decision.before(ctx.zone), ctx.zone),
        "new": said_due(decision.after(ctx.zone), ctx.zone),
    }
    return Text(_SAID[decision.row.decided], about)


def _by(decision: Decision, standing: Standing) -> Text:
    """Say by what it was decided: in the officer's own words, or the document whose newer version it is."""
    document = standing.document
    if document is not None and decision.row.instruction == document.number:
        return t("under {instruction}", instruction=document_name(document) or document.number)
    return under(quoted(decision.row.instruction))


async def _others(ctx: LetterContext, found: Sequence[Decision]) -> dict[int, str]:
    """Name the units from or to which tasks went."""
    ids = [each.row.other_id for each in found if each.row.other_id is not None]
    if not ids:
        return {}
    read = await standings(ctx.session, ctx.now, ctx.zone)
    return {standing.id: standing.whose for standing in await read.of(Assignment.id.in_(ids))}
