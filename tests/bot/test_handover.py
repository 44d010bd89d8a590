"""It is known since when nothing gets through on a lane although it was tried, whoever sends on it."""

from datetime import datetime

import pytest

from handlers.kit import ChannelError, Permanent, Rejected, Unknown, Unsent, Wait
from models.darkness import dark_lanes, dark_since
from tests.postoffice import LANE, PostOffice


async def darkness(office: PostOffice) -> datetime | None:
    async with office.database.read() as session:
        return await dark_since(session, LANE)


@pytest.mark.parametrize(
    "trouble", [Unsent("no route"), Unknown("timed out"), Wait(60, whole_lane=True, reason="Quota exceeded")]
)
async def test_a_lane_is_dark_from_the_first_try_that_failed_until_one_succeeds(
    office: PostOffice, trouble: ChannelError
) -> None:
    await office.owe(await office.person("hoa"), "một")
    office.fail(trouble, trouble)
    courier = await office.working()
    began = office.clock.now()
    await courier.drain()
    assert await darkness(office) == began
    await office.clock.move(seconds=61)
    await courier.drain()
    assert await darkness(office) == began
    async with office.database.read() as session:
        assert [(lane.key, lane.dark_reason) for lane in await dark_lanes(session)] == [(LANE, str(trouble))]
    await office.owe(await office.person("lan"), "hai")
    await office.clock.move(seconds=120)
    await courier.drain()
    assert await darkness(office) is None


@pytest.mark.parametrize(
    "trouble", [Permanent("blocked by the user"), Rejected("too long"), Wait(30, whole_lane=False)]
)
async def test_a_provider_that_refuses_one_chat_is_there(office: PostOffice, trouble: ChannelError) -> None:
    await office.owe(await office.person("hoa"), "một")
    office.fail(trouble)
    await (await office.working()).drain()
    assert await darkness(office) is None


async def test_whoever_takes_the_lane_over_knows_since_when_it_is_dark(office: PostOffice) -> None:
    await office.owe(await office.person("hoa"), "một")
    office.fail(Unsent("no route"), Unsent("no route"))
    first = await office.working()
    began = office.clock.now()
    await first.drain()
    await first.release_lane()
    await office.clock.move(minutes=5)
    second = await office.working("the next one")
    await second.drain()
    assert await darkness(office) == began
    await office.clock.move(minutes=5)
    await second.drain()
    assert (await darkness(office), office.channel.lines()) == (None, ["một"])
