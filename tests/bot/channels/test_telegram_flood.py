"""Five thousand people at the pace that Telegram bears, and somebody who asks in the middle."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import insert, select

from models.addresses import Address, Consent
from models.addresses import Chat as ChatRow
from models.ids import new_id
from models.people import Person, Post, Unit
from models.rules.permission import Role
from tests.fakes.telegram.chats import Chat as Open
from tests.phones import CHANNEL, TelegramCouncil, a_telegram_council

pytestmark = pytest.mark.slow
MANY = 5_000
RATE = 28
STEP = 0.05


async def enrolled(council: TelegramCouncil, count: int = MANY) -> None:
    """Let so many more answer for the health department, each on a telephone."""
    now, bot = council.clock.now(), council.telegram.bots[0]
    people = [council.world.person(f"Người {number}") for number in range(count)]
    for each in people:
        each.bot.chats[each.id] = Open(each.id, "private", each.names)
    rows = [(new_id(), new_id(), each) for each in people]
    async with council.write() as session:
        unit = await session.scalar(select(Unit.id).where(Unit.code == "SYT"))
        await session.execute(insert(Person), [{"id": p, "name": e.name, "created_at": now} for p, _, e in rows])
        await session.execute(
            insert(ChatRow),
            [{"id": c, "channel": CHANNEL, "bot": bot, "external_id": str(e.id)} for _, c, e in rows],
        )
        await session.execute(
            insert(Address), [{"id": new_id(), "person_id": p, "chat_id": c, "since": now} for p, c, _ in rows]
        )
        await session.execute(
            insert(Consent),
            [{"id": new_id(), "person_id": p, "wording": "x", "asked_at": now, "given_at": now} for p, _, _ in rows],
        )
        posts = {"unit_id": unit, "role": Role.FOCAL_POINT, "title": "Chuyên viên", "valid_from": date(2022, 1, 1)}
        await session.execute(insert(Post), [{"id": new_id(), "person_id": p, **posts} for p, _, _ in rows])


async def test_an_answer_leaves_in_the_first_slot_of_a_broadcast(sqlite_url: str, tmp_path: Path) -> None:
    async with a_telegram_council(sqlite_url, tmp_path, "2022-06-09 08:00") as council:
        await enrolled(council)
        thu, world = council.owner("Thu"), council.world
        await council.chat("Thu").says("guithongbao SYT: Mời xem kế hoạch.")
        thu.presses("Gửi")
        await council.take_updates()
        await council.assistant.dispatcher.sweep()
        sender = next(each for each in council.senders if each.channel.name == CHANNEL)
        await sender.drain()
        thu.presses("Gửi ngay")
        await council.take_updates()
        await council.assistant.dispatcher.sweep()
        began, before, first = council.clock.monotonic(), 0, len(world.requests)
        for _ in range(round(2 * MANY / RATE / STEP)):
            if len(world.requests) >= first + MANY + 4:
                break
            await sender.drain()
            if not before and len(world.requests) > first + MANY / 2:
                before = len(world.calls("sendMessage"))
                council.owner("Minh").writes("trogiup")
                await council.take_updates()
                await council.assistant.dispatcher.sweep()
            await council.clock.move(seconds=STEP)
        assert len(world.requests) >= first + MANY + 4
        answered = world.calls("sendMessage")[before]
        assert answered.chat == council.owner("Minh").id
        assert world.limits.refused == 0
        assert world.limits.worst(1.0) <= 30
        assert council.clock.monotonic() - began < MANY / RATE * 1.02 + 2
        assert all(request.status == 200 for request in world.calls("sendMessage"))
