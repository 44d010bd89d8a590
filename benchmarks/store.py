"""The assistant's store looked at from outside, read only: what was answered, what went wrong, which cards are open."""

import json
import sqlite3
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from models.outbox import Priority

_WAIT_SECONDS: Final = 120.0
_LOOK_SECONDS: Final = 0.01


@dataclass(frozen=True, slots=True)
class Store:
    """An SQLite file that another process writes; marks are ids, which grow with time."""

    file: Path

    def mark(self) -> int:
        """Give a mark: what comes later has larger ids."""
        return max(self._one("SELECT max(id) FROM inbound"), self._one("SELECT max(id) FROM parcel"))

    def answered(self, mark: int) -> int:
        """Count the answers committed since a mark."""
        return self._one("SELECT count(*) FROM parcel WHERE id > ? AND key LIKE 'in:%'", mark)

    def troubles(self, mark: int) -> int:
        """Count what was heard since a mark and not simply done."""
        return self._one("SELECT count(*) FROM inbound WHERE id > ? AND outcome != 'done'", mark)

    def waiting(self, least: Priority = Priority.EDIT) -> int:
        """Count what is heard and not handled, and what is owed and not sent; `least` leaves out what waits longer."""
        heard = self._one("SELECT count(*) FROM inbound WHERE handled_at IS NULL")
        owed = "SELECT count(*) FROM parcel WHERE state IN ('queued', 'sending') AND priority <= ?"
        return heard + self._one(owed, int(least))

    def reports(self) -> int:
        """Count the answers of units that are recorded."""
        return self._one("SELECT count(*) FROM report")

    def sent(self) -> int:
        """Count the parcels sent."""
        return self._one("SELECT count(*) FROM parcel WHERE state = 'sent'")

    def newest_chats(self, count: int) -> list[str]:
        """Name the chats that began last, in the order in which they began."""
        found = self._all("SELECT external_id FROM chat ORDER BY id DESC LIMIT ?", count)
        return [str(name) for (name,) in reversed(found)]

    def newest_answer(self) -> tuple[int, dict[str, Any]]:
        """Give the parcel of the last answer and what it says."""
        ((parcel, content),) = self._all(
            "SELECT id, content FROM parcel WHERE key LIKE 'in:%' ORDER BY id DESC LIMIT 1"
        )
        return int(parcel), json.loads(content)

    def cards(self, mark: int) -> list[tuple[str, int, int]]:
        """Give the answers since a mark that can be acknowledged by a press: the chat's name, parcel, place."""
        query = "SELECT c.external_id, p.id, p.content FROM parcel p JOIN chat c ON c.id = p.chat_id WHERE p.id > ?"
        found = [
            (name, parcel, _acknowledging(json.loads(content))) for name, parcel, content in self._all(query, mark)
        ]
        return [(name, parcel, place) for name, parcel, place in found if place >= 0]

    def wait_for_answers(self, mark: int, count: int) -> None:
        """Wait until so many answers are committed; raises AssertionError where they do not come."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while (done := self.answered(mark)) < count:
            assert time.monotonic() < deadline, f"{done} of {count} were answered."
            time.sleep(_LOOK_SECONDS)

    def wait_until_quiet(self, least: Priority = Priority.EDIT) -> None:
        """Wait until nothing is left to be handled or sent; `least` leaves out what waits longer."""
        deadline = time.monotonic() + _WAIT_SECONDS
        while self.waiting(least):
            assert time.monotonic() < deadline, f"{self.waiting(least)} still wait."
            time.sleep(_LOOK_SECONDS)

    def _one(self, query: str, *values: int) -> int:
        return int(self._all(query, *values)[0][0] or 0)

    def _all(self, query: str, *values: int) -> list[Any]:
        connection = sqlite3.connect(f"file:{self.file}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()


def _acknowledging(content: Mapping[str, list[Mapping[str, Mapping[str, str]]]]) -> int:
    """Find the place of the button that acknowledges; -1 where there is none."""
    commands = [choice["call"]["command"] for choice in content["choices"]]
    return commands.index("tiepnhan") if "tiepnhan" in commands else -1
