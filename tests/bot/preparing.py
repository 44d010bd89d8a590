"""What tests have done to a file in the worker: by name, for it runs in another process."""

import os
from pathlib import Path
from typing import Any

from documents.limits import Unreadable
from models.rules.text import Refusal, t


def read(path: Path, name: str) -> dict[str, Any]:
    return {"name": name, "text": path.read_text("utf-8"), "worker": os.getpid()}


def refuse(path: Path, name: str) -> None:
    raise Refusal(t("The file {name} is damaged.", name=name))


def refuse_in_own_words(path: Path, name: str) -> None:
    raise Unreadable(t("The file {name} bears a mark.", name=name), secret=True)


def stumble(path: Path, name: str) -> None:
    raise KeyError(name)


def never_end(path: Path, name: str) -> None:
    while True:
        pass


def take_all_memory(path: Path, name: str) -> int:
    hoard = []
    while True:
        hoard.append(bytearray(64 << 20))


def die(path: Path, name: str) -> None:
    os._exit(1)


def count_runs(path: Path, name: str) -> int:
    """Leave a mark beside the file for each run; give how many there are."""
    with path.with_suffix(".runs").open("a") as runs:
        runs.write(".")
    return len(path.with_suffix(".runs").read_text())
