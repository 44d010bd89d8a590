"""A notice is let go: at the hour that was set, held for two minutes, taken back while it is unsent."""

from datetime import datetime

from handlers.broadcasting import go_on, leaves_at
from handlers.kit import Ask, Call, Choice, Context, Posted, Refusal, Reply, Spread, command, t
from handlers.naming import spread_copies
from handlers.notices import BY_ANSWER, answers_to, copy_lines, correction_of
from models.audiences import Audience
from models.broadcasts import add_files, copy_key, files_of, send_notice
from models.contacts import recipients
from models.days import working_calendar, working_hours
from models.drafts import Draft
from models.grouping import group_chats_of
from models.notice_drafts import NOTICE, is_by_answer, notice_of, taken_over
from models.notices import Notice, NoticeUnit
from models.recalling import (
    is_corrected,
    let_go,
    repeat_rows,
    same_groups,
    same_recipients,
    stop_unsent,
    take_back,
)
from models.rules.leaving import read_leaving
from models.rules.permission import Action
from models.subjects import Subject, locked
from models.writing import SENT, begin, end, fill_in, under_way


@command("guithongbao.luc", allow=Action.BROADCAST)
async def set_time(ctx: Context) -> Reply:
    """Ask when the notice is to leave, or take the answer."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id, ctx.args.get("version"))
    call = Call("guithongbao.luc", {"draft": draft.id})
    if "when" not in ctx.args:
        return Reply(
            t("When is the notice to leave?"),
            t("For example: 15h chiều mai; 08:00 ngày 14/6. Notices leave in working hours only."),
            choices=(
                Choice(t("As soon as it is sent"), call.with_arg("when", "ngay")),
                Choice(t("In the next working hours"), call.with_arg("when", "giờ làm việc kế tiếp")),
            ),
            ask=Ask(call, "when"),
        )
    hours = working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone)
    leaves = read_leaving(str(ctx.args["when"]), ctx.now, hours)
    await fill_in(ctx.session, draft, leaves=leaves.isoformat() if leaves else None)
    return await go_on(ctx, draft)


async def release(ctx: Context, draft: Draft, approved_by: int | None = None) -> Notice:
    """Owe the copies of a complete draft, held until they leave, and close the draft."""
    notice, files = notice_of(draft), tuple(draft.data.get("files", ()))
    notice.approved_by = approved_by
    notice.sent_at = leaves = await leaves_at(ctx, draft)
    first = await _corrected(ctx, notice)
    if first is None:
        await send_notice(ctx.session, notice, ctx.today, files)
        rows = recipients(NoticeUnit, ctx.today, NoticeUnit.notice_id == notice.id)
        groups = await group_chats_of(ctx.session, Audience.from_json(notice.audience))
    else:
        ctx.session.add(notice)
        await add_files(ctx.session, notice, files)
        await repeat_rows(ctx.session, first, notice)
        await stop_unsent(ctx.session, first.id)
        rows, groups = same_recipients(first.id, notice.id), await same_groups(ctx.session, first.id)
    copy = Reply(*copy_lines(notice, ctx.zone, first), choices=answers_to(notice), files=files)
    kind, key = NoticeUnit.__tablename__, copy_key(notice.id)
    if first is None and is_by_answer(notice):
        this = {"notice": notice.id}
        ctx.spread(Spread(rows, key, subject_kind=kind, not_before=leaves, letter=BY_ANSWER, params=this))
    else:
        spread_copies(ctx, Spread(rows, key, copy, subject_kind=kind, not_before=leaves))
    _post_in_groups(ctx, notice, first, (groups, files))
    end(draft, SENT, ctx.now)
    return notice


async def _corrected(ctx: Context, notice: Notice) -> Notice | None:
    """Find the notice that this one corrects, its row locked; raises Refusal where it was corrected meanwhile."""
    if notice.corrects_id is None:
        return None
    first: Notice = await locked(ctx.session, Subject(Notice.__tablename__, notice.corrects_id))
    await refuse_corrected(ctx, first)
    ctx.touch(first)
    return first


async def refuse_corrected(ctx: Context, first: Notice) -> None:
    """Refuse to correct a notice whose correction was sent already."""
    if await is_corrected(ctx.session, first.id):
        raise Refusal(t("A correction of this notice was sent already; please correct that one, or take it back."))


def _post_in_groups(
    ctx: Context, notice: Notice, first: Notice | None, to: tuple[tuple[int, ...], tuple[int, ...]]
) -> None:
    """Post a notice in the group chats of the clusters and blocs that it is meant for as a whole."""
    groups, files = to
    posted = Reply(
        *((correction_of(first),) if first is not None else ()),
        *notice.text.splitlines(),
        t("The focal points of the units answer in their private chats with the assistant."),
        files=files,
    )
    for chat_id in groups:
        ctx.post(Posted(chat_id, copy_key(notice.id), posted, not_before=notice.sent_at))


@command("thongbao.rut", allow=Action.BROADCAST)
async def recall(ctx: Context) -> Reply:
    """Take a notice back from all to whom no copy has left."""
    notice = await _locked(ctx)
    done = await take_back(ctx.session, notice, ctx.today, ctx.now)
    ctx.touch(notice)
    this = {"notice": notice.id}
    again = Choice(t("Write it anew"), Call("thongbao.lai", this))
    if not done.gone:
        return Reply(t("The notice was taken back; it has reached nobody."), choices=(again,))
    return Reply(
        t("Taken back from {stopped} people; {gone} people had it already.", stopped=done.stopped, gone=done.gone),
        choices=(Choice(t("Send a correction"), Call("thongbao.dinhchinh", this)),),
    )


@command("thongbao.ngay", allow=Action.BROADCAST)
async def send_at_once(ctx: Context) -> Reply:
    """Let a held notice leave now, or when offices open."""
    notice = await _locked(ctx)
    if notice.withdrawn_at is not None:
        raise Refusal(t("This notice was taken back at {time}; please write it anew.", time=notice.withdrawn_at))
    if _left(notice, ctx.now):
        raise Refusal(
            t("This notice left at {time} already; what has gone can be corrected (Đính chính).", time=notice.sent_at)
        )
    hours = working_hours(ctx.council, await working_calendar(ctx.session), ctx.zone)
    leaves = hours.next_opening(ctx.now)
    await let_go(ctx.session, notice, leaves, ctx.now)
    ctx.touch(notice)
    if leaves > ctx.now:
        return Reply(t("Offices are closed now; it leaves at {time}.", time=leaves))
    return Reply(t("It leaves now."))


@command("thongbao.lai", allow=Action.BROADCAST)
async def write_anew(ctx: Context) -> Reply:
    """Begin a notice with the words, recipients and files of one that was taken back."""
    notice = await ctx.session.get_one(Notice, ctx.args["notice"])
    draft = await begin(ctx.session, NOTICE, ctx.me.id, ctx.now)
    files = list(await files_of(ctx.session, notice.id))
    corrects = {"corrects": notice.corrects_id} if notice.corrects_id else {}
    await fill_in(ctx.session, draft, text=notice.text, files=files, **taken_over(notice), **corrects)
    return await go_on(ctx, draft)


async def _locked(ctx: Context) -> Notice:
    notice: Notice = await locked(ctx.session, Subject(Notice.__tablename__, ctx.args["notice"]))
    return notice


def _left(notice: Notice, now: datetime) -> bool:
    return notice.sent_at is None or notice.sent_at <= now
