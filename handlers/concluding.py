"""After the meeting: its minutes are kept, its conclusions become draft tasks, line by line or from the Word file."""

from collections.abc import Sequence
from typing import Final

from documents.offering import Offer, head_of
from documents.reading import Sort
from handlers.giving import draft_typed
from handlers.importing import of_meetings, offer_import, read_for_import, under_review
from handlers.kit import Ask, Call, Choice, Context, LetterContext, Refusal, Reply, Text, command, subject_of, t
from models.conclusions import (
    TYPED,
    Concluding,
    conclude,
    conclusions,
    held_on,
    meetings_of,
    tasks_of_document,
)
from models.contacts import shown
from models.convening import counts_of
from models.entries import TaskEntry
from models.meetings import Meeting
from models.planning import entries_of
from models.preview import line_of_task, parties_of
from models.registering import is_the_same_file, known_document
from models.rescheduling import MINUTES, Change, add_files, files_of, held
from models.rollcalls import count_present
from models.rules.deadline import TaskLine, split_task_line, task_lines
from models.rules.permission import Action
from models.tasks import Task

EXAMPLE: Final = "SYT, STC: Bổ sung số liệu; trước ngày 25/6"


async def at_meeting(ctx: LetterContext, meeting: Meeting) -> Reply:
    """Give what the card of a meeting says and offers on its day and afterwards."""
    if meeting.starts_at.astimezone(ctx.zone).date() > ctx.today:
        return Reply()
    lines, this = [], {"meeting": meeting.id}
    if present := await count_present(ctx.session, meeting.id):
        invited = (await counts_of(ctx.session, [meeting.id]))[meeting.id].invited
        lines.append(t("Present: {present} of {invited}.", present=present, invited=invited))
    if minutes := await files_of(ctx.session, meeting.id, MINUTES):
        lines.append(t("Minutes kept: {count} files.", count=len(minutes)))
    if concluded := await conclusions(ctx.session, meeting.id, ctx.now, ctx.zone):
        lines.append(_counted(concluded))
    choices = [Choice(t("Take attendance"), Call("hop.diemdanh", this))]
    if meeting.starts_at <= ctx.now:
        choices.append(Choice(t("Minutes"), Call("hop.bienban", this)))
        choices.append(Choice(t("Conclusions"), Call("hop.ketluan", this)))
    return Reply(*lines, choices=tuple(choices))


@command("hop.bienban", allow=Action.CONVENE)
async def ask_minutes(ctx: Context) -> Reply:
    """Hand out the minutes that are kept, and ask for them."""
    meeting = await held(ctx.session, ctx.args["meeting"])
    return Reply(
        t("Please send the minutes of “{title}” as a file; they are kept with the meeting.", title=meeting.title),
        files=await files_of(ctx.session, meeting.id, MINUTES),
        ask=Ask(Call("hop.bienban.giu", {"meeting": meeting.id}), "files"),
    )


@command("hop.bienban.giu", allow=Action.CONVENE)
async def keep_minutes(ctx: Context) -> Reply:
    """Keep the minutes with the meeting."""
    meeting = await held(ctx.session, ctx.args["meeting"])
    if not ctx.files:
        raise Refusal(t("Please send the minutes as a file; nothing was kept."))
    await add_files(ctx.session, meeting, MINUTES, [file.id for file in ctx.files], Change(ctx.me.id, ctx.now))
    ctx.touch(meeting)
    return Reply(card=subject_of(meeting))


@command("hop.ketluan", allow=Action.GIVE)
async def ask_conclusions(ctx: Context) -> Reply:
    """Ask for the conclusions of the meeting, and show those that were entered."""
    meeting = await held(ctx.session, ctx.args["meeting"])
    return await _asked(ctx, meeting)


@command(TYPED, allow=Action.GIVE)
async def take_conclusions(ctx: Context) -> Reply:
    """Take conclusions, one a line, as draft tasks; say which lines were not understood, and ask for more."""
    meeting = await held(ctx.session, ctx.args["meeting"])
    lines: Sequence[str | TaskLine] = (
        task_lines(str(ctx.args["line"]))
        if "line" in ctx.args
        else (TaskLine(ctx.args["units"], ctx.args["task"], str(ctx.args["deadline"])),)
    )
    said: list[Text] = []
    question: Reply | None = None
    for line in lines:
        match await _drafted(ctx, line, Call(TYPED, {"meeting": meeting.id})):
            case Task() as made:
                await conclude(ctx.session, meeting.id, [made.id], ctx.me.id, ctx.now)
                said.append(await _kept(ctx, made))
            case Reply() as asked if question is None:
                question = asked
            case Reply():
                said.append(t("“{line}”: when it is due is not clear; please write it once more.", line=line))
            case why:
                said.append(t("“{line}”: {why}", line=line, why=why) if len(lines) > 1 else why)
    ctx.touch(meeting)
    if question is not None:
        return Reply(*said, *question.lines, choices=question.choices, ask=question.ask)
    return await _asked(ctx, meeting, *said)


async def _drafted(ctx: Context, line: str | TaskLine, anew: Call) -> Task | Reply | Text:
    """Make a draft of one line; give the question about its deadline, or why it is not understood, in its place."""
    try:
        return await draft_typed(ctx, split_task_line(line, EXAMPLE) if isinstance(line, str) else line, anew)
    except Refusal as refusal:
        return refusal.text


async def _kept(ctx: Context, made: Task) -> Text:
    (entry,) = await entries_of(ctx.session, [made])
    line = line_of_task(made, ctx.today)
    return t("Kept as a draft: {task} {parties}", task=line, parties=parties_of(entry))


async def _asked(ctx: Context, meeting: Meeting, *said: Text) -> Reply:
    """Ask for a further conclusion, or for the file of all; offer to see and give those that wait."""
    found = await conclusions(ctx.session, meeting.id, ctx.now, ctx.zone)
    waiting = [one.task.id for one in found if one.task.given_at is None]
    give = Choice(t("See and give {count} tasks", count=len(waiting)), Call("giaoviec.xem", {"tasks": waiting}))
    entries = await entries_of(ctx.session, [one.task for one in found])
    listed = shown([_line(number, *one) for number, one in enumerate(zip(found, entries, strict=True), 1)])
    file = Choice(t("Send the Word file"), Call("hop.ketluan.tep", {"meeting": meeting.id}))
    return Reply(
        *(said or (t("Conclusions of “{title}”:", title=meeting.title), *listed)),
        t("Please write one in a line, as: {example}. Or press “Send the Word file”.", example=EXAMPLE),
        t("Send “thôi” to end."),
        choices=(*((give,) if waiting else ()), file),
        ask=Ask(Call(TYPED, {"meeting": meeting.id}), "line"),
    )


def _counted(found: Sequence[Concluding]) -> Text:
    """Say how many tasks a meeting concluded, and how far they are."""
    done, waiting = sum(one.is_done for one in found), sum(one.task.given_at is None for one in found)
    if waiting:
        about = {"count": len(found), "waiting": waiting, "done": done}
        return t("Conclusions: {count} tasks, {waiting} not given yet, {done} done.", **about)
    return t("Conclusions: {count} tasks, {done} done.", count=len(found), done=done)


def _line(number: int, one: Concluding, entry: TaskEntry) -> Text:
    return t("{line} {parties}", line=_state(number, one), parties=parties_of(entry))


def _state(number: int, one: Concluding) -> Text:
    about = {"number": number, "title": one.task.title, "done": one.counts.accepted, "given": one.counts.given}
    if one.task.given_at is None:
        return t("{number}. {title}: not given yet.", **about)
    if one.counts.overdue:
        return t("{number}. {title}: {done} of {given} done, {overdue} overdue.", **about, overdue=one.counts.overdue)
    return t("{number}. {title}: {done} of {given} done.", **about)


@command("hop.ketluan.tep", allow=Action.IMPORT, prepare=read_for_import)
async def take_notice(ctx: Context) -> Reply:
    """Take the notice of conclusions as a file, or ask for it; the tasks of one taken in before join the meeting."""
    meeting = await held(ctx.session, ctx.args["meeting"])
    again = Ask(Call("hop.ketluan.tep", {"meeting": meeting.id}), "files")
    if not isinstance(ctx.prepared, Offer):
        return Reply(t("Please send the notice of conclusions of “{title}” as a file.", title=meeting.title), ask=again)
    paper = ctx.prepared.paper
    if paper.sort is not Sort.TASKS:
        said = t(
            "{name} has no table of tasks. Please send one that has, or write the tasks line by line.", name=paper.name
        )
        return Reply(said, ask=again)
    if (before := await _taken_in(ctx)) is None:
        return await offer_import(ctx, held_on(meeting, ctx.zone))
    for other in await meetings_of(ctx.session, before):
        raise Refusal(t("The tasks of this file belong to “{title}” already.", title=other.title))
    await conclude(ctx.session, meeting.id, before, ctx.me.id, ctx.now)
    ctx.touch(meeting)
    return await _asked(ctx, meeting)


async def _taken_in(ctx: Context) -> Sequence[int] | None:
    """Name the tasks that were made of this very file before; None where it is new."""
    document = await known_document(ctx.session, head_of(ctx.prepared.paper))
    if document is None or not await is_the_same_file(ctx.session, document, ctx.files[0].sha256):
        return None
    return await tasks_of_document(ctx.session, document.id)


@command("hop.ketluan.khac", allow=Action.IMPORT)
async def not_of_meeting(ctx: Context) -> Reply:
    """Take a document under review for the conclusions of no meeting."""
    return await of_meetings(ctx, await under_review(ctx), ())
