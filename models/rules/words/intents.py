"""What a focal point reports in his own words, where it is plain; anything else is not understood, and is asked."""

import re
from dataclasses import dataclass
from enum import StrEnum

from models.rules.arrivals import route_of
from models.rules.deadline.dates import dated_day
from models.rules.deadline.lexicon import comma, free, verbs
from models.rules.deadline.parsing import Rule, Tokens, extent, give, number, opt, ways, word
from models.rules.deadline.tokens import LONGEST, tokens_of
from models.rules.spelling import tidy
from models.rules.words.certainty import is_confusable

_ENDS = " .,;:-"
# what follows "không thuộc nhiệm vụ đơn vị": the number of the task, and the reason where one is given
_TASK_NUMBER = re.compile(r"\s*(?:(?:số|so|#)\s*)?(\d{1,5})(?![\d/])", re.IGNORECASE)
_WHY = re.compile(
    r"(?:[,;:–-]|\b(?:vì|do|vi|lý do|ly do)\b)[\s:]*(?:(?:vì|do|vi|lý do|ly do)\b[\s:]*)?(\S+\s+\S.*)",
    re.IGNORECASE | re.DOTALL,
)


class Meant(StrEnum):
    """What was reported."""

    FINISHED = "finished"
    ALL_FINISHED = "all_finished"
    SENT = "sent"
    SIGNED = "signed"
    SUBMITTED = "submitted"
    DRAFTING = "drafting"
    IN_PROGRESS = "in_progress"
    ACKNOWLEDGED = "acknowledged"
    EXTENSION = "extension"
    DIFFICULTY = "difficulty"
    NOT_OURS = "not_ours"


@dataclass(frozen=True, slots=True)
class Intent:
    """What was reported, and what was said about it, as typed.

    `words`: the difficulty, why a task is not the unit's, or the whole request for more time; `number`, `day`: of a
    paper that was sent (`number` also of a task that is not the unit's), `route`: by which
    `models.rules.arrivals.Route`, or empty.
    """

    meant: Meant
    words: str = ""
    number: str = ""
    day: str = ""
    route: str = ""

    @property
    def paper(self) -> str:
        """The number and day of a paper in one line, as far as they were said."""
        return " ngày ".join(part for part in (self.number, self.day) if part)


# ── what stands round a report ───────────────────────────────────────────────────────────────────────────────────────
_who = word(
    "dạ",
    "vâng",
    "báo cáo",
    "em",
    "bên em",
    "đơn vị",
    "đơn vị em",
    "chúng tôi",
    "cơ quan",
    "sở",
    "ok",
    "thưa",
    "xin báo cáo",
)
_lead = opt((_who << comma).times(1, 4))
_thanks = comma >> opt(word("xin", "trân trọng")) >> word("cảm ơn", "cám ơn") >> opt(word("đồng chí", "các đồng chí"))
_polite = comma >> word("ạ", "nhé", "rồi ạ", "a")
_tail = opt(word("rồi")) >> opt(_thanks) >> opt(_polite) >> opt(word(".", "!", "! !"))
_already = word("đã", "vừa", "mới", "đã được")
_paper = word(
    *(
        "báo cáo",
        "bc",
        "công văn",
        "cv",
        "văn bản",
        "vb",
        "kế hoạch",
        "kh",
        "tờ trình",
        "hồ sơ",
        "danh sách",
        "biểu mẫu",
    ),
    *("thông báo", "quyết định"),
)
_task = word("nhiệm vụ", "nhiệm vụ này", "công việc", "công việc này", "việc", "việc này", "báo cáo", "nội dung này")

# ── the reports ──────────────────────────────────────────────────────────────────────────────────────────────────────
_doing = opt(word("làm", "thực hiện", "triển khai")) >> word("xong", "hoàn thành", "hoàn tất")
_finished = _doing | word("đã") >> _doing >> opt(_task)
_all = word("tất cả", "toàn bộ", "tất cả các", "toàn bộ các") >> opt(_task)
_all_finished = (
    opt(word("đã")) >> _doing >> (_all | word("hết", "hết tất cả", "hết các") >> opt(_task))
    | _all >> opt(word("đã", "đều", "đều đã")) >> _doing
)
_signed = word("đã ký", "đã được ký", "đã ký duyệt", "lãnh đạo đã ký") >> opt(
    comma >> opt(word("nhưng", "mà")) >> word("chưa có số", "chưa lấy số", "chờ số", "chưa vào số", "chưa phát hành")
)
_submitted = word("đã", "đang", "mới") >> word(
    "trình ký", "trình lãnh đạo", "trình lãnh đạo ký", "trình ký ban hành", "chờ ký"
)
_drafting = word("đang") >> word("soạn", "soạn thảo", "dự thảo", "xây dựng", "viết") >> opt(_paper)
_in_progress = word("đang") >> word("làm", "thực hiện", "triển khai", "tổng hợp", "xử lý", "tiến hành") >> opt(_task)
_acknowledged = (
    opt(word("đã"))
    >> word("nhận", "tiếp nhận", "nhận được", "nhận việc", "nắm", "rõ", "nắm rõ", "nghe rõ")
    >> opt(word("nhiệm vụ", "thông tin", "thông báo", "văn bản", "tin", "việc"))
) | word("ok", "oke", "okay", "vâng", "dạ", "dạ vâng", "vâng ok")
_plain: Rule[Meant] = (
    _lead
    >> (
        give(Meant.FINISHED, _finished)
        | give(Meant.ALL_FINISHED, _all_finished)
        | give(Meant.SIGNED, _signed)
        | give(Meant.SUBMITTED, _submitted)
        | give(Meant.DRAFTING, _drafting)
        | give(Meant.IN_PROGRESS, _in_progress)
        | give(Meant.ACKNOWLEDGED, _acknowledged)
    )
    << _tail
)

# ── a paper that was sent, with its number and day ───────────────────────────────────────────────────────────────────
_letters = free | verbs | word("h", "t", "q", "năm")
_symbol = (_letters << word("-")).times(0, 4) >> _letters
_number = number(1, 999_999, digits=(1, 2, 3, 4, 5, 6)) >> opt(
    word("/") >> opt(number(1990, 2099, digits=(4,)) >> word("/")) >> _symbol
)
_sent_on = opt(comma) >> word("ngày") >> extent(dated_day)
_toward = (
    comma
    >> word("về", "cho", "tới", "qua", "lên", "bằng", "theo đường")
    >> ((free | word("văn bản", "công văn")) << opt(word("-", ","))).times(1, 12)
)
_form = word("bản giấy", "văn bản giấy", "bản cứng", "trực tiếp", "email", "thư điện tử") | word("qua", "bằng") >> (
    free | word("văn bản")
).times(1, 6)
Place = tuple[int, int] | None
Sent = tuple[tuple[Place, tuple[Place, Place]], Place]
_sent: Rule[Sent] = (
    _lead
    >> _already
    >> word("gửi", "nộp", "phát hành", "ban hành", "chuyển", "báo cáo")
    >> (
        opt(extent(_form))
        & opt(_paper) >> (opt(opt(word("số", "số :")) >> extent(_number)) & opt(_sent_on))
        & opt(extent(_toward))
    )
    << _tail
)

# ── reports that go on in free words ─────────────────────────────────────────────────────────────────────────────────
_difficulty = (
    _lead
    >> opt(word("đang", "đang gặp", "gặp", "còn", "có", "hiện đang", "hiện còn"))
    >> word(*("khó khăn", "vướng mắc", "vướng", "khó khăn , vướng mắc", "khó khăn vướng mắc", "vướng mắc , khó khăn"))
)
_solved = word(
    "không",
    "không có",
    "đã giải quyết",
    "đã được",
    "đã tháo gỡ",
    "đã xử lý",
    "đã khắc phục",
    "đã xong",
    "không còn",
    "hết",
)
_more_time = (
    _lead
    >> word("xin", "đề nghị", "cho", "xin được", "cho xin", "xin phép", "đề nghị cho", "kính đề nghị")
    >> word(*("gia hạn", "được gia hạn", "lùi hạn", "lùi thời hạn", "cho gia hạn"))
)
_not_ours = (
    _lead
    >> opt(word("nhiệm vụ này", "việc này", "nội dung này"))
    >> word("không thuộc", "không phải")
    >> word(
        "nhiệm vụ",
        "thẩm quyền",
        "chức năng",
        "trách nhiệm",
        "lĩnh vực",
        "chức năng nhiệm vụ",
        "chức năng , nhiệm vụ",
        "việc",
    )
    >> opt(word("của"))
    >> word("đơn vị", "cơ quan", "chúng tôi", "sở", "huyện", "đơn vị tôi", "đơn vị em", "bên em")
)
_asking = word("chưa", "không", "à", "hả", "sao", "nào", "gì", "đâu", "nhỉ")
_POLITE_ENDS = frozenset({"ạ", ".", "nhé", "vậy", "thế"})
_turning = word("nhưng", "tuy nhiên", "mà vẫn", "song")


def intent(text: str) -> Intent | None:
    """Tell what a message reports, where it is plain; None for questions, denials and what is not surely understood.

    Acknowledging is never finishing; a word that could be either of a confusable pair is never decided.
    """
    line, tokens = tidy(text), tokens_of(text)
    if not tokens or _is_question(tokens):
        return None
    if len(tokens) <= LONGEST and (found := _short(line, tokens)):
        return found
    return _long(line, tokens)


def _short(line: str, tokens: Tokens) -> Intent | None:
    plain = set(ways(_plain, tokens))
    if plain == {Meant.ACKNOWLEDGED} and is_confusable(line):
        return None
    if len(plain) == 1:
        return Intent(plain.pop())
    sent = {_as_sent(line, tokens, found) for found in ways(_sent, tokens)}
    return sent.pop() if len(sent) == 1 else None


def _as_sent(line: str, tokens: Tokens, found: Sent) -> Intent:
    (form, (paper, day)), toward = found
    route = route_of(f"{_written(line, tokens, form)} {_written(line, tokens, toward)}")
    return Intent(Meant.SENT, number=_written(line, tokens, paper), day=_written(line, tokens, day), route=route or "")


def _written(line: str, tokens: Tokens, found: tuple[int, int] | None) -> str:
    if found is None:
        return ""
    end = tokens[found[1]].start if found[1] < len(tokens) else len(line)
    return line[tokens[found[0]].start : end].strip(_ENDS)


def _long(line: str, tokens: Tokens) -> Intent | None:
    if _ends(_more_time, tokens):
        return Intent(Meant.EXTENSION, words=line)
    if _turns(tokens):
        return None
    if stops := _ends(_not_ours, tokens):
        return _of_no_concern(line[tokens[max(stops)].start :] if max(stops) < len(tokens) else "")
    ends = _ends(_difficulty, tokens)
    rest = max(ends, default=len(tokens))
    if rest == len(tokens) or _says_solved(tokens, rest):
        return Intent(Meant.DIFFICULTY) if ends and rest == len(tokens) else None
    return Intent(Meant.DIFFICULTY, words=_written(line, tokens, (rest, len(tokens))).lstrip(_ENDS))


def _of_no_concern(rest: str) -> Intent:
    """Read what follows "không thuộc nhiệm vụ đơn vị": the task's number, and why."""
    number, why = _TASK_NUMBER.match(rest), _WHY.search(rest)
    return Intent(Meant.NOT_OURS, why[1].strip(_ENDS) if why else "", number[1] if number else "")


def _ends(rule: Rule[object], tokens: Tokens) -> set[int]:
    return {end for _, end in rule.run(tokens, 0)}


def _says_solved(tokens: Tokens, at: int) -> bool:
    start = at + 1 if tokens[at].text in {":", ",", "-"} else at
    return any(True for _ in _solved.run(tokens, start))


def _turns(tokens: Tokens) -> bool:
    return any(True for at in range(len(tokens)) for _ in _turning.run(tokens, at))


def _is_question(tokens: Tokens) -> bool:
    """Say whether it ends as a question does: with a question mark, or "chưa", "không" before a polite word."""
    said = tuple(token for token in tokens if token.text not in _POLITE_ENDS)
    return any(token.text == "?" for token in tokens) or bool(_ends_of_speech(said))


def _ends_of_speech(said: Tokens) -> list[str]:
    return [asked for asked, _ in _asking.run(said, len(said) - 1)] if said else []
