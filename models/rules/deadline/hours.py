"""The grammar of hours: 14h00, 16h, 8 giờ 00, 7h30’, 17:00, 2 giờ chiều."""

from models.rules.deadline.parsing import Rule, number, opt, word
from models.rules.deadline.terms import MIDNIGHT

_NOON, _HOUR = 12, 60
_DOUBTFUL_HOUR = 6
_PARTS_OF_DAY = {"sáng": range(12), "trưa": range(11, 14), "chiều": range(12, 19), "tối": range(18, 24)}


def _written(hour: int, minutes: int, *, padded: bool) -> int | None:
    # "5h" of a deadline may be meant as 17h00; "05h" may not
    doubtful = 0 < hour <= _DOUBTFUL_HOUR and not padded
    total = hour * _HOUR + minutes
    return None if doubtful or total > MIDNIGHT else total


def _of_part(hour: int, minutes: int, part: str) -> int | None:
    fitting = {value for value in (hour, hour + _NOON) if value in _PARTS_OF_DAY[part]}
    return fitting.pop() * _HOUR + minutes if len(fitting) == 1 else None


def _hours(*, padded: bool) -> Rule[int]:
    hour = number(0, 24, digits=(2,) if padded else (1,))
    minute = number(0, 59, digits=(2,)) << opt(word("phút", "p", "ph", "'"))
    part = opt(word(*_PARTS_OF_DAY))
    lettered = hour << word("h", "giờ", "g") & opt(minute) << opt(word("'")) & part
    signed = hour << word(":") & minute & part

    def read(found: tuple[tuple[int, int | None], str | None]) -> int | None:
        (hours, minutes), named = found
        if named is None:
            return _written(hours, minutes or 0, padded=padded)
        return _of_part(hours, minutes or 0, named)

    return (lettered | signed).to(read)


clock = _hours(padded=True) | _hours(padded=False)
"""The minute of the day; 24h00 is the end of it."""
