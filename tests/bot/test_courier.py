import asyncio

import pytest
from sqlalchemy import select, update

from bot.database import Turn
from bot.waker import OUTBOX, Bell, chat_topic
from handlers.kit import Permanent, Unknown, Unsent, Wait
from models.addresses import Address, AddressState, Chat
from models.outbox import Priority
from tests.postoffice import PostOffice


async def test_what_is_owed_is_sent_and_kept_as_it_was_sent(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    owed = await office.owe(hoa, "Hạn 14/6: Báo cáo sơ kết 6 tháng", choices=["Đã tiếp nhận"])
    await (await office.working()).drain()
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.provider_id, parcel.sent_at) == ("sent", "m1", office.clock.now())
    assert parcel.content is not None
    assert parcel.content["lines"] == ["Hạn 14/6: Báo cáo sơ kết 6 tháng"]
    assert (parcel.subject_version, parcel.closed) == (1, False)
    assert [(chat, message.parcel_id, message.choices) for chat, message in office.channel.sent] == [
        ("hoa", owed, (("Đã tiếp nhận", False),))
    ]


async def test_the_urgent_goes_before_the_old(office: PostOffice) -> None:
    for number, priority in enumerate([Priority.URGENT, Priority.EDIT, Priority.ANSWER]):
        person = await office.person(f"chat{number}")
        await office.owe(person, priority.name, priority=int(priority))
    courier = await office.working(rate=10)
    await courier.drain()
    for _ in range(2):
        await office.clock.move(seconds=0.1)
        await courier.drain()
    assert office.channel.lines() == ["ANSWER", "EDIT", "URGENT"]


async def test_one_chat_is_sent_to_in_order_one_at_a_time(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    for number in range(5):
        await office.owe(hoa, str(number))
    courier = await office.working()
    async with asyncio.TaskGroup() as sends:
        await courier.tick(sends, Bell(office.clock))
        assert (await office.states()).count("sending") == 1
    await courier.drain()
    assert office.channel.lines() == ["0", "1", "2", "3", "4"]


async def test_a_later_part_waits_for_the_earlier(office: PostOffice) -> None:
    hoa = await office.person("hoa")
    await office.owe(hoa, "phần 2", key="k", part=1)
    await office.owe(hoa, "phần 1", key="k", part=0)
    office.fail(Unsent())
    courier = await office.working()
    await courier.drain()
    assert office.channel.lines() == []
    await office.clock.move(seconds=2)
    await courier.drain()
    assert office.channel.lines() == ["phần 1", "phần 2"]


async def test_reminders_wait_for_the_working_hours(office: PostOffice) -> None:
    hoa, lan = await office.person("hoa"), await office.person("lan")
    await office.owe(hoa, "nhắc", priority=int(Priority.REMINDER))
    await office.owe(lan, "trả lời", priority=int(Priority.ANSWER))
    courier = await office.working()
    await courier.drain()
    assert office.channel.lines() == ["trả lời"]
    await office.clock.move(minutes=5)
    await courier.drain()
    assert office.channel.lines() == ["trả lời", "nhắc"]


async def test_what_is_not_due_waits(office: PostOffice) -> None:
    await office.owe(await office.person("hoa"), "chiều", not_before=office.in_seconds(3600))
    courier = await office.working()
    await courier.drain()
    assert await office.states() == ["queued"]
    await office.clock.move(hours=1)
    await courier.drain()
    assert await office.states() == ["sent"]


async def test_what_came_too_late_expires(office: PostOffice) -> None:
    await office.owe(await office.person("hoa"), "họp lúc 8 giờ", expires_at=office.in_seconds(60))
    await office.clock.move(minutes=2)
    await (await office.working()).drain()
    assert (await office.states(), office.channel.sent) == (["expired"], [])


async def test_a_letter_with_nothing_left_to_say_is_cancelled(office: PostOffice) -> None:
    await office.owe(await office.person("hoa"))
    await (await office.working()).drain()
    assert await office.states() == ["cancelled"]


async def test_a_letter_that_cannot_be_composed_holds_up_no_other(office: PostOffice) -> None:
    bad = await office.owe(await office.person("hoa"), "fails")
    await office.owe(await office.person("lan"), "good")
    await (await office.working()).drain()
    assert await office.states() == ["queued", "sent"]
    assert (await office.parcel(bad)).error.startswith("incident ")


async def test_what_did_not_leave_is_tried_again_later_and_later(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    office.fail(Unsent("no route"), Unsent("no route"))
    courier = await office.working()
    await courier.drain()
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.not_before, parcel.error) == ("queued", office.in_seconds(2), "no route")
    await office.clock.move(seconds=2)
    await courier.drain()
    assert (await office.parcel(owed)).not_before == office.in_seconds(4)
    await office.clock.move(seconds=4)
    await courier.drain()
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.attempts, parcel.error) == ("sent", 3, "")


async def test_tries_are_bounded(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một", attempts=29)
    office.fail(Unsent("no route"))
    await (await office.working()).drain()
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.error) == ("dead", "no route")


async def test_when_the_provider_is_out_of_reach_the_lane_rests(office: PostOffice) -> None:
    for number in range(6):
        await office.owe(await office.person(f"chat{number}"), str(number))
    office.fail(*[Unsent()] * 4)
    courier = await office.working(rate=30)
    await courier.drain()
    assert len(office.channel.troubles) == 1
    await office.clock.move(seconds=0.9)
    await courier.drain()
    assert len(office.channel.troubles) == 1
    await office.clock.move(seconds=0.1)  # one is sent out to see, and fails: twice as long a rest
    await courier.drain()
    assert (len(office.channel.troubles), office.channel.sent) == (0, [])
    await office.clock.move(seconds=2)
    await courier.drain()
    assert len(office.channel.sent) == 3


async def test_what_the_provider_asks_to_wait_is_waited(office: PostOffice) -> None:
    hoa, lan = await office.person("hoa"), await office.person("lan")
    first = await office.owe(hoa, "một")
    office.fail(Wait(30, whole_lane=True))
    courier = await office.working()
    await courier.drain()
    parcel = await office.parcel(first)
    assert (parcel.state, parcel.attempts, parcel.not_before) == ("queued", 0, office.in_seconds(30))
    await office.owe(lan, "hai")
    await courier.drain()
    assert office.channel.sent == []
    await office.clock.move(seconds=30)
    await courier.drain()
    assert sorted(office.channel.lines()) == ["hai", "một"]


async def test_a_wait_for_one_chat_holds_up_no_other(office: PostOffice) -> None:
    hoa, lan = await office.person("hoa"), await office.person("lan")
    await office.owe(hoa, "một")
    await office.owe(hoa, "hai")
    await office.owe(lan, "ba")
    office.fail(Wait(30, whole_lane=False), chat="hoa")
    courier = await office.working()
    await courier.drain()
    assert office.channel.lines() == ["ba"]
    await office.clock.move(seconds=30)
    await courier.drain()
    assert office.channel.lines() == ["ba", "hai", "một"]


async def test_what_may_have_left_is_sent_once_more_after_a_minute_and_marked(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    office.fail(Unknown("timed out"))
    courier = await office.working()
    await courier.drain()
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.unsure, parcel.not_before) == ("queued", 1, office.in_seconds(60))
    await office.clock.move(seconds=60)
    await courier.drain()
    assert [message.lines for _, message in office.channel.sent] == [("một", "(gửi lại)")]


@pytest.mark.parametrize(("chats", "states"), [(["hoa"], ["dead"]), (["hoa", "hoa khác"], ["dead", "sent"])])
async def test_what_may_have_left_twice_goes_to_another_address_or_the_call_list(
    office: PostOffice, chats: list[str], states: list[str]
) -> None:
    owed = await office.owe(await office.person(*chats), "một")
    office.fail(Unknown(), Unknown(), chat="hoa")
    courier = await office.working()
    await courier.drain()
    await office.clock.move(seconds=60)
    await courier.drain()
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.unsure, parcel.error) == ("dead", 2, "unsure")
    assert await office.states() == states


async def test_an_adapter_that_fails_unawares_may_have_sent(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    office.channel.troubles.append(("", ZeroDivisionError()))
    await (await office.working()).drain()
    parcel = await office.parcel(owed)
    assert (parcel.state, parcel.unsure) == ("queued", 1)
    assert parcel.error.startswith("incident ")


async def test_a_blocked_address_is_ended_and_the_letter_goes_to_the_next(office: PostOffice) -> None:
    hoa = await office.person("blocked", "second")
    owed = await office.owe(hoa, "một")
    office.fail(Permanent("blocked by the user"), chat="blocked")
    await (await office.working()).drain()
    first, second = await office.parcels()
    assert (first.id, first.state, first.error) == (owed, "dead", "blocked by the user")
    assert (second.state, second.key, second.step, second.letter_id) == ("sent", first.key, 1, first.letter_id)
    assert [chat for chat, _ in office.channel.sent] == ["second"]
    async with office.database.read() as session:
        ended, other = await session.scalars(select(Address).order_by(Address.preference))
    assert (ended.state, ended.ended_at) == (AddressState.UNREACHABLE, office.clock.now())
    assert (other.state, other.ended_at) == (AddressState.ACTIVE, None)


async def test_without_a_further_address_the_letter_stays_on_the_call_list(office: PostOffice) -> None:
    await office.owe(await office.person("blocked"), "một")
    office.fail(Permanent("blocked"))
    await (await office.working()).drain()
    assert await office.states() == ["dead"]


async def test_the_next_address_may_lie_on_another_lane(office: PostOffice) -> None:
    hoa = await office.person("blocked", "other")
    async with office.database.write(Turn.IMPORT) as session:
        await session.execute(update(Chat).where(Chat.external_id == "other").values(bot="two"))
    await office.owe(hoa, "một")
    office.fail(Permanent("blocked"))
    with office.database.waker.listening(OUTBOX) as bell:
        await (await office.working()).drain()
        assert await bell.rung(0)
    assert [(parcel.lane, parcel.state) for parcel in await office.parcels()] == [
        ("paper:one", "dead"),
        ("paper:two", "queued"),
    ]


async def test_pages_that_show_a_chat_are_woken_by_what_was_sent(office: PostOffice) -> None:
    owed = await office.owe(await office.person("hoa"), "một")
    chat_id = (await office.parcel(owed)).chat_id
    assert chat_id is not None
    with office.database.waker.listening(chat_topic(chat_id)) as bell:
        await (await office.working()).drain()
        assert await bell.rung(0)
