"""What is late, told upwards: to the member who follows the unit, in the Chair's week; and urged by them, politely."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from handlers.answers import choices
from handlers.assignment import Viewer, head, quoted
from handlers.choosing import may, reader
from handlers.kit import Call, Choice, Context, LetterContext, Owed, Refusal, Reply, Text, command, subject_of, t
from handlers.notices import start_of_day
from models.chasing import URGING, urged_since
from models.outbox import Priority
from models.pauses import is_paused, paused_on
from models.people import Post
from models.powers import powers_of
from models.rules.permission import Action, Role
from models.rules.status import DeadlineState, due_day
from models.standing import Standing
from models.tasks import Assignment
from models.whom import behind

_LISTED = 6
_UNITS = 15


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
    units = dict.fromkeys(one.standing.whose for one in late)
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
        listed.append(t("And {count} more: send “nhiemvu”.", count=len(late) - _LISTED))
    urge = Call("nhacviec.dondoc", {"assignments": [one.standing.id for one in late]})
    return Reply(
        t("Overdue: {count} units that you follow", count=len(units)),
        t("To: {post}.", post=await _seat(ctx, Role.COUNCIL_MEMBER)),
        *listed,
        t("Your attention and guidance to these units are respectfully asked for."),
        choices=(Choice(t("Urge {count} units", count=len(units)), urge, primary=True),),
    )


async def digest(ctx: LetterContext, late: Sequence[Late]) -> Reply:
    """Report to the Chair, once a week, the units that have been late for seven days or more."""
    counts = Counter(one.standing.whose for one in late)
    oldest = {unit: min(one.due for one in late if one.standing.whose == unit) for unit in counts}
    ordered = sorted(counts, key=lambda unit: (oldest[unit], unit))
    listed = [
        t("{unit}: {count} tasks, the oldest due {due}.", unit=unit, count=counts[unit], due=oldest[unit])
        for unit in ordered[:_UNITS]
    ]
    if len(ordered) > _UNITS:
        listed.append(t("And {count} more units.", count=len(ordered) - _UNITS))
    return Reply(
        t("Week of {day}: {count} units late 7 days or more", day=ctx.today, count=len(counts)),
        t("To: {post}.", post=await _seat(ctx, Role.CHAIR)),
        *listed,
        t("Respectfully reported."),
    )


@command("nhacviec.dondoc", allow=Action.CHASE)
async def urge(ctx: Context) -> Reply:
    """Urge the units whose work is late, in the name of whoever presses: each person once a day about each task."""
    wanted = await (await reader(ctx)).of(Assignment.id.in_(ctx.args["assignments"]))
    mine = [standing for standing in wanted if may(ctx.powers, Action.CHASE, standing.assignment)]
    if not mine:
        raise Refusal(t("These units are not among those assigned to you; the secretariat can tell who follows them."))
    late = [standing for standing in mine if standing.awaits_unit and standing.deadline is DeadlineState.OVERDUE]
    if not late:
        return Reply(t("All of these units have reported meanwhile; nobody is urged."))
    late = await not_paused(ctx, late)
    urged = await urged_since(ctx.session, [standing.id for standing in late], start_of_day(ctx))
    waiting = [standing for standing in late if standing.id not in urged]
    if not waiting:
        raise Refusal(t("All that have not reported were urged today already; please urge again on another day."))
    seat = await _title(ctx, ctx.me.id, (Role.COUNCIL_MEMBER, Role.CHAIR, Role.SECRETARIAT)) or ctx.me.name
    for standing in waiting:
        await _urge(ctx, standing, seat)
    return Reply(t("Urged today: {units}.", units=tuple(dict.fromkeys(standing.whose for standing in waiting))))


async def not_paused(ctx: Context, found: Sequence[Standing]) -> list[Standing]:
    """Leave out whoever must not be reminded today; raises Refusal, naming them, where nobody else is left."""
    paused = await paused_on(ctx.session, ctx.today)
    left = [standing for standing in found if not is_paused(standing, paused)]
    if found and not left:
        units = tuple(dict.fromkeys(standing.whose for standing in found))
        raise Refusal(t("Reminders are paused for {units}; please urge them when the pause is over.", units=units))
    return left


async def _urge(ctx: Context, standing: Standing, seat: str) -> None:
    """Owe those behind an assignment a word from whoever follows them, with the buttons that answer it."""
    measure = (await reader(ctx)).measure
    for person in await behind(ctx.session, standing.assignment, ctx.today):
        viewer = Viewer(ctx.me.locale, await powers_of(ctx.session, person, ctx.today), ctx.now, measure)
        message = Reply(
            head(standing, viewer),
            t("To: {unit}.", unit=standing.whose),
            _request(standing, viewer, seat),
            choices=choices(standing, viewer.powers),
            card=subject_of(standing.assignment),
        )
        key = f"{URGING}:{standing.id}:{ctx.today:%Y%m%d}"
        ctx.owe(Owed(person, key, message, priority=Priority.REMINDER))


def _request(standing: Standing, viewer: Viewer, seat: str) -> Text:
    return t(
        "{seat}, who follows the unit for the council, asks {unit} to carry out “{title}” urgently (due {due}).",
        seat=seat,
        unit=standing.whose,
        title=standing.title,
        due=Late(standing, viewer).due,
    )


async def _seat(ctx: LetterContext, role: Role) -> str:
    return await _title(ctx, ctx.person.id, (role,)) or ctx.person.name


async def _title(ctx: Context | LetterContext, person_id: int, roles: Sequence[Role]) -> str:
    """Read the title of the seat that a person holds, the first of these roles before the others."""
    powers = await powers_of(ctx.session, person_id, ctx.today)
    rows = await ctx.session.execute(select(Post.role, Post.title).where(Post.id.in_(powers.posts), Post.title != ""))
    titles = dict(rows.all())
    return next((titles[role] for role in roles if role in titles), "")
