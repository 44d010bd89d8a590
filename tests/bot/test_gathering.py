"""What is known of several chats at once, and what of it is read anew once a row on which it rests is changed."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import delete, func, select, update

from bot.app import WEBCHAT
from bot.gathering import SKIPPING, Gathered, gathered
from models.addresses import Address, AddressState, Chat
from models.inbox import Inbound
from models.people import Post
from models.rules.permission import Role
from tests.chats import Council

NAMES = ("Lan", "Minh")


async def hear(council: Council, *names: str) -> None:
    channel = council.assistant.channels[WEBCHAT]
    for name in names:
        mark = f"{name}:{await count(council)}"
        await council.assistant.intake.hear(channel, channel.bots[0], mark, {"chat": name, "text": "trogiup"})


async def count(council: Council) -> int:
    async with council.read() as session:
        return await session.scalar(select(func.count()).select_from(Inbound)) or 0


@asynccontextmanager
async def known(council: Council) -> AsyncIterator[tuple[Gathered, dict[str, Chat]]]:
    async with council.write() as session:
        chats = {chat.external_id: chat for chat in await session.scalars(select(Chat).where(Chat.bot != ""))}
        today = council.clock.now().astimezone(council.assistant.config.zone).date()
        wanted = [chats[name].id for name in NAMES]
        yield await gathered(session, today, wanted, SKIPPING), chats


async def test_the_oldest_update_of_each_chat_is_found(council: Council) -> None:
    await hear(council, "Minh", "Minh", "Lan")
    async with known(council) as (found, chats):
        marks = {name: found.updates[chats[name].id][1].update_id for name in NAMES}
    assert marks == {"Minh": "Minh:0", "Lan": "Lan:2"}


async def test_a_chat_in_which_nothing_waits_is_left_out(council: Council) -> None:
    await hear(council, "Lan")
    async with known(council) as (found, chats):
        assert list(found.updates) == [chats["Lan"].id]


async def test_everybody_has_his_own_powers(council: Council) -> None:
    await hear(council, *NAMES)
    async with known(council) as (found, chats):
        people = [await found.speaker(chats[name]) for name in NAMES]
        units = [(await found.powers(person)).own_units for person in people]
    assert [person.name.split()[-1] for person in people if person] == list(NAMES)
    assert (len(units[0]), len(units[1]), units[0] & units[1]) == (1, 1, frozenset())


@pytest.mark.parametrize("by_row", [True, False])
async def test_whoever_loses_his_post_in_an_earlier_update_has_no_powers_in_a_later_one(
    council: Council, *, by_row: bool
) -> None:
    await hear(council, *NAMES)
    async with known(council) as (found, chats):
        minh = await found.speaker(chats["Minh"])
        mine = Post.person_id == council.people["Minh"]
        if by_row:
            for post in await found.session.scalars(select(Post).where(mine)):
                await found.session.delete(post)
            await found.session.flush()
        else:
            await found.session.execute(delete(Post).where(mine))
        assert list((await found.powers(minh)).roles) == [Role.STRANGER]


async def test_a_chat_that_is_left_in_an_earlier_update_is_a_strangers_in_a_later_one(council: Council) -> None:
    await hear(council, *NAMES)
    async with known(council) as (found, chats):
        left = update(Address).where(Address.chat_id == chats["Minh"].id).values(state=AddressState.LEFT)
        await found.session.execute(left)
        assert [await found.speaker(chats[name]) is None for name in NAMES] == [False, True]


async def test_what_else_is_written_lets_nothing_be_read_anew(council: Council) -> None:
    await hear(council, *NAMES)
    async with known(council) as (found, chats):
        before = await found.powers(await found.speaker(chats["Lan"]))
        found.updates[chats["Lan"].id][1].handled_at = council.clock.now()
        await found.session.flush()
        assert await found.powers(await found.speaker(chats["Lan"])) is before


async def test_a_chat_taken_for_unreachable_is_reached_again_once_somebody_speaks_in_it(council: Council) -> None:
    async with council.write() as session:
        await session.execute(update(Address).values(state=AddressState.UNREACHABLE))
    await council.chat("Lan").says("trogiup")
    async with council.read() as session:
        reached = await session.scalars(select(Address).where(Address.state == AddressState.ACTIVE))
        assert [address.person_id for address in reached] == [council.people["Lan"]]
