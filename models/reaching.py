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
    literal,
    or_,
    select,
    union_all,
    values,
)

from models.laying import ANCHORED, Laid, is_silent
from models.papers import Oversight
from models.people import Membership, Post
from models.powers import holds_on
from models.rules.ladder import Audience
from models.rules.permission import Role
from models.tasks import Assignment, Task

Rows = Select[Any] | CompoundSelect[Any]

# so many rungs are joined at a time: SQLite takes 32,766 values in a statement, and each stands twice
_TOGETHER: Final = 1000


def owed_rows(laid: Sequence[Laid], first: date) -> Iterator[Rows]:
    """Give the statements that select what is owed to whom from the day `first` on; none where no rung falls.

    Their columns: assignment_id, rung, person_id, unit_id, day, audience, due. One row may come twice.
    """
    for matching in (_of_deadline, _of_undated, _of_one):
        for audience in Audience:
            rows = [each for each in laid if each.said.audience is audience and _matching(each) is matching]
            for start in range(0, len(rows), _TOGETHER):
                yield _reached(audience, matching(_values(rows[start : start + _TOGETHER]), first))


def _matching(laid: Laid) -> Callable[[Any, date], Subquery]:
    if laid.assignment_id is not None:
        return _of_one
    return _of_undated if laid.due is None else _of_deadline


def _values(rows: Sequence[Laid]) -> Any:
    columns = (
        column("due", Date),
        column("urgency", String),
        column("assignment_id", BigInteger),
        column("rung", String),
        column("falls", Date),
        column("day", Date),
    )
    data = [
        (each.due, each.urgency, each.assignment_id, each.said.rung, each.said.falls, each.said.day) for each in rows
    ]
    return values(*columns, name="laid").data(data).cte()


def _of_deadline(laid: Any, first: date) -> Subquery:
    condition = and_(Assignment.due_on == laid.c.due, _of_task(Task.urgency) == laid.c.urgency, is_silent(first))
    return _assigned(laid, condition)


def _of_undated(laid: Any, first: date) -> Subquery:
    undated = and_(Assignment.due_on.is_(None), ~_of_task(Task.reading).contains(ANCHORED))
    return _assigned(laid, and_(undated, is_silent(first)))


def _of_one(laid: Any, _: date) -> Subquery:
    return _assigned(laid, Assignment.id == laid.c.assignment_id)


def _of_task(word: Any) -> Any:
    # not joined: where PostgreSQL knows nothing of the tables yet it would join each task with each rung first
    return select(word).where(Task.id == Assignment.task_id).scalar_subquery()


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
            Assignment.given_on < laid.c.falls,
            or_(Assignment.opens_on.is_(None), Assignment.opens_on <= laid.c.day),
        )
        .subquery()
    )


def _reached(audience: Audience, owed: Subquery) -> Rows:
    selects = [_people(audience, owed, where) for where in _AUDIENCES[audience](owed)]
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
    """Those who follow the unit by name or by its group; not those in general charge (see models.whom.followers)."""
    holder = Post.id == Oversight.post_id
    by_name = and_(Oversight.unit_id == owed.c.unit_id, _holds(Oversight, owed))
    belongs = and_(Membership.unit_id == owed.c.unit_id, _holds(Membership, owed))
    by_group = and_(Oversight.group_id == Membership.group_id, _holds(Oversight, owed))
    return (
        select(Post).select_from(owed).join(Oversight, by_name).join(Post, holder),
        select(Post).select_from(owed).join(Membership, belongs).join(Oversight, by_group).join(Post, holder),
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
