"""Free words and files: understood where they are plain, asked where they may mean several tasks, never guessed."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from documents.limits import Unreadable
from documents.offering import Offer
from handlers.broadcasting import as_notice
from handlers.choosing import again, file_ids, mine, run, unacknowledged, which
from handlers.extensions import may_run_to
from handlers.importing import offer_import, read_for_import
from handlers.kit import Call, Choice, Context, Refusal, Reply, Text, discover, heard, t
from handlers.naming import of_unit, titled
from handlers.questions import answered
from handlers.replying import typed_answer
from handlers.several import STEPS, several_answers
from models.answering import recorded_paper, said_before
from models.codes import CODE
from models.feedback import LONGEST
from models.rules.deadline import find_extension
from models.rules.numbers import typed_number
from models.rules.permission import Action, allowed
from models.rules.status import Status
from models.rules.steps import Paper, Yield, passed_day, yield_of
from models.rules.words import Intent, Meant, Typed, command_of, fold, intent, is_never_mind, is_thanks
from models.standing import Standing

_WITH_WORDS = frozenset({"baocao", "xong", "vuongmac", "giahan"})
_BY_UNIT = frozenset({*_WITH_WORDS, "nhiemvu", "tiepnhan", "nhaclai"})
_OF_UNITS = {"donvi": "donvi"}
_UNIT_NAMED = frozenset(_OF_UNITS)
_SHORTEST_QUESTION = 8
# what follows the number of a task where something is told of it, not counted
_TELLING = frozenset({"da", "dang", "chua", "moi", "vua", "se", "con", "do", "vi", "cho", "gap", "co", "khong", "den"})
_COMMANDS = {
    Meant.FINISHED: "xong",
    Meant.ACKNOWLEDGED: "tiepnhan",
    Meant.IN_PROGRESS: "baocao",
    Meant.DIFFICULTY: "vuongmac",
    Meant.EXTENSION: "giahan",
    Meant.NOT_OURS: "baocao.khongthuoc",
}


def read_document(path: Path, name: str) -> Offer | Text:
    """Read a file as a document of the council, or say why it is none; runs in a worker process.

    Raises Unreadable for the mark of a state secret, whoever sends it.
    """
    try:
        return read_for_import(path, name)
    except Unreadable as refusal:
        if refusal.secret:
            raise
        return refusal.text
    except Refusal as refusal:
        return refusal.text


@heard("text", allow=Action.HELP)
async def words(ctx: Context) -> Reply | None:
    """Do what plain words say of the only task they fit; ask which task, or say what can be said."""
    reports = allowed(ctx.powers.roles, Action.REPORT)
    if reports and (repeated := await several_answers(ctx)) is not None:
        return repeated
    if (done := await _as_a_command(ctx)) is not None:
        return done
    said = intent(ctx.line)
    if reports and said is not None:
        return await _as_meant(ctx, said)
    return await typed_answer(ctx) or _not_understood(ctx)


async def _as_a_command(ctx: Context) -> Reply | None:
    """Do what begins with a command's word and surely is one; answer a question left that nobody asked."""
    if is_thanks(ctx.line):
        return Reply(t("Thank you. Nothing was recorded of this message."))
    if is_never_mind(ctx.line):
        return Reply(t("No question waits for an answer; nothing was changed."))
    if CODE.fullmatch(ctx.line.strip()):
        return await run(ctx, Call("batdau"), ctx.line)
    if (done := await _of_unit(ctx)) is not None:
        return done
    if (typed := _typed(ctx)) is not None:
        return await _finishes(ctx, typed) or await run(ctx, Call(typed.command), typed.rest)
    if (said := await answered(ctx)) is not None:
        return said
    if allowed(ctx.powers.roles, Action.SEE_UNITS) and (unit := command_of(ctx.line, _OF_UNITS, _UNIT_NAMED)):
        return await run(ctx, Call(unit.command), unit.rest)
    return None


async def _of_unit(ctx: Context) -> Reply | None:
    """Do what is said of a task by its unit and number: "xong SYT 3"; "SYT 3" alone shows it."""
    typed = command_of(ctx.line, discover().words(), _BY_UNIT)
    meant = await of_unit(ctx, typed.rest if typed is not None else ctx.line)
    if meant is None or (typed is None and meant.rest):
        return None
    return await run(ctx, Call(typed.command if typed else "nhiemvu", {"assignment": meant.assignment}), meant.rest)


async def _as_meant(ctx: Context, said: Intent) -> Reply | None:
    known = await mine(ctx)
    fitting = _numbered(said, _fitting(ctx, said, known))
    call = _call(said, ctx.line)
    if (before := _recorded_before(ctx, said, known)) is not None:
        return Reply(before, *_besides(fitting), choices=which(call, fitting).choices)
    if not fitting:
        return Reply(t("No task of yours waits for this; please send “nhiemvu” for your tasks."))
    if len(fitting) > 1 and said.meant is Meant.EXTENSION:
        return await run(ctx, call)
    if len(fitting) > 1:
        return which(call, fitting)
    about = call.with_arg("assignment", fitting[0].id)
    if said.meant is Meant.NOT_OURS:
        return _confirm(fitting[0], about)
    return await run(ctx, about)


@heard("file", allow=Action.HELP, prepare=read_document)
async def files(ctx: Context) -> Reply | None:
    """Take a document from the secretariat for import, or as a notice; of a unit's file, ask which task it is about."""
    if isinstance(ctx.prepared, Offer) and allowed(ctx.powers.roles, Action.IMPORT):
        return await _document(ctx)
    if (typed := _typed(ctx)) is not None:
        return await run(ctx, Call(typed.command), typed.rest)
    is_open = [standing for standing in await mine(ctx) if standing.awaits_unit]
    if not is_open and isinstance(ctx.prepared, Text) and allowed(ctx.powers.roles, Action.IMPORT):
        return Reply(ctx.prepared, choices=as_notice(ctx))
    if not is_open:
        return Reply(t("No task of yours is open; please tell the secretariat what the file is about."))
    call = again("baocao", text=ctx.line, files=file_ids(ctx))
    if len(is_open) > 1:
        return which(call, is_open)
    return _handed_in(is_open[0], call)


async def _document(ctx: Context) -> Reply:
    """Begin the review of a document, unless it is to go out as it is."""
    try:
        review = await offer_import(ctx)
    except Refusal as known_before:
        return Reply(known_before.text, choices=as_notice(ctx))
    return review.offering(*as_notice(ctx))


def _typed(ctx: Context) -> Typed | None:
    """Find a command that is followed by its number and words, as in "baocao 1 đã họp triển khai".

    Written in syllables the same may be speech: "báo cáo 6 tháng đầu năm đang trình ký" is about no task number 6.
    """
    known = discover().words()
    typed = command_of(ctx.line, known, _WITH_WORDS)
    if typed is None or not typed.rest[:1].isdigit():
        return None
    in_one_word = known.get(fold(ctx.line.split()[0])) == typed.command
    told = typed.rest.split()[1:2]
    return typed if in_one_word or not told or fold(told[0]) in _TELLING else None


async def _finishes(ctx: Context, typed: Typed) -> Reply | None:
    """Ask before words finish a task by number: "xong 2 đơn vị" may count what is done; None for other commands."""
    number, _, words = typed.rest.partition(" ")
    if typed.command != "xong" or not words.strip():
        return None
    about = [standing for standing in await mine(ctx) if str(standing.assignment.number) == number]
    if len(about) != 1 or not about[0].awaits_unit:
        return None
    call = again("xong", text=words.strip()).with_arg("assignment", about[0].id)
    return Reply(
        t("Is “{title}” to be recorded as finished?", title=titled(ctx, about[0])),
        choices=(Choice(t("Record it"), call, primary=True), Choice(t("No"), Call("nhiemvu"))),
    )


def _handed_in(standing: Standing, call: Call) -> Reply:
    """Ask whether a file finishes the only open task, or only belongs to it."""
    about = call.with_arg("assignment", standing.id)
    return Reply(
        t("A file came. Does it belong to “{title}”?", title=standing.title),
        choices=(
            Choice(t("Yes, and this is finished"), Call("xong", about.args), primary=True),
            Choice(t("Yes, as progress"), about),
        ),
    )


def _recorded_before(ctx: Context, said: Intent, known: Sequence[Standing]) -> Text | None:
    """Say for what the paper of this number was reported or recorded before; None where it is new."""
    if said.meant is not Meant.SENT or not said.number:
        return None
    found = recorded_paper(known, Paper(said.number, passed_day(said.day, ctx.today) if said.day else None))
    return said_before(*found) if found else None


def _besides(fitting: Sequence[Standing]) -> tuple[Text, ...]:
    return (t("If it answers another task too, please press that task."),) if fitting else ()


def _fitting(ctx: Context, said: Intent, known: Sequence[Standing]) -> list[Standing]:
    """Give the assignments of which something can be said; steps of a paper are said of papers, where there are any."""
    asked = find_extension(ctx.line, ctx.today)
    until = asked.until if asked is not None else None
    fitting = [standing for standing in known if _fits(said, standing, until, ctx.zone)]
    if said.meant is Meant.SENT:
        fitting += [standing for standing in known if _came_without_number(standing)]
    papers = [standing for standing in fitting if yield_of(standing.task.deliverable, standing.title) is Yield.PAPER]
    return papers if papers and said.meant in {Meant.SENT, *STEPS} else fitting


def _numbered(said: Intent, fitting: list[Standing]) -> list[Standing]:
    """Keep the task whose number was said with “không thuộc nhiệm vụ đơn vị”; all where none bears it."""
    if said.meant is not Meant.NOT_OURS or not said.number:
        return fitting
    return [standing for standing in fitting if standing.assignment.number == int(said.number)] or fitting


def _fits(said: Intent, standing: Standing, until: date | None, zone: ZoneInfo) -> bool:
    """Tell whether something can be said of an assignment; `until` is the day to which more time is asked."""
    if said.meant is Meant.EXTENSION:
        return may_run_to(until, standing, zone)
    if said.meant is Meant.ACKNOWLEDGED:
        return unacknowledged(standing)
    return standing.awaits_unit


def _came_without_number(standing: Standing) -> bool:
    """Tell whether an officer recorded what came without its number: it may be the very paper that is meant."""
    came = standing.finished if standing.status is Status.AWAITING_ACCEPTANCE else None
    return came is not None and came.arrived_on is not None and not came.paper_number


def _call(said: Intent, line: str) -> Call:
    """Give the command that records what was meant."""
    match said.meant:
        case Meant.SENT:
            return again("baocao.gui", paper=said.paper, route=said.route)
        case Meant.DRAFTING | Meant.SUBMITTED | Meant.SIGNED:
            return again("baocao.buoc", step=STEPS[said.meant].value, text=line if said.meant is Meant.SIGNED else "")
        case Meant.FINISHED | Meant.ACKNOWLEDGED:
            return Call(_COMMANDS[said.meant])
        case Meant.DIFFICULTY | Meant.NOT_OURS:
            return again(_COMMANDS[said.meant], text=said.words)
        case _:
            return again(_COMMANDS[said.meant], text=said.words or line)


def _confirm(standing: Standing, about: Call) -> Reply:
    return Reply(
        t("Is it to be recorded that “{title}” is not your unit's task?", title=standing.title),
        choices=(Choice(t("Record it"), about, primary=True), Choice(t("No"), Call("nhiemvu"))),
    )


def _not_understood(ctx: Context) -> Reply:
    what, number = t("This was not understood and nothing was recorded."), typed_number(ctx.line)
    if number is not None:
        what = t("No open choice or question bears the number {number}; nothing was recorded.", number=number)
    if number is not None and allowed(ctx.powers.roles, Action.REPORT):
        hint = t("For task {number} please write, for instance, “nhiemvu {number}” or “{number} xong”.", number=number)
    elif allowed(ctx.powers.roles, Action.REPORT):
        hint = t("Please write, for instance, “xong 1”, “baocao 1” or “giahan 1”.")
    else:
        hint = t("Please send “trogiup” to see what can be said.")
    if len(ctx.line) < _SHORTEST_QUESTION:
        passed_on: tuple[Choice, ...] = ()
    elif allowed(ctx.powers.roles, Action.ANSWER_FEEDBACK):
        passed_on = as_notice(ctx)
    else:
        passed_on = (Choice(t("Pass the question to the secretariat"), Call("phanhoi", {"text": ctx.line[:LONGEST]})),)
    return Reply(
        what,
        hint,
        choices=(Choice(t("Tasks"), Call("nhiemvu"), primary=True), Choice(t("Help"), Call("trogiup")), *passed_on),
    )
