"""Steps of stories in which persons enrol themselves by the code of their unit."""

from datetime import timedelta

from sqlalchemy import select

from models.joining import Mint, new_code
from models.people import Unit
from models.unit_codes import Terms, issue_to_units
from tests.chats import Council

LINE = "Nguyễn Thị Lan, chuyên viên, 0912345678"
SOON = timedelta(minutes=10)


async def code_of(council: Council, unit: str, places: int = 3, days: int = 30) -> str:
    """Give the code on the letter of a unit."""
    async with council.write() as session:
        row = (await session.scalars(select(Unit).where(Unit.code == unit))).one()
        mint = Mint(council.assistant.key, council.clock.now(), council.people["Thu"])
        today = council.clock.now().astimezone(council.assistant.config.zone).date()
        (issued,) = await issue_to_units(session, mint, [row], Terms(days, places), today)
        return issued.code


async def known(council: Council, name: str) -> str:
    """Give a personal code of one of the cast."""
    async with council.write() as session:
        mint = Mint(council.assistant.key, council.clock.now())
        return await new_code(session, mint, council.people[name], timedelta(days=30))


async def asks(council: Council, unit: str, said: str, device: str) -> str:
    """Let somebody ask by a new code of the unit and one line about himself; give what is answered."""
    phone = council.chat(device)
    await phone.says(await code_of(council, unit))
    await phone.presses("Đồng ý")
    return await phone.says(said)


async def gathered(council: Council) -> None:
    """Let the minutes pass for which requests are gathered, and deliver what is owed."""
    council.clock.set((council.clock.now() + SOON).replace(tzinfo=None).isoformat())
    await council.settle()


async def confirmed(council: Council, unit: str, said: str, device: str) -> str:
    """Let somebody ask, and an officer confirm him; give what the officer is answered."""
    await asks(council, unit, said, device)
    await gathered(council)
    return await council.chat("Thu").presses("Xác nhận")
