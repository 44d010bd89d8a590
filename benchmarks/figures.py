"""What a run measured: readings by subject and round, their medians, their ratios and what they are held against."""

import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

HEADINGS = ("subject", "measure", "median", "lowest", "highest", "rounds")
COMPARED = ("compared", "measure", "ratio", "lowest", "highest", "wanted")


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure of one subject in one round; the measure names its unit."""

    subject: str
    measure: str
    value: float
    round: int = 0


@dataclass(frozen=True, slots=True)
class Spread:
    """The median of some values with the lowest and the highest, and how many they are."""

    median: float
    lowest: float
    highest: float
    count: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """One subject beside another in the same measure; a ratio above `at_most`, or below `at_least`, misses its mark."""

    subject: str
    beside: str
    measure: str
    at_most: float | None = None
    at_least: float | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What a figure is to reach; the machine's mood counts, so the mark is told and never enforced."""

    subject: str
    measure: str
    at_least: float | None = None
    at_most: float | None = None


def spread_of(values: Sequence[float]) -> Spread:
    """Give the median and the ends of at least one value."""
    return Spread(statistics.median(values), min(values), max(values), len(values))


def medians(readings: Iterable[Reading]) -> dict[tuple[str, str], Spread]:
    """Give the spread of each (subject, measure), in the order of their first reading."""
    found: dict[tuple[str, str], list[float]] = {}
    for reading in readings:
        found.setdefault((reading.subject, reading.measure), []).append(reading.value)
    return {place: spread_of(values) for place, values in found.items()}


def ratio(readings: Sequence[Reading], wanted: Comparison) -> Spread | None:
    """Divide round by round, for both stood under the same load there; None where no round has both."""
    above = _by_round(readings, wanted.subject, wanted.measure)
    below = _by_round(readings, wanted.beside, wanted.measure)
    ratios = [above[number] / below[number] for number in above if below.get(number)]
    return spread_of(ratios) if ratios else None


def _by_round(readings: Iterable[Reading], subject: str, measure: str) -> dict[int, float]:
    return {
        reading.round: reading.value
        for reading in readings
        if reading.subject == subject and reading.measure == measure
    }


def table(readings: Sequence[Reading], comparisons: Sequence[Comparison], marks: Sequence[Mark]) -> str:
    """Print the medians, then the ratios, then which marks were reached."""
    rows = [[*place, *_shown(spread, _figure), str(spread.count)] for place, spread in medians(readings).items()]
    compared = [_compared(wanted, spread) for wanted, spread in _ratios(readings, comparisons)]
    reached = list(_reached(readings, marks))
    blocks = [_aligned([HEADINGS, *rows]), _aligned([COMPARED, *compared]) if compared else "", "\n".join(reached)]
    return "\n\n".join(block for block in blocks if block)


def as_json(readings: Sequence[Reading], comparisons: Sequence[Comparison], marks: Sequence[Mark]) -> dict[str, Any]:
    """Give the same as values: every reading too, so that another run can be laid beside it."""
    return {
        "medians": [
            {"subject": subject, "measure": measure, **_fields(spread)}
            for (subject, measure), spread in medians(readings).items()
        ],
        "ratios": [
            {"subject": one.subject, "beside": one.beside, "measure": one.measure, **_fields(spread)}
            for one, spread in _ratios(readings, comparisons)
        ],
        "marks": list(_reached(readings, marks)),
        "readings": [[one.subject, one.measure, one.round, round(one.value, 4)] for one in readings],
    }


def _ratios(readings: Sequence[Reading], wanted: Iterable[Comparison]) -> Iterator[tuple[Comparison, Spread]]:
    for each in wanted:
        if (spread := ratio(readings, each)) is not None:
            yield each, spread


def _reached(readings: Sequence[Reading], marks: Iterable[Mark]) -> Iterator[str]:
    found = medians(readings)
    for mark in marks:
        spread = found.get((mark.subject, mark.measure))
        if spread is not None:
            limit, is_reached = _judged(spread, mark)
            word = "reached" if is_reached else "MISSED"
            yield f"{word}: {mark.subject}, {limit} {mark.measure}: {_figure(spread.median)}"


def _judged(spread: Spread, mark: Mark | Comparison) -> tuple[str, bool]:
    """Say what a median is held against, and whether it keeps to it; nothing where it is held against nothing."""
    if mark.at_most is not None:
        return f"at most {mark.at_most:g}", spread.median <= mark.at_most
    if mark.at_least is not None:
        return f"at least {mark.at_least:g}", spread.median >= mark.at_least
    return "", True


def _compared(wanted: Comparison, spread: Spread) -> list[str]:
    limit, is_reached = _judged(spread, wanted)
    verdict = f"{limit}: {'reached' if is_reached else 'MISSED'}" if limit else ""
    names = [f"{wanted.subject} : {wanted.beside}", wanted.measure]
    return [*names, *_shown(spread, lambda value: f"{value:.2f}"), verdict]


def _shown(spread: Spread, say: Callable[[float], str]) -> list[str]:
    return [say(spread.median), say(spread.lowest), say(spread.highest)]


def _fields(spread: Spread) -> dict[str, float | int]:
    values = {"median": spread.median, "lowest": spread.lowest, "highest": spread.highest}
    return {**{name: round(value, 4) for name, value in values.items()}, "rounds": spread.count}


def _figure(value: float) -> str:
    """Say a figure with three digits that count."""
    if value == 0:
        return "0"
    places = max(0, 2 - len(str(int(abs(value)))) + 1) if abs(value) >= 1 else 3
    return f"{value:,.{places}f}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return "\n".join("  ".join(_cell(row, place, width) for place, width in enumerate(widths)).rstrip() for row in rows)


def _cell(row: Sequence[str], place: int, width: int) -> str:
    is_figure = 2 <= place < 5 or (place == 5 and row[place].isdigit())
    return row[place].rjust(width) if is_figure else row[place].ljust(width)
