import asyncio

import pytest

from bot.turns import Turn, Turns
from tests.timepiece import others_go_on


async def write(turns: Turns, turn: Turn, log: list[str], name: str) -> None:
    async with turns.taken(turn):
        log.append(name)
        await others_go_on()  # others may try to get in


async def order_of(*asked: tuple[Turn, str]) -> list[str]:
    turns, log = Turns(), list[str]()
    async with asyncio.TaskGroup() as group, turns.taken(Turn.CLOCK):
        for turn, name in asked:
            group.create_task(write(turns, turn, log, name))
        await others_go_on()  # everybody is in the queue
    return log


async def test_the_courier_goes_before_those_who_came_earlier() -> None:
    assert await order_of((Turn.IMPORT, "import"), (Turn.DISPATCH, "update"), (Turn.COURIER, "courier")) == [
        "courier",
        "update",
        "import",
    ]


async def test_equals_go_in_the_order_they_came() -> None:
    assert await order_of((Turn.DISPATCH, "a"), (Turn.DISPATCH, "b"), (Turn.DISPATCH, "c")) == ["a", "b", "c"]


async def test_an_import_is_not_overtaken_for_ever() -> None:
    log = await order_of((Turn.IMPORT, "import"), *((Turn.COURIER, str(number)) for number in range(200)))
    assert log.index("import") == 63


async def test_only_four_dispatches_wait_inside() -> None:
    turns, log = Turns(), list[str]()
    async with asyncio.TaskGroup() as group, turns.taken(Turn.DISPATCH):
        for number in range(20):
            group.create_task(write(turns, Turn.DISPATCH, log, str(number)))
        await others_go_on()  # everybody has asked
        assert len(turns) == 4
    assert log == [str(number) for number in range(20)]


async def test_whoever_gives_up_waiting_blocks_nobody() -> None:
    turns, log = Turns(), list[str]()
    async with asyncio.TaskGroup() as group, turns.taken(Turn.CLOCK):
        impatient = group.create_task(write(turns, Turn.INTAKE, log, "impatient"))
        group.create_task(write(turns, Turn.DISPATCH, log, "patient"))
        await others_go_on()  # both wait
        impatient.cancel()
    assert log == ["patient"]


async def test_whoever_is_cancelled_as_his_turn_comes_passes_it_on() -> None:
    turns, log = Turns(), list[str]()
    async with asyncio.TaskGroup() as group:
        async with turns.taken(Turn.CLOCK):
            unlucky = group.create_task(write(turns, Turn.INTAKE, log, "unlucky"))
            group.create_task(write(turns, Turn.DISPATCH, log, "next"))
            await others_go_on()  # both wait
        unlucky.cancel()
    assert log == ["next"]


async def test_an_error_in_a_turn_lets_the_next_one_in() -> None:
    turns, log = Turns(), list[str]()
    with pytest.raises(KeyError):
        async with turns.taken(Turn.INTAKE):
            raise KeyError
    await write(turns, Turn.INTAKE, log, "next")
    assert log == ["next"]
