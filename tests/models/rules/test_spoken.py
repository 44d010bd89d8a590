from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules import spoken
from models.rules.deadline import read

PLAN = date(2022, 3, 7)
DUE = date(2022, 6, 14)
AT_FOUR = datetime(2022, 6, 20, 16)  # noqa: DTZ001 - by the council's clock


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2022, 3, 7), "07/3/2022"),
        (date(2022, 6, 14), "14/6/2022"),
        (date(2022, 1, 19), "19/01/2022"),
        (date(2022, 2, 9), "09/02/2022"),
        (date(2022, 12, 5), "05/12/2022"),
        (date(2022, 10, 10), "10/10/2022"),
    ],
)
def test_zeros_stand_where_official_papers_put_them(day: date, said: str) -> None:
    assert spoken.day(day, "vi") == said


def test_days_and_hours_are_spoken_in_either_language() -> None:
    assert (spoken.short_day(DUE, "vi"), spoken.short_day(DUE, "en")) == ("14/6", "14 Jun")
    assert (spoken.day(DUE, "vi"), spoken.day(DUE, "en")) == ("14/6/2022", "14 Jun 2022")
    assert (spoken.weekday(DUE, "vi"), spoken.weekday(DUE, "en")) == ("thứ Ba", "Tuesday")
    assert (spoken.hour(time(7, 30), "vi"), spoken.hour(time(7, 30), "en")) == ("07h30", "07:30")
    assert spoken.moment(AT_FOUR, "vi") == "16:00 ngày 20/6/2022"
    assert spoken.due_moment(AT_FOUR, "vi") == "16h00 ngày 20/6/2022"


def test_sunday_has_its_own_name() -> None:
    assert spoken.weekday(date(2022, 6, 12), "vi") == "Chủ nhật"


@pytest.mark.parametrize(
    ("phrase", "due", "said"),
    [
        ("trước ngày 15/6/2022", DUE, "trước ngày 15/6/2022 (chậm nhất hết ngày 14/6)"),
        ("Trước ngày 15/01 năm sau", date(2023, 1, 14), "Trước ngày 15/01 năm sau (chậm nhất hết ngày 14/01/2023)"),
        ("Quý II", date(2022, 6, 30), "Quý II (chậm nhất hết ngày 30/6)"),
        ("trước 16h00 thứ Hai tuần sau", AT_FOUR, "trước 16h00 thứ Hai tuần sau (chậm nhất 16h00 ngày 20/6)"),
        ("ngày 20/6, cuối giờ chiều", AT_FOUR, "ngày 20/6, cuối giờ chiều (chậm nhất 16h00 ngày 20/6)"),
        ("ngày 25/2", date(2023, 2, 25), "ngày 25/2 (chậm nhất hết ngày 25/02/2023)"),
        ("Chậm nhất ngày 14 tháng 6.", DUE, "Chậm nhất ngày 14 tháng 6"),
        ("trước 16h00 ngày 20/6/2022", AT_FOUR, "trước 16h00 ngày 20/6/2022"),
        ("Thường xuyên", None, "Thường xuyên"),
        ("", DUE, "chậm nhất hết ngày 14/6"),
    ],
)
def test_a_deadline_is_spoken_as_written_and_as_read(phrase: str, due: date | None, said: str) -> None:
    assert spoken.deadline_spoken(phrase, due, PLAN) == said


def test_a_deadline_is_spoken_in_english_round_its_own_words() -> None:
    assert spoken.deadline_spoken("trước ngày 15/6", DUE, PLAN, "en") == "trước ngày 15/6 (by the end of 14 Jun)"
    assert spoken.deadline_spoken("chiều 20/6", AT_FOUR, PLAN, "en") == "chiều 20/6 (at the latest 16:00 on 20 Jun)"


@given(st.dates(date(2022, 3, 9), date(2030, 12, 31)))
def test_what_is_spoken_of_a_date_is_read_back_as_that_date(day: date) -> None:
    said = f"trước ngày {spoken.day(day, 'vi')}"
    due = read(said, PLAN).due
    assert read(spoken.deadline_spoken(said, due, PLAN), PLAN).due == due


def test_the_headline_carries_date_and_matter() -> None:
    assert spoken.headline(DUE, "Báo cáo sơ kết 6 tháng") == "Hạn 14/6: Báo cáo sơ kết 6 tháng"
    assert spoken.headline(DUE, "Báo cáo", locale="en") == "Due 14 Jun: Báo cáo"
    assert spoken.headline(AT_FOUR, "Báo cáo") == "Hạn 16h00 20/6: Báo cáo"
    assert spoken.headline(None, "Điển hình tiên tiến") == "Điển hình tiên tiến"


def test_a_long_title_is_cut_between_words() -> None:
    title = "Báo cáo sơ kết phong trào thi đua 6 tháng đầu năm"
    assert spoken.headline(DUE, title) == "Hạn 14/6: Báo cáo sơ kết phong trào thi đua…"


@given(st.text(min_size=1, max_size=200), st.integers(30, 60))
def test_a_headline_never_exceeds_its_limit(title: str, limit: int) -> None:
    assert len(spoken.headline(DUE, title, limit)) <= limit


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Kính gửi các cơ quan, đơn vị. Đề nghị gửi danh sách.", "Đề nghị gửi danh sách."),
        ("Kính gửi: Các sở, ngành\nĐề nghị\ngửi danh sách.", "Đề nghị gửi danh sách."),
        ("Kính gửi các đồng chí: Đề nghị gửi danh sách.", "Đề nghị gửi danh sách."),
        ("Kính thưa quý cơ quan! Kính gửi Sở Y tế.\nĐề nghị gửi danh sách.", "Đề nghị gửi danh sách."),
        ("Kính gửi dự thảo Quy chế. Đề nghị góp ý.", "Kính gửi dự thảo Quy chế. Đề nghị góp ý."),
        ("Kính gửi các cơ quan, đơn vị.", "Kính gửi các cơ quan, đơn vị."),
        ("Đề nghị  gửi\ndanh sách.", "Đề nghị gửi danh sách."),
    ],
)
def test_a_letter_is_named_by_what_follows_its_salutation(text: str, named: str) -> None:
    assert spoken.gist(text) == named


@given(st.text())
def test_no_letter_loses_its_name(text: str) -> None:
    assert bool(spoken.gist(text)) == bool(text.strip())
