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
ENDED, SINCE = date(2022, 5, 31), date(2022, 6, 1)

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
    await _groups_change(council)
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
    """Let all of these join but Mực, who is only in the directory; Hạnh has left Hải Hậu since."""
    (bot,) = council.assistant.channels[WEBCHAT].bots
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
        joined = {name: person for name, person in people.items() if name != "Mực"}
        await join(session, {ChatRow(channel=WEBCHAT, bot=bot, external_id=name): one for name, one in joined.items()})
        council.people |= {name: person.id for name, person in people.items()}


async def _groups_change(council: Council) -> None:
    """Ý Yên led its cluster and is a plain member since; the bloc has a second member and a chat of its own."""
    (bot,) = council.assistant.channels[WEBCHAT].bots
    async with council.write() as session:
        units = {unit.code: unit.id for unit in await session.scalars(select(Unit))}
        bloc = (await session.scalars(select(Group.id).where(Group.name == BLOC))).one()
        led = (await session.scalars(select(Membership).where(Membership.unit_id == units["YY"]))).one()
        led.part, led.valid_to = Part.LEADER, ENDED
        for code, group in (("YY", led.group_id), ("SNV", bloc)):
            session.add(Membership(unit_id=units[code], group_id=group, valid_from=SINCE))
        session.add(room := ChatRow(channel=WEBCHAT, bot=bot, external_id="nhóm của khối"))
        await session.flush()
        session.add(GroupChat(chat_id=room.id, group_id=bloc, since=council.clock.now()))


async def to_the_seat(council: Council, title: str, name: str) -> None:
    """Give a task to the seat of a member of the council."""
    made = await council.given(title, ("TN",), "2022-06-14")
    async with council.write() as session:
        seat = (await session.scalars(select(Post.id).where(Post.person_id == council.people[name]))).one()
        taken = update(Assignment).where(Assignment.id == made["TN"])
        await session.execute(taken.values(unit_id=None, post_id=seat, number=1))
