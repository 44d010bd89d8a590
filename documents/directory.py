"""The directory of units, groups and focal points: sheets in which each row is a unit or a person."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.body import Body, Row
from documents.columns import Listing, listings, wording
from documents.rows import PersonRow, Question, UnitRow
from models.rules.text import t

_ELSEWHERE = ("elsewhere", r"theo doi|phu trach|phan cong|chu tri|phoi hop")
_NUMBER = ("ref", r"^(stt|tt|so tt|so thu tu)$")
UNITS = wording(
    lambda found: "name" in found and bool({"code", "short"} & found),
    ("officer", r"^chuyen vien (phu trach|theo doi|don doc)"),
    _ELSEWHERE,
    _NUMBER,
    ("elsewhere", r"^ho |dien thoai|chuc vu"),
    ("code", r"^ma\b"),
    ("short", r"viet tat|ten ngan|ten goi tat"),
    ("part", r"vai tro"),
    ("group", r"\b(cum|khoi)\b"),
    ("kind", r"\bloai\b|^nhom"),
    ("name", r"^ten\b|co quan|don vi|dia phuong"),
)
PEOPLE = wording(
    lambda found: {"name", "unit"} <= found and bool({"post", "role", "phone"} & found),
    _ELSEWHERE,
    _NUMBER,
    ("phone", r"dien thoai|\bsdt\b|so dt|di dong"),
    ("post", r"chuc vu|chuc danh"),
    ("role", r"vai tro"),
    ("unit", r"^ma\b|^(co quan|don vi)( don vi| dia phuong| cong tac)*$"),
    ("name", r"^ho (va )?ten|^ten$|dau moi|^can bo"),
)
_PHONE = re.compile(r"0\d{9,10}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Directory:
    """Units and people as the sheets list them, and what is asked about their rows."""

    units: tuple[UnitRow, ...]
    people: tuple[PersonRow, ...]
    questions: tuple[Question, ...]


def directory(body: Body) -> Directory | None:
    """Read the sheets of units and people; None if the document has neither.

    Row problems are questions: a code twice, a person of no listed unit, no name, a telephone number that is none.
    """
    people_at, units_at = list(listings(body, PEOPLE)), list(listings(body, UNITS))
    if not people_at and not units_at:
        return None
    both = {each.rows for each in people_at}
    units = [pair for each in units_at for pair in _units(each, once=each.rows in both)]
    people = [(each.title, person) for each in people_at for row in each.rows if (person := _person(each, row))]
    asked = (*_about_units(units), *_about_people(people, {unit.code for _, unit in units}))
    return Directory(tuple(unit for _, unit in units), tuple(person for _, person in people), asked)


def phone(written: str) -> str:
    """Give the digits of a Vietnamese telephone number as it is dialled at home, or the text itself if it is none.

    A figure cell loses the leading zero and a foreign form has +84 in its place: both are restored.
    """
    for part in re.split(r"[,;/\n]|\s-\s", written):
        digits = re.sub(r"[\s.()\-]", "", part)
        digits = re.sub(r"^(\+?84|0084)(?=\d{9})", "0", digits)
        if re.fullmatch(r"[35789]\d{8}", digits, re.ASCII):
            digits = f"0{digits}"
        if _PHONE.fullmatch(digits):
            return digits
    return written


def _units(listing: Listing, *, once: bool) -> Iterator[tuple[str, UnitRow]]:
    """Give a sheet's units; one that lists people too names a unit again for each of them."""
    seen: set[tuple[str, str]] = set()
    for row in listing.rows:
        unit = _unit(listing, row)
        if unit is not None and not (once and (unit.code, unit.name) in seen):
            seen.add((unit.code, unit.name))
            yield listing.title, unit


def _unit(listing: Listing, row: Row) -> UnitRow | None:
    name, short = listing.cell(row, "name"), listing.cell(row, "short")
    code = listing.cell(row, "code") or (short if "code" not in listing.columns else "")
    if not (name or code):
        return None
    rest = (listing.cell(row, column) for column in ("kind", "group", "part", "officer"))
    return UnitRow(row.number, code, name, short, *rest)


def _person(listing: Listing, row: Row) -> PersonRow | None:
    name, post, unit, role = (listing.cell(row, column) for column in ("name", "post", "unit", "role"))
    if not (name or post or unit):
        return None
    return PersonRow(row.number, name, post, unit, role, phone(listing.cell(row, "phone")))


def _about_units(units: Sequence[tuple[str, UnitRow]]) -> Iterator[Question]:
    times = Counter(unit.code for _, unit in units if unit.code)
    for title, unit in units:
        ref = f"{title}!{unit.row}"
        if not unit.name:
            yield Question(ref, t("Row {row}: the unit {code} has no name; state it.", row=unit.row, code=unit.code))
        if not unit.code:
            yield Question(ref, t("Row {row}: the unit {name} has no code; state it.", row=unit.row, name=unit.name))
        elif times[unit.code] > 1:
            yield Question(
                ref, t("Row {row}: the code {code} stands more than once; keep one.", row=unit.row, code=unit.code)
            )


def _about_people(people: Sequence[tuple[str, PersonRow]], codes: set[str]) -> Iterator[Question]:
    for title, person in people:
        ref = f"{title}!{person.row}"
        if not person.name:
            yield Question(ref, t("Row {row}: the person has no name; state it.", row=person.row))
        if not person.unit:
            yield Question(ref, t("Row {row}: {name} has no unit; state its code.", row=person.row, name=person.name))
        elif codes and person.unit not in codes:
            yield Question(
                ref, t("Row {row}: no unit has the code {code}; correct it.", row=person.row, code=person.unit)
            )
        if person.phone and not _PHONE.fullmatch(person.phone):
            yield Question(
                ref, t("Row {row}: {phone} is no telephone number; correct it.", row=person.row, phone=person.phone)
            )
