"""What the assistant costs while it stands there: idle processor time, and memory for few people and for many."""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from benchmarks.assistant import Reader, Server, following, serving
from benchmarks.council import Size
from benchmarks.figures import Reading
from benchmarks.plan import Plan
from benchmarks.sayings import plain

_READERS: Final = 50
_UPDATES: Final = 500
_SETTLED_SECONDS: Final = 2.0


def measured(plan: Plan, folder: Path) -> Iterator[Reading]:
    """Stand up with few people and with many; only with few is idling measured."""
    readers = max(_READERS, plan.streams)
    for people in (plan.few, plan.many):
        with serving(folder / f"people-{people}", Size(people, 1), readers) as (server, signed_in):
            subject = f"assistant, {people:,} people"
            yield Reading(subject, "MiB after start", server.program.resident_mib())
            if people == plan.few:
                yield from _idle(plan, server, signed_in[: plan.streams], subject)
            figures = server.measure(signed_in, plain(len(signed_in), _UPDATES))
            yield Reading(subject, f"MiB after {_UPDATES} updates", server.program.resident_mib())
            yield from (Reading(f"{subject}: trogiup", measure, value) for measure, value in figures.items())


def _idle(plan: Plan, server: Server, readers: list[Reader], subject: str) -> Iterator[Reading]:
    alone = asyncio.run(_idling(server, plan.idle_seconds, []))
    yield Reading(f"{subject}, idle, no stream open", "CPU ms/s", alone)
    watched = asyncio.run(_idling(server, plan.idle_seconds, readers))
    yield Reading(f"{subject}, idle, {len(readers)} streams open", "CPU ms/s", watched)


async def _idling(server: Server, seconds: float, readers: list[Reader]) -> float:
    async with following(readers):
        await asyncio.sleep(_SETTLED_SECONDS)
        return await server.idle(seconds)
