"""The grammar of deadlines counted from an event: so many days after it, so many working days before it."""

from dataclasses import dataclass

from models.rules.deadline.dates import dated_day
from models.rules.deadline.lexicon import comma, counted, free, spelled
from models.rules.deadline.parsing import Rule, always, distinct, give, opt, word
from models.rules.deadline.schedules import after_text, before_text
from models.rules.deadline.terms import Count, Stretch

_WEEK = 7


@dataclass(frozen=True, slots=True)
class _Event:
    """What is counted from; the day where the phrase names it."""

    day: Stretch | None = None


_unit: Rule[tuple[int, bool]] = (
    give((1, True), word("ngày làm việc"))
    | give((1, False), word("ngày", "ngày lịch", "ngày theo lịch"))
    | give((_WEEK, False), word("tuần", "tuần lễ"))
)


def _quantity(found: tuple[tuple[int, int | None], tuple[int, bool]]) -> Count | None:
    (written, in_words), (each, working) = found
    if in_words not in {None, written}:
        return None
    return Count(written * each, working)


_count = (counted & opt(word("(") >> spelled(1, 39) << word(")")) & _unit).to(_quantity)
_named = give(_Event(), opt(word("ngày", "khi", "thời điểm")) >> free.times(1, 16))
_dated = opt(word("ngày")) >> dated_day.to(_Event)
_event = distinct(_named | _dated)

# ── after ────────────────────────────────────────────────────────────────────────────────────────────────────────────
_within = word("trong", "trong vòng", "trong thời hạn", "trong thời gian", "thời hạn", "thời hạn :", "thời hạn trong")
_at_most = word(
    "chậm nhất",
    "chậm nhất là",
    "muộn nhất",
    "muộn nhất là",
    "không quá",
    "tối đa",
    "chậm nhất trong",
    "không quá thời hạn",
)
_at_most_after = word("chậm nhất sau", "chậm nhất là sau", "muộn nhất sau")
_since = comma >> word("kể từ", "tính từ", "từ", "sau", "sau khi")
_after = (
    opt(_within | _within >> word("không quá", "tối đa") | _at_most) >> _count << opt(word(",")) & _since >> _event
    | _at_most_after >> _count & comma >> word("kể từ", "tính từ", "từ") >> _event
    | _within >> _count & always(_Event())
)


def _forward(found: tuple[Count, _Event]) -> Count:
    count, event = found
    return Count(count.days, count.working, event.day)


# ── before ───────────────────────────────────────────────────────────────────────────────────────────────────────────
_at_least = word("ít nhất", "ít nhất là", "tối thiểu", "chậm nhất", "chậm nhất là", "muộn nhất", "muộn nhất là")
_before = opt(_at_least | word("trước")) >> _count & word("trước", "trước khi", "so với", "trước thời điểm") >> _event
_before_turned = (word("trước", "trước khi", "trước thời điểm") >> _event & comma >> opt(_at_least) >> _count).to(
    lambda found: (found[1], found[0])
)


def _backward(found: tuple[Count, _Event]) -> Count:
    count, event = found
    return Count(-count.days, count.working, event.day)


count: Rule[Count] = distinct(
    before_text >> (_after.to(_forward) | (_before | _before_turned).to(_backward)) << after_text
)
