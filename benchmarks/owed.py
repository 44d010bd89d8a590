"""A broadcast with a large file, owed to few people and to many, then carried off: by the web chat, and on Telegram."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.beside import answering_api
from benchmarks.council import TELEGRAM, WEBCHAT, Size, filled
from benchmarks.figures import Mark, Reading
from benchmarks.plan import FULL, Plan
from benchmarks.programs import running


def _subject(people: int, channel: str) -> str:
    return f"5 MiB to {people:,} people on {channel}"


_AT_MOST = {"seconds to owe": 1.0, "MiB more at the peak, owing": 32.0, "MiB more at the peak, sending": 32.0}
MARKS = (
    *(
        Mark(_subject(FULL.many, channel), measure, at_most=most)
        for channel in (WEBCHAT, TELEGRAM)
        for measure, most in _AT_MOST.items()
    ),
    Mark(_subject(FULL.many, TELEGRAM), "uploads", at_most=1.0),
)


def measured(plan: Plan, folder: Path) -> Iterator[Reading]:
    """Send one notice to everybody in a council of few and in one of many, on each channel."""
    for people in (plan.few, plan.many):
        yield from _spread(plan, folder / f"owed-{people}", Size(people))
    for people in (plan.few, plan.many):
        own = folder / f"telegram-{people}"
        own.mkdir()
        with answering_api(own) as api:
            yield from _spread(plan, own / "council", Size(people, channel=TELEGRAM), api.port)
            uploads = api.called("sendDocument with a file")
        yield Reading(_subject(people, TELEGRAM), "uploads", uploads)


def _spread(plan: Plan, folder: Path, size: Size, *port: int) -> Iterator[Reading]:
    folder.mkdir()
    asyncio.run(filled(folder, size))
    with running("benchmarks.spreading", size.people, plan.courier_seconds, *port, folder=folder) as program:
        figures: dict[str, float] = json.loads(program.tell("go"))
    yield from (Reading(_subject(size.people, size.channel), name, value) for name, value in figures.items())
