"""The one message of a morning: what a person's units owe, what is late with those he follows, the Chair's week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from handlers.answers import choices
from handlers.assignment import Viewer, clock_time, did, document_name, head, left, source_words
from handlers.choosing import may
from handlers.kit import Call, Choice, LetterContext, Reply, Text, letter, subject_of, t
from handlers.listing import buttons, listed
from handlers.overdue import Late, digest, escalation, own_agencies
from models.laying import course_of_one, span_of
from models.nudging import MORNING, OpenNudge, open_nudges
from models.pauses import is_paused, paused_on
from models.powers import followed_units, powers_of
from models.rules.extension import in_time
from models.rules.ladder import Audience
from models.rules.mornings import AGAIN, PAUSED
from models.rules.permission import Action, Role
from models.rules.spoken import HEADLINE, headline, short_day
from models.rules.status import DeadlineState, due_day
from models.standing import Standing, standings
from models.tasks import Assignment, Said

_BUTTONS, _LINES = 6, 6
_OPENING = 2  # date and matter, and to whom
_TITLE = 60
_AHEAD = timedelta(days=21)


@dataclass(frozen=True, slots=True)
class Reminded:
    """One assignment of the unit's own to be reminded of, by its latest open rung."""

    standing: Standing
    rung: str


@dataclass(frozen=True, slots=True)
class Mail:
    """What one person's morning says; `missed` are the earlier days on which it should have been said.

    `in_place`: what he is told in place of members, who are of these units themselves; `after_pause`: some of it fell
    in a pause of reminders.
    """

    viewer: Viewer
    own: tuple[Reminded, ...]
    followed: tuple[Late, ...]
    week: tuple[Late, ...]
    missed: tuple[date, ...]
    in_place: tuple[Late, ...] = ()
    after_pause: bool = False


@letter(MORNING)
async def compose(ctx: LetterContext) -> Reply | None:
    """Compose what is still open when the message leaves; nothing where all of it has been answered."""
    mail = await _sorted(ctx, await _nudges(ctx))
    if len(mail.own) == 1 and not (mail.followed or mail.in_place or mail.week):
        return await _single(ctx, mail)
    parts = [
        part
        for part in (
            _list(mail) if mail.own else None,
            await escalation(ctx, mail.followed) if mail.followed else None,
            await own_agencies(ctx, mail.in_place) if mail.in_place else None,
            await digest(ctx, mail.week) if mail.week else None,
        )
        if part is not None
    ]
    if not parts:
        return None
    lines = [line for part in parts for line in part.lines]
    buttons_of_all = tuple(choice for part in parts for choice in part.choices)
    about = tuple(subject for part in parts for subject in part.about)
    opening, rest = lines[:_OPENING], lines[_OPENING:]
    return Reply(*opening, *_late(mail), *rest, choices=buttons_of_all, about=about)


async def _nudges(ctx: LetterContext) -> tuple[OpenNudge, ...]:
    """Read what is open, or take what a rehearsal supposes to be open."""
    if (planned := ctx.params.get("planned")) is not None:
        return tuple(OpenNudge(about, rung, date.fromisoformat(day)) for about, rung, day in planned)
    return await open_nudges(ctx.session, ctx.person.id, ctx.today, ctx.now)


async def _sorted(ctx: LetterContext, nudges: Sequence[OpenNudge]) -> Mail:
    """Sort reminders by whom they concern, leaving out what is no longer awaited or no longer the person's."""
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    read = await standings(ctx.session, ctx.now, ctx.zone)
    wanted = {nudge.assignment_id for nudge in nudges}
    found = await read.of(Assignment.id.in_(wanted)) if wanted else ()
    rungs = {(nudge.assignment_id, _audience(nudge)): nudge for nudge in nudges}
    viewer = Viewer(ctx.person.locale, powers, ctx.now, read.measure)
    paused = await paused_on(ctx.session, ctx.today)
    running = [standing for standing in found if _is_awaited(standing, viewer) and not is_paused(standing, paused)]
    own = [
        Reminded(standing, rungs[standing.id, Audience.FOCAL].rung)
        for standing in running
        if (standing.id, Audience.FOCAL) in rungs and may(powers, Action.REPORT, standing.assignment)
    ]
    overdue = [standing for standing in running if standing.deadline is DeadlineState.OVERDUE]
    mine = {reminded.standing.id for reminded in own}
    upwards = [
        Late(one, viewer)
        for one in overdue
        if (one.id, Audience.MEMBER) in rungs and may(powers, Action.CHASE, one.assignment) and one.id not in mine
    ]
    followed = await followed_units(ctx.session, powers.posts, ctx.today) if upwards else frozenset()
    is_chair = Role.CHAIR in powers.roles
    return Mail(
        viewer,
        tuple(own),
        tuple(each for each in upwards if each.standing.assignment.unit_id in followed),
        tuple(Late(one, viewer) for one in overdue if is_chair and (one.id, Audience.CHAIR) in rungs),
        tuple(sorted({nudge.day for nudge in nudges if nudge.day < ctx.today})),
        tuple(each for each in upwards if each.standing.assignment.unit_id not in followed),
        any(nudge.rung.partition(":")[0] == PAUSED for nudge in nudges),
    )


def _audience(nudge: OpenNudge) -> Audience:
    return Audience(nudge.rung.partition(":")[2] or Audience.FOCAL)


def _is_awaited(standing: Standing, viewer: Viewer) -> bool:
    """Tell whether the unit still owes something, and nothing that it asked or said holds the reminders."""
    asked_at = standing.facts.extension_asked_at
    held = asked_at is not None and in_time(asked_at, standing.due, viewer.zone)
    not_ours = standing.last is not None and standing.last.said == Said.NOT_OURS
    return standing.awaits_unit and not held and not not_ours


async def _single(ctx: LetterContext, mail: Mail) -> Reply:
    """Remind of one assignment as its card, with the buttons that answer it."""
    reminded, viewer = mail.own[0], mail.viewer
    standing = reminded.standing
    how = tuple(part for part in (standing.task.deliverable, standing.task.hand_in) if part)
    between: list[Text] = [*_late(mail)]
    if how:
        between.append(t("To be handed in: {how}.", how=how))
    if standing.last is not None:
        between.append(did(standing.last, viewer))
    opening: tuple[Text | str, ...] = (head(standing, viewer), _to([standing]), _matter(ctx, reminded, viewer))
    closing = await _wish(ctx, standing, viewer)
    lines = (*opening, *between[: _LINES - len(opening) - 1], closing)
    return Reply(*lines, choices=_answers(standing, viewer), card=subject_of(standing.assignment))


def _answers(standing: Standing, viewer: Viewer) -> tuple[Choice, ...]:
    given = choices(standing, viewer.powers)
    due = due_day(standing.due, viewer.zone) if standing.due is not None else None
    if due is None or len(given) >= _BUTTONS or viewer.measure.calendar.previous_working(due) <= viewer.today:
        return given
    return (*given, Choice(t("Remind later"), Call("nhaclai", {"assignment": standing.id})))


def _to(found: Sequence[Standing]) -> Text:
    """Address the units, or a member of the council by his post where all of it is his own."""
    whom = tuple(dict.fromkeys(standing.whose for standing in found))
    if all(standing.assignment.post_id is not None for standing in found):
        return t("To: {post}.", post=whom)
    return t("To: {unit}.", unit=whom)


def _matter(ctx: LetterContext, reminded: Reminded, viewer: Viewer) -> Text:
    """Say what is due in the words of the standing agency."""
    standing = reminded.standing
    about: dict[str, Any] = {"agency": _agency(ctx), "task": _task(standing)}
    if standing.due is None:
        return t("{agency} asks at the end of the reporting period: how far has {task} come?", **about)
    about["due"] = due_day(standing.due, viewer.zone)
    if standing.deadline is DeadlineState.OVERDUE:
        at = clock_time(viewer.now, viewer.now, viewer.zone)
        return t(
            "At {at} of {today}, {agency} has not received {task} (due {due}).", at=at, today=viewer.today, **about
        )
    remaining = left(standing, viewer)
    if reminded.rung == AGAIN:
        return t(
            "As the unit asked, {agency} reminds it today: {task} is due on {due}, {left}.", left=remaining, **about
        )
    return t("{agency} informs: {task} is due on {due}, {left}.", left=remaining, **about)


def _agency(ctx: LetterContext) -> Text | str:
    return ctx.council.standing_agency or t("The standing agency of the council")


def _task(standing: Standing) -> Text:
    title, document = standing.title, document_name(standing.document)
    return (
        t("the task “{title}”", title=title)
        if document is None
        else t("the task “{title}” ({document})", title=title, document=document)
    )


async def _wish(ctx: LetterContext, standing: Standing, viewer: Viewer) -> Text:
    """Say what the unit is asked to do; of late work also when it will be named to the Chair."""
    if standing.deadline is not DeadlineState.OVERDUE:
        return t("{unit} is asked to report its progress. Respectfully.", unit=standing.whose)
    span = await span_of(ctx.session, ctx.council, ctx.zone, viewer.today, viewer.today + _AHEAD)
    ahead = (each.day for each in course_of_one(standing, span, None) if each.audience is Audience.CHAIR)
    summed = next((day for day in ahead if day > viewer.today), None)
    if summed is None:
        return t("{unit} is asked to carry it out urgently. Respectfully.", unit=standing.whose)
    return t(
        "{unit} is asked to carry it out urgently; on {day} late work is summed up for the Chair. Respectfully.",
        unit=standing.whose,
        day=summed,
    )


def _list(mail: Mail) -> Reply:
    """Remind of several assignments in one list, each with its number and date and a button to its card."""
    viewer = mail.viewer
    ordered = sorted(mail.own, key=lambda reminded: _when(reminded.standing, viewer))
    found = [reminded.standing for reminded in ordered]
    units = tuple(dict.fromkeys(standing.whose for standing in found))
    room = _LINES - _OPENING - len(_late(mail))
    listing = found if len(found) <= room else found[: room - 1]
    lines = [_line(standing, viewer, several=len(units) > 1) for standing in listing]
    if len(found) > room:
        lines.append(t("And {count} more: send “nhiemvu”.", count=len(found) - len(listing)))
    first = (_headline(found, viewer), _to(found))
    return Reply(*first, *lines, choices=buttons(found), about=listed(found))


def _headline(found: Sequence[Standing], viewer: Viewer) -> Text | str:
    """Say the nearest date, how many more there are, and the first matter, in the characters that a phone shows."""
    first = found[0]
    if len(found) == 1:
        return head(first, viewer)
    room = HEADLINE - 24
    if first.due is None:
        return t("{count} tasks to report on: {title}", count=len(found), title=headline(None, first.title, room))
    day = short_day(due_day(first.due, viewer.zone), viewer.locale)
    return t(
        "Due {day}, and {count} more: {title}", day=day, count=len(found) - 1, title=headline(None, first.title, room)
    )


def _line(standing: Standing, viewer: Viewer, *, several: bool) -> Text:
    due = standing.due.astimezone(viewer.zone) if isinstance(standing.due, datetime) else standing.due
    about: dict[str, Any] = {
        "number": standing.assignment.number,
        "task": headline(due, standing.title, _TITLE, viewer.locale),
        "left": left(standing, viewer),
    }
    if words := source_words(standing, viewer):
        about["task"] = t("{task} (“{words}”)", task=about["task"], words=words)
    if several:
        return t("{number}. {task}, {left} ({unit}).", **about, unit=standing.whose)
    return t("{number}. {task}, {left}.", **about)


def _when(standing: Standing, viewer: Viewer) -> tuple[bool, date, int]:
    due = due_day(standing.due, viewer.zone) if standing.due is not None else None
    return due is None, due or date.max, standing.assignment.number


def _late(mail: Mail) -> tuple[Text, ...]:
    if mail.after_pause:
        return (t("Reminders were paused; this message says what fell in that time."),)
    if not mail.missed:
        return ()
    return (t("This message also says what could not be sent on {days}.", days=mail.missed),)
