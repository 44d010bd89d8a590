"""Identities of our own: growing with time, unlike any other, and read from outside with care."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.ids import new_id, read_id, reserve_ids

LARGEST = (1 << 63) - 1


def test_ids_grow_and_fit_into_sixty_four_bits() -> None:
    ids = [new_id() for _ in range(10_000)]
    assert all(one < next_ for one, next_ in pairwise(ids))
    assert 0 < ids[0] < ids[-1] <= LARGEST


def test_ids_of_many_threads_are_all_different() -> None:
    with ThreadPoolExecutor(8) as makers:
        made = [number for part in makers.map(lambda _: [new_id() for _ in range(1000)], range(16)) for number in part]
    assert len(set(made)) == len(made) == 16_000


def test_reserved_ids_are_given_to_nobody_else() -> None:
    before = reserve_ids(1000)
    after = new_id()
    assert before + 1000 < after
    assert new_id() > after


def test_ids_fit_for_decades_to_come() -> None:
    years = (LARGEST >> 22) / 1000 / 3600 / 24 / 365
    assert years > 60
    assert time.gmtime().tm_year < 2020 + years


@given(st.integers(min_value=0, max_value=LARGEST))
def test_an_id_is_read_as_it_is_written(number: int) -> None:
    assert read_id(str(number)) == number


@given(st.text(max_size=40) | st.integers().map(str))
def test_whatever_is_read_fits_into_a_row_or_is_none(text: str) -> None:
    number = read_id(text)
    assert number is None or 0 <= number <= LARGEST


@pytest.mark.parametrize(
    "text", ["", "-1", "+1", " 1", "1_0", "1.0", "٣", "１", "9223372036854775808", "0" * 20, "1" * 5000]
)
def test_what_no_row_can_bear_is_no_id(text: str) -> None:
    assert read_id(text) is None
