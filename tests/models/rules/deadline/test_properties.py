import re
from datetime import date, datetime, timedelta
from unicodedata import normalize

from hypothesis import assume, given
from hypothesis import strategies as st

from models.rules.calendar import Calendar
from models.rules.deadline import Kind, Reading, find_extension, read
from models.rules.spelling import fold

ON = date(2022, 3, 7)
days = st.dates(date(2022, 3, 10), date(2030, 12, 31))
inclusive = st.sampled_from(
    ["chậm nhất ngày", "muộn nhất là ngày", "không muộn hơn ngày", "đến hết ngày", "hạn cuối", "hạn", "ngày"]
)
spellings = st.sampled_from(
    [
        str,
        str.upper,
        str.title,
        fold,
        lambda text: normalize("NFD", text),
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace("-", "–"),
        lambda text: text + ".",
        lambda text: text + "./.",
        lambda text: "- " + text + ";",
    ]
)
written = st.sampled_from(
    [
        "{0.day}/{0.month}/{0.year}",
        "{0.day:02d}/{0.month:02d}/{0.year}",
        "{0.day}-{0.month}-{0.year}",
        "{0.day}.{0.month}.{0.year}",
        "{0.day} / {0.month} / {0.year}",
        "{0.day} tháng {0.month} năm {0.year}",
        "{0.day:02d} tháng {0.month}/{0.year}",
        "{0.day}/{0.month} năm {0.year}",
    ]
)
WORDS = """
trước ngày tháng năm quý tuần 15/6 31/6 2022 15 6 II và , . ; ( ) - hạn chậm nhất trong đến hết từ hằng 16h00 thứ hai
sau gửi báo cáo về Sở để đầu cuối làm việc kể khi cần thiết định kỳ một lần hoặc không 30/2 ½ : chiều hôm nay
"""
words = st.sampled_from(WORDS.split())


@given(days, written, inclusive, spellings)
def test_every_spelling_of_a_date_reads_the_same(day: date, form: str, bound: str, spell: object) -> None:
    assert callable(spell)
    assert read(spell(f"{bound} {form.format(day)}"), ON).due == day


@given(days, written, spellings)
def test_before_a_day_is_the_day_before_it(day: date, form: str, spell: object) -> None:
    assert callable(spell)
    assert read(spell(f"trước ngày {form.format(day)}"), ON).due == day - timedelta(days=1)


@given(
    days,
    st.integers(7, 23),
    st.integers(0, 59),
    st.sampled_from(["{}h{:02d}", "{} giờ {:02d}", "{} giờ {:02d} phút", "{}:{:02d}", "{}h{:02d}’"]),
)
def test_an_hour_is_a_moment_of_that_day(day: date, hour: int, minute: int, form: str) -> None:
    moment = datetime(day.year, day.month, day.day, hour, minute)  # noqa: DTZ001 - by the council's clock
    assert read(f"trước {form.format(hour, minute)} ngày {day:%d/%m/%Y}", ON).due == moment


@given(st.dates(date(2020, 1, 1), date(2029, 12, 30)), st.integers(1, 366))
def test_a_day_without_its_year_is_the_next_one(on: date, ahead: int) -> None:
    day = on + timedelta(days=ahead)
    assume((day.day, day.month) != (29, 2))
    found = read(f"ngày {day.day}/{day.month}", on).due
    assert isinstance(found, date)
    assert (found.day, found.month) == (day.day, day.month)
    assert on <= found <= day


@given(st.lists(words, min_size=1, max_size=16).map(" ".join), st.booleans(), spellings)
def test_any_heap_of_deadline_words_is_read_and_read_back(phrase: str, exclusive: bool, spell: object) -> None:  # noqa: FBT001
    assert callable(spell)
    reading = read(spell(phrase), ON, before_is_exclusive=exclusive, calendar=Calendar())
    assert Reading.parse(reading.notation) == reading


@given(st.text(max_size=120), st.dates())
def test_any_text_on_any_day_is_read_without_raising(text: str, on: date) -> None:
    assert Reading.parse(read(text, on, event=None, calendar=Calendar()).notation).kind in set(Kind)


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyzđâêôăơư ,.;:()-/", max_size=60))
def test_words_without_numbers_name_no_day_of_their_own(text: str) -> None:
    assert read(text, ON).kind is not Kind.MOMENT


@given(st.lists(words, min_size=1, max_size=10).map(" ".join))
def test_no_date_is_read_that_is_not_written(phrase: str) -> None:
    due = read(phrase, ON).due
    if due is not None and re.search(r"\d", phrase):
        written_numbers = {int(number) for number in re.findall(r"\d+", phrase)}
        near = {due.day, due.month, (due + timedelta(days=1)).day, (due + timedelta(days=1)).month, due.year}
        assert near & written_numbers or "II" in phrase or "nay" in phrase or "hai" in phrase


@given(
    days,
    st.sampled_from(["xin gia hạn đến {}", "đề nghị gia hạn đến hết ngày {}", "{}"]),
    st.sampled_from(["vì", "do", "lý do:"]),
)
def test_an_extension_gives_back_day_and_reason(day: date, form: str, because: str) -> None:
    asked = find_extension(f"{form.format(day.strftime('%d/%m/%Y'))} {because} chờ kinh phí", ON)
    assert asked is not None
    assert (asked.until, asked.reason) == (day, "chờ kinh phí")


@given(st.text(max_size=120))
def test_any_text_is_searched_for_an_extension_without_raising(text: str) -> None:
    asked = find_extension(text, ON)
    assert asked is None or asked.until.year in range(1990, 2100)
