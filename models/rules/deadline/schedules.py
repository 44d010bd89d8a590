"""The grammar of a whole phrase: one deadline or several, how often they come, and the harmless words around them."""

from dataclasses import replace

from models.rules.deadline.clauses import point, span
from models.rules.deadline.dates import month_number, month_of, quarter_number, quarter_of, quarter_word, year_after
from models.rules.deadline.lexicon import comma, each, free, joint, labels, spelled, verbs, year_number
from models.rules.deadline.parsing import Rule, distinct, give, number, opt, word
from models.rules.deadline.terms import Bound, Cycle, Item, Point, Schedule, Stretch, Undated, Which

# ── words that say nothing about time ────────────────────────────────────────────────────────────────────────────────
_name_sign = opt(word("-", "&", "/", ","))
_texts = (free << _name_sign).times(1, 24)
_action = (verbs | labels) << joint
before_text = distinct(give("", opt(word("-", "+", "*")) >> opt(_action.times(1, 6) >> opt(_texts << joint))))
_toward = word("về", "cho", "qua", "tại") >> _texts
_purpose = word("để") >> _texts | opt(word("gửi", "nộp", "báo cáo")) >> _toward | verbs.times(1, 3) >> opt(_texts)
_bracketed = word("(") >> (opt(word("gửi")) >> _toward | give("", word("dự kiến"))) << word(")")
_stop = opt(word(".", ";", ",", "!", ". / .", ". .", ". . ."))
after_text = distinct(give("", opt(comma >> _bracketed) >> opt(comma >> _purpose) >> _stop))

# ── several deadlines ────────────────────────────────────────────────────────────────────────────────────────────────
_and = word(",", ";", ".", "và", ", và", "; và", ". và", "&")
_periods = (
    "6 tháng",
    "06 tháng",
    "sáu tháng",
    "6 tháng đầu năm",
    "06 tháng đầu năm",
    "6 tháng cuối năm",
    "9 tháng",
    "năm",
)
_report = word("báo cáo") >> opt(word("sơ kết", "tổng kết", "kết quả")) >> word(*_periods)
_turn = word("đợt", "lần", "kỳ", "phiên") >> (number(1, 99) | spelled(1, 39))
_label = opt(give("", _report << word(":")) | give("", _turn << word(":")))
_about = opt(comma >> (word("(") >> opt(word("đối với")) >> _report << word(")") | word("đối với") >> _report))
_one: Rule[tuple[Item, ...]] = (_label >> (point | span) << _about).to(lambda item: (item,))


def _listed(found: tuple[tuple[str | None, tuple[Stretch, ...]], Which | None]) -> tuple[Item, ...]:
    (inside, stretches), which = found
    stands = Bound.IN if inside else None
    return tuple(Point(replace(stretch, which=which), stands) for stretch in stretches)


_quarters = quarter_word >> quarter_number.to(quarter_of).times(2, 4, by=_and)
_months = word("tháng", "các tháng") >> month_number.to(lambda month: month_of((month,))).times(2, 12, by=_and)
_alike: Rule[tuple[Item, ...]] = (
    opt(word("trong", "vào", "trong các", "vào các"))
    & (_quarters | opt(word("các")) >> _quarters | _months)
    & opt(year_after)
).to(_listed)
_items = (
    distinct(_one | _alike)
    .times(1, 8, by=_and >> opt(verbs.times(1, 3)))
    .to(lambda groups: tuple(item for group in groups for item in group))
)

# ── how often ────────────────────────────────────────────────────────────────────────────────────────────────────────
Often = tuple[Cycle, int | None]
_CYCLES = {"ngày": Cycle.DAY, "tuần": Cycle.WEEK, "tháng": Cycle.MONTH, "quý": Cycle.QUARTER, "năm": Cycle.YEAR}
_unit = word(*_CYCLES).to(_CYCLES.__getitem__)
_times = (number(1, 12) | spelled(1, 12)) << word("lần")
_each_unit: Rule[Often] = opt(word("định kỳ")) >> each >> _unit & opt(comma >> _times)
_times_a_unit: Rule[Often] = (_times << word("/", "một", "mỗi") & _unit).to(lambda found: (found[1], found[0]))
_once_a_unit: Rule[Often] = (word("một", "1", "01") >> _unit << word("một lần", "1 lần", "01 lần", "/ lần")).to(
    lambda unit: (unit, 1)
)
_often = _each_unit | _times_a_unit | _once_a_unit


def _schedule(found: tuple[tuple[Often | None, tuple[Item, ...]], Often | None]) -> Schedule | None:
    (before, items), after = found
    if before is not None and after is not None:
        return None
    cycle, times = before or after or (None, None)
    return Schedule(items, cycle, times)


_often_first = opt(_often << joint << opt(_action.times(1, 3)))
schedule: Rule[Schedule] = distinct(
    before_text >> (_often_first << opt(word("định kỳ")) & _items & opt(comma >> _often)).to(_schedule) << after_text
)

# ── no date ──────────────────────────────────────────────────────────────────────────────────────────────────────────
_NO_DATE = (
    "thường xuyên",
    "khi cần thiết",
    "khi cần",
    "đột xuất",
    "khẩn trương",
    "kịp thời",
    "liên tục",
    "khi có yêu cầu",
)
_year_round = (
    comma >> word("trong năm", "trong cả năm", "trong suốt năm", "cả năm", "quanh năm", "năm") >> opt(year_number)
)
undated: Rule[Undated] = give(
    Undated.UNDATED,
    opt(_action.times(1, 3))
    >> word(*_NO_DATE).times(1, 4, by=opt(word(",", ";", "và", "/", "hoặc", ", và", "-")))
    >> opt(_year_round)
    >> _stop,
)
