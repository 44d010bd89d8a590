"""The last messages of a bot's month: kept for answers and what is urgent; the rest goes another way, or waits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import select, update

from bot.app import WEBCHAT
from models.addresses import Address
from models.addresses import Chat as ChatRow
from models.failing import Failure
from models.ids import new_id
from models.nudging import MORNING
from models.outbox import Letter, Parcel, ParcelState, Priority
from models.people import Person
from tests.cast import join
from tests.chats import Chat, utc
from tests.zalo_phones import ZaloCouncil, a_zalo_council, an_empty_zalo_council

QUOTA, KEPT = 100, 5


@asynccontextmanager
async def a_council(url: str, folder: Path, used: int = QUOTA - KEPT) -> AsyncIterator[ZaloCouncil]:
    """Open a council on Zalo, late in June, whose bot has sent so many of its hundred messages; Lan is on the web too.

    Two of its units have a report to hand in by the next day.
    """
    opened = partial(an_empty_zalo_council, zalo_monthly_quota=QUOTA)
    async with a_zalo_council(url, folder, "2022-06-21 08:00", opened=opened) as council:
        council.world.habits.quota = QUOTA
        await has_sent(council, used)
        await in_the_browser(council, "Lan")
        await council.given("Báo cáo sơ kết 6 tháng", ("SYT", "VB"), "2022-06-22")
        yield council


async def has_sent(council: ZaloCouncil, count: int) -> None:
    """Let the bot have sent so many messages, as the platform and the store know."""
    council.world.bot.sent[council.world.bot.month] = count
    now = council.clock.now()
    async with council.write() as session:
        letter = Letter(content={"lines": []}, params={}, created_at=now)
        session.add(letter)
        await session.flush()
        session.add_all(
            Parcel(
                letter_id=letter.id,
                key=f"in:{new_id()}",
                lane=f"zalo:{council.world.bot.id}",
                priority=Priority.ANSWER,
                state=ParcelState.SENT,
                not_before=now,
                created_at=now,
                sent_at=now,
            )
            for _ in range(count)
        )


async def in_the_browser(council: ZaloCouncil, name: str) -> None:
    """Let somebody have a second address, on the web chat."""
    async with council.write() as session:
        chat = ChatRow(channel=WEBCHAT, bot=council.assistant.channels[WEBCHAT].bots[0], external_id=name)
        await join(session, {chat: await session.get_one(Person, council.people[name])})
        await session.execute(update(Address).where(Address.chat_id == chat.id).values(preference=9))


async def at(council: ZaloCouncil, moment: str) -> None:
    """Move the clock to a local moment and let arrive what leaves; what does not is not waited for."""
    council.clock.set(utc(moment, council.assistant.config.zone))
    await council.runner.run_due(council.clock.now())
    await arrives(council)


async def arrives(council: ZaloCouncil) -> None:
    """Let what was said be heard and answered, and whatever leaves leave."""
    for _ in range(20):
        await council.take_updates()
        await council.sweep()
        for sender in council.senders:
            await sender.drain()
        await council.clock.wait_out(seconds=0.25)


async def to_be_telephoned(council: ZaloCouncil) -> list[str]:
    """Name those whom something has not reached and is not expected to in time."""
    async with council.read() as session:
        names = await session.scalars(
            select(Person.name)
            .join(Parcel, Parcel.person_id == Person.id)
            .join(Failure, Failure.parcel_id == Parcel.id)
            .where(Parcel.state != ParcelState.SENT)
            .order_by(Person.name)
        )
        return list(names)


async def mornings(council: ZaloCouncil) -> dict[str, list[tuple[str, str]]]:
    """Give on which channels each person's morning message is, and what became of it there."""
    async with council.read() as session:
        rows = await session.execute(
            select(Person.name, Parcel.lane, Parcel.state)
            .join(Person, Person.id == Parcel.person_id)
            .where(Parcel.kind == MORNING)
            .order_by(Person.name, Parcel.step)
        )
        found: dict[str, list[tuple[str, str]]] = {}
        for name, lane, state in rows:
            found.setdefault(name, []).append((lane.partition(":")[0], str(state)))
        return found


def told(council: ZaloCouncil) -> list[str]:
    """Give what the officer was told of the last messages."""
    return [shown.text for shown in council.owner("Thu").seen() if "tin cuối của tháng" in shown.text]


async def test_reminders_wait_or_go_another_way_while_answers_leave(database_url: str, tmp_path: Path) -> None:
    async with a_council(database_url, tmp_path) as council:
        await at(council, "2022-06-21 09:00")
        await at(council, "2022-06-22 07:31")
        assert await mornings(council) == {
            "Hoa": [("zalo", "queued")],
            "Lan": [("zalo", "dead"), ("webchat", "sent")],
            "Tùng": [("zalo", "queued")],
        }
        (first, *_) = [seen.lines[0] for seen in await Chat(council, "Lan").seen()]
        assert first == "Hạn 22/6: Báo cáo sơ kết 6 tháng"
        (said,) = told(council)
        assert said == (
            f"Zalo, bot {council.world.bot.id}: 5 tin cuối của tháng dành cho trả lời và việc gấp. Trong số tin nhắc, "
            "thông báo của bot này, 1 tin chuyển sang kênh khác, 2 tin chờ đến 01/7/2022; người phải chờ lâu có trong "
            "danh sách cần gọi điện (“homnay”)."
        )
        council.owner("Hoa").writes("trogiup")
        await arrives(council)
        assert council.owner("Hoa").seen()[-1].text.startswith("Có thể gõ")
        await at(council, "2022-06-22 07:46")
        assert len(told(council)) == 1


async def test_who_waits_for_long_is_to_be_telephoned_and_is_told_all_the_same_in_the_new_month(
    database_url: str, tmp_path: Path
) -> None:
    async with a_council(database_url, tmp_path) as council:
        await at(council, "2022-06-21 09:00")
        await at(council, "2022-06-22 07:31")
        assert await to_be_telephoned(council) == []
        await at(council, "2022-06-22 15:00")
        assert await to_be_telephoned(council) == ["Hoa", "Tùng"]
        await at(council, "2022-07-01 07:31")
        assert {name: states[-1] for name, states in (await mornings(council)).items()} == {
            "Hoa": ("zalo", "sent"),
            "Lan": ("webchat", "sent"),
            "Tùng": ("zalo", "sent"),
        }
        assert await to_be_telephoned(council) == []


async def test_a_bot_with_messages_to_spare_sends_as_ever(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path, used=10) as council:
        await at(council, "2022-06-22 07:31")
        assert {state for states in (await mornings(council)).values() for state in states} == {("zalo", "sent")}
        assert told(council) == []


async def test_what_was_counted_and_did_not_leave_is_not_held_against_the_bot(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path, used=10) as council:
        (courier,) = [each for each in council.senders if each.channel.name == "zalo"]
        reserve, now = courier.pace.reserve, council.clock.now()
        assert reserve is not None
        assert await reserve.is_reached(now) is False
        for _ in range(QUOTA):
            reserve.counts()
        assert await reserve.is_reached(now) is True
        await council.clock.wait_out(minutes=10)
        assert await reserve.is_reached(now) is False
