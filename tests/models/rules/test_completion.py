from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from models.rules.completion import Counts, completion, count, unit_counts
from models.rules.status import DeadlineState, Status

ROWS = st.lists(st.tuples(st.integers(1, 4), st.sampled_from(Status), st.sampled_from(DeadlineState)))


def test_the_governments_count_of_2017_divides_by_what_was_due() -> None:
    counts = Counts(done_on_time=14_068, done_late=1_983, open_in_time=5_640, open_overdue=223)
    rate = completion(counts)
    assert (counts.done, counts.total, rate.due) == (16_051, 21_914, 16_274)
    # published as 98.62 and 1.38, cut off after two places; 98.6297 rounds to 98.63
    assert (rate.percent_done(), rate.percent_overdue()) == (Decimal("98.63"), Decimal("1.37"))


def test_the_count_of_august_2017_agrees_to_one_place() -> None:
    rate = completion(Counts(done_on_time=2_501, open_overdue=222))
    assert (rate.due, rate.percent_done(1)) == (2_723, Decimal("91.8"))


def test_the_counts_of_2016_and_of_a_province_in_2020_add_up() -> None:
    year, province = Counts(4_069, 0, 3_138, 142), Counts(585, 0, 67, 181)
    assert (year.total, province.total) == (7_349, 833)


def test_nothing_due_gives_no_rate() -> None:
    rate = completion(Counts(open_in_time=12))
    assert (rate.due, rate.percent_done(), rate.percent_overdue()) == (0, None, None)


def test_what_waits_for_acceptance_is_not_done_and_overdue_only_if_it_came_late() -> None:
    waiting = Status.AWAITING_ACCEPTANCE
    assert count(waiting, DeadlineState.IN_TIME) == Counts(open_in_time=1)
    assert count(waiting, DeadlineState.OVERDUE) == Counts(open_overdue=1)


def test_units_are_counted_apart_in_the_order_they_come() -> None:
    rows = [
        ("SYT", Status.DONE_LATE, DeadlineState.OVERDUE),
        ("STC", Status.CANCELLED, DeadlineState.UNDATED),
        ("SYT", Status.IN_PROGRESS, DeadlineState.DUE_SOON),
    ]
    assert list(unit_counts(rows).items()) == [
        ("SYT", Counts(done_late=1, open_in_time=1)),
        ("STC", Counts(set_aside=1)),
    ]


@given(ROWS)
def test_every_assignment_is_counted_once(rows: list[tuple[int, Status, DeadlineState]]) -> None:
    counts = unit_counts(rows).values()
    assert sum(unit.total + unit.set_aside for unit in counts) == len(rows)


@given(ROWS)
def test_the_two_shares_make_a_hundred(rows: list[tuple[int, Status, DeadlineState]]) -> None:
    rate = completion(sum(unit_counts(rows).values(), Counts()))
    done, overdue = rate.percent_done(6), rate.percent_overdue(6)
    assert (done is None) == (rate.due == 0)
    assert done is None or overdue is None or abs(done + overdue - 100) <= Decimal("0.000001")
