"""Whom a task means on a day: its parties expanded into units and the holders of posts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.ext.asyncio import AsyncSession

from models.base import HELD
from models.people import Membership, Part, Post, Unit
from models.powers import holds_on
from models.rules.permission import Role
from models.tasks import Party, Whom


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who must do something: a unit, or the holder of a post."""

    unit_id: int | None = None
    post_id: int | None = None


async def hold_owners(session: AsyncSession, those: Iterable[Addressee]) -> None:
    """Hold units and posts until the transaction ends: others who number, pause or urge what is theirs wait."""
    held = set(those)
    units, posts = ({getattr(to, column) for to in held} - {None} for column in ("unit_id", "post_id"))
    for table, ids in ((Unit, units), (Post, posts)):
        if ids:
            await session.execute(select(table.id).where(table.id.in_(ids)).order_by(table.id).with_for_update(**HELD))


async def parties_of(
    session: AsyncSession, task_ids: Sequence[int], day: date
) -> Mapping[int, tuple[tuple[Addressee, ...], tuple[Addressee, ...]]]:
    """Expand who leads and who coordinates each task on a day; whoever leads does not coordinate as well."""
    parties = list(await session.scalars(select(Party).where(Party.task_id.in_(task_ids)).order_by(Party.id)))
    meaning = _Expansion(session, day)
    leads: dict[int, dict[Addressee, None]] = {task_id: {} for task_id in task_ids}
    others: dict[int, dict[Addressee, None]] = {task_id: {} for task_id in task_ids}
    for party in parties:
        into = leads if party.leads else others
        into[party.task_id].update(dict.fromkeys(await meaning.of(party)))
    return {
        task_id: (tuple(leads[task_id]), tuple(to for to in others[task_id] if to not in leads[task_id]))
        for task_id in task_ids
    }


class _Expansion:
    """Whom the words that mean many mean on a day; each is looked up once."""

    def __init__(self, session: AsyncSession, day: date) -> None:
        self._session = session
        self._day = day
        self._known: dict[tuple[str, int | None], tuple[Addressee, ...]] = {}

    async def of(self, party: Party) -> tuple[Addressee, ...]:
        """Give the addressees of one party, in the order of the directory."""
        key = (str(party.whom), party.unit_id or party.group_id or party.post_id)
        if key not in self._known:
            self._known[key] = await self._looked_up(party)
        return self._known[key]

    async def _looked_up(self, party: Party) -> tuple[Addressee, ...]:
        match Whom(party.whom):
            case Whom.UNIT:
                return await self._units(Unit.id == party.unit_id)
            case Whom.EVERYONE:
                return await self._units(Unit.id.is_not(None))
            case Whom.GROUP:
                return await self._members(Membership.group_id == party.group_id)
            case Whom.GROUP_LEADERS:
                return await self._members(Membership.part == Part.LEADER)
            case Whom.GROUP_MEMBERS:
                return await self._members(Membership.id.is_not(None))
            case Whom.MEMBERS:
                return await self._posts(Post.role == Role.COUNCIL_MEMBER)
            case Whom.POST:
                return await self._posts(Post.id == party.post_id)

    async def _units(self, where: ColumnElement[bool]) -> tuple[Addressee, ...]:
        rows = await self._session.scalars(select(Unit.id).where(where, holds_on(Unit, self._day)).order_by(Unit.id))
        return tuple(Addressee(unit_id) for unit_id in rows)

    async def _members(self, where: ColumnElement[bool]) -> tuple[Addressee, ...]:
        rows = await self._session.scalars(
            select(Unit.id)
            .join(Membership, Membership.unit_id == Unit.id)
            .where(where, holds_on(Membership, self._day), holds_on(Unit, self._day))
            .distinct()
            .order_by(Unit.id)
        )
        return tuple(Addressee(unit_id) for unit_id in rows)

    async def _posts(self, where: ColumnElement[bool]) -> tuple[Addressee, ...]:
        rows = await self._session.scalars(select(Post.id).where(where, holds_on(Post, self._day)).order_by(Post.id))
        return tuple(Addressee(post_id=post_id) for post_id in rows)
