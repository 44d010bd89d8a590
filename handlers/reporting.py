"""What a unit answers about its tasks: acknowledged, under way, finished, hindered, not its own."""

from dataclasses import replace
from datetime import date

from handlers.accepting import accepted_by_rule
from handlers.attention import call_attention
from handlers.choosing import act_of, again, chosen, file_ids, said_text
from handlers.kit import N_, Ask, Call, Choice, Context, Reply, Text, command, t
from handlers.naming import naming, of_which, settle_unit, titled
from models.answer_words import sent_paper
from models.answering import Answer
from models.assignments import record
from models.rules.arrivals import read_filing
from models.rules.permission import Action
from models.rules.status import due_day, is_late
from models.rules.steps import STEP_NAMES, Paper, Step, read_paper, read_percent
from models.standing import Standing
from models.tasks import Said


@command(
    "tiepnhan", allow=Action.REPORT, help=N_("Acknowledge a task: tiepnhan NUMBER"), aliases=("ack", "acknowledge")
)
async def acknowledge(ctx: Context) -> Reply:
    """Record that the unit has taken the task on."""
    await settle_unit(ctx)
    standing = await chosen(ctx, Call("tiepnhan"))
    return standing if isinstance(standing, Reply) else await recorded(ctx, standing, Answer(Said.ACKNOWLEDGED))


@command(
    "baocao", allow=Action.REPORT, help=N_("Report on a task in words or by files: baocao NUMBER"), aliases=("report",)
)
async def report(ctx: Context) -> Reply:
    """Record what was done so far; without words or files, ask for them."""
    await settle_unit(ctx)
    text, files = said_text(ctx), file_ids(ctx)
    standing = await chosen(ctx, again("baocao", text=text, files=files))
    if isinstance(standing, Reply):
        return standing
    if not text and not files:
        question = t(
            "What is to be reported on “{title}”? Please write it in one message.", title=titled(ctx, standing)
        )
        return Reply(question, choices=(_attach(standing),), ask=_ask("baocao", "text", standing))
    return await recorded(ctx, standing, Answer(Said.PROGRESS, text=text, files=files))


@command("baocao.tep", allow=Action.REPORT)
async def attach(ctx: Context) -> Reply:
    """Ask for the files of a report."""
    standing = await chosen(ctx, Call("baocao.tep"))
    if isinstance(standing, Reply):
        return standing
    question = t("Please send the files about “{title}” now.", title=titled(ctx, standing))
    return Reply(question, ask=_ask("baocao", "files", standing))


@command("baocao.buoc", allow=Action.REPORT)
async def step(ctx: Context) -> Reply:
    """Record how far a paper is."""
    text, name = said_text(ctx), Step(ctx.args["step"])
    standing = await chosen(ctx, again("baocao.buoc", step=name.value, text=text))
    if isinstance(standing, Reply):
        return standing
    return await recorded(ctx, standing, Answer(Said.PROGRESS, step=name.value, text=text))


@command("baocao.gui", allow=Action.REPORT)
async def sent(ctx: Context) -> Reply:
    """Record that the paper was sent, with its number, day and route; without a number, ask for it in one line."""
    line, files, route = str(ctx.args.get("paper") or ""), file_ids(ctx), str(ctx.args.get("route") or "")
    standing = await chosen(ctx, again("baocao.gui", paper=line, files=files, route=route))
    if isinstance(standing, Reply):
        return standing
    if not line:
        question = t("Which number and day does the paper bear? Please write, for instance: 45/BC-SYT ngày 12/6.")
        without = Choice(t("It bears no number yet"), Call("xong", {"assignment": standing.id}))
        call = again("baocao.gui", assignment=standing.id, route=route)
        return Reply(question, *of_which(ctx, standing), choices=(without,), ask=Ask(call, "paper"))
    return await recorded(ctx, standing, replace(handed_in(line, route, ctx.today), files=files))


def handed_in(line: str, route: str, today: date) -> Answer:
    """Read what a line says of a paper that was sent, its route unless it says one itself; raises Refusal."""
    filing = read_filing(line, today)
    paper = filing.paper or read_paper(line, today)
    return Answer(
        Said.FINISHED, Step.SENT, paper_number=paper.number, paper_date=paper.day, route=filing.route or route
    )


@command("baocao.phantram", allow=Action.REPORT)
async def percent(ctx: Context) -> Reply:
    """Record how much is done, where that is measured."""
    line = str(ctx.args.get("percent") or "")
    standing = await chosen(ctx, again("baocao.phantram", percent=line))
    if isinstance(standing, Reply):
        return standing
    if not line:
        question = t("How much of “{title}” is done, in percent?", title=titled(ctx, standing))
        return Reply(question, ask=_ask("baocao.phantram", "percent", standing))
    return await recorded(ctx, standing, Answer(Said.PROGRESS, percent=read_percent(line)))


@command(
    "xong",
    allow=Action.REPORT,
    help=N_("Report a task finished: xong NUMBER"),
    aliases=("done", "hoanthanh", "finished"),
)
async def done(ctx: Context) -> Reply:
    """Report a task finished; late reports are told so."""
    await settle_unit(ctx)
    text, files = said_text(ctx), file_ids(ctx)
    standing = await chosen(ctx, again("xong", text=text, files=files))
    if isinstance(standing, Reply):
        return standing
    return await recorded(ctx, standing, Answer(Said.FINISHED, text=text, files=files))


@command(
    "vuongmac",
    allow=Action.REPORT,
    help=N_("Report difficulties or obstacles: vuongmac NUMBER"),
    aliases=("khokhan", "obstacle", "problem"),
)
async def obstacle(ctx: Context) -> Reply:
    """Record what hinders the unit, and tell the secretariat at once."""
    question = t("What are the difficulties or obstacles? The secretariat is told at once.")
    return await _with_words(ctx, "vuongmac", Said.OBSTACLE, question)


@command("baocao.khongthuoc", allow=Action.REPORT)
async def not_ours(ctx: Context) -> Reply:
    """Record that the unit is not the one to do this, and tell the secretariat at once."""
    question = t("Why is this not the unit's task, and whose is it? The secretariat decides on it.")
    return await _with_words(ctx, "baocao.khongthuoc", Said.NOT_OURS, question)


async def _with_words(ctx: Context, name: str, said: Said, question: Text) -> Reply:
    await settle_unit(ctx)
    text, files = said_text(ctx), file_ids(ctx)
    standing = await chosen(ctx, again(name, text=text, files=files))
    if isinstance(standing, Reply):
        return standing
    if not text:
        return Reply(question, *of_which(ctx, standing), ask=_ask(name, "text", standing))
    return await recorded(ctx, standing, Answer(said, text=text, files=files))


async def recorded(ctx: Context, standing: Standing, answer: Answer, corrects: int | None = None) -> Reply:
    """Record an answer of the unit, close its cards, and give the receipt."""
    with naming(ctx, standing):
        report = await record(act_of(ctx), standing.id, answer, corrects)
    ctx.touch(standing.assignment)
    if answer.said in {Said.OBSTACLE, Said.NOT_OURS}:
        await call_attention(ctx, report.id)
    lines: list[Text | str] = [
        t(
            "Recorded as no. {number} at {at}: {title}.",
            number=report.number,
            at=report.at,
            title=titled(ctx, standing),
        ),
        _kept(answer),
    ]
    accepted = await accepted_by_rule(ctx, standing, answer, report.id)
    if accepted is not None:
        return Reply(*lines, accepted)
    if answer.said is Said.FINISHED and corrects is None:
        lines.append(_judged(ctx, standing))
    return Reply(*lines, choices=_next(standing, answer, report.id))


def _kept(answer: Answer) -> Text:
    """Repeat what was recorded, and who learned of it at once."""
    if answer.said in {Said.OBSTACLE, Said.NOT_OURS}:
        return t("{what} The secretariat has been told.", what=content(answer))
    return content(answer)


def content(answer: Answer) -> Text:
    """Repeat what an answer says."""
    match answer.said:
        case Said.ACKNOWLEDGED:
            return t("Acknowledged by the unit.")
        case Said.FINISHED if answer.paper_number:
            return t("Sent: {paper}.", paper=_paper(answer))
        case Said.FINISHED:
            return t("Reported finished.")
        case Said.OBSTACLE:
            return t("Difficulties, obstacles: {text}.", text=answer.text.rstrip(" ."))
        case Said.NOT_OURS:
            return t("Not the unit's task: {text}.", text=answer.text.rstrip(" ."))
        case Said.PROGRESS:
            return t("Progress: {what}.", what=_parts(answer))


def _paper(answer: Answer) -> Text | str:
    return sent_paper(Paper(answer.paper_number, answer.paper_date), answer.route)


def _parts(answer: Answer) -> tuple[Text | str, ...]:
    parts: list[Text | str] = []
    if answer.step:
        parts.append(STEP_NAMES[Step(answer.step)])
    if answer.percent is not None:
        parts.append(t("{percent}% done", percent=answer.percent))
    if answer.text:
        parts.append(answer.text.rstrip(" ."))
    if answer.files:
        parts.append(t("{count} files", count=len(answer.files)))
    return tuple(parts) or (t("under way"),)


def _judged(ctx: Context, standing: Standing) -> Text:
    due = standing.due
    if due is not None and is_late(ctx.now, due, ctx.zone):
        return t("The deadline was {due}: the report is late. It awaits acceptance.", due=due_day(due, ctx.zone))
    return t("The report awaits acceptance by the secretariat.")


def _next(standing: Standing, answer: Answer, report_id: int) -> tuple[Choice, ...]:
    """Offer what usually follows: files for what was finished, finishing for what is under way, and a correction."""
    found: list[Choice] = []
    if answer.said is Said.FINISHED and not answer.files:
        found.append(_attach(standing))
    if answer.said is Said.PROGRESS and standing.awaits_unit:
        found.append(Choice(t("Finished"), Call("xong", {"assignment": standing.id}), primary=True))
    found.append(Choice(t("Correct this"), Call("sualai", {"report": report_id})))
    return tuple(found)


def _attach(standing: Standing) -> Choice:
    return Choice(t("Attach files"), Call("baocao.tep", {"assignment": standing.id}))


def _ask(name: str, hole: str, standing: Standing) -> Ask:
    return Ask(Call(name, {"assignment": standing.id}), hole)
