import pytest

from bot.pace import Pace, Rhythm
from tests.timepiece import HandClock


async def sent_in(clock: HandClock, pace: Pace, seconds: int, step: float = 0.05) -> int:
    """Send as fast as the pace allows for so many seconds; give how many left."""
    sent = 0
    for _ in range(round(seconds / step)):
        for _ in range(pace.allowance()):
            pace.leaves(sent)
            sent += 1
        await clock.move(seconds=step)
    return sent


@pytest.mark.parametrize("rate", [1, 28, 30, 1000])
async def test_a_lane_keeps_its_rate(clock: HandClock, rate: int) -> None:
    sent = await sent_in(clock, Pace(clock, rate), 20)
    assert rate * 20 * 0.95 <= sent <= rate * 20 + max(1, rate / 10)


async def test_after_a_pause_no_flood_follows(clock: HandClock) -> None:
    pace = Pace(clock, 30)
    await clock.move(hours=1)
    assert pace.allowance() == 3


async def test_without_a_rate_nothing_is_held_back(clock: HandClock) -> None:
    assert Pace(clock).allowance() == 1000


async def test_a_chat_rests_between_two_messages(clock: HandClock) -> None:
    pace = Pace(clock, private=Rhythm(1))
    pace.leaves(7)
    assert pace.resting() == {7}
    await clock.move(seconds=1)
    assert pace.resting() == set()


async def most_in(clock: HandClock, pace: Pace, seconds: int, *, to_group: bool) -> int:
    """Send to one chat as often as it bears for ten such spans; give the most that left within one of them."""
    left: list[float] = []
    for _ in range(seconds * 10 * 10):
        if not pace.resting():
            pace.leaves(7, to_group=to_group)
            left.append(clock.monotonic())
            continue
        await clock.move(seconds=0.1)
    return max(sum(start <= each < start + seconds for each in left) for start in left)


async def test_a_chat_bears_a_short_burst_and_ten_in_ten_seconds(clock: HandClock) -> None:
    assert await most_in(clock, Pace(clock, private=Rhythm(1.3, burst=3)), 10, to_group=False) == 10


async def test_a_group_never_gets_more_than_twenty_in_a_minute(clock: HandClock) -> None:
    assert await most_in(clock, Pace(clock, group=Rhythm(3.3, burst=2)), 60, to_group=True) <= 20


async def test_the_provider_is_obeyed_for_the_chat_that_had_a_burst_and_else_for_the_token(clock: HandClock) -> None:
    pace = Pace(clock, private=Rhythm(1, burst=3))
    pace.leaves(7)
    assert pace.asked_to_wait(7, 5, whole_lane=None) is True
    assert pace.allowance() == 0
    await clock.move(seconds=6)
    pace.leaves(8)
    pace.leaves(8)
    assert pace.asked_to_wait(8, 5, whole_lane=None) is False
    assert pace.allowance() > 0
    assert pace.resting() == {8}
    assert pace.asked_to_wait(9, 30, whole_lane=None, to_group=True) is False
    assert pace.asked_to_wait(9, 30, whole_lane=True) is True
    assert pace.allowance() == 0


async def test_a_wait_is_never_shortened(clock: HandClock) -> None:
    pace = Pace(clock)
    pace.wait(30)
    pace.wait(5)
    await clock.move(seconds=29)
    assert pace.allowance() == 0
    await clock.move(seconds=1)
    assert pace.allowance() > 0


async def test_the_lane_rests_longer_each_time_the_provider_is_out_of_reach(clock: HandClock) -> None:
    pace = Pace(clock)
    rests = []
    for _ in range(10):
        pace.missed()
        rest = 0
        while not pace.allowance():
            await clock.move(seconds=1)
            rest += 1
        rests.append(rest)
    assert rests == [0, 0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert pace.allowance() == 1
    pace.reached()
    assert pace.allowance() == 1000
