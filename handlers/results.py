"""What was answered to a notice, for the officers: totals on its card, the table, and the files that were handed in."""

from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from documents.answers import EXCEL, AnswerRow, print_answers
from handlers.kit import Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.notices import brief
from handlers.paging import page_of
from models.notices import Notice
from models.replies import Line, lines_of, tally, texts_of
from models.rules.asking import Asks, number_spoken, total
from models.rules.permission import Action

_FILES_AT_ONCE: Final = 10


async def totals(session: AsyncSession, notice: Notice) -> tuple[Text, ...]:
    """Add up what was answered: how often each option was chosen, or the sum of the numbers."""
    if notice.asks not in {Asks.OPTION, Asks.NUMBER}:
        return ()
    said = await texts_of(session, notice.id)
    if notice.asks == Asks.NUMBER:
        return (t("Sum: {sum} ({count} answers).", sum=number_spoken(total(said)), count=len(said)),)
    return tuple(
        t("{option}: {count}", option=option, count=count) for option, count in tally(notice.options or (), said)
    )


def results(notice: Notice) -> tuple[Choice, ...]:
    """Give the buttons under which the answers are handed out."""
    this = {"notice": notice.id}
    if notice.asks == Asks.NOTHING:
        return ()
    files = (Choice(t("Files received"), Call("thongbao.tep", this)),) if notice.asks == Asks.FILE else ()
    return (Choice(t("Table of answers"), Call("thongbao.bang", this)), *files)


@command("thongbao.bang", allow=Action.BROADCAST)
async def table(ctx: Context) -> Reply:
    """Hand out the answers as a table, with whoever has not answered."""
    notice = await ctx.session.get_one(Notice, ctx.args["notice"])
    lines = await lines_of(ctx.session, notice)
    rows = [_row(line, ctx.zone, is_received=notice.asks == Asks.RECEIVED) for line in lines]
    stand = t("As of {time}", time=ctx.now)
    word = t("Received")
    file = await ctx.hand_out(
        lambda path, say: print_answers(notice.text, stand, [_worded(row, say(word)) for row in rows], path, say),
        "tong-hop-tra-loi.xlsx",
        EXCEL,
    )
    answered = sum(line.at is not None for line in lines)
    return Reply(
        t(
            "Answers to “{notice}”: {answered} of {owed}.",
            notice=brief(notice.text),
            answered=answered,
            owed=len(lines),
        ),
        files=(file,),
    )


def _row(line: Line, zone: ZoneInfo, *, is_received: bool) -> tuple[AnswerRow, bool]:
    at: datetime | None = line.at.astimezone(zone) if line.at else None
    said = line.text or line.file
    return AnswerRow(line.party, line.by, at, said), is_received and line.at is not None and not said


def _worded(row: tuple[AnswerRow, bool], received: str) -> AnswerRow:
    answer, is_received = row
    return AnswerRow(answer.party, answer.by, answer.at, received) if is_received else answer


@command("thongbao.tep", allow=Action.BROADCAST)
async def files(ctx: Context) -> Reply:
    """Hand out the files that were answered with, some at a time."""
    notice = await ctx.session.get_one(Notice, ctx.args["notice"])
    given = [line for line in await lines_of(ctx.session, notice) if line.file_id is not None]
    if not given:
        raise Refusal(t("No file has come yet; the table names who has not answered."))
    page = page_of(ctx, given, _FILES_AT_ONCE)
    return Reply(
        t("Files {first} to {last} of {count}:", first=page.start + 1, last=page.end, count=len(given)),
        *(t("{party}: {file}", party=line.party, file=line.file) for line in page.rows),
        choices=page.following,
        files=tuple(line.file_id for line in page.rows if line.file_id is not None),
    )
