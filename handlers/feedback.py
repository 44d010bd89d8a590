"""Feedback and questions to the secretariat (phanhoi): given by anybody who has joined, answered in the same chat."""

from handlers.asked import owe_feedback, words_of
from handlers.assignment import clock_time, quoted
from handlers.kit import (
    N_,
    Ask,
    Call,
    Choice,
    Context,
    LetterContext,
    Reply,
    Subject,
    Text,
    card,
    command,
    t,
)
from handlers.paging import page_of
from models.charging import officers_of
from models.feedback import Feedback, answer, take_in, unanswered
from models.papers import StoredFile
from models.people import Person, Unit
from models.powers import powers_of
from models.ready_answers import likely_answer, still_kept
from models.rules.permission import Action, allowed

_LISTED = 8


@command(
    "phanhoi",
    allow=Action.FEEDBACK,
    help=N_("Send feedback or a question to the secretariat: /phanhoi WORDS"),
    aliases=("feedback", "gopy"),
    takes_line=True,
)
async def give(ctx: Context) -> Reply:
    """Take feedback in and tell the officer in charge; an officer without words reads what waits."""
    text = (str(ctx.args.get("text") or "") or ctx.line).strip()
    if not text and allowed(ctx.powers.roles, Action.ANSWER_FEEDBACK):
        return await _waiting(ctx)
    if not text:
        question = t("What would you like to tell or ask the secretariat? Please write it in one message.")
        return Reply(question, ask=Ask(Call("phanhoi"), "text"))
    given = await passed_on(ctx, text)
    return Reply(t("Recorded as feedback no. {number}; the secretariat answers here.", number=given.number))


async def passed_on(ctx: Context, text: str = "", file: StoredFile | None = None) -> Feedback:
    """Take in what was written, or said aloud in a file, and tell the officer in charge."""
    own = min(ctx.powers.own_units, default=None) if len(ctx.powers.own_units) == 1 else None
    said = Feedback(
        person_id=ctx.me.id, unit_id=own, text=text, file_id=file.id if file is not None else None, at=ctx.now
    )
    given = await take_in(ctx.session, said)
    for officer in await officers_of(ctx.session, own, ctx.today):
        if officer != ctx.me.id:
            await owe_feedback(ctx, officer, given.id)
    return given


async def _waiting(ctx: Context) -> Reply:
    found = await unanswered(ctx.session)
    if not found:
        return Reply(t("No feedback waits for an answer."))
    page = page_of(ctx, found, _LISTED)
    lines = [
        t("No. {number}, {name}: {text}", number=one.number, name=name, text=words_of(one)) for one, name in page.rows
    ]
    choices = tuple(
        Choice(t("Answer no. {number}", number=one.number), Call("phanhoi.xem", {"feedback": one.id}))
        for one, _ in page.rows
    )
    head = t("Feedback that waits for an answer: {count}.", count=len(found))
    return Reply(head, *lines, *page.rest, choices=(*choices, *page.following))


@command("phanhoi.xem", allow=Action.ANSWER_FEEDBACK)
async def show(ctx: Context) -> Reply:
    """Show one feedback as its card."""
    return Reply(card=Subject(Feedback.__tablename__, int(ctx.args["feedback"])))


@command("phanhoi.nghe", allow=Action.ANSWER_FEEDBACK)
async def listen(ctx: Context) -> Reply:
    """Hand out what was said aloud."""
    given = await ctx.session.get_one(Feedback, int(ctx.args["feedback"]))
    return Reply(t("Feedback no. {number}:", number=given.number), files=(given.file_id,) if given.file_id else ())


@command("phanhoi.traloi", allow=Action.ANSWER_FEEDBACK)
async def reply(ctx: Context) -> Reply:
    """Ask for the answer, send it to whoever gave the feedback, and close it for every officer."""
    ready = ctx.args.get("ready")
    said = (await still_kept(ctx.session, int(ready))).text if ready else str(ctx.args.get("text") or "").strip()
    if not said:
        call = Call("phanhoi.traloi", {"feedback": ctx.args["feedback"]})
        return Reply(t("What is the answer? It is sent as you write it."), ask=Ask(call, "text"))
    done = await answer(ctx.session, int(ctx.args["feedback"]), said, ctx.me.id, ctx.now)
    ctx.touch(done)
    about = t("The secretariat answers your feedback no. {number}: {text}", number=done.number, text=words_of(done))
    ctx.tell(done.person_id, Reply(about, said), key=f"feedback.answered:{done.id}")
    keep = (Choice(t("Keep as a ready answer"), Call("traloisan.luu", {"feedback": done.id})),)
    closed = t("Answered; feedback no. {number} is closed.", number=done.number)
    return Reply(closed, choices=() if ready or not done.text else keep)


@card("feedback")
async def draw(ctx: LetterContext) -> Reply | None:
    """Draw a feedback for an officer: with the button to answer, closed once it is answered."""
    feedback = await ctx.session.get(Feedback, ctx.subject.id) if ctx.subject else None
    powers = await powers_of(ctx.session, ctx.person.id, ctx.today)
    if feedback is None or not allowed(powers.roles, Action.ANSWER_FEEDBACK):
        return None
    by = await ctx.session.get_one(Person, feedback.person_id)
    unit = await ctx.session.get(Unit, feedback.unit_id) if feedback.unit_id else None
    about = {"number": feedback.number, "name": by.name, "at": clock_time(feedback.at, ctx.now, ctx.zone)}
    head = (
        t("Feedback no. {number} of {name}, {unit}, at {at}:", **about, unit=unit.name)
        if unit is not None
        else t("Feedback no. {number} of {name} at {at}:", **about)
    )
    if feedback.answered_at is None:
        return await _to_answer(ctx, feedback, head) if feedback.text else _to_hear(ctx, feedback, head)
    who = await ctx.session.get_one(Person, feedback.answered_by)
    at = clock_time(feedback.answered_at, ctx.now, ctx.zone)
    closed = t("{name} answered at {at}: {answer}", name=who.name, at=at, answer=quoted(feedback.answer))
    return Reply(head, feedback.text or t("A voice message."), card=ctx.subject, result=closed)


def _to_hear(ctx: LetterContext, feedback: Feedback, head: Text) -> Reply:
    """Show that something was said aloud: to be listened to, and answered in words."""
    about = {"feedback": feedback.id}
    choices = (
        Choice(t("Listen"), Call("phanhoi.nghe", about), primary=True),
        Choice(t("Answer"), Call("phanhoi.traloi", about)),
    )
    return Reply(head, t("A voice message."), choices=choices, card=ctx.subject)


async def _to_answer(ctx: LetterContext, feedback: Feedback, head: Text) -> Reply:
    """Show what waits, with the ready answer to a question like it: nothing is answered without the officer."""
    call = Call("phanhoi.traloi", {"feedback": feedback.id})
    ready = await likely_answer(ctx.session, feedback.text)
    if ready is None:
        return Reply(head, feedback.text, choices=(Choice(t("Answer"), call, primary=True),), card=ctx.subject)
    send = Choice(t("Send the ready answer"), call.with_arg("ready", ready.id), primary=True)
    lines = (t("A ready answer is kept:"), ready.text)
    return Reply(head, feedback.text, *lines, choices=(send, Choice(t("Answer"), call)), card=ctx.subject)
