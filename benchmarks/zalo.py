"""Messages sent on Zalo, beside bare python-zalo-bot, to the same server in the same rounds."""

import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.beside import answering_api
from benchmarks.council import ZALO
from benchmarks.figures import Comparison, Mark, Reading
from benchmarks.plan import Measured, Plan, interleaved
from benchmarks.programs import running
from benchmarks.sending import COST, LATENCY, MEMORY, RATE, SLOWER, Bare, whole

STOCK: Final = "python-zalo-bot sends, nothing kept"
ADAPTER: Final = "our Zalo channel sends, nothing kept"
KEPT: Final = "our Zalo channel sends, each outcome kept"
SENDER: Final = "our whole sender on Zalo, each outcome kept"

COMPARISONS: Final = (
    *(Comparison(ADAPTER, STOCK, measure) for measure in (RATE, COST, LATENCY, MEMORY)),
    *(Comparison(subject, STOCK, measure) for subject in (KEPT, SENDER) for measure in (RATE, COST)),
)
MARKS: Final[tuple[Mark, ...]] = ()


def measured(plan: Plan, folder: Path) -> Iterator[Reading]:
    """Measure every subject once a round, after a few messages that warm it and are not counted."""
    with ExitStack() as stack:
        api = stack.enter_context(answering_api(folder))
        bare = {
            subject: Bare(stack.enter_context(running("benchmarks.sends", kind, api.port, folder=folder)))
            for subject, kind in ((STOCK, "zalo-stock"), (ADAPTER, "zalo-adapter"))
        }
        sender = stack.enter_context(whole(folder / "sender", ZALO, plan.sends, api))
        for each in bare.values():
            each.measure(plan.warming)
        series: dict[str, Measured] = {
            subject: partial(each.measure, plan.sends // (SLOWER if subject == STOCK else 1))
            for subject, each in bare.items()
        }
        series |= {KEPT: partial(sender.measure, "claim"), SENDER: partial(sender.measure, "owe")}
        yield from interleaved(series, plan.rounds, plan.send_seconds, time.monotonic)
