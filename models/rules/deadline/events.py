"""The grammar of deadlines counted from an event: so many days after it, so many working days before it."""

from models.rules.deadline.clauses import after_text, before_text
from models.rules.deadline.dates import dated_day
from models.rules.deadline.lexicon import comma, counted, reserved, spelled
from models.rules.deadline.parsing import Rule, free_word, give, opt, word
from models.rules.deadline.terms import Count, Stretch

_WEEK = 7
_unit = (
    give((1, True), word("ngày làm việc", "ngày công"))
    | give((1, False), word("ngày", "ngày lịch", "ngày theo lịch"))
    | give((_WEEK, False), word("tuần", "tuần lễ"))
)


def _quantity(found: tuple[tuple[int, int | None], tuple[int, bool]]) -> Count | None:
    (written, spelled_out), (each, working) = found
    if spelled_out is not None and spelled_out != written:
        return None
    return Count(written * each, working)


_count = (counted & opt(word("(") >> spelled << word(")")) & _unit).to(_quantity)

# an event is named in free words ("nhận được văn bản này"), or by its date
_free = free_word(reserved)
_named: Rule[None] = (opt(word("ngày", "khi", "thời điểm")) >> _free.times(1, 14)).to(lambda _: (None,)).to(lambda _: None)
