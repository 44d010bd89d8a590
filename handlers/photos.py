"""Photos that a messenger hands on one by one: pages of one file, asked about once."""

from handlers.free import files, read_document
from handlers.kit import Call, Choice, Context, Reply, heard, t
from models.papers import StoredFile
from models.rules.permission import Action
from models.scans import begin, head_of, photo_before, report_with, waits
from models.tasks import Report, ReportFile


@heard("photo", allow=Action.HELP, prepare=read_document)
async def photo(ctx: Context) -> Reply | None:
    """Ask what a photo is about; keep what follows it as its further pages, or with the answer it went into."""
    one = ctx.files[0]
    before = await photo_before(ctx.session, one)
    head = await head_of(ctx.session, before) if before is not None else None
    if head is not None and waits(head):
        one.page_of_id = head.id
        return None
    if head is not None and before is not None and (report := await report_with(ctx.session, head)) is not None:
        return _added(ctx, report, before)
    begin(one)
    asked = await files(ctx)
    if asked is None or not asked.choices:
        return asked
    return asked.saying(t("Photos that follow within two minutes are further pages of it."))


def _added(ctx: Context, report: Report, before: StoredFile) -> Reply | None:
    """Add what came after its answer was recorded; said once, not of what follows another that was added."""
    ctx.session.add(ReportFile(report_id=report.id, file_id=ctx.files[0].id))
    if before.id > report.id:
        return None
    return Reply(
        t(
            "The photo was added to no. {number}; those that follow within two minutes are added, too.",
            number=report.number,
        ),
        choices=(Choice(t("Correct this"), Call("sualai", {"report": report.id})),),
    )
