"""Who was reached on any of his devices, who is on the call list with his number, and what came twice and unmarked."""

import re
from collections import Counter
from collections.abc import Iterator

from sqlalchemy import select, update

from models.people import Person, Post, Unit
from models.rules.permission import Role
from tests.cast import START
from tests.chats import Chat, Seen
from tests.everywhere import EverywhereCouncil

# what says that this was, or may have been, read before: on the same channel, or on another
MARK = re.compile(r"\(gửi lại\)|Tin này đã gửi qua .+, nay gửi lại qua .+|Tin này có thể đã đến qua .+, nay gửi qua .+")
TO_TELEPHONE = "Chưa gửi được, cần gọi điện"


async def telephones(council: EverywhereCouncil, numbers: dict[str, str]) -> None:
    """Let the directory know some people's telephone numbers."""
    async with council.write() as session:
        for name, number in numbers.items():
            await session.execute(update(Person).where(Person.id == council.people[name]).values(phone=number))


async def only_a_telephone(council: EverywhereCouncil, name: str, unit: str, number: str) -> None:
    """Enter somebody who answers for a unit and has nothing but a telephone."""
    async with council.write() as session:
        unit_id = (await session.scalars(select(Unit.id).where(Unit.code == unit))).one()
        person = Person(name=name, phone=number, created_at=council.clock.now())
        session.add(person)
        await session.flush()
        session.add(Post(person_id=person.id, unit_id=unit_id, role=Role.FOCAL_POINT, title="Cán bộ", valid_from=START))
        council.people[name] = person.id


async def shown_to(council: EverywhereCouncil, name: str) -> list[Seen]:
    """Give all that the assistant shows on any of somebody's devices."""
    return [shown for chat in council.chats(name) for shown in await chat.seen() if not shown.mine]


async def without(council: EverywhereCouncil, words: str, whom: set[str]) -> set[str]:
    """Name those of some people on none of whose devices these words stand."""
    return {
        name for name in whom if not any(words in "\n".join(shown.lines) for shown in await shown_to(council, name))
    }


async def to_be_telephoned(officer: Chat) -> str:
    """Read whom the officer is to telephone, as the list of the day says; "" where nobody is."""
    await officer.says("homnay")
    labels = [
        label for shown in (await officer.seen())[-1:] for label in shown.buttons if label.startswith(TO_TELEPHONE)
    ]
    return await officer.presses(labels[0]) if labels else ""


async def twice_unmarked(council: EverywhereCouncil, whom: set[str]) -> list[tuple[str, str]]:
    """Name who of some people, who asked nothing twice, was shown the same twice without being told; by its first line.

    What was shown on one device and then on another counts as what was shown twice on one.
    """
    found: list[tuple[str, str]] = []
    for name in whom:
        plain = Counter(_unmarked(await shown_to(council, name)))
        found += [(name, lines[0]) for lines, times in plain.items() if times > 1]
    return found


def _unmarked(messages: list[Seen]) -> Iterator[tuple[str, ...]]:
    """Give the words of what came without a mark; cards that have changed say the same where they are of one matter."""
    said = (shown.lines for shown in messages if shown.lines and not shown.changed)
    return (lines for lines in said if not any(MARK.match(line) for line in lines))
