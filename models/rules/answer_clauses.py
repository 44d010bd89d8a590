"""Whom officers mean by what was answered: "chưa trả lời 12", "Khối nội chính chưa báo cáo 3", "trả lời Có với 2"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from models.rules.spelling import fold, tidy


class MatterKind(StrEnum):
    """What is answered: a notice, an invitation to a meeting, a task."""

    NOTICE = "notice"
    MEETING = "meeting"
    TASK = "task"


MATTER_WORDS = {MatterKind.NOTICE: "thông báo", MatterKind.MEETING: "họp", MatterKind.TASK: "nhiệm vụ"}
_KINDS = {
    MatterKind.NOTICE: r"thong bao|tb|notice",
    MatterKind.MEETING: r"phien hop|cuoc hop|giay moi hop|giay moi|hop|meeting",
    MatterKind.TASK: r"nhiem vu|nv|task",
}
_SILENT = r"im lang|(?:chua|khong) (?:(?:gui|nop|co) )?(?:tra loi|phan hoi|xac nhan|bao cao)|silent"
_ANSWERED = r"(?:da )?(?:tra loi|phan hoi|xac nhan|bao cao)|answered"
_KIND = "|".join(f"(?P<{kind}>{words})" for kind, words in _KINDS.items())
_CLAUSE = re.compile(
    rf"(?<!\S)(?:(?P<silent>{_SILENT})|(?:{_ANSWERED})(?: (?P<answer>[^;,]+?))??)"
    r"(?: (?:voi|ve|cho|doi voi|on|to))?(?= )"
    rf"(?P<reference>(?: (?:{_KIND}))?(?: so)? #?(?P<number>\d{{1,6}}))(?![\w/-])"
)
_APART = re.compile(r"(?:,|;|(?:^|\s)và|(?:^|\s)and)$", re.IGNORECASE)
_JOINED = re.compile(r"^(?:[\s,]+|và\b|and\b)+", re.IGNORECASE)
_ANYBODY = frozenset({"don vi", "nhung don vi", "noi", "nhung noi", "cac noi", "ai", "nhung ai", "those"})
_QUOTES = " \"'“”"


@dataclass(frozen=True, slots=True)
class Clause:
    """Those who have not answered a matter, or who have: all of them, or with one `answer`; only those `within` a name.

    `lead` is what stands before the matter's number as written; `matter` is None where the number alone was written.
    """

    lead: str
    number: int
    matter: MatterKind | None
    is_silent: bool
    answer: str = ""
    within: str = ""

    @property
    def written(self) -> str:
        """The clause as it stands in a list of names."""
        return self.about(self.matter) if self.matter else f"{self.lead} {self.number}"

    def about(self, matter: MatterKind) -> str:
        """Write the clause with the matter that is meant."""
        return f"{self.lead} {MATTER_WORDS[matter]} {self.number}"


def split_clauses(line: str) -> tuple[str, tuple[Clause, ...]]:
    """Part a line into the names in it, joined by ";", and what it says by answer.

    A name right before a clause narrows it ("Khối nội chính chưa báo cáo 3"); before a comma, "và" or ";" it stands for
    itself.
    """
    names, clauses = list[str](), list[Clause]()
    for chunk in re.split(r"[;\n]", line):
        for piece in _parted(chunk):
            if isinstance(piece, Clause):
                clauses.append(piece)
            elif piece:
                names.append(piece)
    return "; ".join(names), tuple(dict.fromkeys(clauses))


def _parted(chunk: str) -> Iterator[str | Clause]:
    words = tidy(chunk).split()
    folded = [fold(word) for word in words]
    ends = [end - 1 for end in accumulate(len(word) + 1 for word in folded)]
    done = 0
    for found in _CLAUSE.finditer(" ".join(folded)):
        first = sum(end < found.start() for end in ends)
        reference = sum(end <= found.start("reference") for end in ends)
        last = sum(end < found.end() for end in ends) + 1
        before = _JOINED.sub("", " ".join(words[done:first]))
        within = "" if _APART.search(before) else before
        if before != within:
            yield _APART.sub("", before).strip(" ,")
        answer = _between(words, ends, found.span("answer")) if found["answer"] else ""
        lead = " ".join([*([within] if within else []), *words[first:reference]])
        yield Clause(
            lead,
            int(found["number"]),
            _matter(found),
            found["silent"] is not None,
            answer.strip(_QUOTES),
            "" if fold(within) in _ANYBODY else within,
        )
        done = last
    yield _JOINED.sub("", " ".join(words[done:])).strip(" ,.")


def _between(words: list[str], ends: list[int], span: tuple[int, int]) -> str:
    return " ".join(words[sum(end < span[0] for end in ends) : sum(end < span[1] for end in ends) + 1])


def _matter(found: re.Match[str]) -> MatterKind | None:
    named = next((matter for matter in MatterKind if found[matter.value]), None)
    return named or (MatterKind.TASK if "bao cao" in found[0] else None)
