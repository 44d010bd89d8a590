"""Small things that are read: a deadline phrase, an annex of 300 rows; absolute figures, beside nothing."""

import csv
import time
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Final

from docx import Document

from benchmarks.figures import Reading
from benchmarks.plan import Plan
from benchmarks.programs import ROOT
from documents.reading import Sort, read
from models.rules.deadline import read as read_deadline

_PHRASES: Final = ROOT / "examples" / "deadline_phrases.tsv"
_ANNEX: Final = ROOT / "examples" / "phu-luc-ke-hoach-vi-du.docx"
_ROWS: Final = 300


def measured(plan: Plan, folder: Path) -> Iterator[Reading]:
    """Read every example phrase and one long annex, a few times each."""
    phrases = list(_phrases())
    annex = _long_annex(folder / "annex.docx")
    for number in range(plan.phrase_rounds + 1):
        began = time.process_time()
        for phrase, day in phrases:
            read_deadline(phrase, day)
        spent = time.process_time() - began
        if number:
            yield Reading("a deadline phrase read", "CPU ms", spent / len(phrases) * 1000, number)
    for number in range(plan.phrase_rounds):
        began = time.process_time()
        paper = read(annex, as_=Sort.TASKS)
        spent = time.process_time() - began
        assert len(paper.items) >= _ROWS
        yield Reading(f"an annex of {_ROWS} rows read (.docx)", "CPU s", spent, number)


def _phrases() -> Iterator[tuple[str, date]]:
    with _PHRASES.open(encoding="utf-8", newline="") as lines:
        for phrase, day, *_ in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE):
            if day[:1].isdigit():
                yield phrase, date.fromisoformat(day)


def _long_annex(path: Path) -> Path:
    """Write the example annex with its rows, headings of sections among them, repeated until there are enough."""
    document = Document(str(_ANNEX))
    table = max(document.tables, key=lambda found: len(found.rows))
    rows = [row._tr for row in table.rows][1:]  # noqa: SLF001 - the library copies no rows itself
    for _ in range(_ROWS // len(read(_ANNEX).items)):
        for row in rows:
            table._tbl.append(deepcopy(row))  # noqa: SLF001 - likewise
    document.save(str(path))
    return path
