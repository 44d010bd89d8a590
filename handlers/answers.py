"""What may be pressed on the card of an assignment: the answers of its unit, the decisions of the secretariat."""

from collections.abc import Iterator

from handlers.choosing import may
from handlers.kit import Call, Choice, Text, t
from models.powers import Powers
from models.rules.permission import Action, allowed
from models.rules.status import Status
from models.rules.steps import Step, Yield, steps_after, yield_of
from models.standing import Standing
from models.tasks import Said

_LABELS = {
    Step.DRAFTING: t("Being drafted"),
    Step.SUBMITTED: t("Submitted for signature"),
    Step.SENT: t("Sent"),
}


def choices(standing: Standing, powers: Powers) -> tuple[Choice, ...]:
    """Give the buttons that fit: the unit's answers, or the secretariat's decision; none once nothing is awaited."""
    if may(powers, Action.REPORT, standing.assignment):
        return _answers(standing) if standing.awaits_unit else ()
    finished = standing.finished
    if standing.awaits_unit and allowed(powers.roles, Action.MOVE):
        return _adjustments(standing)
    if (
        standing.status is not Status.AWAITING_ACCEPTANCE
        or finished is None
        or not allowed(powers.roles, Action.REVIEW)
    ):
        return ()
    about = {"assignment": standing.id, "report": finished.report_id}
    decisions = (
        Choice(t("Accept as finished"), Call("duyet.xacnhan", about), primary=True),
        Choice(t("Ask to complete"), Call("duyet.bosung", about)),
    )
    if finished.arrived_on is None:
        return (*decisions, Choice(t("Look at the files"), Call("duyet.tep", about)))
    receipt = {"reports": [finished.report_id]}
    return (
        *decisions,
        Choice(t("Correct the receipt"), Call("ghinhan.sua", receipt)),
        Choice(t("Take back the receipt"), Call("ghinhan.rut", receipt)),
    )


def _adjustments(standing: Standing) -> tuple[Choice, ...]:
    """Offer what the secretariat can decide of what is open: whose task it is, where the unit says it is not its."""
    about = {"assignment": standing.id}
    if standing.last is None or standing.last.said != Said.NOT_OURS:
        return (Choice(t("Adjust"), Call("dieuchinh", about)),)
    return (
        Choice(t("Give to another unit"), Call("khongthuoc.chuyen", about), primary=True),
        Choice(t("Leave it with the unit"), Call("khongthuoc.giu", about)),
        Choice(t("Withdraw"), Call("rutviec", about)),
    )


def _answers(standing: Standing) -> tuple[Choice, ...]:
    """Give at most six answers, the likeliest first and primary."""
    is_silent = standing.last is None
    found = list(_steps(standing, is_silent=is_silent))
    found.append((t("Finished"), "xong", {}))
    found.append((t("Difficulties, obstacles"), "vuongmac", {}))
    if standing.due is not None and standing.request is None:
        found.append((t("Ask for an extension"), "giahan", {}))
    if is_silent:
        found.append((t("Not the unit's task"), "baocao.khongthuoc", {}))
    return tuple(
        Choice(label, Call(name, {"assignment": standing.id, **args}), primary=place == 0)
        for place, (label, name, args) in enumerate(found)
    )


def _steps(standing: Standing, *, is_silent: bool) -> Iterator[tuple[Text, str, dict[str, str]]]:
    if is_silent:
        yield t("Acknowledged"), "tiepnhan", {}
    kind = yield_of(standing.task.deliverable, standing.task.title)
    if kind is Yield.MEASURED:
        yield t("Progress in percent"), "baocao.phantram", {}
    if kind is not Yield.PAPER or standing.status is Status.TO_COMPLETE:
        return
    for step in steps_after(_last_step(standing)):
        if step is Step.SENT:
            yield _LABELS[step], "baocao.gui", {}
        elif not is_silent:
            yield _LABELS[step], "baocao.buoc", {"step": step.value}


def _last_step(standing: Standing) -> str:
    return next((answer.step for answer in reversed(standing.answers) if answer.step and not answer.replaced_at), "")
