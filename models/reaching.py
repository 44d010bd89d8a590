"""Whom the rungs reach: rungs joined with assignments, and these with the people behind or above them that day."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    CompoundSelect,
    Date,
    Select,
    String,
    Subquery,
    and_,
    column,
    exists,
    literal,
    or_,
    select,
    union_all,
    values,
)
from sqlalchemy.orm import aliased

from models.adjustments import Adjustment
from models.laying import ANCHORED, Laid, Span, is_silent
from models.papers import Oversight
from models.pauses import Whose
from models.people import Membership, Post
from models.powers import holds_on, is_followed_by_name, is_followers_own, serves
from models.rules.ladder import Audience
from models.rules.permission import Role
from models.tasks import Assignment, Task

Rows = Select[Any] | CompoundSelect[Any]
_Match = Callable[[Any, date, str], ColumnElement[bool]]
_Kind = tuple[_Match, Audience, str, Whose]

# so many rungs are joined at a time: SQLite takes 32,766 values in a statement, and each stands twice
_TOGETHER: Final = 1000


def owed_rows(laid: Sequence[Laid], span: Span) -> Iterator[Rows]:
    """Give the statements that select what is owed to whom from the first day of a span on; none where no rung falls.

    Their columns: assignment_id, rung, person_id, unit_id, day, audience, due. One row may come twice.
    """
    alike: dict[_Kind, list[Laid]] = {}
    for each in laid:
        alike.setdefault((_matching(each), each.said.audience, each.urgency, each.whose), []).append(each)
    for (matching, audience, urgency, whose), rows in alike.items():
        for start in range(0, len(rows), _TOGETHER):
            laid = _values(rows[start : start + _TOGETHER])
            owed = _assigned(laid, and_(matching(laid, span.first, urgency), whose.condition()))
            yield _reached(audience, owed, span.standing)


def _matching(laid: Laid) -> _Match:
    if laid.assignment_id is not None:
        return _of_one
    return _of_undated if laid.due is None else _of_deadline


def _values(rows: Sequence[Laid]) -> Any:
    columns = (
        column("due", Date),
        column("assignment_id", BigInteger),
        column("rung", String),
        column("falls", Date),
        column("day", Date),
    )
    data = [(each.due, each.assignment_id, each.said.rung, each.said.falls, each.said.day) for each in rows]
    return values(*columns, name="laid").data(data).cte()


def _of_deadline(laid: Any, first: date, urgency: str) -> ColumnElement[bool]:
    due: ColumnElement[Any] = laid.c.due
    return and_(Assignment.due_on == due, _of_tasks(Task.urgency == urgency), is_silent(first))


def _of_undated(_laid: Any, first: date, _: str) -> ColumnElement[bool]:
    return and_(Assignment.due_on.is_(None), _of_tasks(~Task.reading.contains(ANCHORED)), is_silent(first))


def _of_one(laid: Any, _first: date, _urgency: str) -> ColumnElement[bool]:
    named: ColumnElement[Any] = laid.c.assignment_id
    return Assignment.id == named


def _of_tasks(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    # + 0 keeps the engines from reading all assignments of these tasks: few are due on a day
    return (Assignment.task_id + 0).in_(select(Task.id).where(condition))


def _assigned(laid: Any, condition: ColumnElement[bool]) -> Subquery:
    return (
        select(
            Assignment.id.label("assignment_id"),
            Assignment.unit_id,
            Assignment.post_id,
            laid.c.rung,
            laid.c.day,
            laid.c.due,
        )
        .select_from(laid)
        .join(Assignment, condition)
        .where(
            ~_told_anew(laid.c.day),
            Assignment.given_on < laid.c.falls,
            or_(Assignment.opens_on.is_(None), Assignment.opens_on <= laid.c.day),
        )
        .subquery()
    )


def _told_anew(day: ColumnElement[date]) -> ColumnElement[bool]:
    """Give the condition that the unit reads on this day what was decided of its assignment, which says it all."""
    return exists().where(Adjustment.assignment_id == Assignment.id, Adjustment.told_on == day)


def _reached(audience: Audience, owed: Subquery, standing: frozenset[int]) -> Rows:
    selects = [_people(audience, owed, where) for where in _AUDIENCES[audience](owed)]
    if audience is Audience.MEMBER:
        selects += [_people(Audience.STANDING, owed, where) for where in _in_place(owed, standing)]
    return selects[0] if len(selects) == 1 else union_all(*selects)


def _people(audience: Audience, owed: Subquery, joined: Select[Any]) -> Select[Any]:
    return joined.with_only_columns(
        owed.c.assignment_id,
        owed.c.rung,
        Post.person_id,
        owed.c.unit_id,
        owed.c.day,
        literal(audience.value, String).label("audience"),
        owed.c.due,
    ).where(Post.person_id.is_not(None), _holds(Post, owed))


def _focal(owed: Subquery) -> tuple[Select[Any], ...]:
    of_unit = and_(Post.unit_id == owed.c.unit_id, Post.role == Role.FOCAL_POINT)
    return (
        select(Post).select_from(owed).join(Post, of_unit).where(owed.c.unit_id.is_not(None)),
        select(Post).select_from(owed).join(Post, Post.id == owed.c.post_id).where(owed.c.post_id.is_not(None)),
    )


def _followers(owed: Subquery) -> tuple[Select[Any], ...]:
    """Those who follow the unit by name, else by its group; not those in general charge, nor who is of the unit."""
    holder = Post.id == Oversight.post_id
    by_name = and_(Oversight.unit_id == owed.c.unit_id, _holds(Oversight, owed))
    belongs = and_(Membership.unit_id == owed.c.unit_id, _holds(Membership, owed))
    unnamed = ~is_followed_by_name(owed.c.unit_id, owed.c.day)
    by_group = and_(Oversight.group_id == Membership.group_id, _holds(Oversight, owed), unnamed)
    selects = (
        select(Post).select_from(owed).join(Oversight, by_name).join(Post, holder),
        select(Post).select_from(owed).join(Membership, belongs).join(Oversight, by_group).join(Post, holder),
    )
    return tuple(each.where(~serves(Post.person_id, owed.c.unit_id, owed.c.day)) for each in selects)


def _in_place(owed: Subquery, standing: frozenset[int]) -> tuple[Select[Any], ...]:
    """Who is told in place of a member of what is late in that member's own agency.

    It is the standing vice chair; the Chair where the agency is his own too, or nobody holds the seat.
    """
    seat = aliased(Post)
    is_another = ~serves(Post.person_id, owed.c.unit_id, owed.c.day)
    somebody = (
        exists()
        .where(
            seat.id.in_(standing),
            seat.person_id.is_not(None),
            _holds(seat, owed),
            ~serves(seat.person_id, owed.c.unit_id, owed.c.day),
        )
        .correlate_except(seat)
    )
    own = is_followers_own(owed.c.unit_id, owed.c.day)
    return (
        select(Post).select_from(owed).join(Post, Post.id.in_(standing)).where(own, is_another),
        select(Post).select_from(owed).join(Post, Post.role == Role.CHAIR).where(own, ~somebody),
    )


def _chair(owed: Subquery) -> tuple[Select[Any], ...]:
    return (select(Post).select_from(owed).join(Post, Post.role == Role.CHAIR),)


_AUDIENCES: Final[Mapping[Audience, Callable[[Subquery], tuple[Select[Any], ...]]]] = {
    Audience.FOCAL: _focal,
    Audience.MEMBER: _followers,
    Audience.CHAIR: _chair,
}


def _holds(table: Any, owed: Subquery) -> ColumnElement[bool]:
    day: Any = owed.c.day
    return holds_on(table, day)
