"""Deadlines inside what people type: a request for more time, and a task given in one line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time

from models.rules.deadline.lexicon import free
from models.rules.deadline.parsing import Rule, Tokens, opt, word
from models.rules.deadline.reader import read
from models.rules.deadline.reading import Kind
from models.rules.deadline.tokens import LONGEST, tokens_of
from models.rules.spelling import tidy
from models.rules.text import Refusal, t

_ENDS = " .,;:-"
_NUMBERED = re.compile(r"^(?:\d{1,2}\s?[.)]|[-–+•*])\s*")


@dataclass(frozen=True, slots=True)
class Asked:
    """More time as asked for: the last day wished (and its hour, by the council's clock), the reason as given.

    `words`: those in which the day was said.
    """

    until: date
    at: time | None
    reason: str
    words: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task given in one line, cut into its three parts, each as it was typed."""

    units: str
    task: str
    deadline: str


# ── more time ────────────────────────────────────────────────────────────────────────────────────────────────────────
_polite = word("dạ", "kính", "em", "đơn vị", "chúng tôi", "cơ quan", "báo cáo", "xin phép", "kính đề nghị")
_asking = word("xin", "đề nghị", "cho", "cho phép", "đề xuất", "xin được", "cho xin", "xin đề nghị", "đề nghị cho")
_more = word("gia hạn", "được gia hạn", "lùi", "được lùi", "lùi hạn", "lùi thời hạn", "dời hạn", "kéo dài")
_until = opt(word("sang", "thành", "thêm"))
_request = (
    opt((_polite << opt(word(","))).times(1, 4)) >> opt(_asking) >> (_more >> opt(free.times(1, 8)) >> _until | _until)
)
_because = word("vì", "do", "lý do", "lí do", "vì lý do", "với lý do", "bởi vì", "tại vì", "do còn", "để")
_said_first = word(",", ";", "nên", ", nên")


def find_extension(text: str, today: date) -> Asked | None:
    """Find the day and the reason in "xin gia hạn đến 25/6 vì chờ kinh phí"; None where no day is surely asked for.

    `today`: the council's day, after which a day without its year is looked for.
    """
    phrase, tokens = tidy(text), tokens_of(text)
    if not tokens or len(tokens) > LONGEST:
        return None
    found = {
        asked
        for wish, reason in _wishes_and_reasons(phrase, tokens)
        if (asked := _asked(wish, reason.strip(_ENDS), today)) is not None
    }
    return found.pop() if len(found) == 1 else None


def _wishes_and_reasons(phrase: str, tokens: Tokens) -> Iterator[tuple[str, str]]:
    """Cut the sentence at its first word of reason, or at the comma after a reason that comes first."""
    for at in range(1, len(tokens)):
        if (start := _end_of(_because, tokens, at)) is not None:
            yield phrase[: tokens[at].start], _from(phrase, tokens, start)
            return
    first = _end_of(_because, tokens, 0)
    if first is None:
        yield phrase, ""
        return
    for at in range(first + 1, len(tokens)):
        if (start := _end_of(_said_first, tokens, at)) is not None:
            yield _from(phrase, tokens, start), phrase[tokens[first].start : tokens[at].start]


def _end_of(rule: Rule[str], tokens: Tokens, at: int) -> int | None:
    return max((end for _, end in rule.run(tokens, at)), default=None)


def _from(phrase: str, tokens: Tokens, at: int) -> str:
    return phrase[tokens[at].start :] if at < len(tokens) else ""


def _asked(wish: str, reason: str, today: date) -> Asked | None:
    wish = wish.strip(_ENDS)
    tokens = tokens_of(wish)
    ends = {end for _, end in _request.run(tokens, 0)} if tokens else set()
    readings = {read(_from(wish, tokens, end), today) for end in ends}
    sure = {reading for reading in readings if reading.kind in {Kind.DATE, Kind.MOMENT}}
    due = sure.pop().due if len(sure) == 1 else None
    if isinstance(due, datetime):
        return Asked(due.date(), due.time(), reason, wish)
    return None if due is None else Asked(due, None, reason, wish)


# ── a task in one line ───────────────────────────────────────────────────────────────────────────────────────────────
_command = word("giaoviec", "giao việc", "/ giaoviec", "/ giao việc")
_label = word("hạn", "thời hạn", "hạn :", "thời hạn :")
_VAGUE = re.compile(
    r"(?:(?:càng |thời gian )?sớm(?: nhất)?(?: có thể)?|khẩn trương|nhanh chóng|kịp thời|gấp|ngay)", re.IGNORECASE
)
_hard_label = word("hạn cuối", "hạn chót", "thời hạn cuối")
_deadline = (
    _label
    | word(
        "trước", "xong trước", "hoàn thành trước", "gửi trước", "chậm nhất", "muộn nhất", "trong", "đến", "hết", "ngày"
    )
    | word("tháng", "quý", "hằng", "hàng", "mỗi", "thường xuyên", "khi cần", "đột xuất", "ít nhất", "không quá", "thứ")
)
_EXAMPLE = "giaoviec SYT, STC: Báo cáo sơ kết 6 tháng; hạn 16h00 ngày 20/6"


def split_task_line(line: str, example: str = _EXAMPLE) -> TaskLine:
    """Cut `SYT, STC: task; hạn 16h00 ngày 20/6` (with or without the command before it) into its parts.

    Raises Refusal where a part is missing, with an `example`.
    """
    rest = _without_command(tidy(line))
    units, colon, asked = rest.partition(":")
    task, deadline = _split_deadline(asked)
    if not colon or not units.strip(_ENDS):
        raise Refusal(t("No unit is named before “:”; please write {example}.", example=example))
    if not deadline:
        raise Refusal(t("No deadline is given after “;”; please write {example}.", example=example))
    if not task:
        raise Refusal(t("No task stands between “:” and “;”; please write {example}.", example=example))
    return TaskLine(units.strip(_ENDS), task, deadline)


def task_lines(said: str) -> tuple[str, ...]:
    """Part tasks that were written a line each, without the numbers or points before them."""
    lines = (_NUMBERED.sub("", tidy(line)) for line in said.splitlines())
    return tuple(line for line in lines if line) or ("",)


def _without_command(line: str) -> str:
    tokens = tokens_of(line)
    end = _end_of(_command, tokens, 0) if tokens else None
    return line if end is None else _from(line, tokens, end)


def _split_deadline(asked: str) -> tuple[str, str]:
    task, sign, last = asked.rpartition(";")
    if not sign:
        return _split_at_label(asked)
    deadline = last.strip(_ENDS)
    tokens = tokens_of(deadline)
    if not tokens or not (tokens[0].is_number or _end_of(_deadline, tokens, 0) or _VAGUE.fullmatch(deadline)):
        return asked.strip(_ENDS), ""
    return task.strip(_ENDS), _without_label(deadline)


def _split_at_label(asked: str) -> tuple[str, str]:
    """Cut at the last ", hạn" or ". Hạn" where no semicolon was typed."""
    tokens = tokens_of(asked)
    phrase = tidy(asked)
    for at in range(len(tokens) - 1, 0, -1):
        if tokens[at - 1].text in {",", "."} and _end_of(_label, tokens, at):
            return phrase[: tokens[at].start].strip(_ENDS), _without_label(phrase[tokens[at].start :].strip(_ENDS))
    return phrase.strip(_ENDS), ""


def _without_label(deadline: str) -> str:
    tokens = tokens_of(deadline)
    end = _end_of(_label, tokens, 0)
    if end is None or _end_of(_hard_label, tokens, 0):
        return deadline
    return _from(deadline, tokens, end)
