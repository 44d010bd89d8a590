"""`python -m benchmarks [quick] [PART …]`: measures, prints the table, writes benchmarks/results.json."""

import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from benchmarks import heard, owed, paperwork, standing, telegram, zalo
from benchmarks.figures import Reading, as_json, table
from benchmarks.plan import FULL, QUICK, Plan

RESULTS: Final = Path(__file__).resolve().parent / "results.json"
PARTS: Final[dict[str, Callable[[Plan, Path], Iterator[Reading]]]] = {
    "heard": heard.measured,
    "standing": standing.measured,
    "owed": owed.measured,
    "paperwork": paperwork.measured,
    "telegram": telegram.measured,
    "zalo": zalo.measured,
}
COMPARISONS: Final = (*heard.COMPARISONS, *telegram.COMPARISONS, *zalo.COMPARISONS)
MARKS: Final = (*heard.MARKS, *owed.MARKS, *telegram.MARKS, *zalo.MARKS)


def main(words: Sequence[str]) -> int:
    """Run the parts that are named, or all of them."""
    named = [word for word in words if word != "quick"]
    if set(named) - set(PARTS):
        print(f"Usage: python -m benchmarks [quick] [{'|'.join(PARTS)} …]", file=sys.stderr)
        return 2
    plan = QUICK if "quick" in words else FULL
    began = time.monotonic()
    readings = list(_measured(plan, named or list(PARTS)))
    print(table(readings, COMPARISONS, MARKS))
    machine = {"python": platform.python_version(), "processors": os.cpu_count(), "load": list(os.getloadavg())}
    found = {"quick": plan is QUICK, "seconds": round(time.monotonic() - began), "machine": machine}
    found |= as_json(readings, COMPARISONS, MARKS)
    RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", "utf-8")
    print(f"\n{found['seconds']} s; every reading is in {RESULTS.relative_to(RESULTS.parent.parent)}.")
    return 0


def _measured(plan: Plan, parts: Sequence[str]) -> Iterator[Reading]:
    with tempfile.TemporaryDirectory(prefix="dondoc-benchmarks-") as folder:
        for part in parts:
            print(f"Measuring: {part}", file=sys.stderr, flush=True)
            own = Path(folder) / part
            own.mkdir()
            yield from PARTS[part](plan, own)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
