"""A month of two hundred people on five bots of Zalo: what was foreseen on its first day, and what was sent.

June 2022: five tasks by the default ladder and a notice; some answer early, most on the last day, some late or never,
and what they report is accepted. The messages of each bot come within a quarter of what was foreseen; where that is too
much for what a bot may send, officers are warned in time, early reminders become fewer, and nothing is refused.

On SQLite only, for the minutes that it takes; tests/bot/test_forecasting.py counts a month on both engines.
"""

import re
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select

from bot.forecasting import Forecasting
from bot.outlook import Outlook
from models.addresses import Chat as ChatRow
from models.outbox import Parcel, ParcelState
from models.rules.calendar import Calendar
from models.settings import council as settings_of
from models.tasks import Assignment, Report, Said
from tests.cast import enrol_communes
from tests.fakes.zalo.chats import Chat as Open
from tests.zalo_phones import ZaloCouncil, a_zalo_council, an_empty_zalo_council

pytestmark = pytest.mark.slow

BOTS, PEOPLE = 5, 200
ENOUGH, TOO_FEW = 3000, 380
TOLERANCE = 0.25
CALENDAR = Calendar()
# of ten units, how many working days before the last day each answers; the tenth never does
ANSWERS = (4, 3, 1, 0, 0, 0, 0, -1, -2, None)
# the last day of each, and to every so-manieth commune
TASKS = {
    "Báo cáo thi đua tháng": ("2022-06-10", 1),
    "Báo cáo sơ kết 6 tháng": ("2022-06-20", 1),
    "Đăng ký danh hiệu thi đua": ("2022-06-15", 2),
    "Hồ sơ đề nghị khen thưởng": ("2022-06-28", 3),
    "Nhân điển hình tiên tiến": ("2022-07-05", 2),
}
NOTICE = "guithongbao tất cả: Đề nghị xác nhận đầu mối của đơn vị năm 2022."
JUNE = [date(2022, 6, day) for day in range(1, 31)]


@dataclass(slots=True)
class Province:
    """The council with its communes, and the deadline of each of their tasks by its number."""

    council: ZaloCouncil
    communes: list[str] = field(default_factory=list)
    due: dict[str, dict[int, date]] = field(default_factory=dict)

    @property
    def sent(self) -> dict[str, int]:
        """Give what the platform has counted of each bot this month."""
        return {bot.id: bot.sent["2022-06"] for bot in self.council.world.bots.values()}

    async def outlooks(self) -> dict[str, Outlook]:
        """Give the month of each bot as it is foreseen now."""
        assistant, now = self.council.assistant, self.council.clock.now()
        async with self.council.read() as session:
            foreseeing = Forecasting(assistant.services, assistant.config.zone)
            found = await foreseeing.outlooks(session, await settings_of(session), now)
        return {each.bot: each for each in found}

    async def joins(self) -> None:
        """Let a commune for each of the others be there, spread over the bots so that each has forty people."""
        bots, world = list(self.council.world.bots.values()), self.council.world
        room = Counter({bot.id: PEOPLE // BOTS for bot in bots})
        room[bots[0].id] -= len(self.council.people)
        chats: dict[str, ChatRow] = {}
        for bot in bots:
            for _ in range(room[bot.id]):
                name = f"Xã {len(chats) + 1:03}"
                person = self.council.owners[name] = world.person(name, bot)
                bot.chats[person.id] = Open(person.id, name)
                chats[name] = ChatRow(channel=self.council.CHANNEL, bot=bot.id, external_id=person.id)
        async with self.council.write() as session:
            self.council.people |= await enrol_communes(session, chats)
        self.communes = list(chats)

    async def gives(self, title: str, due: str, every: int) -> None:
        """Give a task to every so-manieth of the communes."""
        names = self.communes[::every]
        codes = tuple(f"XA{self.communes.index(name) + 1:02}" for name in names)
        made = await self.council.given(title, codes, due)
        async with self.council.read() as session:
            numbers = dict((await session.execute(select(Assignment.id, Assignment.number))).all())
        for name, code in zip(names, codes, strict=True):
            self.due.setdefault(name, {})[numbers[made[code]]] = date.fromisoformat(due)

    def answers_on(self, day: date) -> list[tuple[str, int]]:
        """Name who answers which of his tasks on a day."""
        return [
            (name, number)
            for place, name in enumerate(self.communes)
            for number, due in self.due.get(name, {}).items()
            if (ahead := ANSWERS[(place + number) % len(ANSWERS)]) is not None and CALENDAR.shift(due, -ahead) == day
        ]

    async def passes(self, days: Sequence[date]) -> None:
        """Let the working days of these pass: mornings, answers before and after noon, and what the clock counts."""
        for day in filter(CALENDAR.is_working, days):
            await self.council.at(f"{day} 07:31")
            await self.council.at(f"{day} 07:46")
            said = self.answers_on(day)
            for half, counted in ((said[::2], "11:01"), (said[1::2], "16:31")):
                for name, number in half:
                    self.council.owner(name).writes(f"xong {number}")
                await self.council.settle()
                await self.council.at(f"{day} {counted}")


@asynccontextmanager
async def a_province(url: str, folder: Path, quota: int) -> AsyncIterator[Province]:
    """Open it on the eve of June with the year's tasks given long ago."""
    opened = partial(an_empty_zalo_council, bots=BOTS, zalo_monthly_quota=quota)
    async with a_zalo_council(url, folder, "2022-05-16 08:00", opened=opened) as council:
        council.world.habits.quota = quota
        province = Province(council)
        await province.joins()
        for title, (due, every) in TASKS.items():
            await province.gives(title, due, every)
        yield province


async def a_notice_is_sent(province: Province) -> None:
    thu = province.council.chat("Thu")
    await province.council.at("2022-06-01 08:00")
    await thu.says(NOTICE)
    await thu.presses("Gửi")


async def reports_are_accepted(province: Province) -> None:
    """Quang accepts what was reported, task by task; whoever reported is told."""
    quang = province.council.chat("Quang")
    for title in TASKS:
        await quang.says("duyet")
        listed = re.compile(rf"^\d+\. (\d+ báo cáo: {title})$", re.MULTILINE)
        task = [label for shown in quang.person.seen() for label in listed.findall(shown.text)][-1]
        await quang.presses(task, all_of := f"Xác nhận cả {task.split()[0]}", all_of)


async def unheard(province: Province) -> int:
    """Count what was owed and has not arrived."""
    async with province.council.read() as session:
        left = select(func.count()).where(Parcel.state.in_([ParcelState.QUEUED, ParcelState.DEAD]), Parcel.op == "send")
        return await session.scalar(left) or 0


async def recorded(province: Province) -> int:
    """Count the reports that are recorded as finished."""
    async with province.council.read() as session:
        return await session.scalar(select(func.count()).where(Report.said == Said.FINISHED)) or 0


def warnings(province: Province) -> list[str]:
    """Give what an officer was warned of."""
    return [shown.text for shown in province.council.owner("Thu").seen() if "tháng này đã gửi" in shown.text]


async def test_a_month_stays_within_its_quota_and_near_what_was_foreseen(sqlite_url: str, tmp_path: Path) -> None:
    async with a_province(sqlite_url, tmp_path, ENOUGH) as province:
        await a_notice_is_sent(province)
        foreseen = await province.outlooks()
        await province.passes(JUNE)
        await reports_are_accepted(province)
        sent = province.sent
        off = {bot: round(each.expected / sent[bot], 2) for bot, each in foreseen.items()}
        assert {bot: ratio for bot, ratio in off.items() if abs(ratio - 1) > TOLERANCE} == {}, (foreseen, sent)
        assert (warnings(province), await unheard(province)) == ([], 0)
        expected = sum(len(province.answers_on(day)) for day in JUNE if CALENDAR.is_working(day))
        assert await recorded(province) == expected


async def test_a_month_that_is_too_heavy_is_warned_of_in_time_and_stays_within_its_quota(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with a_province(sqlite_url, tmp_path, TOO_FEW) as province:
        await a_notice_is_sent(province)
        foreseen = await province.outlooks()
        assert {each.mark for each in foreseen.values()} == {90}
        await province.passes(JUNE[:1])
        assert len(warnings(province)) == BOTS
        await province.passes(JUNE[1:])
        assert {bot: sent for bot, sent in province.sent.items() if sent > TOO_FEW} == {}
        assert await unheard(province) == 0
        assert {call.status for call in province.council.world.calls("sendMessage")} == {200}
