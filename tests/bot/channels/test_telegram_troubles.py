"""What goes wrong between us and Telegram, and that nothing is lost of it, nor doubled unmarked."""

from datetime import timedelta

from sqlalchemy import select, update

from bot.app import listeners
from models.addresses import Address, AddressState
from models.inbox import Inbound
from models.outbox import Parcel, ParcelState
from models.tasks import Report
from tests.fakes.telegram import Fault
from tests.phones import Phone, TelegramCouncil


async def state_of(council: TelegramCouncil, name: str) -> AddressState:
    async with council.read() as session:
        state = await session.scalar(select(Address.state).where(Address.person_id == council.people[name]))
    assert state is not None
    return state


async def test_a_blocked_bot_is_told_to_the_secretariat_once(council: TelegramCouncil, lan: Phone) -> None:
    lan.person.blocks()
    await council.settle()
    assert await state_of(council, "Lan") == AddressState.UNREACHABLE
    assert "Lan" in council.owner("Thu").seen()[-1].text
    lan.person.unblocks()
    await lan.says("nhiemvu")
    assert await state_of(council, "Lan") == AddressState.ACTIVE


async def test_a_chat_that_is_gone_ends_with_what_was_owed_to_it(council: TelegramCouncil, lan: Phone) -> None:
    lan.person.deactivates()
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    await council.at("2022-06-10 07:30")
    assert await state_of(council, "Lan") == AddressState.UNREACHABLE
    assert await state_of(council, "Hoa") == AddressState.ACTIVE


async def test_a_button_answers_though_nobody_knows_yet_that_it_arrived(council: TelegramCouncil, lan: Phone) -> None:
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    await council.at("2022-06-10 07:30")
    council.world.fails("sendMessage", Fault.REPLY_LOST)
    lan.person.writes("nhiemvu 1")
    await council.settle()
    shown = lan.person.seen()[-1]
    lan.person.presses("Đã tiếp nhận", shown)
    await council.settle()
    async with council.read() as session:
        assert (await session.scalars(select(Report.said))).all() == ["acknowledged"]


async def test_one_chat_waits_and_the_others_go_on(council: TelegramCouncil, lan: Phone) -> None:
    council.world.fails("sendMessage", Fault.flood(20), chat=lan.person.id)
    for _ in range(2):
        lan.person.writes("trogiup")
    await council.settle()
    assert await council.chat("Minh").says("trogiup")
    await council.passes(seconds=21)
    await council.passes(seconds=2)
    assert len(lan.person.seen()) == 2


async def test_a_token_that_is_flooded_rests_as_a_whole(council: TelegramCouncil, lan: Phone) -> None:
    council.world.fails("sendMessage", Fault.FLOOD_UNSAID)
    lan.person.writes("trogiup")
    await council.take_updates()
    await council.assistant.dispatcher.sweep()
    for sender in council.senders:
        await sender.drain()
    before = len(council.world.calls("sendMessage"))
    council.owner("Minh").writes("trogiup")
    await council.take_updates()
    await council.assistant.dispatcher.sweep()
    for sender in council.senders:
        await sender.drain()
    assert len(council.world.calls("sendMessage")) == before
    await council.passes(seconds=6)
    assert council.owner("Minh").seen()
    assert lan.person.seen()


async def test_an_edit_that_changes_nothing_is_done(council: TelegramCouncil, lan: Phone) -> None:
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    await council.at("2022-06-10 07:30")
    words = "Bad Request: message is not modified: specified new message content and reply markup are exactly the same"
    council.world.fails("editMessageText", Fault.refused(400, words))
    await lan.says("xong 1")
    async with council.read() as session:
        edits = (await session.scalars(select(Parcel.state).where(Parcel.op == "edit"))).all()
    assert set(edits) == {ParcelState.SENT}


async def test_after_a_restart_it_goes_on_where_it_stopped(council: TelegramCouncil, lan: Phone) -> None:
    await lan.says("trogiup")
    (again,) = listeners(council.assistant)
    await again.begin()
    assert again.after == str(council.confirmed)


async def test_after_a_week_of_silence_numbers_may_start_anew(council: TelegramCouncil, lan: Phone) -> None:
    await lan.says("trogiup")
    async with council.write() as session:
        await session.execute(update(Inbound).values(heard_at=council.clock.real_now() - timedelta(days=7)))
    (again,) = listeners(council.assistant)
    await again.begin()
    assert again.after == ""


async def test_an_update_of_no_known_kind_stops_nobody(council: TelegramCouncil, lan: Phone) -> None:
    council.world.repeats({"update_id": int(council.world.bot.inbox.next_id), "from_the_future": {"date": "soon"}})
    council.world.bot.inbox.next_id += 1
    assert await lan.says("trogiup")
