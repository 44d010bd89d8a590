"""How days and hours are spoken: as official Vietnamese papers write them, or in plain English."""

import re
from datetime import date, datetime, time

from models.rules.spelling import tidy

_VI = "vi"
_WEEKDAYS = {
    "vi": ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_PADDED_DAYS, _PADDED_MONTHS = 10, 3
_DATE = re.compile(r"(?<!\d)0?(\d{1,2})\s*(?:[/.-]|,?\s*tháng)\s*0?(\d{1,2})(?!\d)")
_SHORTENED = "…"
_ADDRESSEES = (
    r"các|quý|toàn thể|tất cả|đồng chí|đ/c|ông|bà|anh|chị|thành viên|lãnh đạo|hội đồng|ban|sở|ủy ban|ubnd|công an"
)
_SALUTATION = re.compile(
    rf"(?:kính gửi\s*:|(?:kính gửi|kính thưa|thưa)\s+(?:{_ADDRESSEES})\b)[^.!?:\n]*(?:[.!?:\n]+|$)", re.IGNORECASE
)
HEADLINE = 45
"""Characters that a locked phone shows of a message: date and matter stand in them."""


def day(value: date, locale: str) -> str:
    """Speak a day: 07/3/2022 (a zero before days under 10 and months 1 and 2 only), in English 7 Mar 2022."""
    return f"{short_day(value, locale)}{'/' if locale == _VI else ' '}{value.year:04d}"


def short_day(value: date, locale: str) -> str:
    """Speak a day without its year: 14/6, in English 14 Jun."""
    if locale != _VI:
        return f"{value.day} {_MONTHS[value.month - 1]}"
    return f"{_padded(value.day, _PADDED_DAYS)}/{_padded(value.month, _PADDED_MONTHS)}"


def weekday(value: date, locale: str) -> str:
    """Speak the day of the week: thứ Ba, Chủ nhật."""
    return _WEEKDAYS[_known(locale)][value.weekday()]


def hour(value: time, locale: str) -> str:
    """Speak an hour as papers set it: 16h00, in English 16:00."""
    return f"{value:%H}h{value:%M}" if locale == _VI else f"{value:%H:%M}"


def moment(value: datetime, locale: str) -> str:
    """Speak when something happened, by the council's clock: 08:00 ngày 14/4/2022."""
    return f"{value:%H:%M} {'ngày ' if locale == _VI else 'on '}{day(value, locale)}"


def due_moment(value: datetime, locale: str) -> str:
    """Speak an hour by which something is due: 16h00 ngày 20/6/2022."""
    return f"{hour(value.time(), locale)} {'ngày ' if locale == _VI else 'on '}{day(value, locale)}"


def deadline_spoken(phrase: str, due: date | datetime | None, document_date: date, locale: str = _VI) -> str:
    """Speak a deadline in the document's words and as read: "trước ngày 15/6/2022 (chậm nhất hết ngày 14/6)".

    `due`: the last compliant day, or moment by the council's clock; its year is named where it is not the document's.
    What the words themselves name as the last day is not said again.
    """
    words = tidy(phrase).rstrip(" .;")
    if due is None or _names(words, due, document_date):
        return words
    reading = _latest(due, document_date, locale)
    return f"{words} ({reading})" if words else reading


def headline(due: date | datetime | None, title: str, limit: int = HEADLINE, locale: str = _VI) -> str:
    """Say date and matter in the first characters of a message: "Hạn 14/6: Báo cáo sơ kết 6 tháng"."""
    start = _start(due, locale)
    return start + _fitted(tidy(title).rstrip(" .;"), limit - len(start))


def gist(text: str) -> str:
    """Give a letter in one line, from its first sentence that is no salutation; whole where nothing else is said.

    "Kính gửi các cơ quan, đơn vị. Đề nghị gửi danh sách." is named by "Đề nghị gửi danh sách."
    """
    left = text.strip()
    while greeting := _SALUTATION.match(left):
        left = left[greeting.end() :].strip()
    return " ".join((left or text).split())


def _start(due: date | datetime | None, locale: str) -> str:
    if due is None:
        return ""
    label = "Hạn" if locale == _VI else "Due"
    at = f"{hour(due.time(), locale)} " if isinstance(due, datetime) else ""
    return f"{label} {at}{short_day(due, locale)}: "


def _fitted(title: str, room: int) -> str:
    if len(title) <= room:
        return title
    kept = title[: max(room - len(_SHORTENED), 0) + 1]
    whole = kept.rpartition(" ")[0].rstrip(" ,;:.-–") or kept[:-1]
    return whole + _SHORTENED


def _latest(due: date | datetime, document_date: date, locale: str) -> str:
    near = short_day if due.year == document_date.year else day
    if locale != _VI:
        return (
            f"at the latest {hour(due.time(), locale)} on {near(due, locale)}"
            if isinstance(due, datetime)
            else (f"by the end of {near(due, locale)}")
        )
    if isinstance(due, datetime):
        return f"chậm nhất {hour(due.time(), locale)} ngày {near(due, locale)}"
    return f"chậm nhất hết ngày {near(due, locale)}"


def _names(words: str, due: date, document_date: date) -> bool:
    if due.year != document_date.year and str(due.year) not in words:
        return False
    if isinstance(due, datetime) and not _names_hour(words, due):
        return False
    return any((int(found[1]), int(found[2])) == (due.day, due.month) for found in _DATE.finditer(words))


def _names_hour(words: str, due: datetime) -> bool:
    return re.search(rf"(?<!\d)0?{due.hour}\s*(?:h|g|giờ|:)", words.lower()) is not None


def _padded(number: int, under: int) -> str:
    return f"{number:02d}" if number < under else str(number)


def _known(locale: str) -> str:
    return locale if locale in _WEEKDAYS else "en"
