"""What is heard is stored, whatever it is made of; what bears a mark of secrecy is not."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.app import WEBCHAT
from bot.intake import Stored
from models.addresses import Chat
from models.inbox import Inbound
from tests.chats import Council


async def hear(council: Council, mark: str, **raw: Any) -> Stored:
    channel = council.assistant.channels[WEBCHAT]
    return await council.assistant.intake.hear(channel, channel.bots[0], mark, {"chat": "Lan", **raw})


async def stored(council: Council) -> list[Inbound]:
    async with council.read() as session:
        return list(await session.scalars(select(Inbound).order_by(Inbound.id)))


async def test_numbers_and_signs_that_are_none_do_not_keep_others_from_being_heard(council: Council) -> None:
    await asyncio.gather(
        hear(council, "1", text="trogiup"),
        hear(council, "2", text="\ud83d", odd=[float("nan"), float("inf")], none=None),
        hear(council, "3", text="\x00", deep={"ậ": ["\udfff"]}),
    )
    kept = [inbound.raw for inbound in await stored(council)]
    assert kept == [
        {"chat": "Lan", "text": "trogiup"},
        {"chat": "Lan", "text": "?", "odd": [None, None], "none": None},
        {"chat": "Lan", "text": "\x00", "deep": {"ậ": ["?"]}},
    ]


@pytest.mark.parametrize("raw", [{"chat": ""}, {"chat": None}, {"chat": ["Lan"]}, {"chat": 7}])
async def test_an_update_without_a_chat_is_not_heard(council: Council, raw: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="names no chat"):
        await hear(council, "1", **raw)
    assert await stored(council) == []


@pytest.mark.parametrize("name", ["toi_mat 05.docx", "TUYỆT MẬT.pdf", "Tuyet-mat.xlsx"])
async def test_a_file_whose_name_states_a_degree_of_secrecy_is_not_stored(council: Council, name: str) -> None:
    file = {"sha256": "0" * 64, "name": name, "media": "", "size": 1}
    await hear(council, "1", files=[file])
    (inbound,) = await stored(council)
    assert (inbound.raw, inbound.outcome) == (None, "secret")


async def test_a_chat_that_was_erased_is_heard_again_at_the_second_try(council: Council) -> None:
    channel = council.assistant.channels[WEBCHAT]
    hear_stranger = council.assistant.intake.hear
    first = await hear_stranger(channel, channel.bots[0], "1", {"chat": "stranger", "text": "a"})
    async with council.write() as session:
        await session.delete(await session.get_one(Inbound, first.inbound_id))
        await session.flush()
        await session.delete(await session.get_one(Chat, first.chat_id))
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await hear_stranger(channel, channel.bots[0], "2", {"chat": "stranger", "text": "a"})
    again = await hear_stranger(channel, channel.bots[0], "2", {"chat": "stranger", "text": "a"})
    async with council.read() as session:
        assert await session.scalar(select(func.count()).where(Chat.id == again.chat_id)) == 1
