"""Answers about several tasks in one message: repeated back with number and title, then recorded by one tap."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import reduce
from typing import Any, Final

from handlers.choosing import act_of, day_said, mine, one_of
from handlers.extensions import ask
from handlers.kit import Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.naming import bearing, naming, own_units, serves_several, titled
from handlers.reporting import content, handed_in, recorded
from models.answering import Answer, require_answerable, said_before
from models.assignments import hold, require_askable
from models.rules.deadline import find_extension
from models.rules.permission import Action
from models.rules.steps import Step
from models.rules.units import Named, match
from models.rules.words import Meant, Part, intent, several
from models.standing import Standing
from models.tasks import Assignment, Said

STEPS: Final = {Meant.DRAFTING: Step.DRAFTING, Meant.SUBMITTED: Step.SUBMITTED, Meant.SIGNED: Step.SUBMITTED}
_PLAIN: Final = {Meant.FINISHED: Said.FINISHED, Meant.ACKNOWLEDGED: Said.ACKNOWLEDGED}
_WITH_WORDS: Final = {Meant.DIFFICULTY: Said.OBSTACLE, Meant.NOT_OURS: Said.NOT_OURS}
_WANTING: Final = {
    Meant.DIFFICULTY: t("please write what the difficulties are, for instance: “1 vướng mắc vì chưa có số liệu”."),
    Meant.NOT_OURS: t("please write why, for instance: “1 không thuộc nhiệm vụ đơn vị vì là việc của cơ quan khác”."),
    Meant.SENT: t("please write the paper's number and day, for instance: “1 đã gửi báo cáo số 45 ngày 12/6”."),
}
_MOST_CORRECTED: Final = 20


@dataclass(frozen=True, slots=True)
class _Line:
    """What is said of one task, as typed; for more time its day (ISO) and reason.

    `seen` is the newest answer that stood when it was repeated back, 0 for none: what came since is not overlooked.
    """

    assignment: int
    words: str
    seen: int
    until: str = ""
    reason: str = ""

    @property
    def wants_reason(self) -> bool:
        """Whether more time is asked for without a reason."""
        return bool(self.until) and not self.reason


async def several_answers(ctx: Context) -> Reply | None:
    """Repeat back what a message says of tasks, each by its number, or of all that are open; None for other words."""
    said, own = intent(ctx.line), await own_units(ctx)
    if said is not None and said.meant is Meant.ALL_FINISHED:
        waiting = [(one, "xong") for one in await mine(ctx) if one.awaits_unit]
        if not waiting:
            raise Refusal(t("No task of yours waits for this; please send “nhiemvu” for your tasks."))
        return await _read(ctx, waiting, [])
    parts = several(ctx.line, lambda words: match(words, own).found is not None)
    if not parts:
        return None
    known, found, left = await mine(ctx), [], []
    for part in parts:
        try:
            found.append((_meant(part, known, own), part.said))
        except Refusal as refusal:
            left.append(_left(part.number, refusal))
    return await _read(ctx, found, left)


def _meant(part: Part, known: Sequence[Standing], own: Sequence[Named]) -> Standing:
    """Find the task that a number means, an open one before all others; raises Refusal where that is not sure."""
    among = bearing(known, part.number, match(part.unit, own).found if part.unit else None)
    fitting = [one for one in among if one.awaits_unit] or among
    if len(fitting) > 1:
        units = tuple(one.whose for one in fitting)
        example = f"{units[0]} {part.number} {part.said}"
        raise Refusal(t("{units} have a task of this number; please write: “{example}”.", units=units, example=example))
    return fitting[0]


async def _read(ctx: Context, found: Sequence[tuple[Standing, str]], left: list[Text]) -> Reply:
    lines: list[_Line] = []
    for standing, words in found:
        try:
            with naming(ctx, standing):
                lines.append(_line(ctx, standing, words))
        except Refusal as refusal:
            left.append(_left(standing.assignment.number, refusal))
    return await _repeated(ctx, lines, left)


def _line(ctx: Context, standing: Standing, words: str) -> _Line:
    """Keep what was said of a task; raises Refusal where more time is asked to no day that can be read."""
    line, said = _Line(standing.id, words, _newest(standing)), intent(words)
    if said is None or said.meant is not Meant.EXTENSION:
        return line
    until, asked = day_said(words, ctx.today), find_extension(words, ctx.today)
    return replace(line, until=until.isoformat(), reason=asked.reason if asked is not None else "")


async def _repeated(ctx: Context, lines: Sequence[_Line], left: Sequence[Text]) -> Reply:
    """Ask whether all this is to be recorded; name what cannot be, and ask for the reason of a request without one."""
    taken, said, wanting, left = [], [], None, list(left)
    for line in lines:
        standing = await one_of(ctx, line.assignment, Action.REPORT)
        number = standing.assignment.number
        try:
            with naming(ctx, standing):
                what = await _what(ctx, standing, line)
        except Refusal as refusal:
            left.append(_left(number, refusal))
            continue
        taken.append(line)
        said.append(t("{number}. {title}: {what}", number=number, title=titled(ctx, standing), what=what))
        if wanting is None and line.wants_reason:
            wanting = _why(number, line)
    if not taken:
        return Reply(*left, choices=(Choice(t("Tasks"), Call("nhiemvu"), primary=True),))
    return _question(taken, (t("Please check what is to be recorded:"), *said, *left), wanting)


def _question(taken: Sequence[_Line], said: Sequence[Text], wanting: Text | None) -> Reply:
    kept, drop = {"lines": [asdict(line) for line in taken]}, Choice(t("Drop"), Call("nhieuviec.bo"))
    if wanting is not None:
        return Reply(*said, wanting, choices=(drop,), ask=Ask(Call("nhieuviec.lydo", kept), "reason"))
    label = t("Record all {count} items", count=len(taken)) if len(taken) > 1 else t("Record it")
    return Reply(*said, choices=(Choice(label, Call("nhieuviec.ghi", kept), primary=True), drop))


async def _what(ctx: Context, standing: Standing, line: _Line) -> Text:
    """Say what would be recorded of a task; raises Refusal where it cannot be."""
    if not line.until:
        answer = answer_of(line.words, ctx.today)
        require_answerable(standing, answer)
        return content(answer)
    day = date.fromisoformat(line.until)
    await require_askable(act_of(ctx), standing, day)
    if line.wants_reason:
        return t("An extension to {day} is asked for.", day=day)
    return t("An extension to {day} is asked for. Reason: {reason}.", day=day, reason=line.reason.rstrip(" ."))


def _why(number: int, line: _Line) -> Text:
    day = date.fromisoformat(line.until)
    return t("Why is the extension of task {number} to {day} needed? Please write it.", number=number, day=day)


def answer_of(words: str, today: date) -> Answer:
    """Give the answer that words surely are; raises Refusal where something is missing that it needs."""
    said = intent(words)
    assert said is not None  # noqa: S101 - only what is understood is kept
    if said.meant in _PLAIN:
        return Answer(_PLAIN[said.meant])
    if said.meant in STEPS:
        return Answer(Said.PROGRESS, STEPS[said.meant].value, text=words if said.meant is Meant.SIGNED else "")
    if said.meant in _WITH_WORDS and said.words:
        return Answer(_WITH_WORDS[said.meant], text=said.words)
    if said.meant is Meant.SENT and said.number:
        return handed_in(said.paper, said.route, today)
    if said.meant in _WANTING:
        raise Refusal(_WANTING[said.meant])
    return Answer(Said.PROGRESS, text=words)


@command("nhieuviec.lydo", allow=Action.REPORT)
async def give_reason(ctx: Context) -> Reply:
    """Take the reason of the first request for more time that had none, and repeat everything back."""
    lines, reason = _kept(ctx.args), str(ctx.args["reason"]).strip()
    at = next(place for place, line in enumerate(lines) if line.wants_reason)
    lines[at] = replace(lines[at], reason=reason)
    return await _repeated(ctx, lines, [])


@command("nhieuviec.ghi", allow=Action.REPORT)
async def record_all(ctx: Context) -> Reply:
    """Record what was repeated back, each by the rules of its own command; what no longer can be is named."""
    lines = _kept(ctx.args)
    await hold(ctx.session, Assignment.id.in_([line.assignment for line in lines]))
    said: list[Text | str] = []
    choices: list[Choice] = []
    for line in lines:
        standing = await one_of(ctx, line.assignment, Action.REPORT)
        try:
            receipt = await _recorded(ctx, standing, line)
        except Refusal as refusal:
            said.append(_left(standing.assignment.number, refusal))
            continue
        said.append(reduce(_and, receipt.lines))
        choices += _corrections(ctx, standing, receipt)
    return Reply(*said, choices=tuple(choices[:_MOST_CORRECTED]))


@command("nhieuviec.bo", allow=Action.REPORT)
async def drop(ctx: Context) -> Reply:
    """Leave what was repeated back."""
    return Reply(t("Dropped; nothing was recorded."))


async def _recorded(ctx: Context, standing: Standing, line: _Line) -> Reply:
    newest = standing.last
    if newest is not None and newest.report_id != line.seen:
        with naming(ctx, standing):
            raise Refusal(said_before(standing, newest))
    if line.until:
        return await ask(ctx, standing, date.fromisoformat(line.until), line.reason)
    return await recorded(ctx, standing, answer_of(line.words, ctx.today))


def _corrections(ctx: Context, standing: Standing, receipt: Reply) -> list[Choice]:
    """Offer the correction that a receipt offers, named by its task."""
    number, unit = standing.assignment.number, standing.unit
    label = t("Correct {number}", number=number)
    if unit is not None and serves_several(ctx.powers):
        label = t("Correct {unit} {number}", unit=unit.code or unit.name, number=number)
    return [Choice(label, choice.call) for choice in receipt.choices if choice.call.command == "sualai"]


def _and(said: Text | str, more: Text | str) -> Text:
    return t("{said} {more}", said=said, more=more)


def _left(number: int, refusal: Refusal) -> Text:
    return t("Not recorded, no. {number}: {why}", number=number, why=refusal.text)


def _newest(standing: Standing) -> int:
    return standing.last.report_id if standing.last is not None else 0


def _kept(args: Mapping[str, Any]) -> list[_Line]:
    return [_Line(**line) for line in args["lines"]]
