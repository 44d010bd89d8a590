"""What is late, told upwards: to the member who follows the unit, in the Chair's week; and urged by them, politely."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from handlers.assignment import Viewer, quoted
from handlers.choosing import may, reader
from handlers.kit import Call, Choice, Context, LetterContext, Refusal, Reply, Text, command, t
from handlers.urging import nobody, owe_urging, seat_of, selected, title_of
from models.rules.permission import Action, Role
from models.rules.status import DeadlineState, due_day
from models.standing import Standing
from models.tasks import Assignment
from models.urging import hold_parties

_LISTED = 6
_MOST_UNITS = 15


@dataclass(frozen=True, slots=True)
class Late:
    """One overdue assignment, as its reader sees it."""

    standing: Standing
    viewer: Viewer

    @property
    def due(self) -> date:
        """The day on which it was due."""
        due = self.standing.due
        return due_day(due, self.viewer.zone) if due is not None else date.max

    @property
    def days(self) -> int:
        """How many working days have passed since."""
        return -self.viewer.measure.calendar.working_days_between(self.viewer.today, self.due)


async def escalation(ctx: LetterContext, late: Sequence[Late]) -> Reply:
    """Tell a member which of the units he follows are late, with a button to urge them."""
    units = _units(late)
    return Reply(
        t("Overdue: {count} units that you follow", count=len(units)),
        t("To: {post}.", post=await _seat(ctx, Role.COUNCIL_MEMBER)),
        *_listed(late),
        t("Your attention and guidance to these units are respectfully asked for."),
        choices=(Choice(t("Urge {count} units", count=len(units)), _urging(late), primary=True),),
    )


async def own_agencies(ctx: LetterContext, late: Sequence[Late]) -> Reply:
    """Tell the standing vice chair, or the Chair, which late units are the own agencies of those who follow them."""
    units = _units(late)
    return Reply(
        t("Overdue: {count} agencies of the members who follow them", count=len(units)),
        t("To: {post}.", post=await _seat(ctx, Role.COUNCIL_MEMBER, Role.CHAIR)),
        *_listed(late),
        t("The members are of these agencies themselves; your guidance is respectfully asked for."),
        choices=(Choice(t("Urge {count} agencies of members", count=len(units)), _urging(late), primary=True),),
    )


def _units(late: Sequence[Late]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.standing.whose for one in late))


def _urging(late: Sequence[Late]) -> Call:
    return Call("nhacviec.dondoc", {"assignments": [one.standing.id for one in late]})


def _listed(late: Sequence[Late]) -> list[Text]:
    """List what is late, the oldest first."""
    listed = [
        t(
            "{unit}: {title} (due {due}, {days} working days late).",
            unit=one.standing.whose,
            title=quoted(one.standing.title),
            due=one.due,
            days=one.days,
        )
        for one in sorted(late, key=lambda one: (one.due, one.standing.whose))[:_LISTED]
    ]
    if len(late) > _LISTED:
        listed.append(t("And {count} more: send “donvi”.", count=len(late) - _LISTED))
    return listed


async def digest(ctx: LetterContext, late: Sequence[Late]) -> Reply:
    """Report to the Chair, once a week, the units that have been late for seven days or more."""
    counts = Counter(one.standing.whose for one in late)
    oldest = {unit: min(one.due for one in late if one.standing.whose == unit) for unit in counts}
    ordered = sorted(counts, key=lambda unit: (oldest[unit], unit))
    listed = [
        t("{unit}: {count} tasks, the oldest due {due}.", unit=unit, count=counts[unit], due=oldest[unit])
        for unit in ordered[:_MOST_UNITS]
    ]
    if len(ordered) > _MOST_UNITS:
        listed.append(t("And {count} more units.", count=len(ordered) - _MOST_UNITS))
    return Reply(
        t("Week of {day}: {count} units late 7 days or more", day=ctx.today, count=len(counts)),
        t("To: {post}.", post=await _seat(ctx, Role.CHAIR)),
        *listed,
        t("Respectfully reported."),
    )


@command("nhacviec.dondoc", allow=Action.CHASE)
async def urge(ctx: Context) -> Reply:
    """Urge the units whose work is late, in the name of whoever presses: each person once a day about each task."""
    meant = Assignment.id.in_(ctx.args["assignments"])
    await hold_parties(ctx.session, meant)
    wanted = await (await reader(ctx)).of(meant)
    mine = [standing for standing in wanted if may(ctx.powers, Action.CHASE, standing.assignment)]
    if not mine:
        raise Refusal(t("These units are not among those assigned to you; the secretariat can tell who follows them."))
    late = [standing for standing in mine if standing.awaits_unit and standing.deadline is DeadlineState.OVERDUE]
    if not late:
        return Reply(t("All of these units have reported meanwhile; nobody is urged."))
    found = await selected(ctx, late, ctx.powers)
    if not found.chosen:
        return Reply(*nobody(found))
    return await owe_urging(ctx, found, await seat_of(ctx))


async def _seat(ctx: LetterContext, *roles: Role) -> str:
    return await title_of(ctx, ctx.person.id, roles) or ctx.person.name
