import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.likelihood import likelihoods

MORNINGS = st.lists(st.lists(st.integers(1, 4), min_size=1, max_size=4), max_size=12)


def test_each_reminder_of_a_matter_is_less_likely_than_the_one_before() -> None:
    assert list(likelihoods([["a"], ["a"], ["a"]], 0.2)) == pytest.approx([1.0, 0.8, 0.64])


def test_a_morning_is_left_out_only_if_all_its_matters_are_answered() -> None:
    assert list(likelihoods([["a"], ["b"], ["a", "b"], ["a", "c"]], 0.5)) == pytest.approx([1.0, 1.0, 0.75, 1.0])


def test_a_matter_named_twice_on_a_morning_is_one() -> None:
    assert list(likelihoods([["a", "a"], ["a"]], 0.5)) == pytest.approx([1.0, 0.5])


@given(MORNINGS, st.floats(0, 1))
def test_nobody_answering_every_morning_is_certain_and_never_more(mornings: list[list[int]], answered: float) -> None:
    assert list(likelihoods(mornings, 0.0)) == [1.0] * len(mornings)
    assert all(0 <= each <= 1 for each in likelihoods(mornings, answered))
