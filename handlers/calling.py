"""Whom to telephone today, and what was said: recorded as the unit's own answer, by telephone; or nobody answered."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final

from handlers.choosing import act_of, label, one_of, reader, short
from handlers.extensions import ask as ask_more_time
from handlers.kit import Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.notices import brief
from handlers.paging import page_of
from handlers.preferring import known_person
from handlers.reporting import content
from handlers.several import answer_of
from models.answering import Answer
from models.assignments import record
from models.calls import Undelivered, places_of, sent_unanswered, undelivered
from models.charging import at_head, units_in_charge
from models.contacts import units_with_people
from models.people import Person
from models.phone_calls import record_call
from models.powers import Powers, powers_of
from models.replies import waiting_for
from models.rules.arrivals import TELEPHONED
from models.rules.asking import Asks
from models.rules.deadline import find_extension
from models.rules.permission import Action
from models.rules.words import Meant, intent
from models.settings import Council
from models.silent import Quiet, quiet_units
from models.standing import Standing
from models.tasks import Said

QUIET: Final = t("Units silent or out of reach")
SILENT: Final = t("Sent, not answered, to be telephoned")
_PAGE, _MOST = 20, 6


@command("homnay.goi", allow=Action.REVIEW)
async def call_list(ctx: Context) -> Reply:
    """List whom nothing reached in the last week, or who answered nowhere, with telephone and what was owed."""
    is_silent = ctx.args.get("list") == "silent"
    found = await (sent_unanswered if is_silent else undelivered)(ctx.session, ctx.now, ctx.zone)
    if not found:
        return Reply(
            t("Nobody is left to be telephoned about what was sent and not answered.")
            if is_silent
            else t("Everything owed in the last seven days was delivered.")
        )
    own = await units_in_charge(ctx.session, ctx.me.id, ctx.today)
    places = await places_of(ctx.session, [one.person_id for one in found], ctx.today)
    ordered = at_head(found, lambda one: any(unit in own for unit, _ in places.get(one.person_id, ())))
    page = page_of(ctx, ordered, _PAGE)
    head = t("Not delivered yet, please telephone ({count}):", count=len(found))
    if is_silent:
        head = t("Sent to every address and not answered, please telephone ({count}):", count=len(found))
    called = tuple(_called(one) for one in page.rows)
    lines = [_with_places(one, places.get(one.person_id, ())) for one in page.rows]
    return Reply(head, *lines, *page.rest, choices=(*called, *page.following))


def _with_places(one: Undelivered, places: Sequence[tuple[int | None, str]]) -> Text:
    """Say whom to telephone about what, behind the units or seats for which he is called."""
    if not places:
        return one.spoken
    return t("{whose}, {said}", whose=tuple(dict.fromkeys(name for _, name in places)), said=one.spoken)


def _called(one: Undelivered) -> Choice:
    return Choice(t("Called: {name}", name=one.name), Call("goidien.nguoi", {"person": one.person_id}))


@command("goidien.nguoi", allow=Action.REVIEW)
async def called(ctx: Context) -> Reply:
    """Ask what came of a call: an answer to something that waits for one, word passed on, or nobody there."""
    person = await known_person(ctx)
    this = {"person": person.id}
    powers = await powers_of(ctx.session, person.id, ctx.today)
    tasks = await _tasks(ctx, powers)
    notices = await waiting_for(ctx.session, powers, ctx.now)
    answers = (
        *(Choice(label(one, tasks), Call("goidien.ghi", {**this, "assignment": one.id})) for one in tasks[:_MOST]),
        *(
            Choice(
                t("Notice: {notice}", notice=short(brief(one.text))), Call("thongbao.ghi", {**this, "notice": one.id})
            )
            for one in notices[:_MOST]
            if one.asks != Asks.NOTHING
        ),
    )
    return Reply(
        t("What came of the call to {name}? An answer is recorded for the unit.", name=_with_number(person)),
        choices=(
            *answers,
            Choice(t("Told, nothing to record"), Call("goidien.xong", this), primary=True),
            Choice(t("Nobody answered"), Call("goidien.khong", this)),
        ),
    )


def _with_number(person: Person) -> Text | str:
    return t("{name}, {phone}", name=person.name, phone=person.phone) if person.phone else person.name


async def _tasks(ctx: Context, powers: Powers) -> list[Standing]:
    """Read what the units and seats of somebody still have to answer, the nearest deadline first."""
    found = await (await reader(ctx)).of_parties(powers.own_units, powers.posts)
    return [one for one in found if one.awaits_unit]


@command("goidien.xong", allow=Action.REVIEW)
async def told(ctx: Context) -> Reply:
    """Record that somebody was told all that waited for him."""
    person = await known_person(ctx)
    await record_call(ctx.session, person.id, ctx.me.id, ctx.now, answered=True)
    return Reply(
        t("Recorded at {time}: {name} was told by telephone.", time=ctx.now, name=person.name), choices=_next()
    )


@command("goidien.khong", allow=Action.REVIEW)
async def nobody(ctx: Context) -> Reply:
    """Record that nobody answered; he stands on the list again on the next day."""
    person = await known_person(ctx)
    await record_call(ctx.session, person.id, ctx.me.id, ctx.now, answered=False)
    about = {"time": ctx.now, "name": person.name}
    said = t("Recorded at {time}: {name} did not answer; to be called again on the next working day.", **about)
    return Reply(said, choices=_next())


def _next() -> tuple[Choice, ...]:
    return (Choice(t("Not delivered, to be telephoned"), Call("homnay.goi")),)


@command("goidien.ghi", allow=Action.REVIEW)
async def record_answer(ctx: Context) -> Reply:
    """Record what was said of a task, by choice or in one line, as the unit's answer by telephone."""
    person, standing = await known_person(ctx), await one_of(ctx, ctx.args["assignment"], Action.REVIEW)
    call = Call("goidien.ghi", {"person": person.id, "assignment": standing.id})
    line = str(ctx.args.get("text") or "").strip()
    if not line and "said" not in ctx.args:
        return _question(standing, call)
    receipt = await (_in_words(ctx, standing, line) if line else _record(ctx, standing, Answer(Said(ctx.args["said"]))))
    await record_call(ctx.session, person.id, ctx.me.id, ctx.now, answered=True)
    return receipt


def _question(standing: Standing, call: Call) -> Reply:
    return Reply(
        t(
            "What did {unit} say of “{title}”? Please choose, or write it in one line: the number and day of the "
            "paper, or until which day more time is asked for, and why.",
            unit=standing.whose,
            title=standing.title,
        ),
        choices=(
            Choice(t("Under way"), call.with_arg("said", Said.PROGRESS.value)),
            Choice(t("Finished"), call.with_arg("said", Said.FINISHED.value)),
        ),
        ask=Ask(call, "text"),
    )


async def _in_words(ctx: Context, standing: Standing, line: str) -> Reply:
    """Record what one line surely says, and otherwise its words as progress."""
    said = intent(line)
    if said is None or said.meant is not Meant.EXTENSION:
        answer = answer_of(line, ctx.today) if said is not None else Answer(Said.PROGRESS, text=line)
        return await _record(ctx, standing, answer)
    asked = find_extension(line, ctx.today)
    if asked is None:
        raise Refusal(t("Until which day is more time asked for, and why? Please write both in one line."))
    return await ask_more_time(ctx, standing, asked.until, asked.reason or line)


async def _record(ctx: Context, standing: Standing, answer: Answer) -> Reply:
    report = await record(act_of(ctx), standing.id, replace(answer, route=TELEPHONED))
    ctx.touch(standing.assignment)
    about: dict[str, Any] = {"unit": standing.whose, "at": report.at, "number": report.number}
    return Reply(
        t("Recorded for {unit} at {at}, by telephone, no. {number}: {title}.", **about, title=standing.title),
        content(answer),
        choices=_next(),
    )


@command("homnay.vang", allow=Action.REVIEW)
async def list_quiet(ctx: Context) -> Reply:
    """List the units from which nothing comes, why, and whom to telephone there."""
    found = await quiet_units(ctx.session, ctx.now, ctx.today, ctx.council.quiet_days)
    if not found:
        return Reply(t("Something has come from every unit that was asked, and all can be reached."))
    own = await units_in_charge(ctx.session, ctx.me.id, ctx.today)
    people = {party.id: party for party in await units_with_people(ctx.session, ctx.today, [one.id for one in found])}
    page = page_of(ctx, at_head(found, lambda one: one.id in own), _PAGE)
    lines = [
        t("{people}; {why}.", why=quiet(one, ctx.council), people=people[one.id].by_telephone) for one in page.rows
    ]
    return Reply(t("{what} ({count})", what=QUIET, count=len(found)), *lines, *page.rest, choices=page.following)


def quiet(one: Quiet, council: Council) -> Text:
    """Say in what way a unit is out of reach."""
    if one.is_lost:
        return t("none of its focal points can be reached any more")
    return t("nothing has come from it for {days} days although it was asked", days=council.quiet_days)
