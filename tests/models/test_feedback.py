"""The number of feedback: given once, also to those who ask at the same instant."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Turn
from models.feedback import Feedback, take_in
from models.rules.text import Refusal
from tests.chats import Council


async def asked(council: Council, name: str, text: str = "Biểu mẫu 2 lấy ở đâu?") -> int:
    """Let somebody ask in a transaction of his own; give the number."""

    async def work(session: AsyncSession) -> int:
        given = Feedback(person_id=council.people[name], text=text, at=council.clock.now())
        return (await take_in(session, given)).number

    return await council.assistant.database.retrying(Turn.DISPATCH, work)


async def test_those_who_ask_at_the_same_instant_get_a_number_each(council: Council) -> None:
    names = ("Lan", "Hoa", "Minh", "Tùng", "Bình")

    async def all_of_them() -> list[int]:
        return await asyncio.gather(*(asked(council, name) for name in names))

    assert sorted(await council.clock.goes_on_beside(all_of_them())) == [1, 2, 3, 4, 5]


async def test_ten_questions_may_wait_and_an_eleventh_is_refused(council: Council) -> None:
    assert [await asked(council, "Lan") for _ in range(10)] == list(range(1, 11))
    with pytest.raises(Refusal):
        await asked(council, "Lan")
