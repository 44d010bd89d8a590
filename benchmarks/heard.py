"""An update heard, recorded and answered, all durably, beside an application that answers and stores nothing."""

import asyncio
import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from benchmarks.assistant import Reader, Server, serving
from benchmarks.beside import stock
from benchmarks.council import Size, filled, name_of
from benchmarks.figures import Comparison, Mark, Reading
from benchmarks.plan import Plan, interleaved
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
    _looked_at: int = 0

    def help(self, updates: int) -> dict[str, float]:
        return self.server.measure(self.readers, plain(len(self.readers), updates))

    def look(self, updates: int) -> dict[str, float]:
        self._looked_at = self.server.store.mark()
        return self.server.measure(self.readers, self.tasks.looked_up(updates))

    def press(self, updates: int) -> dict[str, float]:
        before = self.server.store.reports()
        pressed = list(self.tasks.pressed(self.server.store, self._looked_at))
        figures = self.server.measure(self.readers, pressed)
        assert self.server.store.reports() - before == updates
        return figures


@dataclass(slots=True)
class _Inside:
    """The assistant without its web part, told over a pipe what it hears."""

    program: Program
    store: Store
    tasks: Tasks

    def help(self, updates: int) -> dict[str, float]:
        return self._told(plain(len(self.tasks.readers), updates))

    def press(self, updates: int) -> dict[str, float]:
        before, mark = self.store.reports(), self.store.mark()
        self._told(self.tasks.looked_up(updates))
        figures = self._told(list(self.tasks.pressed(self.store, mark)))
        assert self.store.reports() - before == updates
        return figures

    def _told(self, sayings: list[Saying]) -> dict[str, float]:
        told = json.dumps({"sayings": [[saying.reader, saying.raw] for saying in sayings]})
        figures: dict[str, float] = json.loads(self.program.tell(told))
        return figures


def measured(plan: Plan, folder: Path) -> Iterator[Reading]:
    """Measure every subject once a round, after a few updates that warm it and are not counted."""
    size = Size(plan.readers, plan.tasks_each)
    with ExitStack() as stack:
        stock_bot = stack.enter_context(stock(folder / "stock", "plain"))
        tuned_bot = stack.enter_context(stock(folder / "tuned", "tuned"))
        server, readers = stack.enter_context(serving(folder / "by-http", size, plan.readers))
        by_http = _ByHttp(server, readers, Tasks(server.store.newest_chats(plan.readers)))
        inside = stack.enter_context(_inside(folder / "inside", size))
        subjects = {
            STOCK: stock_bot.measure,
            HELP: by_http.help,
            IN_HELP: inside.help,
            TUNED: tuned_bot.measure,
            LOOK: by_http.look,
            PRESS: by_http.press,
            IN_PRESS: inside.press,
        }
        for measure in subjects.values():
            measure(plan.warming)
        series = {subject: partial(measure, plan.updates) for subject, measure in subjects.items()}
        yield from interleaved(series, plan.rounds, plan.round_seconds, time.monotonic)


@contextmanager
def _inside(folder: Path, size: Size) -> Iterator[_Inside]:
    folder.mkdir()
    asyncio.run(filled(folder, size))
    with running("benchmarks.inside", folder=folder) as program:
        tasks = Tasks([name_of(place) for place in range(size.people)])
        yield _Inside(program, Store(folder / "dondoc.db"), tasks)
