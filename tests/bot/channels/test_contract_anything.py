"""Whatever a provider may hand on: stored, understood or set aside, handled once; and nobody is left without a word."""

import json
from asyncio import gather
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from handlers.kit import Heard, Service
from models.addresses import Chat
from models.inbox import Inbound
from models.outbox import Parcel
from tests.bot.channels.platforms import PLATFORMS, Platform
from tests.served import ServedCouncil

MANY = 10_000
_OF_NOBODY = "0"
Raw = Mapping[str, Any]


@pytest.mark.parametrize("of", PLATFORMS, ids=lambda one: one.name)
@given(data=st.data())
def test_any_object_has_a_name_and_a_chat_and_is_understood_or_is_none(of: Platform, data: st.DataObject) -> None:
    raw, channel = data.draw(of.anything()), of.adapter("http://127.0.0.1:9")
    if not isinstance(raw, dict):
        with pytest.raises((ValueError, AttributeError)):  # as whoever takes what was posted expects
            channel.update_id(raw)
        return
    assert 0 < len(channel.update_id(raw)) <= 80
    assert 0 < len(channel.chat_of(raw)) <= 80
    with suppress(ValueError, LookupError, TypeError):  # what cannot be understood is set aside with a sentence
        assert isinstance(channel.parse(raw), Heard)


async def the_cast_writes(council: ServedCouncil, channel: Service, everything: Sequence[Raw]) -> set[str]:
    """Let those who write most be people of the council; give their chats."""
    chats = Counter(channel.chat_of(raw) for raw in everything)
    most = [chat for chat, _ in chats.most_common() if chat != _OF_NOBODY and not channel.is_group(chat)]
    async with council.write() as session:
        rows = (await session.scalars(select(Chat).where(Chat.channel == channel.name))).all()
        for row in rows:  # some have the id of another already
            row.external_id = f"was {row.external_id}"
        await session.flush()
        for row, chat in zip(rows, most, strict=False):
            row.external_id = chat
    return set(most[: len(rows)])


async def all_are_heard(council: ServedCouncil, channel: Service, everything: Sequence[Raw]) -> None:
    """Store all, some of them twice, as after a lost acknowledgement."""
    intake, bot = council.assistant.intake, channel.bots[0]
    for start in range(0, len(everything), 100):
        some = everything[start : start + 100]
        first = await gather(*(intake.hear(channel, bot, channel.update_id(raw), raw) for raw in some))
        again = await gather(*(intake.hear(channel, bot, channel.update_id(raw), raw) for raw in some[::3]))
        assert not any(each.fresh for each in again)
        assert [each.inbound_id for each in again] == [each.inbound_id for each in first[::3]]


def may_be_silent(channel: Service, raw: Raw) -> bool:
    """Tell whether what somebody of the council sent asks for no answer, or is answered with the rest of its album."""
    try:
        heard = channel.parse(raw)
    except (ValueError, LookupError, TypeError):
        return False
    return heard.in_group or heard.event in {"nothing", "left", "edited", "read"} or bool(heard.album)


@pytest.mark.slow
async def test_ten_thousand_are_each_handled_once_and_answered_unless_silence_is_meant(
    platform: Platform, sqlite_url: str, tmp_path: Path
) -> None:
    async with platform.council(sqlite_url, tmp_path) as council:
        channel = council.assistant.channels[platform.name]
        # files are asked for on this machine, where there are none
        made_up = json.dumps([*platform.recorded().values(), *islice(platform.stream(7), MANY)])
        everything = json.loads(platform.outside.sub(council.world.address, made_up))
        cast = await the_cast_writes(council, channel, everything)
        await all_are_heard(council, channel, everything)
        while await council.sweep():
            pass
        named = {channel.update_id(raw): raw for raw in reversed(everything)}
        async with council.read() as session:
            heard = (await session.scalars(select(Inbound).where(Inbound.channel == platform.name))).all()
            answered = set(await session.scalars(select(Parcel.key).where(Parcel.key.startswith("in:"))))
        assert {each.update_id for each in heard} == set(named)
        assert [each.update_id for each in heard if each.handled_at is None or each.outcome == "incident"] == []
        left = [
            named[each.update_id]
            for each in heard
            if f"in:{each.id}" not in answered and channel.chat_of(named[each.update_id]) in cast
        ]
        assert [raw for raw in left if not may_be_silent(channel, raw)] == []
