"""An update heard, recorded and answered, all durably, beside an application that answers and stores nothing."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.assistant import Reader, Server, serving
from benchmarks.beside import stock
from benchmarks.council import Size, filled, name_of
from benchmarks.figures import Comparison, Mark, Reading
from benchmarks.plan import Measured, Plan, interleaved
from benchmarks.programs import Program, running
from benchmarks.sayings import Saying, Tasks, plain
from benchmarks.store import Store

STOCK: Final = "stock webhook bot, its defaults"
TUNED: Final = "stock webhook bot, 30 at a time"
HELP: Final = "assistant by HTTP: trogiup"
LOOK: Final = "assistant by HTTP: nhiemvu N"
PRESS: Final = "assistant by HTTP: a task acknowledged by a press"
IN_HELP: Final = "assistant without HTTP: trogiup"
IN_PRESS: Final = "assistant without HTTP: a task acknowledged by a press"
RATE: Final = "updates/s"
COST: Final = "CPU ms/update"

COMPARISONS: Final = tuple(
    Comparison(subject, beside, COST, at_most=2.0)
    for beside in (STOCK, TUNED)
    for subject in (HELP, LOOK, PRESS, IN_HELP, IN_PRESS)
)
MARKS: Final = tuple(Mark(subject, RATE, at_least=200) for subject in (HELP, LOOK, PRESS))


@dataclass(slots=True)
class _ByHttp:
    """The assistant asked at its pages; a look-up leaves the cards that the press after it acknowledges."""

    server: Server
    readers: list[Reader]
    tasks: Tasks
    updates: int
    _looked_at: int = 0

    def help(self) -> dict[str, float]:
        return self.server.measure(self.readers, plain(len(self.readers), self.updates))

    def look(self) -> dict[str, float]:
        self._looked_at = self.server.store.mark()
        return self.server.measure(self.readers, self.tasks.looked_up(self.updates))

    def press(self) -> dict[str, float]:
        before = self.server.store.reports()
        pressed = list(self.tasks.pressed(self.server.store, self._looked_at))
        figures = self.server.measure(self.readers, pressed)
        assert self.server.store.reports() - before == self.updates
        return figures


@dataclass(slots=True)
class _Inside:
    """The assistant without its web part, told over a pipe what it hears."""

    program: Program
    store: Store
    tasks: Tasks
    updates: int

    def help(self) -> dict[str, float]:
        return self._told(plain(len(self.tasks.readers), self.updates))

    def press(self) -> dict[str, float]:
        before, mark = self.store.reports(), self.store.mark()
        self._told(self.tasks.looked_up(self.updates))
        figures = self._told(list(self.tasks.pressed(self.store, mark)))
        assert self.store.reports() - before == self.updates
        return figures

    def _told(self, sayings: list[Saying]) -> dict[str, float]:
        told = json.dumps({"sayings": [[saying.reader, saying.raw] for saying in sayings]})
        figures: dict[str, float] = json.loads(self.program.tell(told))
        return figures


def measured(plan: Plan, folder: Path) -> Iterator[Reading]:
    """Measure every subject once a round, after a round that warms them and is not counted."""
    size = Size(plan.readers, plan.tasks_each)
    with ExitStack() as stack:
        stock_bot = stack.enter_context(stock(folder / "stock", "plain"))
        tuned_bot = stack.enter_context(stock(folder / "tuned", "tuned"))
        server, readers = stack.enter_context(serving(folder / "by-http", size, plan.readers))
        by_http = _ByHttp(server, readers, Tasks(server.store.newest_chats(plan.readers)), plan.updates)
        inside = stack.enter_context(_inside(folder / "inside", size, plan.updates))
        series: dict[str, Measured] = {
            STOCK: lambda: stock_bot.measure(plan.updates),
            HELP: by_http.help,
            IN_HELP: inside.help,
            TUNED: lambda: tuned_bot.measure(plan.updates),
            LOOK: by_http.look,
            PRESS: by_http.press,
            IN_PRESS: inside.press,
        }
        began = time.monotonic()
        for _ in interleaved(series, 1, plan.round_seconds, time.monotonic):
            pass
        left = plan.round_seconds - (time.monotonic() - began)
        yield from interleaved(series, plan.rounds, left, time.monotonic)


@contextmanager
def _inside(folder: Path, size: Size, updates: int) -> Iterator[_Inside]:
    folder.mkdir()
    asyncio.run(filled(folder, size))
    with running("benchmarks.inside", folder=folder) as program:
        tasks = Tasks([name_of(place) for place in range(size.people)])
        yield _Inside(program, Store(folder / "dondoc.db"), tasks, updates)
