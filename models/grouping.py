"""Joining group chats to clusters and blocs, and which of them a notice is posted in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Chat
from models.audiences import Audience, Circle
from models.base import HELD
from models.codes import digest_of, new_digits
from models.covering import cover_ended
from models.groupchats import GroupChat, GroupCode
from models.joining import Mint, require_tries
from models.people import Group
from models.rules.alphabet import by_name

_CODE_LIFE = timedelta(days=7)
_TO_ALL = (Circle.EVERYBODY, Circle.UNITS, Circle.GROUP_MEMBERS)


@dataclass(frozen=True, slots=True)
class Joined:
    """A group chat and the cluster or bloc whose it is."""

    chat: GroupChat
    group: Group


async def new_group_code(session: AsyncSession, mint: Mint, group_id: int) -> tuple[str, date]:
    """Make a single-use code that joins one group chat to a group; its older ones end. Gives the code and last day."""
    older = update(GroupCode).where(GroupCode.group_id == group_id, GroupCode.used_at.is_(None))
    await session.execute(older.values(expires_at=mint.now))
    code = new_digits()
    expires_at = mint.now + _CODE_LIFE
    session.add(
        GroupCode(
            digest=digest_of(mint.key, code),
            group_id=group_id,
            made_at=mint.now,
            made_by=mint.by,
            expires_at=expires_at,
        )
    )
    await session.flush()
    return code, expires_at.date()


async def join_group(session: AsyncSession, key: bytes, chat: Chat, code: str, now: datetime) -> Group | None:
    """Join a group chat by a code; None for one that is wrong, used or expired.

    Raises Refusal while the chat is paused after too many wrong tries.
    """
    require_tries(chat, now)
    row = await session.scalar(
        select(GroupCode)
        .where(GroupCode.digest == digest_of(key, code), GroupCode.used_at.is_(None))
        .with_for_update(**HELD)
    )
    if row is None or row.expires_at <= now:
        return None
    row.used_at = now
    chat.failed_codes, chat.codes_blocked_until = 0, None
    await cover_ended(session, key, {(row.made_by, row.made_at)}, now)
    await end_group_chat(session, chat.id, now)
    session.add(GroupChat(chat_id=chat.id, group_id=row.group_id, since=now))
    await session.flush()
    return await session.get_one(Group, row.group_id)


async def end_group_chat(session: AsyncSession, chat_id: int, now: datetime) -> Group | None:
    """End what a group chat was joined to; gives the group, None where it was joined to none."""
    found = (
        await session.execute(
            select(GroupChat, Group)
            .join(Group, Group.id == GroupChat.group_id)
            .where(GroupChat.chat_id == chat_id, GroupChat.ended_at.is_(None))
        )
    ).first()
    if found is None:
        return None
    found[0].ended_at = now
    await session.flush()
    return found[1]


async def joined_groups(session: AsyncSession) -> Sequence[Joined]:
    """List the group chats that are joined, by the name of their group."""
    rows = await session.execute(
        select(GroupChat, Group)
        .join(Group, Group.id == GroupChat.group_id)
        .where(GroupChat.ended_at.is_(None))
        .order_by(GroupChat.id)
    )
    return by_name((Joined(chat, group) for chat, group in rows), lambda joined: joined.group.name)


async def group_chats_of(session: AsyncSession, audience: Audience) -> tuple[int, ...]:
    """Name the group chats in which a notice is posted: those of groups that it is meant for as a whole."""
    if audience.has(*_TO_ALL):
        return tuple(dict.fromkeys(each.chat.chat_id for each in await joined_groups(session)))
    groups = set(audience.ids(Circle.GROUP))
    return tuple(dict.fromkeys(each.chat.chat_id for each in await joined_groups(session) if each.group.id in groups))
