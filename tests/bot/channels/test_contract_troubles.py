"""What goes wrong between us and a provider, the same on each: nothing is lost, nor doubled unmarked, nor told."""

from collections.abc import AsyncIterator, Iterator
from itertools import chain
from pathlib import Path

import pytest
from sqlalchemy import func, select

from handlers.kit import Permanent, Rejected
from models.addresses import Address, AddressState
from models.inbox import Inbound
from models.outbox import Parcel, ParcelState
from tests.bot.channels.platforms import PLATFORMS, Platform
from tests.fakes.faults import Fault
from tests.served import ServedChat, ServedCouncil

RESTS = [(platform, fault, seconds) for platform in PLATFORMS for fault, seconds in platform.rests]


@pytest.fixture
async def council(platform: Platform, database_url: str, tmp_path: Path) -> AsyncIterator[ServedCouncil]:
    async with platform.council(database_url, tmp_path) as opened:
        yield opened


@pytest.fixture
def lan(council: ServedCouncil) -> ServedChat:
    return council.chat("Lan")


@pytest.fixture(autouse=True)
async def told(council: ServedCouncil, capsys: pytest.CaptureFixture[str]) -> AsyncIterator[None]:
    """See, whatever happened, that neither the log nor the store names the secret of the bot."""
    yield
    async with council.read() as session:
        kept = [*await session.scalars(select(Parcel.error)), *await session.scalars(select(Inbound.incident))]
    secret = council.world.token.partition(":")[2]
    assert [line for line in (*kept, *chain(*capsys.readouterr())) if secret in line] == []


async def state_of(council: ServedCouncil, name: str) -> AddressState | None:
    async with council.read() as session:
        return await session.scalar(select(Address.state).where(Address.person_id == council.people[name]))


async def handled(council: ServedCouncil) -> None:
    """Let what was written be heard and handled, and nothing leave yet."""
    await council.take_updates()
    await council.sweep()


@pytest.mark.parametrize(
    "fault", [Fault.REPLY_LOST, Fault.HALF, Fault.UNREADABLE, Fault.GATEWAY_TIMEOUT], ids=lambda one: one.name
)
async def test_what_may_have_arrived_is_sent_once_more_and_says_so(
    council: ServedCouncil, lan: ServedChat, fault: Fault
) -> None:
    council.world.fails("sendMessage", fault, chat=lan.person.id)
    lan.person.writes("nhiemvu")
    await council.settle()
    assert len(lan.person.seen()) == 1
    await council.passes(seconds=61)
    first, second = [seen.lines for seen in await lan.seen() if not seen.mine]
    assert second == (*first, "(gửi lại)")
    await council.passes(minutes=5)
    assert len(lan.person.seen()) == 2


@pytest.mark.parametrize(
    "fault", [Fault.INTERNAL, Fault.BAD_GATEWAY, Fault.TORN, Fault.PORTAL], ids=lambda one: one.name
)
async def test_what_did_not_arrive_arrives(council: ServedCouncil, lan: ServedChat, fault: Fault) -> None:
    council.world.fails("sendMessage", fault, chat=lan.person.id)
    lan.person.writes("trogiup")
    await council.settle()
    assert lan.person.seen() == []
    await council.passes(seconds=61)
    assert len(lan.person.seen()) == 1


async def test_what_nobody_took_arrives_once_and_unmarked(council: ServedCouncil, lan: ServedChat) -> None:
    lan.person.writes("trogiup")
    await handled(council)
    await council.world.cable.cut()
    await council.settle()
    await council.world.cable.join()
    await council.passes(seconds=61)
    (answer,) = [seen for seen in await lan.seen() if not seen.mine]
    assert "(gửi lại)" not in answer.lines


async def test_what_is_written_in_the_dark_is_heard_in_its_order(council: ServedCouncil, lan: ServedChat) -> None:
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    await council.world.cable.cut()
    for words in ("xong 1", "rutlai 1", "nhiemvu"):
        lan.person.writes(words)
    await council.settle()
    await council.world.cable.join()
    await council.settle()
    async with council.read() as session:
        heard = await session.scalars(select(Inbound.raw).order_by(Inbound.id))
        assert [raw["text"] for each in heard for raw in _messages(each)] == ["xong 1", "rutlai 1", "nhiemvu"]


def _messages(raw: object) -> Iterator[dict[str, str]]:
    """Find what was written in a raw update, however deep it lies."""
    if isinstance(raw, dict):
        if isinstance(raw.get("text"), str):
            yield raw
        else:
            yield from chain(*(_messages(each) for each in raw.values()))


async def test_who_blocked_us_is_unreachable_until_he_writes_and_what_he_misses_is_told_once(
    council: ServedCouncil, lan: ServedChat
) -> None:
    await council.given("Báo cáo quý I", ("SYT",), "2022-06-13")
    lan.person.blocks()
    await council.at("2022-06-10 07:30")
    assert await state_of(council, "Lan") == AddressState.UNREACHABLE
    assert await state_of(council, "Hoa") == AddressState.ACTIVE
    await council.at("2022-06-10 07:45")
    missed = [line for seen in await council.chat("Thu").seen() for line in seen.lines if "Lan" in line]
    assert [line.partition("chưa nhận: ")[2] for line in missed if "chưa nhận: " in line] == [
        "Báo cáo quý I, hạn 13/6/2022"
    ]
    lan.person.unblocks()
    await lan.says("nhiemvu")
    assert await state_of(council, "Lan") == AddressState.ACTIVE


@pytest.mark.parametrize(
    ("platform", "fault", "seconds"), RESTS, ids=[f"{one.name}-{seconds}" for one, _, seconds in RESTS]
)
async def test_whoever_is_asked_to_wait_waits_so_long_and_loses_nothing(
    council: ServedCouncil, lan: ServedChat, fault: Fault, seconds: float
) -> None:
    council.world.fails("sendMessage", fault)
    lan.person.writes("trogiup")
    await handled(council)
    for sender in council.senders:
        await sender.drain()
    await council.passes(seconds=seconds - 2)
    assert lan.person.seen() == []
    await council.passes(seconds=4)
    (answer,) = [seen for seen in await lan.seen() if not seen.mine]
    assert "(gửi lại)" not in answer.lines


async def test_an_unknown_token_loses_nothing(council: ServedCouncil, lan: ServedChat) -> None:
    council.world.fails("sendMessage", Fault.refused(401, "Unauthorized"))
    lan.person.writes("trogiup")
    await council.settle()
    assert lan.person.seen() == []
    await council.passes(seconds=61)
    assert len(lan.person.seen()) == 1


async def test_what_is_never_taken_does_not_end_the_address(
    council: ServedCouncil, lan: ServedChat, platform: Platform
) -> None:
    code, words, _, _ = next(each for each in platform.refusals if each[3] is Rejected)
    council.world.fails("sendMessage", Fault.refused(code, words))
    lan.person.writes("trogiup")
    await council.settle()
    async with council.read() as session:
        parcel = (await session.scalars(select(Parcel).where(Parcel.key.startswith("in:")))).one()
    assert (parcel.state, parcel.error) == (ParcelState.DEAD, words)
    assert await state_of(council, "Lan") == AddressState.ACTIVE


async def test_what_can_never_arrive_ends_the_address_and_nobody_elses(
    council: ServedCouncil, lan: ServedChat, platform: Platform
) -> None:
    for code, words, _, kind in platform.refusals:
        if kind is Permanent:
            async with council.write() as session:
                address = (
                    await session.scalars(select(Address).where(Address.person_id == council.people["Lan"]))
                ).one()
                address.state = AddressState.ACTIVE
            council.world.fails("sendMessage", Fault.refused(code, words), chat=lan.person.id)
            lan.person.writes("trogiup")
            await council.settle()
            assert await state_of(council, "Lan") == AddressState.UNREACHABLE
    async with council.read() as session:
        ended = select(func.count()).where(Address.state == AddressState.UNREACHABLE)
        assert await session.scalar(ended) == 1
