"""A council of any size, written into an empty store at once: units, people in their posts, tasks already given."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert
from sqlalchemy.ext.asyncio import AsyncSession

from benchmarks.fake_api import ZALO_BOT
from bot import migrate
from bot.config import Config
from bot.database import Database, Turn
from bot.timepiece import SystemClock
from models.addresses import Address, AddressState, Chat, Consent
from models.ids import reserve_ids
from models.joining import CONSENT_WORDING, Mint, new_code
from models.people import Person, Post, Unit
from models.rules.permission import Role
from models.tasks import Assignment, Task

OFFICER: Final = "officer"
WEBCHAT: Final = "webchat"
BOT: Final = "browser"
TELEGRAM: Final = "telegram"
TOKEN: Final = "42:benchmark-token"  # noqa: S105 - of a bot that does not exist
TELEGRAM_BOT: Final = TOKEN.partition(":")[0]
ZALO: Final = "zalo"
ZALO_TOKEN: Final = f"{ZALO_BOT}:benchmark-token"
# a notice may be taken back for so long before it leaves, and somewhat less
HELD_SECONDS: Final = 180
_BOTS: Final = {TELEGRAM: TELEGRAM_BOT, ZALO: ZALO_BOT}
_PLENTY: Final = 1_000_000_000
_FIRST_NUMBER: Final = 1001
_KEY: Final = "benchmark-" * 4
_UNITS: Final = 300
_PEOPLE_A_UNIT: Final = 10
_CODE_LIFE: Final = timedelta(days=1)
_DUE: Final = timedelta(days=60)
_GIVEN: Final = timedelta(days=10)
_SINCE: Final = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Size:
    """How many people a council has, and how many tasks each of its units has been given.

    The people are on one channel; the officer is on the web chat always.
    """

    people: int
    tasks_each: int = 0
    channel: str = WEBCHAT

    @property
    def units(self) -> int:
        """Every person a unit of his own in a province; ten people a unit where there are more."""
        return max(min(self.people, _UNITS), self.people // _PEOPLE_A_UNIT)


def config_in(folder: Path, http: str = "127.0.0.1:1", *, telegram_api: str = "", zalo_api: str = "") -> Config:
    """Give the settings of an assistant whose data stand in a folder; on the messengers whose servers are given."""
    url = f"sqlite+aiosqlite:///{folder / 'dondoc.db'}"
    config = Config(_env_file=None, database_url=url, files=folder / "files", secret_key=_KEY, http=http)
    on_telegram = {"telegram_token": TOKEN, "telegram_api": telegram_api, "telegram_rate": 1000}
    on_zalo = {"zalo_tokens": (ZALO_TOKEN,), "zalo_api": zalo_api, "zalo_monthly_quota": _PLENTY}
    return config.model_copy(update={**(on_telegram if telegram_api else {}), **(on_zalo if zalo_api else {})})


def name_of(place: int) -> str:
    """Name the chat of the person at this place of the directory."""
    return f"person-{place}"


def number_of(place: int) -> int:
    """Number his chat on a messenger."""
    return _FIRST_NUMBER + place


async def filled(folder: Path, size: Size, *, codes: int = 0) -> list[str]:
    """Make a store of this size; everybody has joined but the first `codes` people, whose join codes are given."""
    config = config_in(folder)
    migrate.upgrade(config.database_url)
    clock = SystemClock()
    database = Database(config.database_url, clock)
    try:
        async with database.write(Turn.IMPORT) as session:
            return await _fill(session, size, clock.now(), codes)
    finally:
        await database.close()


async def _fill(session: AsyncSession, size: Size, now: datetime, codes: int) -> list[str]:
    first_unit, first = reserve_ids(size.units) + 1, reserve_ids(size.people + 1) + 1
    officer = first + size.people
    await _insert(session, Unit, _units(first_unit, size.units))
    await _insert(session, Person, ({"id": first + place, **_person(place, now)} for place in range(size.people + 1)))
    posts = [_post(first + place, first_unit + place % size.units) for place in range(size.people)]
    await _insert(session, Post, iter([*posts, _post(officer, None)]))
    await _join(session, size.channel, {first + place: place for place in range(codes, size.people)}, now)
    await _sit(session, {officer: (WEBCHAT, BOT, OFFICER)}, now)
    await _insert(session, Consent, (_consent(first + place, now) for place in range(size.people + 1)))
    await _give(session, (first_unit, size.units), size.tasks_each, now)
    mint = Mint(_KEY.encode(), now)
    return [await new_code(session, mint, first + place, _CODE_LIFE) for place in range(codes)]


async def _insert(session: AsyncSession, table: type[Any], rows: Iterator[dict[str, Any]]) -> None:
    if listed := list(rows):
        await session.execute(insert(table), listed)


def _units(first: int, count: int) -> Iterator[dict[str, Any]]:
    for place in range(count):
        name = f"Đơn vị số {place + 1}"
        yield {"id": first + place, "code": f"DV{place + 1}", "name": name, "valid_from": _SINCE}


def _person(place: int, now: datetime) -> dict[str, Any]:
    return {"name": f"Nguyễn Thị Đầu Mối {place + 1}", "created_at": now}


def _post(person_id: int, unit_id: int | None) -> dict[str, Any]:
    role = Role.SECRETARIAT if unit_id is None else Role.FOCAL_POINT
    return {"person_id": person_id, "unit_id": unit_id, "role": role, "valid_from": _SINCE}


def _consent(person_id: int, now: datetime) -> dict[str, Any]:
    return {"person_id": person_id, "wording": CONSENT_WORDING, "asked_at": now, "given_at": now}


async def _join(session: AsyncSession, channel: str, joined: dict[int, int], now: datetime) -> None:
    """Let people join on a channel, each by his place in the directory."""
    if channel in _BOTS:
        seats = {person: (channel, _BOTS[channel], str(number_of(place))) for person, place in joined.items()}
    else:
        seats = {person: (WEBCHAT, BOT, name_of(place)) for person, place in joined.items()}
    await _sit(session, seats, now)


async def _sit(session: AsyncSession, seats: dict[int, tuple[str, str, str]], now: datetime) -> None:
    first = reserve_ids(len(seats)) + 1
    chats = (
        {"id": first + place, "channel": channel, "bot": bot, "external_id": name}
        for place, (channel, bot, name) in enumerate(seats.values())
    )
    await _insert(session, Chat, chats)
    addresses = (
        {"person_id": person, "chat_id": first + place, "since": now, "state": AddressState.ACTIVE}
        for place, person in enumerate(seats)
    )
    await _insert(session, Address, addresses)


async def _give(session: AsyncSession, units: tuple[int, int], tasks: int, now: datetime) -> None:
    """Give every unit the same tasks, numbered from 1: long enough ago, and due late enough, to remind of none."""
    first, first_unit = reserve_ids(tasks) + 1, units[0]
    given, due = now - _GIVEN, (now + _DUE).astimezone(UTC)
    titles = [(first + place, f"Báo cáo kết quả thực hiện chuyên đề số {place + 1}") for place in range(tasks)]
    about = {"deliverable": "Báo cáo", "reading": due.date().isoformat(), "created_at": given, "given_at": given}
    await _insert(
        session, Task, ({"id": id_, "ref": f"B{id_ - first + 1}", "title": title, **about} for id_, title in titles)
    )
    dates = {"due_on": due.date(), "due_at": due, "original_due_on": due.date(), "given_on": given.date()}
    rows = (
        {"task_id": id_, "unit_id": first_unit + unit, "number": id_ - first + 1, "given_at": given, **dates}
        for id_, _ in titles
        for unit in range(units[1])
    )
    await _insert(session, Assignment, rows)
