"""A messenger that takes nothing holds nobody up: what waits there goes on to people's next address."""

from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.courier import Courier
from bot.desk import Desk
from bot.lanes import Lane
from bot.owing import settle
from bot.pace import Pace
from handlers.kit import ClockContext, Delivered, Message, Owed, Reply, Unknown, Unsent
from models.addresses import Address, Chat
from models.outbox import Parcel
from models.people import Person
from models.settings import council as settings_of
from tests.chats import Council
from tests.postoffice import BUTTONS, PaperChannel, a_link

TELEGRAM = "telegram:1"
TEXT = "Đề nghị đăng ký dự thi."
SILENT = "Đã gửi, không trả lời, cần gọi điện (1)"
NO_WAY = "không kết nối được với ứng dụng nhắn tin"


@dataclass
class Telegram(PaperChannel):
    """A messenger that takes nothing while it is down."""

    is_down: bool = False

    async def send(self, bot: str, chat: str, message: Message) -> Delivered:
        if self.is_down and not self.troubles:
            raise Unsent("no route")
        return await super().send(bot, chat, message)


@pytest.fixture
async def telegram(council: Council) -> Telegram:
    """A second messenger beside the web chat, with a sender of its own."""
    channel, assistant = Telegram(name="telegram", bots=("1",)), council.assistant
    lane = Lane(assistant.database, assistant.clock, TELEGRAM, "me")
    desk = Desk(assistant.composer.worded, BUTTONS, a_link)
    courier = Courier(lane, channel, "1", desk, Pace(assistant.clock), assistant.config.zone)
    assert await courier.take_lane()
    council.senders.append(courier)
    return channel


@pytest.fixture
def browser(council: Council) -> str:
    return f"webchat:{council.assistant.channels['webchat'].bots[0]}"


async def has_telegram(council: Council, *names: str, alone: bool = False) -> None:
    """Let people have Telegram as the address that is tried first, or as their only one."""
    async with council.write() as session:
        for name in names:
            person = council.people[name]
            chat = Chat(channel="telegram", bot="1", external_id=f"t{name}")
            session.add(chat)
            await session.flush()
            if alone:
                await session.execute(update(Address).where(Address.person_id == person).values(chat_id=chat.id))
            else:
                session.add(Address(person_id=person, chat_id=chat.id, preference=-1, since=council.clock.now()))


async def notice(council: Council, whom: str) -> None:
    thu = council.chat("Thu")
    await thu.says(f"guithongbao {whom}: {TEXT}")
    await thu.presses("Gửi")
    await thu.presses("Gửi ngay")


async def parcels(council: Council, name: str) -> list[tuple[str, int, str, str]]:
    """Give the copies of a notice that one person was owed: lane, step, state and reason."""
    async with council.read() as session:
        rows = await session.execute(
            select(Parcel.lane, Parcel.step, Parcel.state, Parcel.error)
            .where(Parcel.person_id == council.people[name], Parcel.key.startswith("notice:"), Parcel.op == "send")
            .order_by(Parcel.step)
        )
        return [(lane, step, str(state), error) for lane, step, state, error in rows]


async def read_by(council: Council, name: str) -> list[tuple[str, ...]]:
    return [seen.lines for seen in await council.chat(name).seen() if TEXT in seen.lines]


async def called(council: Council) -> list[tuple[str, ...]]:
    return [seen.lines for seen in await council.chat("Thu").seen() if seen.lines[0].startswith("Không gửi được đến")]


async def test_what_waits_on_a_dark_messenger_goes_to_the_next_address(
    council: Council, telegram: Telegram, browser: str
) -> None:
    await has_telegram(council, "Lan")
    await council.at("2022-06-09 09:00")
    telegram.is_down = True
    await notice(council, "SYT")
    await council.at("2022-06-09 09:09")
    assert await parcels(council, "Lan") == [(TELEGRAM, 0, "queued", "no route")]
    await council.at("2022-06-09 09:10")
    moved = [(TELEGRAM, 0, "dead", "lane dark"), (browser, 1, "sent", "")]
    assert await parcels(council, "Lan") == moved
    assert await read_by(council, "Lan") == await read_by(council, "Hoa")
    telegram.is_down = False
    await council.clock.move(minutes=10)
    await council.at("2022-06-09 10:00")
    assert (await parcels(council, "Lan"), telegram.sent) == (moved, [])


async def test_while_offices_are_closed_only_what_is_urgent_goes_on(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan")
    telegram.is_down = True
    await council.at("2022-06-09 16:55")
    await notice(council, "SYT")
    await council.at("2022-06-09 17:30")
    await owe(council, "Lan", Reply("Cuộc họp sáng mai hoãn."))
    await council.at("2022-06-09 17:31")
    assert (await council.chat("Lan").seen())[-1].lines == ("Cuộc họp sáng mai hoãn.",)
    await council.at("2022-06-10 07:34")
    assert [state for _, _, state, _ in await parcels(council, "Lan")] == ["queued"]
    await council.at("2022-06-10 07:35")
    assert [state for _, _, state, _ in await parcels(council, "Lan")] == ["dead", "sent"]


async def owe(council: Council, name: str, reply: Reply) -> None:
    """Owe somebody an urgent message."""
    now, zone = council.clock.now(), council.assistant.config.zone
    async with council.write() as session:
        about: dict[str, Any] = {"slot": now, "since": None}
        context = ClockContext(session, now, zone, await settings_of(session), **about)
        context.owe(Owed(council.people[name], "urgent", reply))
        await settle(session, context)
    await council.settle()


async def test_what_may_have_arrived_says_so_at_the_next_address(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan")
    await council.at("2022-06-09 09:00")
    telegram.troubles.append(("", Unknown("timed out")))
    telegram.is_down = True
    await notice(council, "SYT")
    await council.at("2022-06-09 09:10")
    (copy,) = await read_by(council, "Lan")
    assert copy[-1] == "Tin này có thể đã đến qua Telegram, nay gửi qua trình duyệt."


async def test_who_has_no_other_address_waits_and_is_telephoned_in_time(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Tùng", alone=True)
    async with council.write() as session:
        tung = Person.id == council.people["Tùng"]
        await session.execute(update(Person).where(tung).values(phone="0912 000 001"))
    await council.at("2022-06-09 09:00")
    telegram.is_down = True
    await notice(council, "VB")
    await council.at("2022-06-09 14:59")
    assert await called(council) == []
    await council.at("2022-06-09 15:00")
    await council.at("2022-06-09 15:01")
    assert await parcels(council, "Tùng") == [(TELEGRAM, 0, "queued", "no route")]
    assert await called(council) == [
        (
            "Không gửi được đến 1 người; đề nghị gọi điện:",
            f"UBND huyện Vụ Bản, đ/c Tùng, điện thoại 0912 000 001: {NO_WAY}; chưa nhận: {TEXT}",
        )
    ]
    thu = council.chat("Thu")
    assert (await thu.presses("Chưa gửi được, cần gọi điện")).splitlines() == [
        "Chưa gửi được, đề nghị gọi điện (1):",
        f"UBND huyện Vụ Bản, Tùng, điện thoại 0912 000 001: {TEXT}",
    ]
    telegram.is_down = False
    await council.clock.move(minutes=10)
    await council.settle()
    assert [state for _, _, state, _ in await parcels(council, "Tùng")] == ["sent"]
    answer = await thu.presses("Chưa gửi được, cần gọi điện")
    assert answer == "Mọi nội dung trong bảy ngày qua đều đã gửi được."
    assert len(await called(council)) == 1


async def sent_by_telegram(council: Council, whom: str) -> None:
    """Let a notice go out at nine."""
    await council.at("2022-06-09 09:00")
    await notice(council, whom)


async def test_a_notice_that_nobody_answered_goes_on_and_says_so(
    council: Council, telegram: Telegram, browser: str
) -> None:
    await has_telegram(council, "Lan")
    await sent_by_telegram(council, "SYT")
    await council.at("2022-06-10 09:00")
    await council.at("2022-06-10 09:25")
    assert await parcels(council, "Lan") == [(TELEGRAM, 0, "sent", "")]
    await council.at("2022-06-10 09:30")
    assert await parcels(council, "Lan") == [(TELEGRAM, 0, "sent", ""), (browser, 1, "sent", "")]
    (copy,) = await read_by(council, "Lan")
    assert copy[-1] == "Tin này đã gửi qua Telegram lúc 09:00 ngày 09/6/2022, nay gửi lại qua trình duyệt."


async def test_a_colleagues_answer_counts_and_closes_both_copies(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan", "Minh")
    await sent_by_telegram(council, "SYT, STC")
    hoa = council.chat("Hoa")
    await council.at("2022-06-10 10:30")
    assert [step for _, step, _, _ in await parcels(council, "Minh")] == [0, 1]
    await hoa.presses("Đã nhận")
    assert (await council.chat("Lan").seen())[-1].result == "Đ/c Hoa đã nhận lúc 10:30 ngày 10/6/2022."
    async with council.read() as session:
        edits = select(Parcel.lane).where(Parcel.op == "edit", Parcel.person_id == council.people["Lan"])
        assert TELEGRAM in set(await session.scalars(edits))


async def test_what_a_colleague_answered_in_time_does_not_go_on(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan")
    await sent_by_telegram(council, "SYT")
    await council.chat("Hoa").presses("Đã nhận")
    await council.at("2022-06-10 10:30")
    assert await parcels(council, "Lan") == [(TELEGRAM, 0, "sent", "")]


async def test_who_answers_nowhere_is_on_the_call_list_once_until_somebody_answers(council: Council) -> None:
    await sent_by_telegram(council, "VB")
    await council.at("2022-06-10 09:25")
    thu = council.chat("Thu")
    await thu.says("homnay")
    assert SILENT not in (await thu.seen())[-1].buttons
    for moment in ("10:30", "10:35", "10:40"):
        await council.at(f"2022-06-10 {moment}")
    assert await called(council) == []
    await thu.says("homnay")
    assert (await thu.presses(SILENT)).splitlines()[1:] == [f"UBND huyện Vụ Bản, Tùng, chưa có số điện thoại: {TEXT}"]
    await council.chat("Tùng").presses("Đã nhận")
    answer = await thu.presses(SILENT)
    assert answer == "Không còn ai cần gọi điện về nội dung đã gửi mà chưa trả lời."


async def test_an_invitation_goes_on_after_half_a_day(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan")
    await council.at("2022-06-09 09:00")
    thu = council.chat("Thu")
    await thu.says("taohop Họp phiên hai; 14h00 ngày 20/6; Phòng họp số 2; SYT")
    await thu.presses("Gửi giấy mời")
    await council.at("2022-06-09 14:55")
    assert await council.chat("Lan").seen() == []
    await council.at("2022-06-09 15:00")
    assert (await council.chat("Lan").seen())[-1].buttons == ("Dự họp", "Vắng mặt", "Cử người dự thay")


async def test_given_tasks_go_on_unless_the_unit_has_acknowledged_them(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan", "Minh")
    await council.at("2022-06-09 09:00")
    thu = council.chat("Thu")
    await thu.says("giaoviec SYT, STC: Báo cáo sơ kết; hạn 30/6")
    await thu.presses("Giao 1 nhiệm vụ")
    await council.at("2022-06-09 09:01")
    await council.chat("Hoa").presses("Đã tiếp nhận")
    await council.at("2022-06-10 10:30")
    assert await council.chat("Lan").seen() == []
    assert (await council.chat("Minh").seen())[-1].lines[-1] == (
        "Tin này đã gửi qua Telegram lúc 09:00 ngày 09/6/2022, nay gửi lại qua trình duyệt."
    )


async def test_nothing_goes_on_where_the_council_has_set_so(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan")
    assert (await council.chat("Thu").says("caidat answer_hours_notice 0")).splitlines()[0] == (
        "số giờ làm việc thông báo chưa được trả lời thì chuyển sang kênh kế tiếp; 0: không chuyển: trước là “8”, nay "
        "là “0”."
    )
    await sent_by_telegram(council, "SYT")
    await council.at("2022-06-10 10:30")
    assert await parcels(council, "Lan") == [(TELEGRAM, 0, "sent", "")]


async def test_an_urging_that_is_not_answered_goes_on_after_half_a_day(council: Council, telegram: Telegram) -> None:
    await has_telegram(council, "Lan", "Minh")
    await council.given("Báo cáo sơ kết", ("SYT", "STC"), "2022-06-10")
    await council.at("2022-06-09 09:00")
    thu = council.chat("Thu")
    await thu.says("dondoc 1")
    await thu.presses("Gửi đôn đốc")
    await council.at("2022-06-09 09:02")
    await council.at("2022-06-09 10:00")
    await council.chat("Hoa").says("xong 1")
    await council.at("2022-06-09 15:05")
    assert await council.chat("Lan").seen() == []
    (copy,) = await council.chat("Minh").seen()
    assert (copy.lines[1], copy.lines[-1]) == (
        "Cơ quan thường trực chưa nhận được báo cáo; đề nghị báo cáo tiến độ thực hiện.",
        "Tin này đã gửi qua Telegram lúc 09:02, nay gửi lại qua trình duyệt.",
    )
