"""A messenger that takes or hands over nothing is told to officers and operator within minutes, and when it is over."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot import metrics
from models.outbox import Lane
from models.people import Person, Post
from models.rules.permission import Role
from tests.cast import START
from tests.chats import Council
from tests.handlers.test_going_on import Telegram, has_telegram, notice, telegram

__all__ = ["telegram"]

SENDING = (
    "Không gửi được tin qua Telegram từ lúc 09:00 ngày 09/6/2022: không kết nối được với ứng dụng nhắn tin. Tin đang "
    "chờ chuyển sang kênh kế tiếp của người nhận; người không có kênh khác nằm trong danh sách gọi điện (“homnay”). "
    "Đề nghị báo người vận hành: lệnh “dondoc check” cho biết cách xử lý."
)

MUTE = "không đến được từ lúc 08:56 ngày 09/6/2022"
REFUSED = "ứng dụng nhắn tin không chấp nhận mã truy cập của trợ lý"
ASK = "Đề nghị báo người vận hành: lệnh “dondoc check” cho biết cách xử lý."
STILL_SENT = "Đề nghị báo người vận hành; tin trợ lý gửi đi vẫn đến người nhận."


async def told(council: Council, name: str) -> list[str]:
    """Give the alarms that somebody was sent."""
    said = [seen.lines[0] for seen in await council.chat(name).seen() if not seen.mine]
    return [line for line in said if "Telegram" in line or "Zalo" in line]


async def is_dark(council: Council, key: str, reason: str, minutes: int) -> None:
    async with council.write() as session:
        since = council.clock.now() - timedelta(minutes=minutes)
        session.add(Lane(key=key, dark_since=since, dark_reason=reason))


async def is_light(council: Council) -> None:
    async with council.write() as session:
        await session.execute(update(Lane).values(dark_since=None, dark_reason=""))


async def test_within_three_minutes_officers_and_operator_know_by_another_way(
    council: Council, telegram: Telegram
) -> None:
    await has_telegram(council, "Thu", "Lan")
    async with council.write() as session:
        tung = (await session.scalars(select(Person).where(Person.id == council.people["Tùng"]))).one()
        session.add(Post(person_id=tung.id, role=Role.OPERATOR, title="Kỹ thuật", valid_from=START))
    await council.at("2022-06-09 09:00")
    telegram.is_down = True
    await notice(council, "SYT")
    await council.clock.move(seconds=59)
    await council.settle()
    assert await told(council, "Quang") == []
    await council.at("2022-06-09 09:01")
    for name in ("Thu", "Quang", "Tùng"):
        assert await told(council, name) == [SENDING]
    assert await told(council, "Lan") == []
    for minute in ("04", "08", "12"):
        await council.at(f"2022-06-09 09:{minute}")
    assert await told(council, "Quang") == [SENDING]
    telegram.is_down = False
    await council.clock.move(minutes=10)
    await notice(council, "SYT")
    await council.at("2022-06-09 09:30")
    assert (await told(council, "Quang"))[1:] == ["Đã gửi được tin qua Telegram trở lại."]
    await council.at("2022-06-09 09:31")
    assert len(await told(council, "Quang")) == 2


@pytest.mark.parametrize(
    ("key", "reason", "alarm", "over"),
    [
        (
            "listen:zalo:11",
            "token refused: Unauthorized",
            f"Tin người dùng gửi qua Zalo (bot 11) {MUTE}: {REFUSED}. {ASK}",
            "Tin người dùng gửi qua Zalo (bot 11) đã đến được trở lại.",
        ),
        (
            "hook:telegram:7",
            "Đề nghị kiểm tra chứng thư.",
            f"Tin người dùng gửi qua Telegram {MUTE}. Đề nghị kiểm tra chứng thư. {STILL_SENT}",
            "Tin người dùng gửi qua Telegram đã đến được trở lại.",
        ),
    ],
)
async def test_what_is_not_heard_is_told_and_shown_until_it_is_over(
    council: Council, key: str, reason: str, alarm: str, over: str
) -> None:
    await council.at("2022-06-09 09:00")
    await is_dark(council, key, reason, 4)
    await council.at("2022-06-09 09:01")
    assert await told(council, "Thu") == [alarm]
    await metrics.refresh(council.assistant.database, council.clock.now())
    assert f'dondoc_lane_dark_seconds{{lane="{key}"}} 300.0' in metrics.page().decode().splitlines()
    await is_light(council)
    await council.at("2022-06-09 09:02")
    assert await told(council, "Thu") == [alarm, over]
