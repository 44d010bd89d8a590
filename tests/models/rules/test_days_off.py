from datetime import date
from pathlib import Path
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import DayKind
from models.rules.days_off import OwnDay, read_days
from models.rules.text import Refusal

EXAMPLE = Path(__file__).parents[3] / "examples" / "ngay-nghi.tsv"


def test_the_shipped_list_holds_the_swap_that_the_library_lacks() -> None:
    days = {own.day: own.kind for own in read_days(EXAMPLE.read_text(encoding="utf-8"))}
    assert days == {date(2026, 1, 2): DayKind.OFF, date(2026, 1, 10): DayKind.WORKING}


def test_remarks_blank_lines_and_decomposed_letters_are_read() -> None:
    text = normalize("NFD", "\ufeff# ghi chú\n\n2026-01-10\tLàm việc\tLàm bù\n02/01/2026\tnghi")
    assert read_days(text) == (
        OwnDay(date(2026, 1, 10), DayKind.WORKING, "Làm bù"),
        OwnDay(date(2026, 1, 2), DayKind.OFF, ""),
    )


@pytest.mark.parametrize("line", ["31/02/2026\tnghỉ\tx", "10/01/2026\tcó lẽ\tx", "02/01/2026 nghỉ"])
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_days(f"# ghi chú\n{line}")
    assert caught.value.text.values["line"] == 2


def test_a_day_given_twice_is_refused() -> None:
    with pytest.raises(Refusal) as caught:
        read_days("02/01/2026\tnghỉ\n2026-01-02\tlàm việc")
    assert caught.value.text.values["day"] == date(2026, 1, 2)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        days = read_days(text)
    except Refusal:
        return
    assert len({own.day for own in days}) == len(days)
