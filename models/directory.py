"""The directory taken in: units by codes, people by name, unit and role; what has gone is closed, not deleted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from models.entries import Entry, PersonEntry, Review, Row, Take, UnitEntry
from models.listed_officers import charged_names, put_listed_in_charge, with_officers
from models.people import Group, Membership, Part, Person, Post, Unit
from models.powers import holds_on
from models.rules.permission import Role
from models.rules.spelling import fold, tidy
from models.rules.text import t
from models.seats import SEATED, Holder, hold

_DAY = timedelta(days=1)
_PARTS = ((Part.LEADER, "truong"), (Part.DEPUTY, "pho"))
_ROLES = (
    (Role.COUNCIL_MEMBER, ("thanh vien", "uy vien", "pho chu tich", "council_member")),
    (Role.SECRETARIAT, ("thuong truc", "thu ky", "secretariat")),
    (Role.GROUP_LEADER, ("truong cum", "truong khoi", "group_leader")),
    (Role.CHAIR, ("chu tich", "chair")),
    (Role.OPERATOR, ("van hanh", "quan tri", "operator")),
)
_COLUMNS = ("short_name", "kind", "group", "part")
_STANDING = frozenset({Role.OPERATOR})  # never ended by a directory: somebody must be able to put things right


def part_of(written: str) -> Part:
    """Read a part in a group as the directory words it: Trưởng, Phó, otherwise a member."""
    words = fold(written).split()
    return next((part for part, word in _PARTS if word in words[:1]), Part.MEMBER)


def role_of(written: str) -> Role:
    """Read a role as the directory words it; where it says nothing, the person is the focal point of his unit."""
    words = fold(written)
    return next((role for role, marks in _ROLES if any(mark in words for mark in marks)), Role.FOCAL_POINT)


@dataclass(slots=True)
class _Stored:
    """The directory as the store holds it on a day."""

    units: dict[str, tuple[Unit, UnitEntry]] = field(default_factory=dict)
    memberships: dict[int, Membership] = field(default_factory=dict)
    people: dict[tuple[str, str, str], tuple[Post, Person, PersonEntry]] = field(default_factory=dict)


async def compared(session: AsyncSession, rows: Sequence[Row], day: date, by: int | None) -> tuple[Row, ...]:
    """Say of each row whether it is new, the same or changed, and add what the store holds and the rows do not.

    A column that the directory does not have, or leaves empty throughout, changes nothing. Gone is only what it lists
    others of: units, and people of a role; never the posts of the person who imports (`by`) and those of operators.
    """
    stored = await _read(session, day)
    listed_officers = (row.entry for row in rows if isinstance(row.entry, PersonEntry))
    names = {tidy(one.name) for one in listed_officers if role_of(one.role) is Role.SECRETARIAT}
    rows = _completed(await with_officers(session, rows, names, day), stored)
    listed = [row.entry for row in rows]
    codes = {*stored.units, *(fold(entry.code) for entry in listed if isinstance(entry, UnitEntry))}
    known = tuple(_against(row, stored, codes) for row in rows)
    gone = list(_gone(listed, stored, by))
    start = max((row.position for row in rows), default=0) + 1
    return (*known, *(Row(start + at, entry, Take.GONE, entry) for at, entry in enumerate(gone)))


async def record(session: AsyncSession, review: Review, day: date, now: datetime, by: int | None) -> None:
    """Write every row that counts: units first, then the people in them, who is in charge, then what has ended."""
    stored = await _read(session, day)
    counting = [row for row in review.rows if row.counts or (row.take is Take.CHANGED and not row.decided)]
    for row in counting:
        if row.take is not Take.GONE and isinstance(row.entry, UnitEntry):
            await _write_unit(session, row.entry, stored, day)
    await session.flush()
    units = {fold(code): unit_id for code, unit_id in (await session.execute(select(Unit.code, Unit.id)))}
    for row in counting:
        if row.take is not Take.GONE and isinstance(row.entry, PersonEntry):
            await _write_person(session, row.entry, stored, units, Holder(day, now))
    meant = [(units[fold(entry.code)], entry.officer) for entry in _newly_in_charge(counting)]
    await put_listed_in_charge(session, meant, Holder(day, now), by)
    _end([row.entry for row in counting if row.take is Take.GONE], stored, day)
    await session.flush()


def person_key(entry: PersonEntry) -> tuple[str, str, Role]:
    """Give what makes two entries the same person's: name, unit and role."""
    return (fold(entry.name), fold(entry.unit), role_of(entry.role))


async def _read(session: AsyncSession, day: date) -> _Stored:
    stored = _Stored()
    groups = {group.id: group.name for group in await session.scalars(select(Group))}
    members = await session.scalars(select(Membership).where(holds_on(Membership, day)).order_by(Membership.id))
    stored.memberships = {member.unit_id: member for member in members}
    charged = await charged_names(session, day)
    for unit in await session.scalars(select(Unit).order_by(Unit.id)):
        if unit.valid_to is None or unit.valid_to >= day:
            known = _unit_entry(unit, stored.memberships.get(unit.id), groups)
            stored.units[fold(unit.code)] = (unit, replace(known, officer=charged.get(unit.id, "")))
    codes = {unit.id: unit.code for unit, _ in stored.units.values()}
    posts = await session.execute(select(Post, Person).join(Person).where(holds_on(Post, day)).order_by(Post.id))
    for post, person in posts:
        entry = PersonEntry("", person.name, post.title, codes.get(post.unit_id or 0, ""), post.role, person.phone)
        stored.people[(fold(person.name), fold(entry.unit), post.role)] = (post, person, entry)
    return stored


def _unit_entry(unit: Unit, member: Membership | None, groups: Mapping[int, str]) -> UnitEntry:
    group = groups.get(member.group_id, "") if member else ""
    return UnitEntry(unit.code, unit.code, unit.name, unit.short_name, unit.kind, group, member.part if member else "")


def _completed(rows: Sequence[Row], stored: _Stored) -> tuple[Row, ...]:
    """Fill in what the directory does not say: the columns it lacks, and telephone numbers known from elsewhere."""
    units = [row.entry for row in rows if isinstance(row.entry, UnitEntry)]
    lacking = [column for column in _COLUMNS if not any(getattr(unit, column) for unit in units)]
    return tuple(replace(row, entry=_filled_in(row.entry, stored, lacking)) for row in rows)


def _filled_in(entry: Entry, stored: _Stored, lacking: Sequence[str]) -> Entry:
    if isinstance(entry, UnitEntry) and fold(entry.code) in stored.units:
        was = stored.units[fold(entry.code)][1]
        kept = {column: getattr(was, column) for column in lacking}
        return replace(entry, **kept, officer=entry.officer or was.officer)
    if isinstance(entry, PersonEntry) and not entry.phone and person_key(entry) in stored.people:
        return replace(entry, phone=stored.people[person_key(entry)][2].phone)
    return entry


def _against(row: Row, stored: _Stored, codes: AbstractSet[str]) -> Row:
    entry = row.entry
    if isinstance(entry, UnitEntry):
        unit = stored.units.get(fold(entry.code))
        return _taken(row, unit[1]) if unit else row
    assert isinstance(entry, PersonEntry)  # noqa: S101 - a directory has no other rows
    person = stored.people.get(person_key(entry))
    if person is None and row.doubt is None and fold(entry.unit) not in codes and role_of(entry.role) not in SEATED:
        doubt = t(
            "Row {ref}: no unit has the code “{code}” of {name}.", ref=entry.ref, code=entry.unit, name=entry.name
        )
        return replace(row, doubt=doubt)
    return _taken(row, person[2]) if person else row


def _taken(row: Row, was: UnitEntry | PersonEntry) -> Row:
    same = _plain(row.entry) == _plain(was)
    return replace(row, take=Take.SAME if same else Take.CHANGED, was=was)


def _plain(entry: object) -> tuple[str, ...]:
    match entry:
        case UnitEntry():
            part = entry.part if entry.part in set(Part) else part_of(entry.part)
            words = (entry.name, entry.short_name, entry.kind, entry.group, entry.officer)
            return (*map(tidy, words), part if entry.group else "")
        case PersonEntry():
            return (tidy(entry.post), entry.phone)
        case _:
            raise TypeError(f"A directory has no {type(entry).__name__}.")


def _gone(listed: Sequence[object], stored: _Stored, by: int | None) -> Iterator[UnitEntry | PersonEntry]:
    """Name what stands no longer in a directory that lists things of its kind at all."""
    codes = {fold(entry.code) for entry in listed if isinstance(entry, UnitEntry)}
    people = {person_key(entry) for entry in listed if isinstance(entry, PersonEntry)}
    roles = {role for _, _, role in people} - _STANDING
    if codes:
        yield from (entry for code, (_, entry) in stored.units.items() if code not in codes)
    for key, (post, person, entry) in stored.people.items():
        if key not in people and person.id != by and post.role in roles:
            yield entry


async def _write_unit(session: AsyncSession, entry: UnitEntry, stored: _Stored, day: date) -> None:
    known = stored.units.get(fold(entry.code))
    unit = known[0] if known else await _returning(session, entry.code)
    if unit is None:
        unit = Unit(code=entry.code, valid_from=day)
        session.add(unit)
    unit.name, unit.short_name, unit.kind = entry.name[:200], entry.short_name[:80], entry.kind[:80]
    unit.valid_to = None
    await session.flush()
    await _write_membership(session, unit, entry, stored, day)


async def _returning(session: AsyncSession, code: str) -> Unit | None:
    """Find a unit that had ended and is listed again."""
    unit: Unit | None = await session.scalar(select(Unit).where(Unit.code == code))
    return unit


async def _write_membership(session: AsyncSession, unit: Unit, entry: UnitEntry, stored: _Stored, day: date) -> None:
    now = stored.memberships.get(unit.id)
    if not entry.group:
        _close(now, day)
        return
    group, part = await _group(session, entry.group), part_of(entry.part)
    if now is not None and (now.group_id, now.part) == (group.id, part):
        return
    if now is not None and now.valid_from >= day:
        now.group_id, now.part = group.id, part
        return
    _close(now, day)
    session.add(Membership(unit_id=unit.id, group_id=group.id, part=part, valid_from=day))


async def _group(session: AsyncSession, name: str) -> Group:
    for group in await session.scalars(select(Group)):
        if fold(group.name) == fold(name):
            return group
    group = Group(name=tidy(name)[:200])
    session.add(group)
    await session.flush()
    return group


def _newly_in_charge(counting: Iterable[Row]) -> Iterator[UnitEntry]:
    """Give the units for which the directory names an officer other than who was in charge when it was read."""
    for row in counting:
        was = row.was.officer if isinstance(row.was, UnitEntry) else ""
        if isinstance(row.entry, UnitEntry) and row.take is not Take.GONE and row.entry.officer not in {"", was}:
            yield row.entry


async def _write_person(
    session: AsyncSession, entry: PersonEntry, stored: _Stored, units: Mapping[str, int], holder: Holder
) -> None:
    known = stored.people.get(person_key(entry))
    if known is not None:
        post, person, _ = known
        post.title, person.phone = entry.post[:160], entry.phone[:32]
        return
    person = await _person(session, entry, holder.now)
    unit_id, role = units.get(fold(entry.unit)), role_of(entry.role)
    await hold(session, person, Post(unit_id=unit_id, role=role, title=entry.post[:160], valid_from=holder.day), holder)


async def _person(session: AsyncSession, entry: PersonEntry, now: datetime) -> Person:
    """Find somebody of the same name and telephone number, for a person may hold several posts; else make him."""
    if entry.phone:
        same = await session.scalars(select(Person).where(Person.phone == entry.phone))
        for person in same:
            if fold(person.name) == fold(entry.name):
                return person
    person = Person(name=entry.name[:120], phone=entry.phone[:32], created_at=now)
    session.add(person)
    await session.flush()
    return person


def _end(entries: Iterable[object], stored: _Stored, day: date) -> None:
    for entry in entries:
        if isinstance(entry, UnitEntry) and fold(entry.code) in stored.units:
            unit = stored.units[fold(entry.code)][0]
            _close(unit, day)
            _close(stored.memberships.get(unit.id), day)
        elif isinstance(entry, PersonEntry) and person_key(entry) in stored.people:
            _close(stored.people[person_key(entry)][0], day)


def _close(dated: Unit | Membership | Post | None, day: date) -> None:
    """End what holds, the day before; what began only today ends with yesterday too and so never was."""
    if dated is not None:
        dated.valid_to = day - _DAY
