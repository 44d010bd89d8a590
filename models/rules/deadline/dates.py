"""The grammar of days: full dates, days of a month, months, quarters, halves of a year, weekdays."""

from dataclasses import replace

from models.rules.deadline.lexicon import (
    ROMAN,
    coming,
    comma,
    counted,
    each,
    first_of,
    last_of,
    of,
    spelled,
    weekday_name,
    year_number,
)
from models.rules.deadline.parsing import Rule, give, number, opt, word
from models.rules.deadline.parts import LAST_DAY, LONGEST_MONTH
from models.rules.deadline.terms import Cycle, Nearby, Stretch, Weekday, When, Which, Year

_CENTURY = 2000
_FIRST_MONTHS, _SECOND_MONTHS, _LAST_MONTHS = (1, 4, 7, 10), (2, 5, 8, 11), (3, 6, 9, 12)
_HALF, _YEAR = 6, 12
_THIS_YEAR = Year(0, relative=True)


def _with_year(pair: tuple[Stretch, Which | None]) -> Stretch | None:
    stretch, which = pair
    if which is None:
        return stretch
    return replace(stretch, which=which) if stretch.which is None else None


# ── which year ───────────────────────────────────────────────────────────────────────────────────────────────────────
_reported = word("năm báo cáo", "năm sau năm báo cáo", "năm liền kề năm báo cáo", "năm tiếp theo năm báo cáo")
_relative_year = give(_THIS_YEAR, word("năm nay", "năm này")) | give(Year(1, relative=True), word("năm") >> coming)
_year_word: Rule[Which] = (
    word("năm") >> year_number.to(Year) | _relative_year | give(Cycle.YEAR, _reported | each >> word("năm"))
)
_year_sign: Rule[Year] = word("/", "-", ".") >> year_number.to(Year)
year_after: Rule[Which] = _year_sign | comma >> of >> opt(word("các")) >> _year_word

# ── which month, which quarter ───────────────────────────────────────────────────────────────────────────────────────
month_number = number(1, 12) | spelled(1, 12)
quarter_number = number(1, 4) | word(*ROMAN).to(ROMAN.__getitem__) | spelled(1, 4)
quarter_word = word("quý", "quí", "q", "q .")


def month_of(months: tuple[int, ...], which: Which | None = None) -> Stretch:
    """Give the whole month, or the month left unsaid."""
    return Stretch(months, 1, LAST_DAY, which=which)


def quarter_of(quarter: int) -> Stretch:
    """Give the whole quarter."""
    return Stretch((3 * quarter - 2,), 1, LAST_DAY, length=3)


named_month = (word("tháng") >> month_number.to(lambda month: month_of((month,))) & opt(year_after)).to(_with_year)
_listed_months = word("các tháng") >> month_number.times(2, 12, by=word(",", ";", "và", ", và")).to(
    lambda months: month_of(months) if list(months) == sorted(set(months)) else None
)
_this_month = give(month_of((), _THIS_YEAR), word("tháng này"))
_each_month = give(month_of((), Cycle.MONTH), each >> word("tháng") | word("tháng báo cáo"))
_some_month = give(month_of(()), word("tháng"))
_next_month = give(replace(month_of(()), following=True), word("tháng") >> coming)
named_quarter = (quarter_word >> quarter_number.to(quarter_of) & opt(year_after)).to(_with_year)


def _quarter_month(pair: tuple[tuple[int, ...], Stretch | None]) -> Stretch:
    months, quarter = pair
    if quarter is None:
        return replace(month_of(months), quarterly=True)
    return replace(month_of((months[0] - 1 + quarter.months[0],)), which=quarter.which)


_month_in_quarter = (
    give(_FIRST_MONTHS, word("tháng") >> first_of)
    | give(_SECOND_MONTHS, word("tháng giữa", "tháng thứ hai", "tháng thứ 2"))
    | give(_LAST_MONTHS, word("tháng") >> last_of)
) << of
_any_quarter = opt(each) >> quarter_word >> opt(coming | word("báo cáo", "đó"))
quarter_month = (_month_in_quarter & (give(None, _any_quarter) | named_quarter)).to(_quarter_month)
month_ref = (
    named_month
    | quarter_month
    | (_listed_months & opt(year_after)).to(_with_year)
    | _this_month
    | _each_month
    | _some_month
    | _next_month
)

# ── parts of a month ─────────────────────────────────────────────────────────────────────────────────────────────────
_TEN_DAYS = {
    "thượng tuần": (1, 10),
    "trung tuần": (11, 20),
    "hạ tuần": (21, LAST_DAY),
    "tuần đầu": (1, 7),
    "tuần đầu tiên": (1, 7),
    "tuần thứ nhất": (1, 7),
    "đầu": (1, 10),
    "giữa": (15, 15),
    "cuối": (LAST_DAY, LAST_DAY),
}
_MOST_DAYS = 28


def _part_of_month(pair: tuple[str, Stretch]) -> Stretch:
    opens, closes = _TEN_DAYS[pair[0]]
    return replace(pair[1], opens=opens, closes=closes, vague=True)


def _edge_days(pair: tuple[tuple[int, bool], Stretch]) -> Stretch | None:
    (days, at_the_end), month = pair
    if days > _MOST_DAYS:
        return None
    opens, closes = (-days, LAST_DAY) if at_the_end else (1, days)
    return replace(month, opens=opens, closes=closes)


part_of_month = (word(*_TEN_DAYS) << of & month_ref).to(_part_of_month)
_many_days = counted << word("ngày") & (give(False, first_of) | give(True, last_of))
_one_day = give((1, False), word("ngày") >> first_of) | give((1, True), word("ngày") >> last_of)
edge_of_month = ((_many_days | _one_day) << of & month_ref).to(_edge_days)

# ── one day ──────────────────────────────────────────────────────────────────────────────────────────────────────────
_day_number = number(1, LONGEST_MONTH)
_day_in_words = opt(word("mùng", "mồng")) >> spelled(1, LONGEST_MONTH)


def _day(day: int, month: Stretch | None, which: Which | None = None) -> Stretch | None:
    base = month or month_of(())
    return _with_year((replace(base, opens=day, closes=day), which))


def _signed(sign: str) -> Rule[Stretch]:
    year = word(sign) >> (year_number | number(10, 49, digits=(2,)).to(lambda year: _CENTURY + year)).to(Year)
    parts = number(1, 31) << word(sign) & number(1, 12) & opt(year)
    return parts.to(lambda found: _day(found[0][0], month_of((found[0][1],)), found[1]))


_iso = (year_number << word("-") & number(1, 12, digits=(2,)) << word("-") & number(1, 31, digits=(2,))).to(
    lambda found: _day(found[1], month_of((found[0][1],)), Year(found[0][0]))
)
_short = ((_signed("/") | _signed("-") | _signed(".")) & opt(comma >> of >> opt(word("các")) >> _year_word)).to(
    _with_year
) | _iso
_worded = (_day_number << comma << of & month_ref).to(lambda pair: _day(*pair))
_all_in_words = (_day_in_words << of & month_ref).to(lambda pair: _day(*pair)) | _day_in_words.to(
    lambda day: _day(day, None)
)
dated_day = _short | _worded
bare_day = _day_number.to(lambda day: _day(day, None))
_bracketed_weekday = word("(") >> weekday_name << word(")")
_weekday_before = (weekday_name | _bracketed_weekday) << comma


def _on_weekday(found: tuple[tuple[int | None, Stretch], int | None]) -> Stretch | None:
    (before, day), after = found
    if before is not None and after is not None:
        return None
    weekday = before if before is not None else after
    return day if weekday is None else replace(day, weekday=weekday)


_prefixed = opt(word("ngày", "các ngày", "hôm", "vào ngày")) >> (dated_day | bare_day) | word("ngày") >> _all_in_words
full_day = (opt(_weekday_before) & _prefixed & opt(comma >> _bracketed_weekday)).to(_on_weekday)
_weekday_and_bracket = (weekday_name & word("(") >> _prefixed << word(")")).to(
    lambda pair: replace(pair[1], weekday=pair[0])
)

# ── parts of a year ──────────────────────────────────────────────────────────────────────────────────────────────────
_year_named: Rule[Which] = _year_word | give(_THIS_YEAR, word("năm"))
_end_of_quarter = (
    word("cuối", "ngày cuối", "ngày cuối cùng")
    >> of
    >> (
        named_quarter.to(lambda quarter: replace(quarter, months=(quarter.months[0] + 2,), opens=LAST_DAY, length=1))
        | give(Stretch(_LAST_MONTHS, LAST_DAY, LAST_DAY, which=Cycle.QUARTER, quarterly=True), each >> quarter_word)
    )
).to(lambda stretch: replace(stretch, vague=True))
_six = word("6 tháng", "06 tháng", "sáu tháng")
_nine = word("9 tháng", "09 tháng", "chín tháng")
_in_year = (
    (
        give(Stretch((6,), 30, 30, vague=True), word("giữa"))
        | give(Stretch((12,), 31, 31, vague=True), word("cuối"))
        | give(Stretch((1,), 1, LAST_DAY, length=_HALF), _six >> word("đầu") | word("nửa đầu"))
        | give(Stretch((7,), 1, LAST_DAY, length=_HALF), _six >> word("cuối") | word("nửa cuối"))
        | give(Stretch((1,), 1, LAST_DAY, length=9), _nine >> word("đầu"))
    )
    << of
    & _year_named
).to(_with_year)
_whole_year = (_year_word | give(_THIS_YEAR, word("trong năm"))).to(
    lambda which: Stretch((1,), 1, LAST_DAY, length=_YEAR, which=which) if isinstance(which, Year) else None
)

# ── from where the document stands ───────────────────────────────────────────────────────────────────────────────────
_nearby = (
    give(Nearby(0), word("hôm nay", "ngày hôm nay"))
    | give(Nearby(1), word("ngày mai", "hết mai"))
    | give(Nearby(2), word("ngày kia"))
)
_week = (
    give((0, None), word("tuần này"))
    | give((1, None), word("tuần") >> coming)
    | give((None, Cycle.WEEK), each >> word("tuần"))
)
_of_week = (weekday_name << of & opt(_week)).to(
    lambda pair: Weekday(pair[0], *pair[1]) if pair[1] is not None else Weekday(pair[0])
)

day: Rule[When] = full_day | _weekday_and_bracket | edge_of_month | _nearby | opt(word("ngày")) >> _of_week
_whole_month = month_ref.to(
    lambda month: month if month.months or month.following or month.which == _THIS_YEAR else None
)
longer: Rule[When] = _whole_month | named_quarter | part_of_month | _end_of_quarter | _in_year | _whole_year
when: Rule[When] = day | longer
