"""A meeting called is not held after all: put off without a day, or cancelled; all are told once, with the reason."""

from handlers.broadcasting import when_it_goes
from handlers.kit import Ask, Call, Choice, Context, Reply, Text, command, subject_of, t
from handlers.meeting_news import tell_change, told
from handlers.rescheduling import LONGEST_REASON, ahead, leave_choice, this_meeting
from models.meetings import MeetingState
from models.rescheduling import Change, call_off, moving_of
from models.rules.permission import Action
from models.rules.spelling import tidy


@command("hop.hoan", allow=Action.CONVENE)
async def ask_put_off(ctx: Context) -> Reply:
    """Ask why the meeting is put off."""
    return await _ask_why(ctx, "hop.hoan.xem", t("Why is “{title}” put off without a day? One line, told to all."))


@command("hop.huy", allow=Action.CONVENE)
async def ask_cancel(ctx: Context) -> Reply:
    """Ask why the meeting is cancelled."""
    return await _ask_why(ctx, "hop.huy.xem", t("Why is “{title}” cancelled? One line, told to all."))


async def _ask_why(ctx: Context, name: str, question: Text) -> Reply:
    meeting = await ahead(ctx)
    call = Call(name, this_meeting(meeting))
    return Reply(
        Text(question.id, {"title": meeting.title}),
        choices=(Choice(t("Without a reason"), call.with_arg("reason", "")), leave_choice()),
        ask=Ask(call, "reason"),
    )


@command("hop.hoan.xem", allow=Action.CONVENE)
async def preview_put_off(ctx: Context) -> Reply:
    """Show what all are told of a meeting that is put off."""
    return await _preview(ctx, MeetingState.POSTPONED, "hop.hoan.gui", t("Put off, and tell all"))


@command("hop.huy.xem", allow=Action.CONVENE)
async def preview_cancel(ctx: Context) -> Reply:
    """Show what all are told of a meeting that is cancelled."""
    return await _preview(ctx, MeetingState.CANCELLED, "hop.huy.gui", t("Cancel, and tell all"))


async def _preview(ctx: Context, state: MeetingState, name: str, label: Text) -> Reply:
    meeting = await ahead(ctx)
    reason = tidy(str(ctx.args["reason"]))[:LONGEST_REASON].rstrip(".")
    does = await moving_of(ctx.session, meeting.id)
    send = Call(name, {**this_meeting(meeting), "reason": reason})
    return Reply(
        *told(state.value, "", reason),
        t(
            "{count} units and members are told once, those who have not got the invitation are not.",
            count=does.invited,
        ),
        await when_it_goes(ctx),
        choices=(Choice(label, send, primary=True), leave_choice()),
    )


@command("hop.hoan.gui", allow=Action.CONVENE)
async def put_off(ctx: Context) -> Reply:
    """Put the meeting off, its day to follow."""
    return await _off(ctx, MeetingState.POSTPONED)


@command("hop.huy.gui", allow=Action.CONVENE)
async def cancel(ctx: Context) -> Reply:
    """Cancel the meeting."""
    return await _off(ctx, MeetingState.CANCELLED)


async def _off(ctx: Context, state: MeetingState) -> Reply:
    meeting = await ahead(ctx)
    change = Change(ctx.me.id, ctx.now, str(ctx.args["reason"]))
    await tell_change(ctx, meeting, await call_off(ctx.session, meeting, state, change))
    return Reply(card=subject_of(meeting))
