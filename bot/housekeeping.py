"""What the clock does for the house itself: seal the audit, forget what was heard long ago, sweep unnamed files."""

from dataclasses import dataclass
from datetime import time

from bot.timepiece import Clock
from documents.files import FileStore
from handlers.kit import ClockContext, Job
from models.keeping import forget_raw, named_files
from models.seals import seal


@dataclass(frozen=True, slots=True)
class Housekeeping:
    """The house's own jobs, beside those that handlers announce."""

    files: FileStore
    clock: Clock

    def jobs(self) -> dict[str, Job]:
        """Give the jobs by name."""
        found = (
            Job("seal", self.seal_audit, minutes=60),
            Job("forget-raw", self.forget, at=time(3, 0)),
            Job("sweep-files", self.sweep, at=time(3, 30)),
        )
        return {job.name: job for job in found}

    async def seal_audit(self, ctx: ClockContext) -> None:
        """Seal what was said since the last seal."""
        await seal(ctx.session, ctx.now)

    async def forget(self, ctx: ClockContext) -> None:
        """Empty raw updates after thirty days."""
        await forget_raw(ctx.session, ctx.now)

    async def sweep(self, ctx: ClockContext) -> None:
        """Remove files that nothing names; their age is real time, whatever the council's clock says."""
        await self.files.sweep(await named_files(ctx.session), self.clock.real_now())
