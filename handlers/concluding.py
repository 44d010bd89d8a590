"""After the meeting: its minutes are kept, its conclusions become draft tasks, line by line or from the Word file."""

from handlers.giving import draft_typed
from handlers.kit import Ask, Call, Choice, Context, LetterContext, Refusal, Reply, Text, command, subject_of, t
from models.convening import counts_of
from models.meetings import Meeting
from models.preview import line_of_task
from models.rescheduling import MINUTES, Change, add_files, files_of, held
from models.rollcalls import conclude, conclusions, count_present
from models.rules.deadline import TaskLine, split_task_line
from models.rules.permission import Action


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
    if concluded := await conclusions(ctx.session, meeting.id):
        given = sum(task.given_at is not None for task in concluded)
        lines.append(t("Conclusions: {count} tasks, {given} given.", count=len(concluded), given=given))
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


@command("hop.ketluan.ghi", allow=Action.GIVE)
async def take_conclusion(ctx: Context) -> Reply:
    """Take one conclusion as a draft task, and ask for the next."""
    meeting = await held(ctx.session, ctx.args["meeting"])
    call = Call("hop.ketluan.ghi", {"meeting": meeting.id})
    try:
        if "line" in ctx.args:
            line = split_task_line(str(ctx.args["line"]))
        else:
            line = TaskLine(ctx.args["units"], ctx.args["task"], str(ctx.args["deadline"]))
        made = await draft_typed(ctx, line, call)
    except Refusal as refusal:
        return Reply(refusal.text, ask=Ask(call, "line"))
    if isinstance(made, Reply):
        return made
    await conclude(ctx.session, meeting.id, made, ctx.me.id, ctx.now)
    ctx.touch(meeting)
    return await _asked(ctx, meeting, t("Kept as a draft: {task}", task=line_of_task(made, ctx.today)))


async def _asked(ctx: Context, meeting: Meeting, *said: Text) -> Reply:
    """Ask for a further conclusion; offer to see and give those that wait."""
    waiting = [task.id for task in await conclusions(ctx.session, meeting.id) if task.given_at is None]
    give = Choice(t("See and give {count} tasks", count=len(waiting)), Call("giaoviec.xem", {"tasks": waiting}))
    first = said or (t("Conclusions of “{title}”:", title=meeting.title),)
    return Reply(
        *first,
        t("Please write one in a line, as: SYT, STC: Bổ sung số liệu; trước ngày 25/6. Or send the Word file of them."),
        choices=(give,) if waiting else (),
        ask=Ask(Call("hop.ketluan.ghi", {"meeting": meeting.id}), "line"),
    )
