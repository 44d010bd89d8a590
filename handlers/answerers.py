"""A notice to those who answered something, or did not: chosen by taps, the counts beside each choice."""

from collections.abc import Iterator, Mapping

from handlers.broadcasting import go_on
from handlers.choosing import short
from handlers.kit import Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.paging import page_of
from models.answered import RSVP_WORDS, ByAnswer
from models.audiences import Audience, Called, Circle
from models.contacts import reach_of
from models.matters import Matter, matter_of, matters
from models.meetings import Rsvp
from models.rules.answer_clauses import MatterKind
from models.rules.permission import Action
from models.writing import fill_in, under_way

_PAGE = 8
_KINDS: Mapping[MatterKind, Text] = {
    MatterKind.NOTICE: t("To a notice"),
    MatterKind.MEETING: t("To an invitation"),
    MatterKind.TASK: t("To a task"),
}


@command("guithongbao.theo", allow=Action.BROADCAST)
async def choose(ctx: Context) -> Reply:
    """Ask step by step to what those answered whom the notice goes to: of which kind, which one, and how."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    this = Call("guithongbao.theo", {"draft": draft.id})
    if "kind" not in ctx.args:
        kinds = tuple(Choice(label, this.with_arg("kind", kind.value)) for kind, label in _KINDS.items())
        return Reply(
            t("To what have they answered, or not answered?"),
            t("Or in one line, for instance: chưa trả lời thông báo 1; Khối nội chính chưa báo cáo 3."),
            choices=kinds,
        )
    kind = MatterKind(str(ctx.args["kind"]))
    if "matter" not in ctx.args:
        return await _which(ctx, kind, this.with_arg("kind", kind.value))
    matter = await matter_of(ctx.session, ctx.now, kind, int(ctx.args["matter"]))
    if matter is None:
        raise Refusal(t("This is no longer listed; please choose another."))
    choices = [await _counted(ctx, by, draft.id) for by in _ways(matter)]
    return Reply(t("Which of those it went to? “{title}”", title=matter.title), choices=tuple(choices))


async def _which(ctx: Context, kind: MatterKind, call: Call) -> Reply:
    """List the matters of a kind, the newest tasks first, a page at a time."""
    found = await matters(ctx.session, ctx.now, kind)
    listed = found[::-1] if kind is MatterKind.TASK else found
    if not listed:
        raise Refusal(t("Nothing of this kind has been sent; please choose another."))
    page = page_of(ctx, listed, _PAGE)
    return Reply(t("Which one is meant?"), choices=(*(_offered(one, call) for one in page.rows), *page.following))


def _offered(one: Matter, call: Call) -> Choice:
    if one.corrects:
        title = short(one.title, f"{one.number}. Correction: ")
        label = t("{number}. Correction: {title}", number=one.number, title=title)
    else:
        label = t("{number}. {title}", number=one.number, title=short(one.title, f"{one.number}. "))
    return Choice(label, call.with_arg("matter", one.id))


def _ways(matter: Matter) -> Iterator[ByAnswer]:
    """Give the silent, all who answered, and whoever chose each of the answers that can be told apart."""
    yield matter.answerers(is_silent=True)
    yield matter.answerers(is_silent=False)
    for option in matter.options:
        yield matter.answerers(is_silent=False, answer=option)


async def _counted(ctx: Context, by: ByAnswer, draft_id: int) -> Choice:
    reach = await reach_of(ctx.session, Audience((Called(Circle.BY_ANSWER, by=by),)), ctx.today)
    count = len(reach.units) + len(reach.seats)
    call = Call("guithongbao.theo.chon", {"draft": draft_id, "by": by.as_json()})
    return Choice(_label(by, count), call)


def _label(by: ByAnswer, count: int) -> Text:
    if by.is_silent:
        not_reported = t("Not reported ({count})", count=count)
        return not_reported if by.matter is MatterKind.TASK else t("Not answered ({count})", count=count)
    if not by.answer:
        return (
            t("Reported ({count})", count=count)
            if by.matter is MatterKind.TASK
            else t("Answered ({count})", count=count)
        )
    said = RSVP_WORDS[Rsvp(by.answer)] if by.matter is MatterKind.MEETING else short(by.answer, f" ({count})")
    return t("{answer} ({count})", answer=said, count=count)


@command("guithongbao.theo.chon", allow=Action.BROADCAST)
async def take(ctx: Context) -> Reply:
    """Let the notice go to those who answered so, and show it as it will go out."""
    draft = await under_way(ctx.session, ctx.args["draft"], ctx.me.id)
    audience = Audience((Called(Circle.BY_ANSWER, by=ByAnswer.from_json(ctx.args["by"])),))
    await fill_in(ctx.session, draft, audience=audience.as_json())
    return await go_on(ctx, draft)
