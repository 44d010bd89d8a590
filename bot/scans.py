"""Photos that came one by one as the pages of one file: bound once it is chosen what they belong to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from bot.preparing import NeedsBinding, Ready
from handlers.kit import Context, Refusal, Reply, Text, t
from models.inbox import Inbound
from models.papers import StoredFile
from models.scans import pages_of, settle, waits


@dataclass(frozen=True, slots=True)
class Bound:
    """The arguments of a call, the photos in them replaced by the file of which they are pages; what is said of it."""

    args: Mapping[str, Any]
    said: tuple[Text, ...] = ()

    def told(self, reply: Reply | None) -> Reply | None:
        """Say beneath an answer how many pages there are."""
        return reply.saying(*self.said) if reply is not None and reply.lines else reply


async def bound(context: Context, inbound: Inbound, args: Mapping[str, Any], ready: Ready) -> Bound:
    """Take the file made of all pages for a photo that a call names; raises NeedsBinding where it is still to be made.

    Pages that cannot be bound are taken each by itself.
    """
    rows = await _named(context, args.get("files"))
    waiting = next((row for row in rows if waits(row)), None)
    pages = await pages_of(context.session, waiting) if waiting is not None else ()
    if len(pages) <= 1:
        settle(pages, None)
        return Bound({**args, "files": [row.page_of_id or row.id for row in rows]}) if rows else Bound(args)
    whole = await _whole(context, inbound, pages, ready)
    settle(pages, whole)
    files = [whole.id] if whole is not None else [page.id for page in pages]
    return Bound({**args, "files": files}, (t("{count} pages came.", count=len(pages)),))


async def _named(context: Context, files: object) -> Sequence[StoredFile]:
    """Read the files that a call names, in its order; none where it names anything else."""
    ids = [each for each in files if isinstance(each, int)] if isinstance(files, list | tuple) else []
    found = {row.id: row for row in await context.session.scalars(select(StoredFile).where(StoredFile.id.in_(ids)))}
    return [found[each] for each in ids if each in found]


async def _whole(context: Context, inbound: Inbound, pages: Sequence[StoredFile], ready: Ready) -> StoredFile | None:
    """Enter the file made of pages; None where they are of a kind that is not bound, or too much for one file."""
    if inbound.id not in ready.bound:
        raise NeedsBinding(inbound, [page.sha256 for page in pages], pages[0].name)
    made = ready.bound[inbound.id]
    if made is None or isinstance(made, Refusal):
        return None
    row = StoredFile(
        sha256=made.sha256, name=made.name, media=made.media, size=made.size, kept_at=context.now, by_id=context.me.id
    )
    context.session.add(row)
    await context.session.flush()
    return row
