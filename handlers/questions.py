"""Plain questions of those who follow units, answered from what is counted already and only about their own units."""

from collections.abc import Sequence

from handlers.assignment import quoted
from handlers.choosing import reader, run, short
from handlers.kit import Call, Choice, Context, Reply, t
from handlers.paging import NAMED, names_of
from models.chasing import is_overdue, is_unreported, still_open
from models.contacts import MOST_SHOWN, shown
from models.naming import directory_names
from models.rules.permission import Action, allowed
from models.rules.status import due_day
from models.rules.units import Sort, match
from models.rules.words.questions import Asked, question, task_words
from models.standing import Standing

_LISTS = 5


async def answered(ctx: Context) -> Reply | None:
    """Answer a plain question of whoever follows units; None where nothing of the kind is asked, or surely meant."""
    reach = allowed(ctx.powers.roles, Action.SEE_UNITS)
    asked = question(ctx.line) if reach else None
    if asked is None:
        return None
    if asked.asked is Asked.UNIT:
        units = [one for one in await directory_names(ctx.session, ctx.today) if one.sort is Sort.UNIT]
        return await run(ctx, Call("donvi"), asked.about) if match(asked.about, units).found else None
    read = await reader(ctx)
    found = [
        one
        for one in await read.of(still_open())
        if one.assignment.unit_id is not None and reach.covers(one.assignment.unit_id)
    ]
    if asked.asked is Asked.LATE:
        return _late(ctx, [one for one in found if is_overdue(one)])
    return _unreported(asked.about, [one for one in found if is_unreported(one)])


def _late(ctx: Context, late: Sequence[Standing]) -> Reply:
    if not late:
        return Reply(t("None of your units is late."))
    units = len({one.whose for one in late})
    lines = [
        t("{unit}: {title}, due {day}", unit=one.whose, title=quoted(one.title), day=due_day(one.due, ctx.zone))
        for one in late
        if one.due is not None
    ]
    whole = Choice(t("{what} ({count})", what=t("Overdue"), count=len(late)), Call("homnay.ds", {"list": "overdue"}))
    choices = (_urge(late), whole) if len(lines) > MOST_SHOWN else (_urge(late),)
    return Reply(t("{count} of your units are late:", count=units), *shown(lines), choices=choices)


def _unreported(about: str, silent: Sequence[Standing]) -> Reply:
    wanted = task_words(about)
    meant = [one for one in silent if wanted <= task_words(one.task.title)]
    if not meant:
        said = t("Of your units everybody has reported on “{about}”.", about=about)
        return Reply(said if about else t("Of your units everybody has reported."))
    tasks = {one.task.title: one.task.id for one in meant}
    units = {title: tuple(dict.fromkeys(one.whose for one in meant if one.task.title == title)) for title in tasks}
    lines = [t("{title}: {units}", title=quoted(title), units=names_of(units[title])) for title in tasks]
    longer = [title for title in tasks if len(units[title]) > NAMED]
    lists = [
        Choice(t("Units: {title}", title=short(title, "Units: ")), Call("nhiemvu.donvi", {"task": tasks[title]}))
        for title in longer[:_LISTS]
    ]
    head = t("{count} of your units have not reported:", count=len({one.whose for one in meant}))
    return Reply(head, *shown(lines), choices=(_urge(meant), *lists))


def _urge(found: Sequence[Standing]) -> Choice:
    return Choice(t("Urge"), Call("dondoc", {"assignments": [one.id for one in found]}), primary=True)
