"""Units as the cells of a document write them: parted where each part is a name, whole where the name has commas."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from documents.body import label
from models.rules.scopes import ScopeKind, split_scopes
from models.rules.units import Named, is_known, register

# words that begin the name of one agency, locality or group; what follows is capitalised, or the province's own
KINDS = (
    "sở|ban|ubnd|ủy ban|uỷ ban|hđnd|huyện|thành phố|tp|thị xã|quận|xã|phường|thị trấn|công an|bộ chỉ huy|trường"
    "|bệnh viện|báo|đài|hội|liên đoàn|đoàn|cục|chi cục|kho bạc|ngân hàng|tòa án|toà án|viện|thanh tra|văn phòng"
    "|công ty|trung tâm|mặt trận|ub mttq|bảo hiểm xã hội|cụm|khối|tỉnh"
)
_ONE_NAME = re.compile(
    rf"^(?:{KINDS})\.?\s+(?:thi đua\s+|nhân dân\s+|huyện\s+|(?-i:[A-ZÀ-ỸĐ])|tỉnh\b|nội chính\b)", re.IGNORECASE
)
_PARTS = re.compile(r",\s*|\s+và\s+", re.IGNORECASE)
_WRAPPED = re.compile(rf"\n(?=và\s|&|(?!(?:{KINDS})\b)(?-i:[a-zà-ỹđ]))", re.IGNORECASE)
_LIST = 4000  # characters; a longer cell lists no units
_SHORT = 20  # characters; no sign for "as above" is longer


def units_of(text: str, names: Sequence[Named] = ()) -> tuple[str, ...]:
    """Give the units that a cell names, in order.

    `names` is the directory, if there is one: its names are never parted. Without it a comma parts only what begins as
    a unit's name on both sides: "huyện Vụ Bản, huyện Ý Yên", but not "Khối thi đua các sở, ngành kinh tế".
    """
    if len(text) > _LIST:
        return (" ".join(text.split()),)
    known = register(names)
    scopes = split_scopes(_WRAPPED.sub(" ", text), known)
    found = (
        part
        for scope in scopes
        for part in (
            (scope.text,) if scope.kind is not ScopeKind.NAMED or is_known(scope.text, known) else _parted(scope.text)
        )
    )
    return tuple(dict.fromkeys(found))


def gives_general_charge(text: str) -> bool:
    """Tell whether a scope means everything: "Phụ trách chung"."""
    return label(text).startswith("phu trach chung") or _is(text, ScopeKind.GENERAL)


@lru_cache(maxsize=1024)
def says_as_above(text: str) -> bool:
    """Tell whether a cell only repeats the one above it ("- nt -", "như trên")."""
    return 0 < len(text) <= _SHORT and _is(text, ScopeKind.SAME)


def _parted(text: str) -> Iterator[str]:
    parts = [part.strip() for part in _PARTS.split(text) if part.strip()]
    if len(parts) > 1 and all(_ONE_NAME.match(part) and " các " not in f" {part.lower()} " for part in parts):
        yield from parts
    elif text:
        yield text


def _is(text: str, kind: ScopeKind) -> bool:
    return [scope.kind for scope in split_scopes(text)] == [kind]
