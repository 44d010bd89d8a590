"""What units ask of the secretariat, told at once: one by its card, several within minutes as one list."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from handlers.assignment import quoted
from handlers.kit import Call, Choice, Context, LetterContext, Owed, Reply, Subject, Text, discover, letter, t
from models.feedback import Feedback, unanswered
from models.merging import Merged, next_moment, to_be_told
from models.reviewing import Requested, requests_waiting
from models.tasks import Extension

_SHOWN: Final = 5
_EXTENSIONS: Final = Merged("extension.asked", about="extension", told="told")
_FEEDBACK: Final = Merged("feedback.given", about="feedback", told="told")


async def owe_request(ctx: Context, officer: int, extension_id: int) -> None:
    """Owe an officer a request for more time."""
    await _owe(ctx, _EXTENSIONS, officer, extension_id)


async def owe_feedback(ctx: Context, officer: int, feedback_id: int) -> None:
    """Owe an officer feedback, or a question."""
    await _owe(ctx, _FEEDBACK, officer, feedback_id)


async def _owe(ctx: Context, merged: Merged, officer: int, about: int) -> None:
    after = await next_moment(ctx.session, merged, officer, ctx.now)
    params = {merged.about: about}
    ctx.owe(Owed(officer, f"{merged.kind}:{about}", letter=merged.kind, params=params, not_before=after))


@letter(_EXTENSIONS.kind)
async def requests(ctx: LetterContext) -> Reply | None:
    """Show the requests for more time that wait and were not told yet; nothing where all of them were decided."""
    told = await to_be_told(ctx.session, _EXTENSIONS, ctx.person.id, ctx.params["extension"])
    found = [one for one in await requests_waiting(ctx.session) if one.request.id in told]
    if len(found) == 1:
        return await _card(ctx, Subject(Extension.__tablename__, found[0].request.id))
    lines = [_line(place, one) for place, one in enumerate(found, 1)]
    calls = [
        Choice(t("View {number}", number=place), Call("duyet.giahan", {"extension": one.request.id, "told": told}))
        for place, one in enumerate(found, 1)
    ]
    return _together(t("{count} requests for extension wait for a decision:", count=len(found)), lines, calls, "duyet")


def _line(place: int, asked: Requested) -> Text:
    return t(
        "{number}. {unit}, “{title}”: to {day}; {reason}",
        number=place,
        unit=asked.whose,
        title=quoted(asked.title),
        day=asked.request.asked_on,
        reason=quoted(asked.request.reason),
    )


def words_of(given: Feedback) -> Text | str:
    """Quote feedback in a line; what was said aloud has no words."""
    return quoted(given.text) if given.text else t("a voice message")


@letter(_FEEDBACK.kind)
async def feedback(ctx: LetterContext) -> Reply | None:
    """Show the feedback that waits and was not told yet; nothing where all of it was answered."""
    told = await to_be_told(ctx.session, _FEEDBACK, ctx.person.id, ctx.params["feedback"])
    found = [(given, name) for given, name in await unanswered(ctx.session) if given.id in told]
    if len(found) == 1:
        return await _card(ctx, Subject(Feedback.__tablename__, found[0][0].id))
    lines = [t("No. {number}, {name}: {text}", number=one.number, name=name, text=words_of(one)) for one, name in found]
    calls = [
        Choice(t("Answer no. {number}", number=one.number), Call("phanhoi.xem", {"feedback": one.id, "told": told}))
        for one, _ in found
    ]
    return _together(t("Feedback that waits for an answer: {count}.", count=len(found)), lines, calls, "phanhoi")


async def _card(ctx: LetterContext, subject: Subject) -> Reply | None:
    return await discover().cards[subject.kind](replace(ctx, subject=subject))


def _together(head: Text, lines: Sequence[Text], choices: Sequence[Choice], all_of_it: str) -> Reply | None:
    """List several in one message: the first of them with a button each, and a button for all where there are more."""
    if not lines:
        return None
    if len(lines) <= _SHOWN:
        return Reply(head, *lines, choices=tuple(choices))
    more = t("and {count} more", count=len(lines) - _SHOWN)
    return Reply(head, *lines[:_SHOWN], more, choices=(*choices[:_SHOWN], Choice(t("See all"), Call(all_of_it))))
