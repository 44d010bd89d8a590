"""The named cast of all tests: the units of the example directory and the people who hold their posts."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from models.addresses import Address, Chat, Consent
from models.people import Group, Membership, Part, Person, Post, Unit
from models.rules.permission import Role

START = date(2022, 1, 1)
_BEGINNING = datetime(2022, 1, 1, tzinfo=UTC)

UNITS = (
    ("SNV", "Sở Nội vụ", "Khối thi đua các sở, ngành tổng hợp", Part.LEADER),
    ("STC", "Sở Tài chính", "Khối thi đua các sở, ngành kinh tế", Part.LEADER),
    ("SCT", "Sở Công Thương", "Khối thi đua các sở, ngành kinh tế", Part.DEPUTY),
    ("SYT", "Sở Y tế", "Khối thi đua các sở, ngành văn hóa - xã hội", Part.LEADER),
    ("STTTT", "Sở Thông tin và Truyền thông", "Khối thi đua các sở, ngành văn hóa - xã hội", Part.MEMBER),
    ("CA", "Công an tỉnh", "Khối nội chính", Part.LEADER),
    ("TPND", "UBND thành phố Nam Định", "Cụm thi đua các huyện, thành phố", Part.LEADER),
    ("VB", "UBND huyện Vụ Bản", "Cụm thi đua các huyện, thành phố", Part.MEMBER),
    ("YY", "UBND huyện Ý Yên", "Cụm thi đua các huyện, thành phố", Part.DEPUTY),
    ("TN", "UBND huyện Trực Ninh", "Cụm thi đua các huyện, thành phố", Part.MEMBER),
    ("HH", "UBND huyện Hải Hậu", "Cụm thi đua các huyện, thành phố", Part.MEMBER),
)


@dataclass(frozen=True, slots=True)
class Player:
    """One of the cast: name, role, unit code where he answers for one, title of his post."""

    name: str
    role: Role
    unit: str = ""
    title: str = ""


CAST = (
    Player("Thu", Role.SECRETARIAT, title="Trưởng Ban Thi đua - Khen thưởng"),
    Player("Quang", Role.SECRETARIAT, title="Chuyên viên Ban Thi đua - Khen thưởng"),
    Player("Lan", Role.FOCAL_POINT, "SYT", "Chuyên viên"),
    Player("Hoa", Role.FOCAL_POINT, "SYT", "Phó Chánh Văn phòng"),
    Player("Minh", Role.FOCAL_POINT, "STC", "Chuyên viên"),
    Player("Tùng", Role.FOCAL_POINT, "VB", "Chuyên viên"),
    Player("Bình", Role.COUNCIL_MEMBER, title="Giám đốc Sở Tài chính"),
    Player("Yên", Role.COUNCIL_MEMBER, title="Giám đốc Sở Y tế"),
    Player("Sơn", Role.CHAIR, title="Chủ tịch UBND tỉnh"),
)


async def enrol(session: AsyncSession, channel: str, bot: str) -> dict[str, int]:
    """Write the cast into a store, everybody joined on one channel; give the person id of each name."""
    people = await enter(session)
    await join(session, {Chat(channel=channel, bot=bot, external_id=name): one for name, one in people.items()})
    return {name: person.id for name, person in people.items()}


async def enter(session: AsyncSession) -> dict[str, Person]:
    """Write the cast and its units into a store, nobody of it joined; give the person of each name."""
    groups = {name: Group(name=name) for _, _, name, _ in UNITS}
    units = {code: Unit(code=code, name=name, short_name=code, valid_from=START) for code, name, _, _ in UNITS}
    session.add_all([*groups.values(), *units.values()])
    await session.flush()
    session.add_all(
        Membership(unit_id=units[code].id, group_id=groups[group].id, part=part, valid_from=START)
        for code, _, group, part in UNITS
    )
    people = {player.name: Person(name=player.name, created_at=_BEGINNING) for player in CAST}
    session.add_all(people.values())
    await session.flush()
    session.add_all(
        Post(
            person_id=people[player.name].id,
            unit_id=units[player.unit].id if player.unit else None,
            role=player.role,
            title=player.title,
            valid_from=START,
        )
        for player in CAST
    )
    return people


async def enrol_communes(session: AsyncSession, chats: Mapping[str, Chat]) -> dict[str, int]:
    """Write a commune for each of these names, XA01 onwards, whose focal point of that name has joined by that chat."""
    people = {name: Person(name=name, created_at=_BEGINNING) for name in chats}
    units = {
        name: Unit(code=f"XA{at:02}", name=f"UBND xã số {at:02}", short_name=f"Xã {at:02}", valid_from=START)
        for at, name in enumerate(chats, 1)
    }
    session.add_all([*people.values(), *units.values()])
    await session.flush()
    session.add_all(
        Post(person_id=people[name].id, unit_id=units[name].id, role=Role.FOCAL_POINT, title="Cán bộ", valid_from=START)
        for name in chats
    )
    await join(session, {chat: people[name] for name, chat in chats.items()})
    return {name: person.id for name, person in people.items()}


async def join(session: AsyncSession, chats: Mapping[Chat, Person]) -> None:
    """Let each of these people have joined by his chat, with his consent; of several chats the first is preferred."""
    session.add_all(chats)
    await session.flush()
    known = Counter[int]()
    for chat, person in chats.items():
        if not known[person.id]:
            session.add(
                Consent(person_id=person.id, chat_id=chat.id, wording="cast", asked_at=_BEGINNING, given_at=_BEGINNING)
            )
        session.add(Address(person_id=person.id, chat_id=chat.id, preference=known[person.id], since=_BEGINNING))
        known[person.id] += 1
