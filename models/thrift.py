"""Which bots have few messages left in their month, so that people are written to sparingly through them."""

from datetime import date, datetime

from sqlalchemy import SmallInteger, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.addresses import Address, AddressState, Chat
from models.base import Base
from models.ids import new_id
from models.inserts import insert_new
from models.laying import Span
from models.rules.mornings import SPARING, Budget
from models.usage import Bot, bots_of


class Thrift(Base):
    """In a calendar month (`month`: its first day) one bot was found to reach a mark, in percent of what it may send.

    It stands until the month is over, so that the plan does not turn with every hour's forecast.
    """

    __tablename__ = "thrift"
    __table_args__ = (UniqueConstraint("bot", "channel", "month", "mark"),)

    channel: Mapped[str] = mapped_column(String(16))
    bot: Mapped[str] = mapped_column(String(64))
    month: Mapped[date]
    mark: Mapped[int] = mapped_column(SmallInteger)
    since: Mapped[datetime]


async def begin_thrift(session: AsyncSession, bot: Bot, month: date, mark: int, now: datetime) -> None:
    """Record, once, that a bot reaches a mark in the month that begins on this day."""
    row = {"id": new_id(), "channel": bot[0], "bot": bot[1], "month": month, "mark": mark, "since": now}
    await session.execute(insert_new(session, Thrift).values(**row).on_conflict_do_nothing())


async def marks_reached(session: AsyncSession, first: date, last: date) -> dict[tuple[Bot, date], int]:
    """Give the highest mark that each bot has reached in each month that these days touch, by its first day."""
    rows = await session.execute(
        select(Thrift.channel, Thrift.bot, Thrift.month, Thrift.mark)
        .where(Thrift.month >= first.replace(day=1), Thrift.month <= last)
        .order_by(Thrift.mark)
    )
    return {((channel, bot), month): mark for channel, bot, month, mark in rows}


async def budget_of(session: AsyncSession, span: Span) -> Budget:
    """Give how many mornings a week each person may be written to about what can wait, in a span of days."""
    reached = await marks_reached(session, span.first, span.last)
    if not reached:
        return Budget(span.council.nudges_a_week)
    sparing = {bot for (_, bot), _ in reached}
    served = (
        select(Address.person_id)
        .join(Chat, Chat.id == Address.chat_id)
        .where(Chat.bot.in_(sparing), Address.state == AddressState.ACTIVE)
    )
    bots = await bots_of(session, served)
    fewer = {
        (person, month): SPARING[mark]
        for (bot, month), mark in reached.items()
        for person, his in bots.items()
        if his == bot
    }
    return Budget(span.council.nudges_a_week, fewer)
