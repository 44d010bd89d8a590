"""What an urging says when it leaves: the tasks that are still owed, in one message to each person."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import select

from handlers.answers import choices
from handlers.assignment import Viewer, head, left
from handlers.choosing import may
from handlers.kit import LetterContext, Reply, Text, discover, letter, subject_of, t
from handlers.listing import buttons, listed
from models.chasing import is_overdue
from models.pauses import is_paused, paused_on
from models.powers import powers_of
from models.rules.permission import Action
from models.rules.spoken import headline
from models.rules.status import due_day
from models.standing import Standing, standings
from models.tasks import Assignment
from models.urging import URGING, Urged, Urging, is_still_owed

_LINES, _TITLE = 8, 60
_WORDS = t("No report has been received yet; please report how far the task is.")


def words_of(seat: str, group: str) -> Text:
    """Say in whose name a report is asked for: the standing agency's, a member's, or that of a group's leader."""
    if group:
        return t("{seat}, which leads {group}, asks for a report.", seat=seat, group=group)
    return t("{seat}, who follows the unit for the council, asks for a report.", seat=seat) if seat else _WORDS


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
    if len(owed) > 1:
        return _several(owed, viewer, urging)
    return await _one(ctx, owed[0], viewer, urging) if owed else None


async def _one(ctx: LetterContext, standing: Standing, viewer: Viewer, urging: Urging) -> Reply | None:
    """Show one task as its card, with the urging behind its first line."""
    subject = subject_of(standing.assignment)
    if urging.seat:
        lines = (head(standing, viewer), t("To: {unit}.", unit=standing.whose), _asked(standing, viewer, urging))
        return Reply(*lines, choices=choices(standing, viewer.powers), card=subject)
    drawn = await discover().cards[Assignment.__tablename__](replace(ctx, subject=subject))
    if drawn is None:
        return None
    return Reply(*drawn.lines[:1], _WORDS, *drawn.lines[1:], choices=drawn.choices, card=subject)


def _asked(standing: Standing, viewer: Viewer, urging: Urging) -> Text:
    about = {"seat": urging.seat, "unit": standing.whose, "title": standing.title}
    if urging.for_group:
        about["group"] = urging.for_group
        return t("{seat}, which leads {group}, asks {unit} to report how far “{title}” is.", **about)
    if standing.due is None or not is_overdue(standing):
        return t("{seat}, who follows the unit for the council, asks {unit} to report how far “{title}” is.", **about)
    return t(
        "{seat}, who follows the unit for the council, asks {unit} to carry out “{title}” urgently (due {due}).",
        **about,
        due=due_day(standing.due, viewer.zone),
    )


def _several(owed: Sequence[Standing], viewer: Viewer, urging: Urging) -> Reply:
    """List the tasks of one person's units, each with a button."""
    units = tuple(dict.fromkeys(one.whose for one in owed))
    lines = [_line(one, viewer, several=len(units) > 1) for one in owed[:_LINES]]
    if len(owed) > _LINES:
        lines.append(t("And {count} more: send “nhiemvu”.", count=len(owed) - _LINES))
    return Reply(
        t("{count} tasks without a report", count=len(owed)),
        t("To: {unit}.", unit=units),
        words_of(urging.seat, urging.for_group),
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
