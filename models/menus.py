"""Numbers in place of buttons: which number of a chat means which choice of which message.

Numbers run from 1 to 99 and then start anew; a number keeps its meaning until the series comes round to it, so that an
old message on the screen never means something new before 99 further choices were shown.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.inbox import OpenMenu
from models.outbox import Parcel
from models.rules.numbers import Run, following


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
    menus = list(await session.scalars(select(OpenMenu).where(OpenMenu.chat_id == chat_id).order_by(OpenMenu.id)))
    own = next((menu for menu in menus if menu.parcel_id == parcel_id), None)
    if own is not None and await _offers(session, parcel_id, content["choices"]):
        return own.first
    run = following(_run(menus[-1]) if menus else None, len(content["choices"]))
    if over := [menu.id for menu in menus if menu is own or _run(menu).meets(run)]:
        await session.execute(delete(OpenMenu).where(OpenMenu.id.in_(over)))
    await session.execute(update(Parcel).where(Parcel.id == parcel_id).values(content=content))
    session.add(OpenMenu(chat_id=chat_id, parcel_id=parcel_id, first=run.first, count=run.count))
    await session.flush()
    return run.first


async def _offers(session: AsyncSession, parcel_id: int, choices: Any) -> bool:
    """Tell whether a parcel that was shown before offered the same."""
    known = await session.scalar(select(Parcel.content).where(Parcel.id == parcel_id))
    return known is not None and known["choices"] == choices


async def numbered_choice(session: AsyncSession, chat_id: int, number: int) -> NumberedChoice | None:
    """Find what a number means in a chat; None where no message on record showed it."""
    menus = await session.scalars(select(OpenMenu).where(OpenMenu.chat_id == chat_id))
    found = next((menu for menu in menus if number in _run(menu)), None)
    return NumberedChoice(found.parcel_id, number - found.first) if found else None


def _run(menu: OpenMenu) -> Run:
    return Run(menu.first, menu.count)
