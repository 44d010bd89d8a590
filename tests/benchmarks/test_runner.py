"""The runner's arithmetic on recorded figures, and that a quick run ends in time; nothing here is timed."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.figures import Comparison, Mark, Reading, Spread, as_json, medians, ratio, table
from benchmarks.plan import FULL, QUICK, Plan, interleaved

COST, RATE = "CPU ms/update", "updates/s"
RECORDED = (
    Reading("stock", RATE, 412.0, 0),
    Reading("stock", COST, 2.0, 0),
    Reading("ours", RATE, 205.0, 0),
    Reading("ours", COST, 3.0, 0),
    Reading("stock", RATE, 206.0, 1),
    Reading("stock", COST, 4.0, 1),
    Reading("ours", RATE, 310.0, 1),
    Reading("ours", COST, 4.0, 1),
    Reading("stock", RATE, 396.0, 2),
    Reading("stock", COST, 2.5, 2),
    Reading("ours", RATE, 198.0, 2),
    Reading("ours", COST, 6.0, 2),
)
BESIDE = Comparison("ours", "stock", COST, at_most=2.0)


class Stopwatch:
    """A monotonic clock that each measuring moves on by as many seconds as it is said to take."""

    def __init__(self, seconds: float) -> None:
        self.now, self._seconds = 0.0, seconds

    def monotonic(self) -> float:
        return self.now

    def measured(self) -> Mapping[str, float]:
        self.now += self._seconds
        return {RATE: 1 / self._seconds}


def test_a_median_stands_with_its_lowest_and_highest_value() -> None:
    assert medians(RECORDED)["ours", RATE] == Spread(median=205.0, lowest=198.0, highest=310.0, count=3)


def test_a_ratio_is_made_round_by_round_not_of_medians() -> None:
    assert ratio(RECORDED, BESIDE) == Spread(median=1.5, lowest=1.0, highest=2.4, count=3)


def test_a_subject_that_was_not_measured_has_no_ratio() -> None:
    assert ratio(RECORDED, Comparison("ours", "another", COST)) is None


def test_a_round_without_its_counterpart_is_left_out_of_the_ratio() -> None:
    assert ratio([*RECORDED, Reading("ours", COST, 99.0, 3)], BESIDE) == Spread(1.5, 1.0, 2.4, 3)


def test_a_counterpart_of_nothing_is_not_divided_by() -> None:
    readings = (Reading("ours", COST, 1.0), Reading("stock", COST, 0.0))
    assert ratio(readings, BESIDE) is None


def test_the_table_shows_medians_ratios_and_what_was_reached() -> None:
    marks = (Mark("ours", RATE, at_least=200), Mark("ours", RATE, at_least=250), Mark("nobody", RATE, at_least=1))
    assert table(RECORDED, (BESIDE, Comparison("ours", "stock", RATE)), marks).splitlines() == [
        "subject  measure        median  lowest  highest  rounds",
        "stock    updates/s         396     206      412       3",
        "stock    CPU ms/update    2.50    2.00     4.00       3",
        "ours     updates/s         205     198      310       3",
        "ours     CPU ms/update    4.00    3.00     6.00       3",
        "",
        "compared      measure        ratio  lowest  highest  wanted",
        "ours : stock  CPU ms/update   1.50    1.00     2.40  at most 2: reached",
        "ours : stock  updates/s       0.50    0.50     1.50",
        "",
        "reached: ours, at least 200 updates/s: 205",
        "MISSED: ours, at least 250 updates/s: 205",
    ]


def test_a_ratio_above_its_mark_is_said_to_miss_it() -> None:
    strict = Comparison("ours", "stock", COST, at_most=1.0)
    assert "at most 1: MISSED" in table(RECORDED, (strict,), ())


def test_a_ratio_and_a_cost_may_be_held_to_the_other_side() -> None:
    wanted = (Comparison("ours", "stock", RATE, at_least=0.5), Comparison("ours", "stock", RATE, at_least=0.6))
    marks = (Mark("ours", COST, at_most=4.0), Mark("ours", COST, at_most=3.9))
    said = table(RECORDED, wanted, marks)
    assert ["at least 0.5: reached" in said, "at least 0.6: MISSED" in said] == [True, True]
    assert said.splitlines()[-2:] == [
        "reached: ours, at most 4 CPU ms/update: 4.00",
        "MISSED: ours, at most 3.9 CPU ms/update: 4.00",
    ]


def test_the_written_results_keep_every_reading() -> None:
    written = as_json(RECORDED, (BESIDE,), ())
    assert written["readings"][2] == ["ours", RATE, 0, 205.0]
    assert len(written["readings"]) == len(RECORDED)
    assert written["ratios"] == [
        {
            "subject": "ours",
            "beside": "stock",
            "measure": COST,
            "median": 1.5,
            "lowest": 1.0,
            "highest": 2.4,
            "rounds": 3,
        }
    ]


@given(st.lists(st.floats(0.001, 1e6), min_size=1, max_size=9))
def test_a_median_lies_between_its_ends(values: list[float]) -> None:
    spread = medians(Reading("a", RATE, value, place) for place, value in enumerate(values))["a", RATE]
    assert spread.lowest <= spread.median <= spread.highest
    assert spread.count == len(values)


def test_every_subject_is_measured_once_a_round() -> None:
    watch = Stopwatch(1.0)
    readings = interleaved({"a": watch.measured, "b": watch.measured}, 2, 100, watch.monotonic)
    assert [(reading.subject, reading.round) for reading in readings] == [("a", 0), ("b", 0), ("a", 1), ("b", 1)]


def test_no_round_begins_that_would_end_too_late() -> None:
    watch = Stopwatch(10.0)
    readings = list(interleaved({"a": watch.measured}, 100, 45, watch.monotonic))
    assert len(readings) == 4
    assert watch.now <= 45


def test_the_first_round_is_whole_however_long_it_takes() -> None:
    watch = Stopwatch(50.0)
    readings = list(interleaved({"a": watch.measured, "b": watch.measured}, 3, 45, watch.monotonic))
    assert [reading.subject for reading in readings] == ["a", "b"]


@pytest.mark.parametrize("plan", [FULL, QUICK])
def test_each_round_finds_tasks_that_nobody_has_answered(plan: Plan) -> None:
    assert plan.tasks_each * plan.readers >= plan.updates * plan.rounds + plan.warming


def test_a_quick_run_has_two_minutes_at_most_for_what_it_waits_for() -> None:
    waits = QUICK.round_seconds + 2 * QUICK.idle_seconds + 2 * QUICK.courier_seconds + QUICK.send_seconds
    assert waits <= 75  # the rest is for starting, filling and the small figures
