from collections.abc import AsyncIterator
from typing import Any

import pytest
from sqlalchemy import select

from bot.database import Database, Turn
from bot.timepiece import SystemClock
from models.inbox import OpenMenu
from models.menus import NumberedChoice, numbered_choice, open_menu
from tests.postoffice import PostOffice
from tests.timepiece import HandClock


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[PostOffice]:
    database = Database(database_url, SystemClock())
    yield PostOffice(database, HandClock())
    await database.close()


def content(*labels: str) -> dict[str, Any]:
    return {"lines": ["?"], "choices": [{"label": label, "call": {}, "primary": False} for label in labels]}


async def opened(office: PostOffice, parcel_id: int, *labels: str) -> int:
    parcel = await office.parcel(parcel_id)
    assert parcel.chat_id is not None
    async with office.database.write(Turn.COURIER) as session:
        return await open_menu(session, parcel.chat_id, parcel_id, content(*labels))


async def meaning(office: PostOffice, parcel_id: int, number: int) -> NumberedChoice | None:
    parcel = await office.parcel(parcel_id)
    assert parcel.chat_id is not None
    async with office.database.read() as session:
        return await numbered_choice(session, parcel.chat_id, number)


async def test_numbers_run_over_all_menus_of_a_chat(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    one, other = await office.owe(hoa, "một"), await office.owe(hoa, "hai")
    assert await opened(office, one, "a", "b") == 1
    assert await opened(office, other, "c", "d") == 3
    assert await meaning(office, one, 2) == NumberedChoice(one, 1)
    assert await meaning(office, one, 3) == NumberedChoice(other, 0)
    assert await meaning(office, one, 5) is None


async def test_other_chats_count_for_themselves(office: PostOffice) -> None:
    one, other = [await office.owe(await office.person(name), name) for name in ("hoa", "lan")]
    assert (await opened(office, one, "a"), await opened(office, other, "b")) == (1, 1)
    assert await meaning(office, other, 1) == NumberedChoice(other, 0)


async def test_a_message_sent_again_keeps_its_numbers(office: PostOffice) -> None:
    one = await office.owe(await office.person("hoa"), "một")
    assert await opened(office, one, "a", "b") == 1
    assert await opened(office, one, "a", "b") == 1
    async with office.database.read() as session:
        assert len(list(await session.scalars(select(OpenMenu)))) == 1


async def test_a_message_sent_again_with_other_choices_gets_other_numbers(office: PostOffice) -> None:
    one = await office.owe(await office.person("hoa"), "một")
    await opened(office, one, "a", "b")
    assert await opened(office, one, "b", "c") == 3
    assert await meaning(office, one, 1) is None


async def test_when_the_numbers_come_round_old_menus_close(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    parcels = [await office.owe(hoa, str(number)) for number in range(12)]
    firsts = [await opened(office, parcel, *"abcdefghi") for parcel in parcels]
    assert firsts == [1, 10, 19, 28, 37, 46, 55, 64, 73, 82, 91, 1]
    assert await meaning(office, hoa_parcel := parcels[-1], 1) == NumberedChoice(hoa_parcel, 0)
    assert await meaning(office, parcels[1], 10) == NumberedChoice(parcels[1], 0)
    async with office.database.read() as session:
        assert len(list(await session.scalars(select(OpenMenu)))) == 11
