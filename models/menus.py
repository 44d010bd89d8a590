"""Numbers in place of buttons: which number of a chat means which choice of which message.

Numbers run from 1 to 99 and then start anew; a number keeps its meaning until the series comes round to it, so that an
old message on the screen never means something new before 99 further choices were shown.
"""

from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.inbox import OpenMenu
from models.outbox import Parcel

LAST_NUMBER: Final = 99


@dataclass(frozen=True, slots=True)
class NumberedChoice:
    """What a number stands for: a choice of a parcel, counted from 0."""

    parcel_id: int
    index: int


async def open_menu(session: AsyncSession, chat_id: int, parcel_id: int, content: dict[str, Any]) -> int:
    """Give the choices of a parcel their numbers, first … first + count - 1, and answer the first.

    Done before the message leaves, because it carries them; `content` is kept on the parcel with them. A message that
    is sent again keeps its numbers if it offers the same. Raises ValueError for more than 99 choices or none.
    """
    count = len(content["choices"])
    if not 1 <= count <= LAST_NUMBER:
        raise ValueError(f"A menu has 1 to {LAST_NUMBER} choices, not {count}.")
    menus = list(await session.scalars(select(OpenMenu).where(OpenMenu.chat_id == chat_id).order_by(OpenMenu.id)))
    known = await session.scalar(select(Parcel.content).where(Parcel.id == parcel_id))
    first = next((menu.first for menu in menus if menu.parcel_id == parcel_id), None)
    if first is not None and known and known["choices"] == content["choices"]:
        return first
    first = _first_of(menus[-1] if menus else None, count)
    covered = [menu.id for menu in menus if menu.parcel_id == parcel_id or _meet(menu, first, count)]
    await session.execute(delete(OpenMenu).where(OpenMenu.id.in_(covered)))
    await session.execute(update(Parcel).where(Parcel.id == parcel_id).values(content=content))
    session.add(OpenMenu(chat_id=chat_id, parcel_id=parcel_id, first=first, count=count))
    await session.flush()
    return first


async def numbered_choice(session: AsyncSession, chat_id: int, number: int) -> NumberedChoice | None:
    """Find what a number means in a chat; None where no message on record showed it."""
    found = await session.execute(
        select(OpenMenu.parcel_id, OpenMenu.first).where(
            OpenMenu.chat_id == chat_id, OpenMenu.first <= number, number < OpenMenu.first + OpenMenu.count
        )
    )
    row = found.one_or_none()
    return NumberedChoice(row.parcel_id, number - row.first) if row else None


def _first_of(latest: OpenMenu | None, count: int) -> int:
    following = latest.first + latest.count if latest else 1
    return following if following + count - 1 <= LAST_NUMBER else 1


def _meet(menu: OpenMenu, first: int, count: int) -> bool:
    return menu.first < first + count and first < menu.first + menu.count
