import csv
from datetime import date
from pathlib import Path

import pytest

from models.rules.calendar import Calendar
from models.rules.deadline import read

ROOT = Path(__file__).resolve().parents[4]
COUNTED_FROM_AN_EVENT = {"wd", "wd-back", "days"}


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("row", table(ROOT / "examples" / "deadline_phrases.tsv"), ids=lambda row: row["phrase"])
def test_a_wording_of_a_real_document_is_read(row: dict[str, str]) -> None:
    on = date.fromisoformat(row["document_date"])
    event = on if row["kind"] in COUNTED_FROM_AN_EVENT else None
    assert read(row["phrase"], on, event=event, calendar=Calendar()).notation in row["expected"].split(" OR ")


@pytest.mark.parametrize("row", table(Path(__file__).with_name("phrases.tsv")), ids=lambda row: row["phrase"])
def test_a_further_wording_is_read_or_asked_about(row: dict[str, str]) -> None:
    on = date.fromisoformat(row["document_date"])
    assert read(row["phrase"], on, calendar=Calendar()).notation == row["expected"]


def test_an_office_may_count_the_day_after_before() -> None:
    on = date(2022, 3, 7)
    assert read("trước ngày 15/6", on, before_is_exclusive=False).notation == "2022-06-15"
    assert read("trước ngày 15 hằng tháng", on, before_is_exclusive=False).notation.endswith("BYMONTHDAY=15")
    assert read("trước tháng 8", on, before_is_exclusive=False).notation == "2022-07-31"


def test_a_data_period_is_never_due() -> None:
    period = read("Từ ngày 1.1 đến ngày 6.7", date(2020, 7, 7))
    assert (period.is_period, period.due, period.dues(date(2020, 1, 1), date(2020, 12, 31))) == (True, None, ())


def test_data_named_so_is_a_period_even_while_it_runs() -> None:
    assert read("số liệu từ 15/12 đến 14/6", date(2022, 6, 6)).is_period


def test_a_range_to_come_is_a_deadline() -> None:
    window = read("từ ngày 25/7 đến ngày 31/7/2022", date(2022, 6, 6))
    assert (window.is_period, window.due) == (False, date(2022, 7, 31))


def test_without_a_calendar_nothing_is_counted_from_a_named_day() -> None:
    assert read("trong 10 ngày làm việc kể từ ngày 15/6/2022", date(2022, 6, 6)).notation == "AMBIGUOUS"
