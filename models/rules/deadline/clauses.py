"""The grammar of one deadline: its bound, its day, its hour; or from when until when."""

from dataclasses import replace

from models.rules.deadline.dates import (
    bare_day,
    dated_day,
    day,
    longer,
    month_number,
    month_of,
    quarter_number,
    quarter_of,
    quarter_word,
    when,
    year_after,
)
from models.rules.deadline.hours import clock
from models.rules.deadline.lexicon import comma, joint
from models.rules.deadline.parsing import Rule, distinct, give, opt, word
from models.rules.deadline.terms import Bound, Point, Span, When

# ── how the deadline stands to the day ───────────────────────────────────────────────────────────────────────────────
_is = opt(word("là", ":", "là :"))
_inside = opt(word("trong", "vào", "đến", "đến hết", "hết", "lúc", "vào lúc"))
_adverb = word("chậm nhất", "muộn nhất", "trễ nhất")
_limit = word("không muộn hơn", "không chậm hơn", "không trễ hơn", "không quá", "không sau")
_label = word("hạn cuối", "hạn chót", "hạn cuối cùng", "thời hạn cuối", "thời hạn cuối cùng", "hạn chót cuối cùng")
_through = word("đến hết", "hết", "tới hết", "cho đến hết", "từ nay đến hết")
_until = word("đến", "tới", "cho đến", "từ nay đến")
_by: Rule[Bound] = give(Bound.BY, ((_adverb | _limit | _label) >> _is >> _inside) | _through) | give(
    Bound.UNTIL, _until
)
_in: Rule[Bound] = give(Bound.IN, word("trong", "vào", "lúc", "vào lúc"))
_before: Rule[Bound] = give(Bound.BEFORE, word("trước", "đến trước") | _label >> _is >> word("trước"))
_by_before: Rule[Bound] = give(Bound.BY_BEFORE, _adverb >> _is >> word("trước"))
_bound = _before | _by | _by_before | _in

# ── the day and the hour ─────────────────────────────────────────────────────────────────────────────────────────────
Timed = tuple[When | None, int | None]
_untimed: Rule[Timed] = when.to(lambda what: (what, None))
_hour_first: Rule[Timed] = (clock << comma << opt(word("của", "trong")) & day).to(lambda found: (found[1], found[0]))
_hour_only: Rule[Timed] = clock.to(lambda minute: (None, minute))
_at = opt(word(",")) >> opt(word("trước", "lúc", "vào", "vào lúc", "chậm nhất", "chậm nhất lúc", "muộn nhất"))
_day_first: Rule[Timed] = (day << _at & clock).to(lambda found: (found[0], found[1]))


def _point(found: tuple[Bound | None, Timed]) -> Point:
    stands, (what, minute) = found
    return Point(what, stands, minute)


# "trước ngày 15/6, 16h00" is not read: nobody can tell what the word "trước" governs
_point_once = distinct(
    ((opt(_bound) & (_untimed | _hour_first | _hour_only)).to(_point)) | ((opt(_by | _in) & _day_first).to(_point))
)
_same = word("(") >> opt(word("tức", "tức là", "nghĩa là", "cụ thể", "cụ thể là")) >> _point_once << word(")")


def _said_again(found: tuple[Point, Point | None]) -> Point:
    first, again = found
    return Point(first.when, first.bound, first.minute, again)


point = (_point_once & opt(comma >> _same)).to(_said_again)

# ── from … until … ───────────────────────────────────────────────────────────────────────────────────────────────────
_data = word(
    "số liệu", "kỳ số liệu", "thời kỳ số liệu", "số liệu tính", "thời gian lấy số liệu", "thời gian chốt số liệu"
)
_from = opt(word("trong thời gian", "trong khoảng thời gian", "diễn ra", "trong")) >> word("từ", "kể từ")
_to = comma >> word("đến", "đến hết", "tới", "tới hết", "cho đến", "cho đến hết", "-", "- hết", "- đến")
_end: Rule[Point] = (_untimed | _hour_first | (day << _at & clock).to(lambda found: (found[0], found[1]))).to(
    lambda found: Point(found[0], None, found[1])
)
_from_to = (opt(_data) << joint << _from & _end << _to & _end).to(
    lambda found: Span(found[0][1], found[1], is_data=found[0][0] is not None)
)
_at_or_from = opt(word("trong", "vào", "từ", "trong các"))
_dashed_days = (
    _at_or_from
    >> opt(word("ngày", "các ngày"))
    >> ((bare_day | dated_day) << word("-") & opt(word("ngày")) >> dated_day)
)
_dashed_longer = _at_or_from >> (longer << word("-") & longer)
_dashed_months = (
    _at_or_from
    >> word("tháng", "các tháng")
    >> (month_number << word("-") & month_number).to(lambda found: (month_of((found[0],)), month_of((found[1],))))
)
_dashed_quarters = (
    _at_or_from
    >> quarter_word
    >> (quarter_number << word("-") & quarter_number).to(lambda found: (quarter_of(found[0]), quarter_of(found[1])))
)
_dashed_bare = ((_dashed_months | _dashed_quarters) & opt(year_after)).to(
    lambda found: (found[0][0], replace(found[0][1], which=found[1]))
)
_dashed = (_dashed_days | _dashed_longer | _dashed_bare).to(lambda found: Span(Point(found[0]), Point(found[1])))

# ── from which hour until which ──────────────────────────────────────────────────────────────────────────────────────
_hours = opt(word("từ")) >> clock << word("-", "đến", "tới") & clock
_on_day = (_hours << comma & day) | (day << opt(word(",", ":")) & _hours).to(lambda found: (found[1], found[0]))
_half_day = opt(word("nửa ngày", "nửa ngày ,", "1 buổi", "1 buổi ,", "01 buổi", "01 buổi ,"))
_working_hours = _half_day >> _on_day.to(
    lambda found: Span(Point(found[1], None, found[0][0]), Point(found[1], None, found[0][1]))
)
span = distinct(_from_to | _dashed | _working_hours)
