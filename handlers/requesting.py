"""Requests to serve a unit as officers and colleagues read them; a colleague who knows better says so."""

from typing import Any, Final

from handlers.kit import Context, Owed, Refusal, Reply, Text, command, subject_of, t
from models.deciding import Ruling, object_to
from models.enrolling import ASKED
from models.enrolments import Asking, Enrolment
from models.outbox import Priority
from models.people import Unit
from models.requests import Request
from models.rules.permission import Action, Role, allowed
from models.whom import focal_points, holders

# why somebody is not confirmed, where one tap says it
REASONS: Final = {
    "other": t("the unit has named somebody else"),
    "unknown": t("the unit does not know the person"),
}


def reason_said(reason: str) -> Text | str:
    """Give a reason in words, chosen by a tap or written."""
    return REASONS.get(reason) or reason.rstrip(" .")


def line(request: Request) -> Text:
    """Say in a line who asks, with what an officer has to know of it."""
    about: dict[str, Any] = {"who": who(request), "unit": request.unit.name}
    if request.enrolment.state == Asking.HELD:
        return t("{who}, {unit}: {person} objects", **about, person=request.objector)
    if request.elsewhere:
        return t("{who}, {unit}: reached by another chat already", **about)
    if others := _other_units(request):
        return t("{who}, {unit}: serves {units} already", **about, units=others)
    if request.known:
        return t("{who}, {unit}: named in the directory", **about)
    return t("{who}, {unit}", **about)


def who(request: Request) -> Text | str:
    """Say who asks: name, post and telephone as given; nothing once that was erased."""
    enrolment = request.enrolment
    about: dict[str, Any] = {"name": enrolment.name, "post": enrolment.title, "phone": enrolment.phone}
    if enrolment.title and enrolment.phone:
        return t("{name}, {post}, telephone {phone}", **about)
    if enrolment.title:
        return t("{name}, {post}", name=enrolment.name, post=enrolment.title)
    return enrolment.name or t("somebody whose data were erased")


def notes(request: Request) -> tuple[Text, ...]:
    """Say what an officer has to know before he decides."""
    said: list[Text] = []
    if request.known and request.enrolment.state in ASKED:
        said.append(t("The directory names {name} already; the chat is to serve that person.", name=request.known))
    if request.enrolment.state in ASKED and (others := _other_units(request)):
        said.append(t("{name} serves {units} already and would serve this unit too.", name=request.known, units=others))
    if request.elsewhere and request.enrolment.state in ASKED:
        said.append(t("Another chat serves this person already: please make sure by telephone before confirming."))
    if request.enrolment.state == Asking.HELD:
        about = {"person": request.objector, "at": request.enrolment.objected_at}
        said.append(t("{person} of the unit says at {at}: not of the unit.", **about))
    return tuple(said)


def _other_units(request: Request) -> tuple[str, ...]:
    return tuple(unit for unit in request.serves if unit != request.unit.name)


def outcome(request: Request) -> Text | None:
    """Say what became of a request; None while it waits."""
    enrolment = request.enrolment
    match enrolment.state:
        case Asking.CONFIRMED:
            return t("{person} confirmed this at {at}.", person=request.decider, at=enrolment.decided_at)
        case Asking.REFUSED:
            about = {"person": request.decider, "at": enrolment.decided_at, "reason": reason_said(enrolment.reason)}
            return t("{person} did not confirm this at {at}: {reason}.", **about)
        case Asking.WITHDRAWN:
            return t("The request was withdrawn at {at}.", at=enrolment.decided_at)
        case Asking.STARTED:
            return t("The person is correcting this request.")
        case _:
            return None


async def tell_colleagues(ctx: Context, enrolment: Enrolment) -> None:
    """Owe the unit's focal points a card of somebody who asks to serve it, or does so from now on; once each."""
    colleagues = await focal_points(ctx.session, [enrolment.unit_id], ctx.today)
    for _, person in colleagues:
        if person != enrolment.person_id:
            reply = Reply(card=subject_of(enrolment))
            ctx.owe(Owed(person, f"enrolment:{enrolment.id}", reply, priority=Priority.REMINDER))


@command("donvi.phandoi", allow=Action.OBJECT)
async def object_(ctx: Context) -> Reply:
    """Hold somebody whom a colleague does not know; the officers decide."""
    enrolment = await ctx.session.get(Enrolment, ctx.args.get("enrolment"))
    if enrolment is None or not allowed(ctx.powers.roles, Action.OBJECT).covers(enrolment.unit_id):
        raise Refusal(t("This request is not about a unit of yours; nothing was recorded."))
    was_served = enrolment.state == Asking.CONFIRMED
    enrolment = await object_to(ctx.session, enrolment.id, Ruling(ctx.me.id, ctx.now, ctx.today))
    ctx.touch(enrolment)
    unit = await ctx.session.get_one(Unit, enrolment.unit_id)
    for officer in await holders(ctx.session, Role.SECRETARIAT, ctx.today):
        ctx.tell(officer, Reply(card=subject_of(enrolment)), key=f"objected:{enrolment.id}:{ctx.now:%Y%m%d%H%M%S}")
    if was_served and enrolment.person_id is not None:
        told = t(
            "The secretariat is making sure that you serve {unit}; its tasks rest here until then.", unit=unit.name
        )
        ctx.tell(enrolment.person_id, Reply(told), key=f"held:{enrolment.id}:{ctx.now:%Y%m%d%H%M%S}")
    return Reply(
        t("Recorded at {at}: the person is not confirmed for {unit} until the secretariat decides.", at=ctx.now,
          unit=unit.name)
    )  # fmt: skip
