"""The incoming register sent as a file: what it records is told to each unit once, and can be taken back."""

from handlers.amending import amendable, tell_received
from handlers.kit import Context, Reply, Text, t
from handlers.paging import names_of
from models.drafts import Draft
from models.entries import Review
from models.importing import Carried
from models.preview import tally

_NAMED = 12


def nothing_new(review: Review) -> Text:
    """Say that a register holds nothing that is not recorded or left alone already."""
    counted = tally(review)
    return t("Nothing of this register is to be recorded; nothing has changed. {left}", left=counted or "")


async def register_recorded(ctx: Context, draft: Draft, done: Carried) -> Reply:
    """Tell the units what was recorded of them, and offer to correct it or take it back."""
    received = done.received
    if not received:
        return Reply(t("Nothing of this register was recorded: all of it had been answered or left out."))
    untold = await tell_received(ctx, received)
    draft.data = {**draft.data, "reports": [one.report_id for one in received]}
    units = tuple(dict.fromkeys(one.standing.whose for one in received))
    return Reply(
        t(
            "Recorded at {at}: {count} papers of the register. Their units have been told.",
            at=ctx.now,
            count=len(received),
        ),
        names_of(units, _NAMED),
        *untold,
        choices=amendable({"draft": draft.id}),
    )
