"""Several bots of one platform: people are led to one that has room, and move between them without being lost."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import select

from bot.app import offerings
from models.addresses import Address, AddressState, Chat
from models.people import Person, Post, Unit
from models.rules.permission import Role
from models.usage import people_served
from tests.cast import CAST
from tests.fakes.zalo.bots import Bot
from tests.zalo_phones import ZaloCouncil, a_zalo_council, an_empty_zalo_council

CODE = re.compile(r"\d{4} \d{4} \d{4}")


@asynccontextmanager
async def a_council(url: str, folder: Path, people: int) -> AsyncIterator[ZaloCouncil]:
    """Open a council whose cast is at the first of two bots, of which each may serve so many."""
    opened = partial(an_empty_zalo_council, bots=2, zalo_users_per_bot=people)
    async with a_zalo_council(url, folder, opened=opened) as council:
        for offering in offerings(council.assistant):
            await council.waiting(offering.once())
        yield council


def second(council: ZaloCouncil) -> Bot:
    return list(council.world.bots.values())[1]


async def newcomer(council: ZaloCouncil, name: str) -> None:
    """Enter somebody in the directory who has not joined."""
    async with council.write() as session:
        unit = (await session.scalars(select(Unit).where(Unit.code == "SCT"))).one()
        person = Person(name=name, created_at=datetime(2022, 1, 1, tzinfo=UTC))
        session.add(person)
        await session.flush()
        session.add(Post(person_id=person.id, unit_id=unit.id, role=Role.FOCAL_POINT, valid_from=date(2022, 1, 1)))


async def code_for(council: ZaloCouncil, name: str) -> tuple[str, str]:
    """Ask the officer for somebody's code; give it, and the line of links where there is one."""
    lines = (await council.chat("Thu").says(f"capma {name}")).splitlines()
    links = [line for line in lines if "zalo.me" in line]
    return next(found[0] for line in lines if (found := CODE.search(line))), links[0] if links else ""


async def served(council: ZaloCouncil) -> list[int]:
    async with council.read() as session:
        counts = await people_served(session)
    return [counts.get(("zalo", bot.id), 0) for bot in council.world.bots.values()]


async def test_a_code_leads_to_the_bot_with_the_most_room(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path, 50) as council:
        await newcomer(council, "Dũng")
        _, links = await code_for(council, "Dũng")
        assert links == f"Hoặc mở trên điện thoại: https://zalo.me/{second(council).id}"


async def test_letters_are_spread_over_the_bots(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path, 50) as council, council.read() as session:
        invited = await council.assistant.dispatcher.handling.ways(session)
        first, other = (f"https://zalo.me/{bot.id}" for bot in council.world.bots.values())
        given = [invited.links("123456789012")["zalo"] for _ in range(len(CAST) + 4)]
        assert given == [other] * len(CAST) + [first, other] * 2


async def test_whoever_writes_to_a_full_bot_is_led_to_another_and_his_code_still_holds(
    database_url: str, tmp_path: Path
) -> None:
    async with a_council(database_url, tmp_path, len(CAST)) as council:
        await newcomer(council, "Dũng")
        code, _ = await code_for(council, "Dũng")
        site = council.assistant.config.site
        assert await council.chat("Dũng").says(code) == (
            f"Bot này đã đủ số người được phục vụ. Đề nghị đồng chí mở https://zalo.me/{second(council).id} và gửi lại "
            f"mã này tại đó.\nHoặc mở {site}/signin trên trình duyệt và nhập mã."
        )
        assert await served(council) == [len(CAST), 0]
        council.owners["Dũng"] = council.owner("Dũng").at(second(council))
        assert (await council.chat("Dũng").says(code)).startswith("Kính gửi đồng chí Dũng")
        assert (await council.chat("Dũng").presses("Đồng ý")).startswith("Kênh này hiện phục vụ đồng chí Dũng")
        assert await served(council) == [len(CAST), 1]


async def test_a_wrong_code_at_a_full_bot_is_counted_as_everywhere(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path, len(CAST)) as council:
        assert (await council.chat("Dũng").says("1234 5678 9012")).startswith(
            "Mã này không đúng, đã dùng hoặc đã hết hạn; tại đây còn được thử 4 lần."
        )


async def test_where_all_bots_are_full_the_officer_reads_what_to_do(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path, 1) as council:
        await newcomer(council, "Dũng")
        council.owners["Lan"] = council.owner("Lan").at(second(council))
        await council.chat("Lan").says((await code_for(council, "Lan"))[0])
        assert await served(council) == [len(CAST), 1]
        full = (
            "Zalo: các bot đã đủ số người được phục vụ; người kết nối từ nay dùng trang của trợ lý. "
            "Đề nghị người vận hành bổ sung mã của một bot."
        )
        assert (await council.chat("Thu").says("capma")).splitlines()[3] == full
        code, links = await code_for(council, "Dũng")
        assert links == ""
        assert (await council.chat("Dũng").says(code)).splitlines()[0] == (
            "Hiện các bot đã đủ số người được phục vụ; mã của đồng chí chưa bị sử dụng."
        )


async def test_who_moves_to_another_bot_is_written_to_there_and_keeps_his_old_chat(
    database_url: str, tmp_path: Path
) -> None:
    async with a_council(database_url, tmp_path, len(CAST)) as council:
        code, links = await code_for(council, "Lan")
        assert links == f"Hoặc mở trên điện thoại: https://zalo.me/{second(council).id}"
        old = council.owner("Lan")
        council.owners["Lan"] = moved = old.at(second(council))
        await council.chat("Lan").says(code)
        await council.given("Báo cáo sơ kết 6 tháng", ("SYT",), "2022-06-14")
        before = len(old.seen())
        await council.at("2022-06-13 07:35")
        assert ("Báo cáo sơ kết 6 tháng" in moved.seen()[-1].text, len(old.seen())) == (True, before)
        moved.blocks()
        await council.given("Đăng ký thi đua", ("SYT",), "2022-06-15")
        await council.at("2022-06-14 07:35")
        assert "Đăng ký thi đua" in old.seen()[-1].text
        async with council.read() as session:
            states = await session.execute(
                select(Chat.bot, Address.state)
                .join(Address, Address.chat_id == Chat.id)
                .where(Address.person_id == council.people["Lan"])
                .order_by(Address.preference)
            )
            assert [tuple(row) for row in states] == [
                (moved.bot.id, AddressState.UNREACHABLE),
                (old.bot.id, AddressState.ACTIVE),
            ]
