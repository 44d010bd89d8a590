"""A broadcast owed to few people and to many, then carried off by the courier of the web chat."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.council import Size, filled
from benchmarks.figures import Reading
from benchmarks.plan import Plan
from benchmarks.programs import running


def measured(plan: Plan, folder: Path) -> Iterator[Reading]:
    """Send one notice to everybody in a council of few and in one of many."""
    for people in (plan.few, plan.many):
        own = folder / f"owed-{people}"
        own.mkdir()
        asyncio.run(filled(own, Size(people)))
        with running("benchmarks.spreading", people, plan.courier_seconds, folder=own) as program:
            figures: dict[str, float] = json.loads(program.tell("go"))
        yield from (Reading(f"broadcast to {people:,} people", name, value) for name, value in figures.items())
