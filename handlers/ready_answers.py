"""Ready answers (traloisan): kept by one tap after a reply, offered to the officer, listed, replaced and deleted."""

from handlers.assignment import quoted
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.paging import page_of
from models.feedback import Feedback
from models.people import Person
from models.ready_answers import (
    ReadyAnswer,
    Wording,
    end,
    keep,
    likely_answer,
    ready_answers,
    replace_answer,
    still_kept,
)
from models.rules.permission import Action

_LISTED = 8


@command(
    "traloisan",
    allow=Action.ANSWER_FEEDBACK,
    help=N_("See the ready answers, or the one for a question: /traloisan WORDS"),
    aliases=("readyanswers",),
    takes_line=True,
)
async def list_all(ctx: Context) -> Reply:
    """List the ready answers; with words, show the one that would be offered for them."""
    if ctx.line:
        found = await likely_answer(ctx.session, ctx.line)
        if found is None:
            raise Refusal(
                t("No ready answer is like “{words}”; “traloisan” lists those that are kept.", words=ctx.line)
            )
        return await _shown(ctx, found)
    kept = await ready_answers(ctx.session)
    if not kept:
        return Reply(t("No ready answer is kept yet; after an answer to feedback, one can be kept by one tap."))
    page = page_of(ctx, list(enumerate(kept, 1)), _LISTED)
    lines = [
        t("{number}. {words}: {answer}", number=place, words=quoted(one.words), answer=quoted(one.text))
        for place, one in page.rows
    ]
    choices = tuple(Choice(t("View {number}", number=place), _call("xem", one)) for place, one in page.rows)
    head = t("Ready answers: {count}.", count=len(kept))
    return Reply(head, *lines, *page.rest, choices=(*choices, *page.following))


@command("traloisan.luu", allow=Action.ANSWER_FEEDBACK)
async def keep_answer(ctx: Context) -> Reply:
    """Keep the answer to a feedback under the words of its question."""
    feedback = await ctx.session.get(Feedback, ctx.args["feedback"])
    if feedback is None or feedback.answered_at is None:
        raise Refusal(t("This feedback has no answer yet; please answer it first."))
    return await _shown(ctx, await keep(ctx.session, feedback, ctx.me.id, ctx.now))


@command("traloisan.xem", allow=Action.ANSWER_FEEDBACK)
async def show(ctx: Context) -> Reply:
    """Show one ready answer with what can be done about it."""
    return await _shown(ctx, await _kept(ctx))


@command("traloisan.tukhoa", allow=Action.ANSWER_FEEDBACK)
async def change_words(ctx: Context) -> Reply:
    """Ask for other words by which the question is known, or take them."""
    return await _change(ctx, "words", t("By which words is the question known? For example: mẫu 02 sơ kết."))


@command("traloisan.sua", allow=Action.ANSWER_FEEDBACK)
async def change_answer(ctx: Context) -> Reply:
    """Ask for the answer anew, or take it."""
    return await _change(ctx, "text", t("What is the answer now? It is kept as you write it."))


async def _change(ctx: Context, field: str, question: Text) -> Reply:
    kept = await _kept(ctx)
    said = str(ctx.args.get(field) or "").strip()
    if not said:
        return Reply(question, ask=Ask(Call(ctx.command, {"ready": kept.id}), field))
    return await _shown(ctx, await replace_answer(ctx.session, kept, Wording(**{field: said}), ctx.me.id, ctx.now))


@command("traloisan.xoa", allow=Action.ANSWER_FEEDBACK)
async def delete(ctx: Context) -> Reply:
    """Delete a ready answer."""
    kept = await _kept(ctx)
    end(kept, ctx.me.id, ctx.now)
    return Reply(t("Deleted; “{words}” is offered no more.", words=quoted(kept.words)))


async def _kept(ctx: Context) -> ReadyAnswer:
    return await still_kept(ctx.session, int(ctx.args["ready"]))


async def _shown(ctx: Context, kept: ReadyAnswer) -> Reply:
    by = await ctx.session.get_one(Person, kept.by_id)
    return Reply(
        t("Ready answer to: {words}", words=kept.words),
        kept.text,
        t("Kept by {name} at {at}; offered to officers when a question is like it.", name=by.name, at=kept.at),
        choices=(
            Choice(t("Change the key words"), _call("tukhoa", kept)),
            Choice(t("Change the answer kept"), _call("sua", kept)),
            Choice(t("Delete the ready answer"), _call("xoa", kept)),
        ),
    )


def _call(what: str, kept: ReadyAnswer) -> Call:
    return Call(f"traloisan.{what}", {"ready": kept.id})
