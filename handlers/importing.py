"""A document that the secretariat sends: shown row by row, its questions answered, written; no unit is told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from documents.marked import removing_marked
from documents.offering import Offer, asks_for_annex, known_now, offer, review_of
from handlers.adjusted import owe_decided
from handlers.kit import N_, Ask, Call, Choice, Context, LetterContext, Refusal, Reply, Speaker, Text, card, command, t
from handlers.register import nothing_new, register_recorded
from handlers.ticking import drawn_list
from models.adjustments import Done
from models.assignments import Act
from models.conclusions import asked_for
from models.drafts import Draft
from models.entries import Review, Sort
from models.importing import (
    DROPPED,
    KIND,
    WRITTEN,
    Carried,
    Source,
    against_store,
    carry_out,
    end,
    keep,
    kept,
    open_drafts,
    save,
)
from models.meetings import Meeting
from models.moving import redate
from models.preview import PAGE, heading, meant_by, page_of
from models.questions import Asked, Question, questions
from models.rules.meeting_line import Held
from models.rules.permission import Action
from models.settling import answer, understood
from models.subjects import Subject, locked
from models.ticking import KIND as TICKING


def read_for_import(path: Path, name: str) -> Offer:
    """Read a document of the council and keep none that is marked secret; runs in a worker process."""
    with removing_marked(path):
        return offer(path, name)


@command(
    "nhap",
    allow=Action.IMPORT,
    help=N_("Take in a document: the directory, Notice 01, a plan's annex, the incoming register"),
    aliases=("import", "nhapvanban"),
    prepare=read_for_import,
)
async def take_in(ctx: Context) -> Reply:
    """Show the document that came along, or the one still under review, or ask for one."""
    if isinstance(ctx.prepared, Offer):
        return await offer_import(ctx)
    waiting = await open_drafts(ctx.session, ctx.me.id)
    if waiting:
        return await _shown(ctx, waiting[0], await kept(ctx.session, waiting[0]))
    return Reply(
        t(
            "Please send the document: the directory or the incoming register (.xlsx), Notice 01 or a plan's annex "
            "(.docx, .xlsx)."
        ),
        ask=Ask(Call("nhap"), "files"),
    )


async def offer_import(ctx: Context, held: Held | None = None) -> Reply:
    """Begin the review of what `ctx.prepared` (an Offer) and `ctx.files` hold; raises Refusal for a known file.

    `held` is the meeting whose conclusions they are said to be; else it is the one whose conclusions were asked for.
    """
    offered: Offer = ctx.prepared
    if asks_for_annex(offered.paper):
        return _named(offered)
    source = _source(ctx)
    for draft in await open_drafts(ctx.session, ctx.me.id):
        if draft.data["sha256"] == source.sha256:
            return await of_meetings(ctx, draft, (held,) if held else None)
    review = await review_of(ctx.session, offered, source, ctx.council)
    held = held or await asked_for(ctx.session, ctx.chat.id, ctx.now, ctx.zone)
    if held is not None and review.head.sort is Sort.TASKS:
        review = replace(review, head=replace(review.head, meetings=(held,)))
    if review.changes_nothing and review.head.sort is Sort.REGISTER:
        return Reply(nothing_new(review))
    if review.changes_nothing:
        return Reply(t("All {count} rows are recorded already; nothing has changed.", count=len(review.rows)))
    draft = await keep(ctx.session, review, source)
    return await _shown(ctx, draft, review)


async def of_meetings(ctx: Context, draft: Draft, meetings: tuple[Held, ...] | None) -> Reply:
    """Show a document under review, as the conclusions of these meetings; None leaves that as it is."""
    review = await kept(ctx.session, draft)
    if meetings is not None and meetings != review.head.meetings:
        before, review = review, replace(review, head=replace(review.head, meetings=meetings))
        await save(ctx.session, draft, before, review)
        ctx.touch(draft)
    return await _shown(ctx, draft, review)


@command("nhap.xem", allow=Action.IMPORT)
async def page(ctx: Context) -> Reply:
    """Show the next rows."""
    draft = await under_review(ctx)
    review = await kept(ctx.session, draft)
    at = int(ctx.args["page"])
    return Reply(*page_of(review, at, ctx.today), choices=_choices(draft, review, at))


@command("nhap.hoi", allow=Action.IMPORT)
async def ask(ctx: Context) -> Reply:
    """Ask the first question that is open."""
    draft = await under_review(ctx)
    return _next(draft, await kept(ctx.session, draft))


@command("nhap.tl", allow=Action.IMPORT)
async def take_answer(ctx: Context) -> Reply:
    """Take the answer to one question, typed or pressed, and ask the next."""
    draft = await under_review(ctx)
    before = await kept(ctx.session, draft)
    asked = next((question for question in questions(before) if _is(question, ctx)), None)
    if asked is None:
        return _next(draft, before, t("This question has been answered already."))
    known = await known_now(ctx.session, ctx.today, ctx.council)
    after = answer(before, asked, str(ctx.args["said"]), known)
    if asked.asked is Asked.HEAD and after.head.number and after.head.dated:
        after = await against_store(ctx.session, after, _source(ctx, draft))
    await save(ctx.session, draft, before, after)
    ctx.touch(draft)
    return _next(draft, after, meant=() if questions(after) else meant_by(understood(after, known)))


@command("nhap.ghi", allow=Action.IMPORT)
async def write(ctx: Context) -> Reply:
    """Write the document into the store, all of it or nothing."""
    draft = await under_review(ctx)
    review = await kept(ctx.session, draft)
    done, moves = await record(ctx, review, _source(ctx, draft))
    await end(ctx.session, draft, WRITTEN, ctx.now)
    ctx.touch(draft)
    if review.head.sort is Sort.REGISTER:
        return await register_recorded(ctx, draft, done)
    said = (recorded(done, ctx.now), *_moved(moves))
    if review.head.sort is not Sort.TASKS or not done.new:
        return Reply(*said)
    give = Choice(t("See and give"), Call("giaoviec"), primary=True)
    return Reply(
        *said, t("Nothing has been sent to any unit; the tasks are drafts until they are given."), choices=(give,)
    )


async def record(ctx: Speaker, review: Review, source: Source) -> tuple[Carried, tuple[Done, ...]]:
    """Write a document into the store, owe the news of deadlines that it moved, draw the card of its meeting anew."""
    done = await carry_out(ctx.session, review, source)
    moves = await redate(Act(ctx.session, source.by, ctx.now, ctx.zone), done.moved_tasks)
    for each in moves:
        owe_decided(ctx, each)
    if review.head.meeting is not None:
        ctx.touch(await ctx.session.get_one(Meeting, review.head.meeting.id))
    return done, moves


def _moved(moves: Sequence[Done]) -> tuple[Text, ...]:
    """Say how many tasks, given before, have a new deadline, and how many units are told of it."""
    if not moves:
        return ()
    told = sum(len(each.told) for each in moves)
    said = t("{count} tasks given before have a new deadline; {told} units are told.", count=len(moves), told=told)
    kept = tuple(dict.fromkeys(unit for each in moves for unit in each.kept))
    return (said, t("Granted a later day, which they keep: {units}.", units=kept)) if kept else (said,)


@command("nhap.bo", allow=Action.IMPORT)
async def drop(ctx: Context) -> Reply:
    """Drop a document under review; nothing of it stays but the file."""
    draft = await under_review(ctx)
    await end(ctx.session, draft, DROPPED, ctx.now)
    ctx.touch(draft)
    return Reply(t("The document was dropped; nothing was recorded."))


@card("draft")
async def draft_card(about: LetterContext) -> Reply | None:
    """Show a document under review, or a list being ticked, as it stands; closed once it is carried out or dropped."""
    if about.subject is None:
        return None
    draft = await about.session.get(Draft, about.subject.id, populate_existing=True)
    if draft is not None and draft.kind == TICKING:
        return await drawn_list(about, draft)
    if draft is None or draft.kind != KIND:
        return None
    review = await kept(about.session, draft)
    if draft.ended_at is None:
        return Reply(*page_of(review, 0, about.today), choices=_choices(draft, review, 0))
    if draft.outcome == WRITTEN:
        result = t("Written into the system at {at}.", at=draft.ended_at)
    else:
        result = t("Dropped at {at}; nothing was recorded.", at=draft.ended_at)
    return Reply(heading(review), result=result)


async def under_review(ctx: Context) -> Draft:
    """Load the draft that a button or an answer is about; raises Refusal where it is over."""
    draft: Draft | None = await locked(ctx.session, Subject(Draft.__tablename__, int(ctx.args["draft"])))
    if draft is None or draft.kind != KIND:
        raise Refusal(t("This document is no longer under review; please send it again."))
    if draft.ended_at is not None and draft.outcome == WRITTEN:
        raise Refusal(t("This document was already written into the system at {at}.", at=draft.ended_at))
    if draft.ended_at is not None:
        raise Refusal(t("This document was dropped at {at}; please send it again.", at=draft.ended_at))
    return draft


def _source(ctx: Context, draft: Draft | None = None) -> Source:
    if draft is not None:
        return Source(ctx.now, ctx.today, draft.data["file_id"], draft.data["sha256"], ctx.me.id, ctx.zone)
    file = ctx.files[0] if ctx.files else None
    return Source(ctx.now, ctx.today, file.id if file else None, file.sha256 if file else "", ctx.me.id, ctx.zone)


def _named(offered: Offer) -> Reply:
    """Name a running text, and ask for its annex."""
    head = offered.paper.heading
    if head.number and head.dated:
        named = t("{number} of {day}: {subject}.", number=head.number, day=head.dated, subject=head.subject)
    else:
        named = t("The file {name} was read.", name=offered.paper.name)
    return Reply(
        named,
        t("It has no table of tasks, so none are made of it. Please send its annex as a Word or Excel table."),
        ask=Ask(Call("nhap"), "files"),
    )


async def _shown(ctx: Context, draft: Draft, review: Review) -> Reply:
    return Reply(
        *page_of(review, 0, ctx.today), choices=_choices(draft, review, 0), card=Subject(Draft.__tablename__, draft.id)
    )


def _choices(draft: Draft, review: Review, at: int) -> tuple[Choice, ...]:
    about = {"draft": draft.id}
    still_open = len(questions(review))
    if still_open:
        label = t("Answer {count} questions", count=still_open)
        main = Choice(label, Call("nhap.hoi", about), primary=True)
    else:
        main = Choice(t("Write into the system"), Call("nhap.ghi", about), primary=True)
    more = Choice(t("See more"), Call("nhap.xem", {**about, "page": at + 1}))
    there_is_more = len(review.rows) > (at + 1) * PAGE
    meeting = (Choice(t("Not of this meeting"), Call("hop.ketluan.khac", about)),) if review.head.meeting else ()
    return (main, *((more,) if there_is_more else ()), *meeting, Choice(t("Drop"), Call("nhap.bo", about)))


def _next(draft: Draft, review: Review, first: Text | None = None, meant: Sequence[Text] = ()) -> Reply:
    """Ask the next question, or say that none is left and whom the names mean, and offer to write."""
    said = (first,) if first else ()
    still_open = questions(review)
    if not still_open:
        return Reply(
            *said,
            t("All questions are answered: {document}", document=heading(review)),
            *meant,
            choices=_choices(draft, review, len(review.rows)),
        )
    question = still_open[0]
    call = Call("nhap.tl", {"draft": draft.id, "asked": question.asked, "key": question.key})
    choices = tuple(Choice(option.label, call.with_arg("said", option.value)) for option in question.options)
    lines = (t("{count} still open. {question}", count=len(still_open), question=question.text), *question.details)
    typed = (question.typed,) if question.typed else ()
    leave = t("Send “thôi” to stop here; what was answered is kept.")
    return Reply(*said, *lines, *typed, leave, choices=choices, ask=Ask(call, "said"))


def _is(question: Question, ctx: Context) -> bool:
    return (question.asked, question.key) == (ctx.args["asked"], ctx.args["key"])


def recorded(done: Carried, at: datetime) -> Text:
    """Say what was written of a document, and when."""
    return t(
        "Written into the system at {at}: {new} new, {changed} changed, {ended} ended.",
        at=at,
        new=done.new,
        changed=done.changed,
        ended=done.ended,
    )
