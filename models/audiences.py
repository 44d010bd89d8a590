"""Whom an officer names for a notice or a meeting: kept as named, expanded into units and seats on the day itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, or_, select, true
from sqlalchemy.ext.asyncio import AsyncSession

from models.answered import ByAnswer
from models.naming import directory_names, kinds_of
from models.people import Membership, Part, Post, Unit
from models.powers import holds_on
from models.rules.scopes import ScopeKind, split_scopes
from models.rules.spelling import fold, tidy
from models.rules.text import Text, t
from models.rules.units import Match, Named, Register, Sort, is_known, match, register
from models.seats import SEATED

_LONGEST_NAME = 6  # parts that commas make of one name
_EVERYBODY = frozenset({"tat ca", "tat ca moi nguoi", "toan bo", "toan the", "moi nguoi", "all", "everyone"})
_OUR_OWN_WORDS = {"thanh vien hoi dong": ScopeKind.MEMBERS, "cac don vi": ScopeKind.EVERYONE}


class Circle(StrEnum):
    """What one part of an audience is."""

    EVERYBODY = "everybody"
    UNITS = "units"
    MEMBERS = "members"
    GROUP_LEADERS = "group_leaders"
    GROUP_MEMBERS = "group_members"
    KIND = "kind"
    GROUP = "group"
    UNIT = "unit"
    POST = "post"
    BY_ANSWER = "by_answer"


_BY_SORT = {Sort.UNIT: Circle.UNIT, Sort.GROUP: Circle.GROUP, Sort.POST: Circle.POST, Sort.KIND: Circle.KIND}
_BY_WORDS = {
    ScopeKind.EVERYONE: Circle.UNITS,
    ScopeKind.MEMBERS: Circle.MEMBERS,
    ScopeKind.GROUP_LEADERS: Circle.GROUP_LEADERS,
    ScopeKind.GROUP_MEMBERS: Circle.GROUP_MEMBERS,
}
_SPOKEN: Mapping[Circle, Text] = {
    Circle.EVERYBODY: t("all units and all members of the council"),
    Circle.UNITS: t("all units"),
    Circle.MEMBERS: t("the members of the council"),
    Circle.GROUP_LEADERS: t("the leading units of clusters and blocs"),
    Circle.GROUP_MEMBERS: t("the member units of clusters and blocs"),
}


@dataclass(frozen=True, slots=True)
class Called:
    """One part of an audience; `id` is that of the unit, group or post, `name` what it is called.

    Those who answered something, or did not, are named `by`; of them only those `within` these parts, if there are any.
    """

    circle: Circle
    name: str = ""
    id: int | None = None
    by: ByAnswer | None = None
    within: tuple["Called", ...] = ()

    @property
    def spoken(self) -> Text | str:
        """Say who is meant."""
        if self.by is None:
            return _SPOKEN.get(self.circle, self.name)
        if not self.within:
            return self.by.spoken
        return t("{whom}, only of {within}", whom=self.by.spoken, within=tuple(part.spoken for part in self.within))

    def as_json(self) -> list[Any]:
        """Give the form in which an audience keeps it."""
        about = [self.by.as_json(), [part.as_json() for part in self.within]] if self.by else []
        return [self.circle, self.name, self.id, *about]

    @classmethod
    def from_json(cls, stored: Sequence[Any]) -> "Called":
        """Read back what `as_json` gave."""
        circle, name, id_, *about = stored
        if not about:
            return cls(Circle(circle), name, id_)
        by, within = about
        return cls(Circle(circle), name, id_, ByAnswer.from_json(by), tuple(cls.from_json(part) for part in within))


@dataclass(frozen=True, slots=True)
class Audience:
    """All that were named, each once."""

    parts: tuple[Called, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the form in which a notice or a meeting keeps its audience."""
        return {"parts": [part.as_json() for part in self.parts]}

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "Audience":
        """Read back what `as_json` gave."""
        return cls(tuple(Called.from_json(part) for part in stored["parts"]))

    @property
    def spoken(self) -> tuple[Text | str, ...]:
        """Say who is meant, one after the other."""
        return tuple(part.spoken for part in self.parts)

    def ids(self, circle: Circle) -> list[int]:
        """Give the ids that were named of one kind of part."""
        return [part.id for part in self.parts if part.circle is circle and part.id is not None]

    def by_answer(self) -> Iterator[tuple[Called, ByAnswer]]:
        """Give the parts that are named by what was answered."""
        return ((part, part.by) for part in self.parts if part.by is not None)

    def has(self, *circles: Circle) -> bool:
        """Tell whether any of these parts was named."""
        return any(part.circle in circles for part in self.parts)


@dataclass(frozen=True, slots=True)
class Understood:
    """What an officer's words mean: whom they name for certain, and the first name that must be asked about.

    `pieces` are the names as they were parted, so that one can be said anew.
    """

    audience: Audience
    pieces: tuple[str, ...] = ()
    doubt: Match | None = None

    def said_anew(self, one: Named) -> str:
        """Give the whole line again, with what was meant in place of the doubtful name."""
        doubtful = self.doubt.written if self.doubt else ""
        return "; ".join((one.code or one.name) if piece == doubtful else piece for piece in self.pieces)


async def understand(session: AsyncSession, line: str, day: date) -> Understood:
    """Understand "SYT, STC", "Khối thi đua các sở, ngành kinh tế; thành viên Hội đồng", "tất cả" on a day."""
    names = register((*await directory_names(session, day, posts=True), *await kinds_of(session, day)))
    pieces = tuple(dict.fromkeys(_pieces(line, names)))
    found = [_whom(piece, names) for piece in pieces]
    whom = tuple(dict.fromkeys(one for one in found if isinstance(one, Called)))
    return Understood(Audience(whom), pieces, next((one for one in found if isinstance(one, Match)), None))


def _pieces(line: str, names: Register) -> Iterator[str]:
    """Part a line into names; where a list holds a name that nobody knows, the others are still told apart."""
    for scope in split_scopes(line, names):
        parts = [part for part in (tidy(part).strip(" .") for part in scope.text.split(",")) if part]
        if scope.kind is not ScopeKind.NAMED or is_known(scope.text, names):
            yield scope.text
        elif any(_is_understood(part, names) for part in parts):
            yield from _runs(parts, names)
        else:
            yield scope.text


def _runs(parts: Sequence[str], names: Register) -> Iterator[str]:
    """Put parts together again that are one name with commas in it."""
    first = 0
    while first < len(parts):
        ends = range(min(first + _LONGEST_NAME, len(parts)), first, -1)
        known = (end for end in ends if _is_understood(", ".join(parts[first:end]), names))
        after = next(known, first + 1)
        yield ", ".join(parts[first:after])
        first = after


def _is_understood(text: str, names: Register) -> bool:
    return bool(text) and (_in_plain_words(text) is not None or is_known(text, names))


def _whom(piece: str, names: Register) -> Called | Match:
    circle = _in_plain_words(piece)
    if circle is not None:
        return Called(circle)
    found = match(piece, names)
    if found.found is None:
        return found
    one = found.found
    return Called(_BY_SORT[one.sort], one.name, None if one.sort is Sort.KIND else one.id)


def _in_plain_words(text: str) -> Circle | None:
    folded = fold(text).strip(" .")
    if folded in _EVERYBODY:
        return Circle.EVERYBODY
    kinds = {scope.kind for scope in split_scopes(text)}
    kind = _OUR_OWN_WORDS.get(folded) or (kinds.pop() if len(kinds) == 1 else ScopeKind.NAMED)
    return _BY_WORDS.get(kind)


def units_of(audience: Audience, day: date) -> Select[int]:
    """Select the ids of the units that an audience means on a day."""
    return select(Unit.id).where(holds_on(Unit, day), or_(*_unit_conditions(audience, day)))


def posts_of(audience: Audience, day: date) -> Select[int]:
    """Select the ids of the posts that an audience means on a day: council members' seats, vacant ones too.

    By answer, also posts of focal points, where each person answered for himself.
    """
    everybody = audience.has(Circle.EVERYBODY, Circle.MEMBERS)
    meant: ColumnElement[bool] = Post.role.in_(SEATED) if everybody else Post.id.in_(audience.ids(Circle.POST))
    answerers = (and_(Post.id.in_(by.posts()), *_posts_within(part, day)) for part, by in audience.by_answer())
    return select(Post.id).where(holds_on(Post, day), or_(meant, *answerers))


def is_meant(table: type[Any], audience: Audience, day: date) -> ColumnElement[bool]:
    """Give the condition that a row, of a unit or of a post, belongs to an audience on a day."""
    units = units_of(audience, day)
    of_units = select(Post.id).where(Post.unit_id.in_(units))
    return or_(table.unit_id.in_(units), table.post_id.in_(posts_of(audience, day)), table.post_id.in_(of_units))


def _unit_conditions(audience: Audience, day: date) -> Iterator[ColumnElement[bool]]:
    yield true() if audience.has(Circle.EVERYBODY, Circle.UNITS) else false()
    yield Unit.id.in_(audience.ids(Circle.UNIT))
    yield Unit.kind.in_([part.name for part in audience.parts if part.circle is Circle.KIND])
    member = select(Membership.unit_id).where(holds_on(Membership, day))
    yield Unit.id.in_(member.where(Membership.group_id.in_(audience.ids(Circle.GROUP))))
    if audience.has(Circle.GROUP_LEADERS):
        yield Unit.id.in_(member.where(Membership.part == Part.LEADER))
    if audience.has(Circle.GROUP_MEMBERS):
        yield Unit.id.in_(member)
    for part, by in audience.by_answer():
        yield and_(Unit.id.in_(by.units()), *_units_within(part, day))


def _units_within(part: Called, day: date) -> tuple[ColumnElement[bool], ...]:
    return (Unit.id.in_(units_of(Audience(part.within), day)),) if part.within else ()


def _posts_within(part: Called, day: date) -> tuple[ColumnElement[bool], ...]:
    if not part.within:
        return ()
    narrowed = Audience(part.within)
    return (or_(Post.id.in_(posts_of(narrowed, day)), Post.unit_id.in_(units_of(narrowed, day))),)
