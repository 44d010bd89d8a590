"""Correcting an answer until it is accepted: the new one replaces it, the old one is kept."""

from dataclasses import replace

from handlers.choosing import file_ids, mine, one_of, said_text
from handlers.kit import N_, Ask, Call, Choice, Context, Refusal, Reply, command, t
from handlers.naming import titled
from handlers.reporting import recorded
from models.answer_words import in_short
from models.answering import Answer, require_correctable
from models.evidence import Answered
from models.reviewing import files_of_answer
from models.rules.permission import Action
from models.rules.steps import read_paper, read_percent
from models.standing import DONE, Standing
from models.tasks import Report, Said


@command("sualai", allow=Action.REPORT, help=N_("Correct your unit's newest answer: sualai"), aliases=("correct",))
async def correct(ctx: Context) -> Reply:
    """Ask what an answer should say; without a number, of the newest one that can still be corrected."""
    standing, older = await _meant(ctx)
    call = Call("sualai.loi", {"report": older.report_id})
    choices = [Choice(t("Send other files"), Call("sualai.tep", {"report": older.report_id}))]
    if older.said == Said.FINISHED:
        choices.append(Choice(t("Not finished yet"), Call("sualai.chuaxong", {"report": older.report_id})))
    return Reply(
        t("No. {number}, {title}: {what}", number=older.number, title=titled(ctx, standing), what=in_short(older)),
        t("Please write what it should say; “thôi” leaves it as it is."),
        choices=tuple(choices),
        ask=Ask(call, "text"),
    )


@command("sualai.tep", allow=Action.REPORT)
async def correct_files(ctx: Context) -> Reply:
    """Ask for the files that an answer should have."""
    _, older = await _meant(ctx)
    return Reply(
        t(
            "Please send the files for no. {number} now; the earlier ones are kept with the earlier answer.",
            number=older.number,
        ),
        ask=Ask(Call("sualai.loi", {"report": older.report_id}), "files"),
    )


@command("sualai.loi", allow=Action.REPORT)
async def corrected(ctx: Context) -> Reply:
    """Record the corrected answer."""
    standing, older = await _meant(ctx)
    files = file_ids(ctx) or await files_of_answer(ctx.session, older.report_id)
    return await recorded(ctx, standing, replace(_anew(ctx, older), files=files), corrects=older.report_id)


@command("sualai.chuaxong", allow=Action.REPORT)
async def unfinished(ctx: Context) -> Reply:
    """Record that what was reported finished is still under way."""
    standing, older = await _meant(ctx)
    files = await files_of_answer(ctx.session, older.report_id)
    answer = Answer(Said.PROGRESS, text=older.text, percent=older.percent, files=files)
    return await recorded(ctx, standing, answer, corrects=older.report_id)


def _anew(ctx: Context, older: Answered) -> Answer:
    """Give the older answer with what was said now in place of what it said."""
    text = said_text(ctx)
    answer = Answer(
        older.said, older.step, older.text, older.percent, older.paper_number, older.paper_date, older.route
    )
    if not text:
        return answer
    if older.paper_number:
        paper = read_paper(text, ctx.today)
        return replace(answer, paper_number=paper.number, paper_date=paper.day)
    if older.percent is not None:
        return replace(answer, percent=read_percent(text))
    return replace(answer, text=text)


async def _meant(ctx: Context) -> tuple[Standing, Answered]:
    """Find the answer to correct: of the button, or the newest of the speaker's units; raises Refusal."""
    if isinstance(report_id := ctx.args.get("report"), int):
        report = await ctx.session.get(Report, report_id)
        if report is None:
            raise Refusal(t("There is no such report to correct; please send “nhiemvu” for your tasks."))
        standing = await one_of(ctx, report.assignment_id, Action.REPORT)
        return standing, require_correctable(standing, report_id)
    candidates = [
        (standing, answer)
        for standing in await mine(ctx)
        for answer in standing.answers
        if standing.status not in DONE and answer.replaced_at is None and answer.arrived_on is None
    ]
    if not candidates:
        raise Refusal(
            t("Your unit has no answer that can still be corrected; please tell the secretariat by “phanhoi”.")
        )
    return max(candidates, key=lambda found: (found[1].at, found[1].report_id))
