"""What an urging says when it leaves: the tasks that are still owed, in one message to each person."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import select

from handlers.answers import choices
from handlers.assignment import Viewer, head, left
from handlers.choosing import may
from handlers.kit import Context, LetterContext, Reply, Text, discover, letter, subject_of, t
from handlers.listing import buttons, listed
from models.chasing import is_overdue
from models.pauses import is_paused, paused_on
from models.people import Post
from models.powers import follows, holds_on, powers_of
from models.rules.permission import Action
from models.rules.spelling import fold
from models.rules.spoken import headline
from models.rules.status import due_day
from models.standing import Standing, standings
from models.tasks import Assignment
from models.urging import URGING, Urged, Urging, is_still_owed

_LINES, _TITLE = 8, 60
_WORDS = t("No report has been received yet; please report how far the task is.")


def words_of(who: Text | None) -> Text:
    """Say who asks for a report; None is the standing agency."""
    return t("{who} asks for a report.", who=who) if who is not None else _WORDS


def as_leader(unit: str, group: str) -> Text:
    """Name the unit that leads a group as the one who asks."""
    return t("{unit}, which leads {group},", unit=unit, group=group)


async def in_seat(ctx: Context | LetterContext, person_id: int, seat: str, units: Collection[int | None]) -> Text:
    """Name the seat in which somebody asks these units, and by what right.

    Who follows all of them is said to; the standing vice chair in another's place, and the Chair, by their office.
    """
    if await follows(ctx.session, person_id, units, ctx.today):
        return t("{seat}, who follows the unit for the council,", seat=seat)
    held = (Post.person_id == person_id, Post.title == seat, Post.council_title != "", holds_on(Post, ctx.today))
    office = await ctx.session.scalar(select(Post.council_title).where(*held).limit(1))
    if office and fold(office) not in fold(seat):
        return t("{seat}, {office},", seat=seat, office=office)
    return t("{seat} of the council", seat=seat)


async def _who(ctx: LetterContext, urging: Urging) -> Text | None:
    """Name who asks; None is the standing agency."""
    if not urging.seat:
        return None
    if urging.for_group:
        return as_leader(urging.seat, urging.for_group)
    asked = select(Assignment.unit_id).join(Urged, Urged.assignment_id == Assignment.id)
    units = await ctx.session.scalars(asked.where(Urged.urging_id == urging.id))
    return await in_seat(ctx, urging.by_id, urging.seat, units.all())


@letter(URGING)
async def compose(ctx: LetterContext) -> Reply | None:
    """Show the tasks again with the urging; nothing where all was reported meanwhile, or the urging taken back."""
    urging = await ctx.session.get_one(Urging, ctx.params["urging"])
    if urging.taken_back_at is not None:
        return None
    read = await standings(ctx.session, ctx.now, ctx.zone)
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    paused = await paused_on(ctx.session, ctx.today)
    wanted = select(Urged.assignment_id).where(Urged.urging_id == urging.id)
    owed = [
        one
        for one in await read.of(Assignment.id.in_(wanted))
        if may(powers, Action.REPORT, one.assignment) and is_still_owed(one, urging) and not is_paused(one, paused)
    ]
    viewer = Viewer(ctx.person.locale, powers, ctx.now, read.measure)
    if not owed:
        return None
    who = await _who(ctx, urging)
    if len(owed) > 1:
        return _several(owed, viewer, who)
    return await _one(ctx, owed[0], viewer, _asked(owed[0], viewer, urging, who) if who is not None else None)


async def _one(ctx: LetterContext, standing: Standing, viewer: Viewer, asked: Text | None) -> Reply | None:
    """Show one task: with what is asked in somebody's name, or as its card with the standing agency's words."""
    subject = subject_of(standing.assignment)
    if asked is not None:
        lines = (head(standing, viewer), t("To: {unit}.", unit=standing.whose), asked)
        return Reply(*lines, choices=choices(standing, viewer.powers), card=subject)
    drawn = await discover().cards[Assignment.__tablename__](replace(ctx, subject=subject))
    if drawn is None:
        return None
    return Reply(*drawn.lines[:1], _WORDS, *drawn.lines[1:], choices=drawn.choices, card=subject)


def _asked(standing: Standing, viewer: Viewer, urging: Urging, who: Text) -> Text:
    about = {"who": who, "unit": standing.whose, "title": standing.title}
    if urging.for_group or standing.due is None or not is_overdue(standing):
        return t("{who} asks {unit} to report how far “{title}” is.", **about)
    due = due_day(standing.due, viewer.zone)
    return t("{who} asks {unit} to carry out “{title}” urgently (due {due}).", **about, due=due)


def _several(owed: Sequence[Standing], viewer: Viewer, who: Text | None) -> Reply:
    """List the tasks of one person's units, each with a button."""
    units = tuple(dict.fromkeys(one.whose for one in owed))
    lines = [_line(one, viewer, several=len(units) > 1) for one in owed[:_LINES]]
    if len(owed) > _LINES:
        lines.append(t("And {count} more: send “nhiemvu”.", count=len(owed) - _LINES))
    return Reply(
        t("{count} tasks without a report", count=len(owed)),
        t("To: {unit}.", unit=units),
        words_of(who),
        *lines,
        choices=buttons(owed),
        about=listed(owed),
    )


def _line(standing: Standing, viewer: Viewer, *, several: bool) -> Text:
    about = {
        "number": standing.assignment.number,
        "task": headline(None, standing.title, _TITLE),
        "left": left(standing, viewer),
    }
    if several:
        return t("{number}. {task}, {left} ({unit}).", **about, unit=standing.whose)
    return t("{number}. {task}, {left}.", **about)
