"""Answers in words: what is typed without diacritics and could mean something else is asked, never decided."""

from collections.abc import Iterable, Mapping

from models.rules.spelling import fold, is_plain, spelling_key, tidy

CONFUSABLE: tuple[tuple[str, str], ...] = (
    ("đúng", "dừng"),
    ("vâng", "vắng"),
    ("hoàn", "hoãn"),
    ("thấy", "thay"),
    ("mới", "mời"),
    ("đổi", "đợi"),
    ("bổ", "bỏ"),
    ("chờ", "cho"),
)
"""Words that differ only by diacritics and differ in meaning."""

CLEAR = ("hoàn thành", "hoàn tất", "vắng mặt", "dự thay", "thay mặt", "bổ sung", "giấy mời", "bỏ qua", "hủy bỏ")
"""Compounds in which such a word can be meant in one way only, even without diacritics."""

_YES = ("có", "vâng", "dạ", "dạ vâng", "vâng ạ", "dạ có", "đồng ý", "đúng", "đúng rồi", "phải", "chính xác", "nhất trí")
_MORE_YES = ("ok", "oke", "okay", "okie", "ừ", "được", "xác nhận", "yes", "y", "có ạ", "đồng ý ạ")
_NO = (
    "không",
    "không ạ",
    "không đồng ý",
    "không phải",
    "không đúng",
    "chưa",
    "sai",
    "sai rồi",
    "ko",
    "k",
    "no",
    "n",
    "hông",
)
_NEVER_MIND = ("thôi", "thôi ạ", "thôi nhé", "bỏ qua", "hủy", "hủy bỏ", "cancel", "không làm nữa", "để sau")
_ENDS = " .,!…"

_AMBIGUOUS_FOLDED = frozenset(fold(word) for pair in CONFUSABLE for word in pair)
_YES_OR_NO: Mapping[str, bool] = {**dict.fromkeys((*_YES, *_MORE_YES), True), **dict.fromkeys(_NO, False)}


def sure(text: str, options: Iterable[str]) -> str | None:
    """Give the option that was typed for sure; None where it is another, or where it has to be asked.

    Options are written with their diacritics. Typed with diacritics a word is decided; without them only if no word in
    it is one of a `CONFUSABLE` pair.
    """
    line = tidy(text).strip(_ENDS).lower()
    given = tuple(options)
    exact = [option for option in given if _key(option) == _key(line)]
    if is_confusable(line):
        return None
    if exact:
        return exact[0]
    alike = [option for option in given if fold(option) == fold(line)]
    return alike[0] if is_plain(line) and len(alike) == 1 else None


def is_confusable(text: str) -> bool:
    """Say whether a word typed without any diacritic could be either of a pair."""
    line = tidy(text).lower()
    if not is_plain(line):
        return False
    for compound in CLEAR:
        line = line.replace(fold(compound), "")
    return not _AMBIGUOUS_FOLDED.isdisjoint(line.split())


def yes_or_no(text: str) -> bool | None:
    """Tell a yes from a no; None where it is neither, or cannot be told without diacritics."""
    said = sure(text, _YES_OR_NO)
    return None if said is None else _YES_OR_NO[said]


def is_never_mind(text: str) -> bool:
    """Say whether a question is left: "thôi", "bỏ qua"."""
    return sure(text, _NEVER_MIND) is not None


def _key(text: str) -> tuple[str, ...]:
    return tuple(spelling_key(word) for word in text.split())
