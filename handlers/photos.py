"""Photos that a messenger hands on one by one: pages of one file, asked about once."""

from handlers.free import files, read_document
from handlers.kit import Call, Choice, Context, Reply, heard, t
from models.rules.permission import Action
from models.scans import begin, count_files, head_of_the_last, report_with, waits
from models.tasks import Report, ReportFile


@heard("photo", allow=Action.HELP, prepare=read_document)
async def photo(ctx: Context) -> Reply | None:
    """Ask what a photo is about; keep what follows it as its further pages, or with the answer it went into."""
    one = ctx.files[0]
    head = await head_of_the_last(ctx.session, one)
    if head is not None and waits(head):
        one.page_of_id = head.id
        return None
    if head is not None and (report := await report_with(ctx.session, head)) is not None:
        return await _added(ctx, report)
    begin(one)
    return await files(ctx)


async def _added(ctx: Context, report: Report) -> Reply:
    """Add what came after its answer was recorded, and say so."""
    ctx.session.add(ReportFile(report_id=report.id, file_id=ctx.files[0].id))
    await ctx.session.flush()
    count = await count_files(ctx.session, report.id)
    return Reply(
        t("The photo was added to no. {number}, which now has {count} files.", number=report.number, count=count),
        choices=(Choice(t("Correct this"), Call("sualai", {"report": report.id})),),
    )
