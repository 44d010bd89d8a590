"""Where files are sent: in the chat itself or, where the messenger hands on none, on a page that takes them once."""

from documents.uploads import limits
from handlers.choosing import run
from handlers.kit import N_, Call, Choice, Context, Reply, Text, command, heard, t
from models.rules.permission import Action

_HOLE = "files"


@command(
    "guitep",
    allow=Action.HELP,
    help=N_("Send files: guitep, or guitep NUMBER for a task"),
    aliases=("tep", "upload"),
)
async def send_files(ctx: Context) -> Reply | None:
    """Say where files are sent; with the number of a task, ask for those about it."""
    if ctx.number() is not None:
        return await run(ctx, Call("baocao.tep"), ctx.line)
    if ctx.takes_documents:
        return Reply(t("Documents, pictures and other files are sent right here, in this chat."))
    return Reply(*_where(ctx), choices=_elsewhere(ctx))


@heard("no_files", allow=Action.HELP)
async def not_taken_here(ctx: Context) -> Reply:
    """Say that a document did not arrive, where the messenger hands on none, and where it is sent."""
    return Reply(
        t("Only words, pictures and voices are handed on here; what was just sent did not arrive and is not recorded."),
        *_where(ctx),
        choices=(Choice(t("Tasks"), Call("nhiemvu"), primary=True), *_elsewhere(ctx)),
    )


def where_files_go(ctx: Context, reply: Reply) -> Reply:
    """Name the page beneath an answer that asks for files, where documents are not sent in the chat itself."""
    if reply.ask is None or reply.ask.hole != _HOLE or ctx.takes_documents:
        return reply
    return reply.saying(*_where(ctx)).offering(*_elsewhere(ctx))


def _where(ctx: Context) -> tuple[Text, ...]:
    if ctx.file_page is None:
        return (t("Photos of the pages are sent right here; a document is sent on the browser pages."),)
    page = ctx.file_page()
    return (
        t(
            "Photos are sent right here; other files on this page, once, until {until}: {address}",
            until=page.until,
            address=page.address,
        ),
        limits(),
    )


def _elsewhere(ctx: Context) -> tuple[Choice, ...]:
    """Offer the browser pages where no page takes files by itself."""
    return (Choice(t("Send a document"), Call("dangnhap")),) if ctx.file_page is None else ()
