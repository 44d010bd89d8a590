"""A notice of conclusions in running text: each sentence that assigns is a task, as numbered and worded by the paper.

A point that begins with units and what they do ("Văn phòng UBND tỉnh chuẩn bị địa điểm") is their task too, unless it
tells how they did. Points under "Giao Sở Nội vụ:" are Sở Nội vụ's; those under "Giao các đơn vị:" name their own. What
many are told to do without a day ("Yêu cầu các đơn vị nghiêm túc thực hiện") is no task; such paragraphs are given as
left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from documents.addressed import Order, does, order_of, tells_of, vague_term_of, when_of
from documents.annex import no_deadline
from documents.body import Body, label
from documents.heading import lines_of
from documents.naming import units_of
from documents.rows import Item
from models.rules.units import Named

_POINT = re.compile(
    r"^(?:(?P<roman>[IVX]{1,5})\s?[.)]|(?P<number>\d{1,2}(?:\.\d{1,2}){1,3})\s?[.)]?(?=\s)|(?P<plain>\d{1,2})\s?[.)]"
    r"|(?P<letter>[a-zđ])\s?[.)]|(?P<dash>[-–•*])|(?P<plus>\+))\s*"
)
_DEPTHS = ("roman", "plain", "number", "", "letter", "dash", "plus")  # "": a paragraph without a mark
_PLAIN = _DEPTHS.index("")
_SENTENCE = re.compile(r"(?<=[a-zà-ỹđ\d)”\"])(?<!\b[Tt]p)\.\s+(?=[A-ZÀ-ỸĐ])")
_CLAUSE = re.compile(r";\s+")
_ADDS_A_DAY = re.compile(r"(?:thời gian|thời hạn|hạn|hoàn thành|xong)\b", re.IGNORECASE)
_SPOKE = re.compile(r"(?:báo cáo|thông báo|thống nhất|đề nghị|đề xuất|đánh giá|làm rõ|trình)\b", re.IGNORECASE)
_CLOSING = ("noi nhan", "tren day", "thong bao de", "thong bao nay")
_ANY_DAY = date(2000, 1, 1)  # of a paper without a date only the words are read
_HEADING = 160  # characters; longer lines head nothing


@dataclass(frozen=True, slots=True)
class Assigned:
    """What a notice assigns, and the paragraphs of it that assign nothing."""

    items: tuple[Item, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Point:
    """A paragraph: how deep its mark stands, the number that it bears, its words."""

    depth: int
    ref: str
    text: str

    @property
    def is_marked(self) -> bool:
        """Tell whether it is a point of a list."""
        return bool(self.ref) or self.depth > _PLAIN


@dataclass(frozen=True, slots=True)
class _Head:
    """What a heading says of the points under it: whom they are said to, by when, and what they are about."""

    depth: int
    ref: str = ""
    order: Order | None = None
    section: str = ""


def assigned(body: Body, dated: date | None, names: Sequence[Named] = ()) -> Assigned:
    """Read what a notice of conclusions assigns in its paragraphs."""
    reader = _Reader(dated or _ANY_DAY, names)
    points = list(_points(body))
    for at, point in enumerate(points):
        reader.take(point, points[at + 1] if at + 1 < len(points) else None)
    return Assigned(tuple(reader.items), tuple(reader.left_out))


def _points(body: Body) -> Iterator[_Point]:
    for line in lines_of(body):
        if line and label(line).startswith(_CLOSING):
            return
        if line:
            found = _POINT.match(line)
            kind = (found.lastgroup or "") if found else ""
            ref = (found["roman"] or found["number"] or found["plain"] or found["letter"] or "") if found else ""
            yield _Point(_DEPTHS.index(kind), ref, line[found.end() :] if found else line)


@dataclass(slots=True)
class _Reader:
    """Reads the paragraphs in order, knowing those under which they stand."""

    on: date
    names: Sequence[Named]
    items: list[Item] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    _heads: list[_Head] = field(default_factory=list)
    _refs: set[str] = field(default_factory=set)

    def take(self, point: _Point, following: _Point | None) -> None:
        """Take the next paragraph in: a heading, one or more tasks, or neither."""
        self._heads = [head for head in self._heads if head.depth < point.depth]
        head = _head_of(point, following, self.on)
        if head is not None:
            self._heads.append(head)
            return
        orders = list(self._orders(point))
        for order in orders:
            self._add(point, order)
        if orders and point.ref:  # what follows deeper is counted below it
            self._heads.append(_Head(point.depth, point.ref))
        if not orders and (point.is_marked or _is_told(point.text, self.on)):
            self.left_out.append(" ".join(point.text.split()))

    def _orders(self, point: _Point) -> Iterator[Order]:
        """Give what the sentences of a paragraph assign; one without a name is said to whoever was named before."""
        above = next((head.order for head in reversed(self._heads) if head.order), None)
        last = above = above if point.is_marked or does(point.text) else None
        for clause in _clauses(point.text, self.on):
            order = order_of(clause, self.on)
            if order is None and last is not None and (last is above or does(clause)) and not tells_of(clause):
                phrase, what = when_of(clause, self.on)
                order = replace(last, what=what, phrase=phrase or (last.phrase if last is above else ""))
            elif order is not None and above is not None:
                order = replace(order, phrase=order.phrase or above.phrase, is_given=True)
            last = order or last
            if order is not None and order.what and (_assigns(order) or _is_own_task(order, point)):
                yield order

    def _add(self, point: _Point, order: Order) -> None:
        ref = self._ref(point)
        lead, phrase = units_of(order.who, self.names), order.phrase or vague_term_of(order.what)
        self.items.append(
            Item(
                ref,
                order.what[:1].upper() + order.what[1:],
                lead,
                units_of(order.joining, self.names) if order.joining else (),
                phrase=phrase,
                remark=order.remark,
                section=next((head.section for head in reversed(self._heads) if head.section), ""),
                question=None if phrase else no_deadline(ref),
            )
        )

    def _ref(self, point: _Point) -> str:
        """Number a task as its paragraph is numbered; those without a number of their own are counted below it."""
        above = next((head.ref for head in reversed(self._heads) if head.ref), "")
        own = point.ref if "." in point.ref or not above or point.depth <= 1 else f"{above}.{point.ref}"
        ref, count = own if point.ref else "", 0
        while not ref or ref in self._refs:
            count += 1
            ref = f"{own if point.ref else above}.{count}".lstrip(".")
        self._refs.add(ref)
        return ref


def _head_of(point: _Point, following: _Point | None, on: date) -> _Head | None:
    """Read a paragraph that only heads those under it: “Giao Sở Nội vụ:”, “1. Sở Y tế”, “II. Nhiệm vụ”."""
    opens = point.text.rstrip().endswith(":")
    if following is None or not (following.depth > point.depth or (opens and _may_follow(following, on))):
        return None
    order, depth = order_of(point.text, on), min(point.depth, following.depth - 1)
    if order is not None:
        return _Head(depth, point.ref, order) if opens or not order.what else None
    is_title = opens or (len(point.text) <= _HEADING and not point.text.rstrip().endswith((".", ";")))
    return _Head(depth, point.ref, section=point.text.rstrip(" :") if point.ref else "") if is_title else None


def _may_follow(point: _Point, on: date) -> bool:
    """Tell whether a paragraph may stand under “Giao Sở Nội vụ:” though nothing marks it as deeper."""
    return point.is_marked or does(point.text) or order_of(point.text, on) is not None


def _is_told(text: str, on: date) -> bool:
    order = order_of(text, on)
    return order is not None and (order.is_own_task or (order.is_given and bool(order.what)))


def _assigns(order: Order) -> bool:
    """Tell whether somebody must do something that can be followed: he is named and told, or a day is."""
    return bool(order.phrase) or (order.is_given and not order.is_to_many)


def _is_own_task(order: Order, point: _Point) -> bool:
    """Tell whether a sentence gives a task though no word of giving does: a point of a list, or plainly to be done."""
    return order.is_own_task and (point.is_marked or _SPOKE.match(order.what) is None)


def _clauses(text: str, on: date) -> Iterator[str]:
    """Part a paragraph into sentences, and these at semicolons where each part is said to somebody; a day joins."""
    said = ""
    for sentence in _SENTENCE.split(text):
        for clause in _CLAUSE.split(sentence):
            if said and (_ADDS_A_DAY.match(clause) or (clause != sentence and order_of(clause, on) is None)):
                said = f"{said}; {clause}"
                continue
            if said:
                yield said
            said = clause
    if said:
        yield said
