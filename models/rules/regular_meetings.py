"""The year's regular meetings of the council, as a plan's rows announce them: in which quarters."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from models.rules.spelling import fold

_COUNT: Final = r"(?:\d+\s+)?"
_MEETING: Final = re.compile(
    rf"^{_COUNT}(?:to chuc|trieu tap)?\s*(?:cac)?\s*{_COUNT}(?:cuoc hop|phien hop|ky hop|hop)\b.*\bhoi dong\b"
)
_NUMBER: Final = r"(?:iv|i{1,3}|[1-4])\b"
_QUARTERS: Final = re.compile(rf"\bquy\s+({_NUMBER}(?:\s*(?:[,;./]|va|den|-)?\s*(?:quy\s+)?{_NUMBER})*)")
_ONE: Final = re.compile(_NUMBER)
_YEAR: Final = re.compile(r"\b(20\d{2})\b")
_ROMAN: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """One quarter of a year."""

    year: int
    number: int

    @property
    def first_day(self) -> date:
        """Give the first day of the quarter."""
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def last_day(self) -> date:
        """Give the last day of the quarter."""
        return date(self.year, 3 * self.number, 31 if self.number in {1, 4} else 30)

    @property
    def roman(self) -> str:
        """Give the number as documents write it."""
        return ("I", "II", "III", "IV")[self.number - 1]

    @property
    def code(self) -> str:
        """Give the form in which a meeting keeps its quarter, as 2022Q2."""
        return f"{self.year}Q{self.number}"

    @classmethod
    def of(cls, day: date) -> "Quarter":
        """Give the quarter of a day."""
        return cls(day.year, (day.month + 2) // 3)


def announces_meeting(title: str) -> bool:
    """Tell whether a row of a plan is itself a meeting of the council, not the preparing of one."""
    return _MEETING.search(fold(title)) is not None


def quarters_of(title: str, phrase: str, year: int, due: date | None) -> tuple[Quarter, ...]:
    """Give the quarters in which a row wants meetings: as written, else that of its day.

    `year` is the document's, where the row names none.
    """
    said = fold(f"{phrase} ; {title}")
    named = _YEAR.search(said)
    in_year = int(named[1]) if named else due.year if due else year
    numbers = {_number(one) for run in _QUARTERS.findall(said) for one in _ONE.findall(run)}
    if numbers:
        return tuple(Quarter(in_year, number) for number in sorted(numbers))
    return (Quarter.of(due),) if due is not None else ()


def _number(said: str) -> int:
    return _ROMAN.get(said) or int(said)
