from bot import metrics
from bot.database import Turn
from tests.postoffice import LANE, PostOffice


async def figures(office: PostOffice) -> dict[str, float]:
    await metrics.refresh(office.database, office.clock.now())
    lines = [line.rsplit(" ", 1) for line in metrics.page().decode().splitlines() if not line.startswith("#")]
    return {name: float(value) for name, value in lines}


async def test_the_queue_of_a_lane_and_its_lag_are_shown(office: PostOffice) -> None:
    await office.owe(await office.person("hoa"), "một")
    await office.clock.move(seconds=90)
    shown = await figures(office)
    assert shown[f'dondoc_queued{{lane="{LANE}"}}'] == 1
    assert shown[f'dondoc_lag_seconds{{lane="{LANE}"}}'] == 90


async def test_an_empty_queue_is_shown_as_none(office: PostOffice) -> None:
    await office.owe(await office.person("hoa"), "một")
    await (await office.working()).drain()
    shown = await figures(office)
    assert f'dondoc_queued{{lane="{LANE}"}}' not in shown
    assert shown[f'dondoc_lane_held{{lane="{LANE}"}}'] == 1


async def test_who_writes_and_who_waits_is_shown(office: PostOffice) -> None:
    async with office.database.write(Turn.CLOCK):
        assert (await figures(office))["dondoc_writers_waiting"] == 0
