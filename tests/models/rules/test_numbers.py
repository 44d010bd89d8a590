from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.numbers import LAST_NUMBER, Run, following, typed_number

COUNTS = st.lists(st.integers(1, LAST_NUMBER), min_size=1, max_size=60)


def runs(counts: list[int]) -> list[Run]:
    """Hand out runs one after another."""
    handed_out: list[Run] = []
    for count in counts:
        handed_out.append(following(handed_out[-1] if handed_out else None, count))
    return handed_out


@given(COUNTS)
def test_every_choice_gets_a_number_from_1_to_99(counts: list[int]) -> None:
    assert [run.count for run in runs(counts)] == counts
    assert all(run.first >= 1 and run.last <= LAST_NUMBER for run in runs(counts))


@given(COUNTS)
def test_a_run_follows_the_one_before_or_starts_anew_where_it_would_not_fit(counts: list[int]) -> None:
    for one, other in pairwise(runs(counts)):
        expected = one.last + 1 if one.last + other.count <= LAST_NUMBER else 1
        assert other.first == expected


@given(st.lists(st.integers(1, 9), min_size=30, max_size=60))
def test_a_number_gets_a_new_meaning_only_after_ninety_other_choices(counts: list[int]) -> None:
    handed_out = [number for run in runs(counts) for number in range(run.first, run.last + 1)]
    seen: dict[int, int] = {}
    for place, number in enumerate(handed_out):
        assert place - seen.get(number, place - LAST_NUMBER) > LAST_NUMBER - 9
        seen[number] = place


@pytest.mark.parametrize("count", [0, 100])
def test_no_choice_and_too_many_are_refused(count: int) -> None:
    with pytest.raises(ValueError, match="1 to 99"):
        following(None, count)


@pytest.mark.parametrize(("text", "number"), [("2", 2), (" 2. ", 2), ("chọn 2", 2), ("Số 12", 12), ("chon 3", 3)])
def test_a_number_by_itself_is_typed(text: str, number: int) -> None:
    assert typed_number(text) == number


@pytest.mark.parametrize(
    "text", ["", "2 người đi", "2 xe", "12/6", "12/6 xong", "1, 2", "2 2", "mục 2", "-2", "123456"]
)
def test_a_number_among_other_words_is_none(text: str) -> None:
    assert typed_number(text) is None
