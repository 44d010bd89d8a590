"""The heading of an official document: its own number, date, issuer, kind and subject, and what it replaces.

Source: Decree 30/2020/NĐ-CP, annex I: number and symbol "Số: 02/KH-HĐTĐKT", place and date, kind and subject. Preambles
quote other numbers and dates; only the document's own "Số:" and place-date line are taken, or the line "(Kèm theo Kế
hoạch số … ngày …)" of an annex without a letterhead.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from documents.body import Body, Paragraph, label
from models.rules.text import Text, t

# the kinds of Decree 30/2020/NĐ-CP and their abbreviations; an official letter (công văn) bears none
KINDS = {
    "nghị quyết": "NQ", "quyết định": "QĐ", "chỉ thị": "CT", "quy chế": "QC", "quy định": "QyĐ", "thông cáo": "TC",
    "thông báo": "TB", "hướng dẫn": "HD", "chương trình": "CTr", "kế hoạch": "KH", "phương án": "PA", "đề án": "ĐA",
    "dự án": "DA", "báo cáo": "BC", "biên bản": "BB", "tờ trình": "TTr", "hợp đồng": "HĐ", "giấy ủy quyền": "GUQ",
    "giấy mời": "GM", "giấy giới thiệu": "GGT", "phiếu gửi": "PG", "phiếu chuyển": "PC", "phiếu báo": "PB",
    "công văn": "CV",
}  # fmt: skip
LETTER = "CV"
_BY_LABEL = {label(words): kind for words, kind in KINDS.items()}
_ABBREVIATIONS = {kind.upper(): kind for kind in KINDS.values()}

_KIND = "(" + "|".join(KINDS) + ")"
_SYMBOL = r"(?-i:[A-ZÀ-ỸĐ&][\w&]*(?:\s?[-–/]\s?[A-ZÀ-ỸĐ&][\w&]*)*)"
NUMBER = rf"(\d{{1,6}}[a-zA-Z]?\s?/\s?(?:\d{{4}}\s?/\s?)?{_SYMBOL})"
DAY = r"(\d{1,2})\s?(?:[/.\-]|tháng)\s?(\d{1,2})\s?(?:[/.\-]|năm)\s?(\d{4})"
_OWN_NUMBER = re.compile(rf"^số\s?:?\s?{NUMBER}", re.IGNORECASE)
_NO_NUMBER = re.compile(r"^số\s?:?[\s._…]*/", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(rf"^[^\W\d_][^,;:\d]{{1,40}},\s?ngày\s?{DAY}$", re.IGNORECASE)
_CITED = rf"{_KIND}\s+số\s?:?\s?{NUMBER}(?:\s?,?\s?ngày\s?{DAY})?"
_ATTACHED = re.compile(rf"kèm theo\s+{_CITED}(?:\s+của\s+([^)\n]+))?", re.IGNORECASE)
_ITSELF = re.compile(rf"^\(?{_CITED}(?:\s+của\s+([^)\n]+))?", re.IGNORECASE)
_REPLACES = re.compile(rf"này[^.;\n]{{0,120}}?\bthay thế\s+(?:cho\s+)?{_CITED}", re.IGNORECASE)
_AND_MORE = re.compile(rf"\s*(?:,|;|và|,\s?và)\s+{_CITED}", re.IGNORECASE)
_PREAMBLE = re.compile(r"^(căn cứ|xét|thực hiện|theo đề nghị|kính gửi|để |nhằm )", re.IGNORECASE)
_ABOUT = re.compile(r"^V/v:?\s+(.+)", re.IGNORECASE | re.DOTALL)
_CONTINUED = re.compile(r"^(TỈNH|THÀNH PHỐ|TP|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|KHEN THƯỞNG|VÀ|-)\b")
_UNFINISHED = frozenset({"ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "UBND", "HỘI ĐỒNG", "BAN", "SỞ"})
_MOTTO = re.compile(r"(cộng h(òa|oà) xã hội|độc lập\s?[-–]\s?tự do).*$", re.IGNORECASE)
_RULE = re.compile(r"^[\W_]+$")
_KIND_FIRST = re.compile(rf"^{_KIND}\b", re.IGNORECASE)
_TOP = 40  # lines in which a letterhead and a title stand
_LETTERHEAD_COLUMNS = 2
_SUBJECT_LINES, _SUBJECT = 4, 500


@dataclass(frozen=True, slots=True)
class Cited:
    """Another document, as named in a text."""

    kind: str
    number: str
    dated: date | None


@dataclass(frozen=True, slots=True)
class Heading:
    """Who says what under which number; empty or None where the document does not say.

    `number` is number and symbol ("02/KH-HĐTĐKT"), `kind` the abbreviation (KH, TB, …, CV), `parent` the body above.
    """

    number: str = ""
    dated: date | None = None
    kind: str = ""
    issuer: str = ""
    parent: str = ""
    subject: str = ""
    supersedes: tuple[Cited, ...] = ()

    @property
    def symbol(self) -> str:
        """Give the symbol without the running number: "KH-HĐTĐKT"."""
        return self.number.partition("/")[2]

    def questions(self) -> tuple[Text, ...]:
        """Ask for what a document must have to be known again: its number and its date."""
        asked = []
        if not self.number:
            asked.append(t("The document shows no number of its own; state number and symbol, as 02/KH-HĐTĐKT."))
        if self.dated is None:
            asked.append(t("The document shows no date of its own; state the day on which it was signed."))
        return tuple(asked)


def heading(body: Body) -> Heading:
    """Read the heading of a document from its first lines, and what it replaces from all of them."""
    top, rest = _lines(body)
    title = _title(top)
    number, dated, issuer = _identity(top, (*top, *rest), title.kind)
    parent, own_issuer = _issuer(top)
    return Heading(
        number,
        dated,
        kind_of(number) or title.kind,
        own_issuer or issuer,
        parent,
        title.subject,
        _superseded((*top, *rest)),
    )


def kind_of(number: str) -> str:
    """Tell the kind from number and symbol: "02/KH-HĐTĐKT" is a KH, "22/SNV-TĐKT" a letter (CV)."""
    if not number:
        return ""
    symbol = number.rpartition("/")[2]
    return _ABBREVIATIONS.get(symbol.partition("-")[0].upper(), LETTER)


@dataclass(frozen=True, slots=True)
class _Title:
    kind: str = ""
    subject: str = ""


def _lines(body: Body) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Give the lines before the first preamble or table proper, and those after; a table's own rows are left out."""
    top: list[str] = []
    rest: list[str] = []
    into = top
    for text in lines_of(body):
        if text is None or _PREAMBLE.match(text) or len(top) > _TOP:
            into = rest
        if text:
            into.append(text)
    return tuple(top), tuple(rest)


def lines_of(body: Body) -> Iterator[str | None]:
    """Give every line of running text and of a letterhead; None stands for a row of a table proper."""
    for block in body.blocks:
        if isinstance(block, Paragraph):
            yield from block.text.split("\n")
            continue
        for row in block.rows:
            said = [text for text in row.texts() if text]
            if len(said) > _LETTERHEAD_COLUMNS:
                yield None
            else:
                yield from (line for text in said for line in text.split("\n"))


def _identity(top: Sequence[str], lines: Sequence[str], kind: str) -> tuple[str, date | None, str]:
    """Find number, date and issuer: the letterhead's own, or else those of the document that this one goes with."""
    placed = next((day_of(match.groups()) for line in top if (match := _PLACE_AND_DATE.match(_placing(line)))), None)
    for line in top:
        if match := _OWN_NUMBER.match(line):
            return number_of(match.group(1)), placed, ""
        if _NO_NUMBER.match(line):
            return "", placed, ""
    attached = next(_attached(top, lines, kind), None)
    if attached is None:
        return "", placed, ""
    issuer = re.split(r"\s+(?:về|năm\s+\d{4})\b", attached.group(6) or "")[0].strip(" .,;")
    return number_of(attached.group(2)), day_of(attached.groups()[2:5]) or placed, issuer


def _attached(top: Sequence[str], lines: Sequence[str], kind: str) -> Iterator[re.Match[str]]:
    yield from (match for line in top if (match := _ATTACHED.search(line)))
    own = (match for line in lines if (match := _ITSELF.match(line)))
    yield from (match for match in own if kind and KINDS[match.group(1).lower()] == kind)


def _placing(line: str) -> str:
    return _MOTTO.sub("", _OWN_NUMBER.sub("", line)).strip()


def _title(top: Sequence[str]) -> _Title:
    for at, line in enumerate(top):
        if match := _ABOUT.match(line):
            return _Title(LETTER, _joined([match.group(1), *top[at + 1 :]]))
        words = label(line)
        if words in _BY_LABEL or words.startswith("phu luc"):
            return _Title(_BY_LABEL.get(words, ""), _joined(top[at + 1 :]))
        if match := _KIND_FIRST.match(line):
            rest = line[match.end() :].strip() if line.isupper() else line
            kind = KINDS[match.group(1).lower()]
            return _Title(kind, _joined([rest, *top[at + 1 :]]) if line.isupper() else rest)
    return _Title()


def _joined(lines: Sequence[str]) -> str:
    subject: list[str] = []
    for line in lines[:_SUBJECT_LINES]:
        plain = _MOTTO.sub("", line)
        ends = plain.startswith(("(", "-")) or _RULE.match(plain) or plain.endswith((".", ":", ";", "./."))
        if not plain or ends or len(plain) > _SUBJECT or _PLACE_AND_DATE.match(plain) or _OWN_NUMBER.match(plain):
            break
        subject.append(plain)
    return " ".join(subject)[:_SUBJECT]


def _issuer(top: Sequence[str]) -> tuple[str, str]:
    """Give the body above and the issuing body, as the letterhead's left column prints them above the number."""
    ends = [at for at, line in enumerate(top) if _OWN_NUMBER.match(line) or _NO_NUMBER.match(line)]
    names: list[str] = []
    for line in top[: ends[0]] if ends else ():
        plain = _MOTTO.sub("", line).strip(" -–_*")
        if not plain.isupper() or label(plain) in _BY_LABEL:
            continue
        if names and (_CONTINUED.match(plain) or names[-1] in _UNFINISHED):
            names[-1] += f" {plain}"
        else:
            names.append(plain)
    return " ".join(names[:-1]), names[-1] if names else ""


def _superseded(lines: Sequence[str]) -> tuple[Cited, ...]:
    found: dict[str, Cited] = {}
    for line in lines:
        for first in _REPLACES.finditer(line):
            match: re.Match[str] | None = first
            while match is not None:
                cited = Cited(KINDS[match.group(1).lower()], number_of(match.group(2)), day_of(match.groups()[2:5]))
                found.setdefault(cited.number, cited)
                match = _AND_MORE.match(line, match.end())
    return tuple(found.values())


def number_of(written: str) -> str:
    """Give number and symbol as they are kept, whatever spaces and dashes they were typed with."""
    return re.sub(r"\s", "", written).replace("–", "-")


def day_of(written: Sequence[str | None]) -> date | None:
    """Give the day that DAY found, as day, month and year; None for one that the calendar does not have."""
    day, month, year = (int(figure or 0) for figure in written)
    try:
        return date(year, month, day)
    except ValueError:
        return None
