"""Who is who in the story of rights: everybody who is not of Hải Hậu has something of his own to read."""

from datetime import date

from sqlalchemy import select, update

from bot.app import WEBCHAT
from models.addresses import Chat as ChatRow
from models.groupchats import GroupChat
from models.people import Group, Membership, Part, Person, Post, Unit
from models.rules.permission import Role
from models.tasks import Assignment
from tests.cast import START, Player, join
from tests.chats import Council
from tests.handlers.test_following import follow

CLUSTER, BLOC = "Cụm thi đua các huyện, thành phố", "Khối nội chính"
OF_THE_CLUSTER = ("TPND", "YY", "VB", "TN", "HH")
OWN, SHARED = "Việc chung của các đơn vị", "Việc chung của cụm"
PHONE = "0912 999 999"
ENDED = date(2022, 5, 31)

MORE = (
    Player("Hương", Role.FOCAL_POINT, "HH"),
    Player("Nhân", Role.FOCAL_POINT, "CA"),
    Player("Phúc", Role.FOCAL_POINT, "TPND"),
    Player("Vinh", Role.FOCAL_POINT, "YY"),
    Player("Hạnh", Role.FOCAL_POINT, "HH"),
    Player("Mực", Role.FOCAL_POINT, "HH"),
    Player("Dũng", Role.COUNCIL_MEMBER, title="Giám đốc Sở Tư pháp"),
    Player("Kỳ", Role.OPERATOR),
)


async def everybody_has_something(council: Council) -> None:
    """Let whoever is not of Hải Hậu have a task or follow one, and be told and invited; Hải Hậu has nothing yet."""
    await follow(council)
    await _more_join(council)
    await council.given(OWN, ("SYT", "STC", "VB", "TPND", "YY"), "2022-06-14")
    await to_the_seat(council, OWN, "Yên")
    await council.given(SHARED, OF_THE_CLUSTER, "2022-06-14")
    thu = council.chat("Thu")
    await thu.says(f"guithongbao SYT, STC, VB, TPND, YY, thành viên Hội đồng: {OWN}")
    await thu.presses("Gửi")
    await thu.says(f"taohop {OWN}; 14h00 ngày 23/6; Phòng họp số 2; SYT, STC, VB, TPND, YY, thành viên Hội đồng")
    await thu.presses("Gửi giấy mời")
    await council.at("2022-06-09 07:35")


async def _more_join(council: Council) -> None:
    async with council.write() as session:
        units = {unit.code: unit.id for unit in await session.scalars(select(Unit))}
        people = {one.name: Person(name=one.name, created_at=council.clock.now()) for one in MORE}
        people["Mực"].phone = PHONE
        session.add_all(people.values())
        await session.flush()
        for one in MORE:
            post = Post(person_id=people[one.name].id, role=one.role, title=one.title, valid_from=START)
            post.unit_id, post.valid_to = units.get(one.unit), ENDED if one.name == "Hạnh" else None
            session.add(post)
        bloc = (await session.scalars(select(Group.id).where(Group.name == BLOC))).one()
        (bot,) = council.assistant.channels[WEBCHAT].bots
        joined = {name: person for name, person in people.items() if name != "Mực"}
        await join(session, {ChatRow(channel=WEBCHAT, bot=bot, external_id=name): one for name, one in joined.items()})
        session.add(room := ChatRow(channel=WEBCHAT, bot=bot, external_id="nhóm của khối"))
        await session.flush()
        session.add(GroupChat(chat_id=room.id, group_id=bloc, since=council.clock.now()))
        council.people |= {name: person.id for name, person in people.items()}
        deputy = (await session.scalars(select(Membership).where(Membership.unit_id == units["YY"]))).one()
        deputy.part, deputy.valid_to = Part.LEADER, ENDED
        rows = (
            Membership(unit_id=units["YY"], group_id=deputy.group_id),
            Membership(unit_id=units["SNV"], group_id=bloc),
        )
        for row in rows:
            row.valid_from = date(2022, 6, 1)
        session.add_all(rows)


async def to_the_seat(council: Council, title: str, name: str) -> None:
    """Give a task to the seat of a member of the council."""
    made = await council.given(title, ("TN",), "2022-06-14")
    async with council.write() as session:
        seat = (await session.scalars(select(Post.id).where(Post.person_id == council.people[name]))).one()
        taken = update(Assignment).where(Assignment.id == made["TN"])
        await session.execute(taken.values(unit_id=None, post_id=seat, number=1))
