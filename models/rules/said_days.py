"""A day and month said without a year: whether it is still to come, or has just passed."""

import re
from datetime import date, timedelta

from models.rules.spelling import fold
from models.rules.text import Refusal, t

HALF_A_YEAR = timedelta(days=183)
_LATELY = timedelta(days=31)
_YEAR = re.compile(
    r"\d\s*(?P<sign>[/.-])\s*\d{1,2}\s*(?P=sign)\s*\d{2}|[/.-]\s*\d{4}\b|\bnam\s+(?:\d{4}|sau|toi)\b|\bsang\s+nam\b"
)


def names_year(words: str) -> bool:
    """Tell whether what was typed of a day says its year, as "5/6/2023", "tháng 3/2023" or "năm sau"."""
    return _YEAR.search(fold(words)) is not None


def passed_lately(day: date, words: str, today: date) -> date | None:
    """Give the past day that words without a year mean where `day` was read, from today on; None where it is to come.

    What lies less than half a year behind within this year has passed; so has, early in a year, what fell within the
    last month of the one before. All are local days.
    """
    if day <= today or names_year(words):
        return None
    last = _last_before(day, today)
    if last is None or not (today - last < HALF_A_YEAR if last.year == today.year else today - last <= _LATELY):
        return None
    return last


def still_to_come(day: date, words: str, today: date) -> date:
    """Give the day that was read, from today on, in some words; raises Refusal where they name a day that has passed.

    "5/6" said on 9 June is the fifth of this June, not of next year's; "20/1" said in December is next year's.
    """
    if (passed := passed_lately(day, words, today)) is not None:
        raise Refusal(
            t("{day} has passed. Please write a day after today, or the whole year if next year is meant.", day=passed)
        )
    return day


def _last_before(day: date, today: date) -> date | None:
    """Give the newest day before today with this day and month; None where the year before has none either."""
    for year in (today.year, today.year - 1):
        try:
            same = day.replace(year=year)
        except ValueError:
            continue
        if same < today:
            return same
    return None
