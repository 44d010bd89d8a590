"""Notice 01: which member of the council follows which units, clusters and blocs."""

import re
from collections.abc import Iterator, Sequence

from documents.body import Body, Paragraph, Row
from documents.columns import Listing, listings, wording
from documents.naming import gives_general_charge, units_of
from documents.rows import OversightRow
from models.rules.units import Named

NOTICE = wording(
    lambda found: "scopes" in found and bool({"member", "post"} & found),
    ("ref", r"^(stt|tt|so tt|so thu tu|so)$"),
    ("remark", r"ghi chu"),
    ("role", r"hoi dong|chuc danh|vai tro"),
    ("member", r"^(thanh vien|uy vien|ho (va )?ten|dong chi)"),
    ("scopes", r"theo doi|phu trach|phan cong|dia ban|linh vuc"),
    ("post", r"chuc vu|cong tac"),
    ("scopes", r"\b(cum|khoi)\b|don vi|dia phuong"),
)
_COURTESY = re.compile(r"^(đồng chí|đ/c|ông|bà)\s*:?\s+", re.IGNORECASE)
_POST = re.compile(
    r"^(phó |quyền )?(chủ tịch|bí thư|giám đốc|trưởng|chánh|chỉ huy|cục trưởng|chi cục|tổng|viện trưởng|thư ký)\b"
    r"|^(chính ủy|phó|ủy viên|uỷ viên|lãnh đạo|đại diện)\b",
    re.IGNORECASE,
)
_NAME_THEN_POST = re.compile(r"\s*(?:[,;\n]|\s[-–]\s)\s*")
_NUMBERED = re.compile(r"^(\d{1,3})\s?[.)]\s*([^:]{3,300}):\s*(.*)$", re.DOTALL)
_DUTY = re.compile(r"^(theo dõi|phụ trách)(,? (đôn đốc|kiểm tra))*:?\s+(?!chung)", re.IGNORECASE)
_POINT = re.compile(r"^[-–+•*]\s*")


def oversight(body: Body, names: Sequence[Named] = ()) -> tuple[OversightRow, ...] | None:
    """Read the table of a notice; None if it has none."""
    tables = list(listings(body, NOTICE))
    rows = (_row(table, row, names) for table in tables for row in table.rows)
    return tuple(row for row in rows if row) if tables else None


def assigned_in_prose(body: Body, names: Sequence[Named] = ()) -> tuple[OversightRow, ...] | None:
    """Read a notice that assigns by numbered paragraphs, a person or post in each; None if it has none."""
    return tuple(_from_paragraph(*written, names=names) for written in _numbered(body)) or None


def _row(table: Listing, row: Row, names: Sequence[Named]) -> OversightRow | None:
    written = table.cell(row, "member") or table.cell(row, "post")
    followed = units_of(table.cell(row, "scopes"), names)
    if not written or not (followed or table.cell(row, "role")):
        return None  # a heading within the table
    member, post = _named(written, table.cell(row, "post"))
    role = _one_line(table.cell(row, "role"))
    general = any(gives_general_charge(scope) for scope in followed)
    return OversightRow(table.cell(row, "ref").strip(" .()"), member, post, role, followed, general)


def _named(written: str, post: str) -> tuple[str, str]:
    plain = _COURTESY.sub("", written)
    if post and post != written:
        return _one_line(plain), _one_line(post)
    if _POST.match(plain):
        return _one_line(plain), _one_line(plain)
    name, *rest = _NAME_THEN_POST.split(plain, maxsplit=1)
    return name, _one_line(rest[0]) if rest else ""


def _numbered(body: Body) -> Iterator[tuple[str, str, str]]:
    """Read "1. Đồng chí A, Giám đốc Sở B, Ủy viên Hội đồng: theo dõi …" and the points under it."""
    current: tuple[str, str, str] | None = None
    for block in body.blocks:
        text = block.text if isinstance(block, Paragraph) else ""
        begun = _begun(text)
        if current and begun is None and _POINT.match(text):
            current = (current[0], current[1], f"{current[2]}\n{_POINT.sub('', text)}")
            continue
        if current:
            yield current
        current = begun
    if current:
        yield current


def _begun(text: str) -> tuple[str, str, str] | None:
    match = _NUMBERED.match(text)
    if match is None or not (_COURTESY.match(match.group(2)) or _POST.match(match.group(2))):
        return None
    return match.group(1), match.group(2), match.group(3)


def _from_paragraph(ref: str, who: str, what: str, *, names: Sequence[Named]) -> OversightRow:
    member, *rest = _NAME_THEN_POST.split(_COURTESY.sub("", who))
    roles = [word for word in rest if "hội đồng" in word.lower()]
    posts = [word for word in rest if word not in roles]
    followed = units_of(_DUTY.sub("", what.strip("./ ")), names)
    general = any(gives_general_charge(scope) for scope in followed)
    post = ", ".join(posts) or (member if _POST.match(member) else "")
    return OversightRow(ref, member, post, ", ".join(roles), followed, general)


def _one_line(text: str) -> str:
    return " ".join(text.split())
