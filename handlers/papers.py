"""The documents of one's own tasks, handed out again (vanban): letters, plans, and the forms that came with them."""

from collections.abc import Sequence

from handlers.assignment import document_name, quoted
from handlers.choosing import mine
from handlers.kit import N_, Call, Choice, Context, Refusal, Reply, Text, command, t
from handlers.paging import page_of
from models.papers import Document
from models.rules.permission import Action

_SHOWN = 8


@command(
    "vanban", allow=Action.REPORT, help=N_("Get the documents of your tasks again: /vanban NUMBER"), aliases=("papers",)
)
async def papers(ctx: Context) -> Reply:
    """List the documents of the open tasks, or of the task of a number; the only one is handed out at once."""
    number = ctx.number()
    found = await _documents(ctx, number)
    if not found and number is not None:
        raise Refusal(t("No document is kept for task number {number}; the secretariat can send it.", number=number))
    if not found:
        return Reply(t("No document is kept for your open tasks; the secretariat can send it."))
    if len(found) == 1:
        return _handed_out(found[0])
    page = page_of(ctx, found, _SHOWN)
    choices = (Choice(_label(one), Call("vanban.tep", {"document": one.id})) for one in page.rows)
    return Reply(
        t("Documents of your tasks: {count}.", count=len(found)),
        *(_name(one) for one in page.rows),
        *page.rest,
        choices=(*choices, *page.following),
    )


@command("vanban.tep", allow=Action.REPORT)
async def hand_out(ctx: Context) -> Reply:
    """Hand out one document; raises Refusal where it is not of a task of the speaker's."""
    found = next((one for one in await _documents(ctx, None) if one.id == ctx.args["document"]), None)
    if found is None:
        raise Refusal(t("This document is of no open task of yours; “vanban” lists yours."))
    return _handed_out(found)


def _handed_out(document: Document) -> Reply:
    return Reply(_name(document), files=(document.file_id,) if document.file_id is not None else ())


async def _documents(ctx: Context, number: int | None) -> Sequence[Document]:
    """Give the documents with a file of the speaker's tasks: of the open ones, or of those that bear a number."""
    tasks = [one for one in await mine(ctx, number) if number is not None or one.awaits_unit]
    known = {one.document.id: one.document for one in tasks if one.document is not None}
    return [one for one in known.values() if one.file_id is not None]


def _name(document: Document) -> Text | str:
    name = document_name(document) or document.number
    return t("{document}: {subject}", document=name, subject=quoted(document.subject)) if document.subject else name


def _label(document: Document) -> Text:
    return t("Document {number}", number=document.number)
