"""The grammar of deadlines: bounds, hours, ranges, several deadlines, recurrences."""

from models.rules.deadline.dates import bare_day, dated_day, day, longer, when
from models.rules.deadline.lexicon import actions, comma, each, joint, reserved, spelled
from models.rules.deadline.parsing import Rule, free_word, give, number, opt, word
from models.rules.deadline.terms import MIDNIGHT, Bound, Cycle, Item, Point, Schedule, Span, Stretch, Undated, When

_NOON, _HOUR = 12, 60
_DOUBTFUL_HOUR = 6

# ── free text round a deadline ───────────────────────────────────────────────────────────────────────────────────────
_free = free_word(reserved)
_name_sign = word("-", "–", "&", "/", ",")
_texts = (_free | _free << _name_sign >> _free).times(1, 20)
_action = actions << joint
_lead = _action.times(1, 6) >> opt(_free.times(1, 15) << joint)
before_text = opt(word("-", "+", "*")) >> opt(_lead)
_purpose = (
    word("để") >> opt(actions) >> _texts
    | opt(word("gửi", "nộp", "báo cáo", "phải gửi")) >> word("về", "cho", "qua", "tại") >> _texts
    | actions.times(1, 3) >> opt(_texts)
)
_bracketed = word("(") >> (opt(word("gửi")) >> word("qua", "về", "tại") >> _texts | word("dự kiến")) << word(")")
_stop = word(".", ";", ",", "./.", ". / .", ". .", ". . .")
after_text = opt(comma >> _bracketed) >> opt(comma >> _purpose) >> opt(_stop)

# ── the hour ─────────────────────────────────────────────────────────────────────────────────────────────────────────
_PARTS_OF_DAY = {"sáng": range(12), "trưa": range(11, 14), "chiều": range(12, 19), "tối": range(18, 24)}


def _minute(hour: int, minutes: int | None, part: str | None, *, padded: bool) -> int | None:
    total = hour * _HOUR + (minutes or 0)
    if part is None:
        # "5h" of a deadline may be meant as 17h00; "05h" may not
        doubtful = 0 < hour <= _DOUBTFUL_HOUR and not padded
        return None if doubtful or total > MIDNIGHT else total
    span = _PARTS_OF_DAY[part]
    fitting = [value for value in (hour, hour + _NOON) if value in span and (value == hour or hour < _NOON)]
    return fitting[0] * _HOUR + (minutes or 0) if len(fitting) == 1 else None


def _hours(*, padded: bool) -> Rule[int]:
    digits = (2,) if padded else (1,)
    hour = number(0, 24, digits=digits)
    minute = number(0, 59, digits=(2,)) << opt(word("phút", "p", "ph", "'"))
    lettered = hour << word("h", "giờ", "g", "gi") & opt(minute) & opt(opt(word("'")) >> word(*_PARTS_OF_DAY))
    signed = hour << word(":") & minute & opt(word(*_PARTS_OF_DAY))
    return (lettered | signed).to(lambda found: _minute(found[0][0], found[0][1], found[1], padded=padded))


clock = _hours(padded=True) | _hours(padded=False)
_time_range = opt(word("từ")) >> clock << word("-", "đến") & clock

# ── bounds ───────────────────────────────────────────────────────────────────────────────────────────────────────────
_is = opt(word("là", ":", "là :"))
_inside = opt(word("trong", "vào", "đến", "đến hết", "hết", "lúc", "vào lúc", "trong buổi"))
_latest = (
    word("chậm nhất", "muộn nhất", "trễ nhất", "không muộn hơn", "không chậm hơn", "không trễ hơn", "không quá", "không sau")
    | word("hạn cuối", "hạn chót", "hạn cuối cùng", "hạn chót cuối cùng", "thời hạn cuối", "thời hạn cuối cùng")
)
_until = word("đến", "đến hết", "hết", "tới", "tới hết", "cho đến", "cho đến hết", "từ nay đến", "từ nay đến hết")
_hard_label = word("hạn cuối", "hạn chót", "hạn cuối cùng", "thời hạn cuối cùng")
bound: Rule[Bound] = (
    give(Bound.BEFORE, word("trước", "đến trước", "hạn trước") | _hard_label >> _is >> word("trước"))
    | give(Bound.BY, (_latest >> _is >> _inside) | _until)
    | give(Bound.BY_BEFORE, word("chậm nhất", "muộn nhất", "trễ nhất") >> _is >> word("trước"))
    | give(Bound.IN, word("trong", "vào", "trong khoảng thời gian", "vào lúc", "lúc", "tại"))
)
_at = opt(comma >> word("trước", "lúc", "vào", "vào lúc", "chậm nhất", "chậm nhất lúc") | word(","))

# ── one deadline ─────────────────────────────────────────────────────────────────────────────────────────────────────
_timed = (clock << comma << opt(word("của", "trong")) & day).to(lambda found: (found[1], found[0]))
_day_then_hour = (day << _at & clock).to(lambda found: (found[0], found[1]))
_bare: Rule[tuple[When, int | None]] = (when.to(lambda found: (found, None))) | _timed | _day_then_hour


def _point(found: tuple[Bound | None, tuple[When, int | None]]) -> Point | None:
    stands, (what, minute) = found
    return Point(what, stands, minute)


_hour_first = (bound & _timed).to(_point)
_day_first = (give(Bound.BY, _latest >> _is >> _inside | _until) | give(Bound.IN, word("trong", "vào"))) & _day_then_hour
_unbound = (opt(give(Bound.IN, word("trong", "vào"))) & _bare).to(_point)
_bound_day = (bound & when.to(lambda found: (found, None))).to(_point)
point = _hour_first | _day_first.to(_point) | _unbound | _bound_day
_again = opt(comma) >> word("(") >> opt(word("tức", "tức là", "nghĩa là", "cụ thể")) >> point << word(")")


def _said_again(found: tuple[Point, Point | None]) -> Point:
    first, again = found
    return first if again is None else Point(first.when, first.bound, first.minute, again)


_point_with_again = (point & opt(_again)).to(_said_again)

# ── from … to … ──────────────────────────────────────────────────────────────────────────────────────────────────────
_data = word("số liệu", "kỳ số liệu", "thời kỳ số liệu", "số liệu tính", "thời gian lấy số liệu", "thời gian chốt số liệu")
_plain_point = _bare.to(lambda found: Point(found[0], None, found[1]))
_from = opt(word("trong thời gian", "trong khoảng thời gian", "diễn ra", "bắt đầu", "trong")) >> word("từ", "kể từ")
_to = opt(comma) >> word("đến", "đến hết", "tới", "tới hết", "cho đến", "cho đến hết", "-", "- hết")
_from_to = ((opt(_data) << joint << _from) & _plain_point << _to & _plain_point).to(
    lambda found: Span(found[0][1], found[1], is_data=found[0][0] is not None)
)


def _dashed(found: tuple[Stretch | When, When]) -> Span:
    return Span(Point(found[0]), Point(found[1]))


_dash_days = opt(word("trong", "vào", "từ")) >> opt(word("ngày", "các ngày")) >> (
    (bare_day | dated_day) << word("-") & opt(word("ngày")) >> dated_day
).to(_dashed)
_later_month = word("tháng", "quý")
_dash_longer = opt(word("trong", "vào", "từ")) >> (longer << word("-", "đến") & longer).to(_dashed)
_day_hours = ((_time_range << comma & day).to(lambda found: (found[1], found[0]))) | (
    day << opt(word(",", ":", ", từ")) & _time_range
)
_hours_of_day = opt(word("nửa ngày ,", "nửa ngày", "1 buổi ,", "01 buổi ,")) >> _day_hours.to(
    lambda found: Span(Point(found[0], None, found[1][0]), Point(found[0], None, found[1][1]))
)
span = _from_to | _dash_days | _dash_longer | _hours_of_day

# ── several deadlines ────────────────────────────────────────────────────────────────────────────────────────────────
_reported = word("báo cáo") >> opt(word("sơ kết", "tổng kết", "kết quả")) >> word(
    *("6 tháng", "06 tháng", "sáu tháng", "6 tháng đầu năm", "06 tháng đầu năm", "6 tháng cuối năm", "9 tháng", "năm")
)
_turn = word("đợt", "lần", "kỳ", "phiên") >> (number(1, 99) | spelled)
_label = opt((_reported | _turn) << word(":"))
_about = opt(opt(comma) >> (word("(") >> opt(word("đối với")) >> _reported << word(")") | word("đối với") >> _reported))
item: Rule[Item] = _label >> (_point_with_again | span) << _about
_and = word(",", ";", ".", "và", ", và", "; và", "&", ". và")
_lead_again = opt(actions.times(1, 3))


def _listed(numbers: Rule[When], head: Rule[str]) -> Rule[tuple[When, ...]]:
    return head >> numbers.times(2, 4, by=_and)


items = item.times(1, 12, by=_and >> _lead_again)

# ── how often ────────────────────────────────────────────────────────────────────────────────────────────────────────
_CYCLES = {"ngày": Cycle.DAY, "tuần": Cycle.WEEK, "tháng": Cycle.MONTH, "quý": Cycle.QUARTER, "năm": Cycle.YEAR}
_unit = word(*_CYCLES).to(_CYCLES.__getitem__)
_how_many = (number(1, 12) | spelled) << word("lần")
_often = (
    (opt(word("định kỳ")) >> each >> _unit & opt(opt(comma) >> _how_many))
    | (_how_many << word("/") & _unit).to(lambda found: (found[1], found[0]))
    | (give(1, word("một", "1", "01")) >> _unit << word("một lần", "1 lần", "01 lần", "/ lần")).to(lambda unit: (unit, 1))
)


def _schedule(found: tuple[tuple[tuple[Cycle, int | None] | None, tuple[Item, ...]], tuple[Cycle, int | None] | None]) -> Schedule | None:
    (before, listed), after = found
    if before is not None and after is not None:
        return None
    cycle, times = before or after or (None, None)
    return Schedule(listed, cycle, times)


schedule = before_text >> (
    opt(_often << joint << opt(actions << joint)) & opt(word("định kỳ")) >> items & opt(comma >> _often)
).to(_schedule) << after_text

# ── no date ──────────────────────────────────────────────────────────────────────────────────────────────────────────
_NO_DATE = ("thường xuyên", "khi cần thiết", "khi cần", "đột xuất", "khẩn trương", "kịp thời", "liên tục", "khi có yêu cầu")
_no_date = word(*_NO_DATE)
_any_time = opt(comma >> word("trong năm", "trong cả năm", "trong suốt năm", "cả năm", "quanh năm") >> opt(number(1990, 2099, digits=(4,))))
undated = give(
    Undated.UNDATED,
    opt(actions.times(1, 3)) >> _no_date.times(1, 4, by=word(",", ";", "và", "/", "hoặc", ", và", "-")) >> _any_time >> opt(_stop),
)
