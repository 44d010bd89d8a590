from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import Calendar
from models.rules.ladder import DEFAULTS, Audience, Ladder, Urgency, parse
from models.rules.reminders import (
    Course,
    Hold,
    ReportPeriod,
    Step,
    begun_until,
    last_question_day,
    steps,
    undated_question_days,
    within_budget,
)

CALENDAR = Calendar()
LADDER = parse(DEFAULTS[Urgency.NORMAL])
YEAR_END = date(2022, 12, 31)
DUES = st.dates(date(2022, 1, 15), date(2022, 12, 15))
LADDERS = st.sampled_from(
    [*(parse(text) for text in DEFAULTS.values()), parse("T-10d,T-2,+1d,+2d:member,+9,weekly:chair")]
)
HOLDS = st.builds(Hold, st.none() | DUES)
COURSES = st.builds(Course, due=DUES, given=st.dates(date(2021, 12, 1), date(2022, 12, 15)), hold=HOLDS)


def laid(course: Course, until: date = YEAR_END) -> list[tuple[str, date]]:
    return [(step.rung, step.day) for step in steps(course, LADDER, CALENDAR, until)]


def june(day: int) -> date:
    return date(2022, 6, day)


def test_the_default_ladder_of_a_deadline_on_a_tuesday() -> None:
    course = Course(due=june(14), given=date(2022, 3, 7))
    assert laid(course, until=date(2022, 7, 1)) == [
        ("T-7", june(3)),
        ("T-3", june(9)),
        ("T-1", june(13)),
        ("T0", june(14)),
        ("+1", june(15)),
        ("+3", june(17)),
        ("+7", june(21)),
        ("+14", june(28)),
    ]


def test_a_deadline_on_a_saturday_is_reminded_of_on_the_friday_and_chased_from_the_monday() -> None:
    course = Course(due=june(25), given=date(2022, 3, 7))
    assert laid(course, until=june(28)) == [
        ("T-7", june(15)),
        ("T-3", june(21)),
        ("T-1", june(23)),
        ("T0", june(24)),
        ("+1", june(27)),
    ]


def test_each_step_says_whom_it_reaches_and_what_is_left() -> None:
    course = Course(due=june(14), given=june(8))
    first, *_, third, chair = steps(course, LADDER, CALENDAR, june(21))
    assert first == Step("T-3", june(9), frozenset({Audience.FOCAL}), 5, 3)
    assert third == Step("+3", june(17), frozenset({Audience.FOCAL, Audience.MEMBER}), -3, -3)
    assert chair.audience == frozenset({Audience.FOCAL, Audience.CHAIR})


def test_rungs_up_to_the_day_of_giving_are_left_out() -> None:
    assert laid(Course(due=june(14), given=june(9)), until=june(14)) == [("T-1", june(13)), ("T0", june(14))]
    assert laid(Course(due=june(14), given=june(14)), until=june(15)) == [("+1", june(15))]


def test_rungs_on_one_day_become_one_for_all_whom_they_reach() -> None:
    ladder = parse("T-3,T0,+3d:member,weekly:chair")
    course = Course(due=date(2022, 1, 27), given=date(2022, 1, 3))
    last = steps(course, ladder, CALENDAR, date(2022, 2, 9))[-1]
    # Lunar New Year closes the offices from 31/1 to 4/2: the third and the seventh day both come on Monday 7/2
    merged = steps(replace(course, due=date(2022, 1, 30)), ladder, CALENDAR, date(2022, 2, 9))[-1]
    assert (last.rung, last.day) == ("+7", date(2022, 2, 7))
    assert (merged.rung, merged.day, merged.audience) == (
        "+7",
        date(2022, 2, 7),
        frozenset(Audience) - {Audience.STANDING},
    )


def test_what_is_undated_or_waits_for_its_event_has_no_ladder() -> None:
    assert laid(Course(due=None, given=date(2022, 3, 7))) == []


def test_a_snooze_silences_the_rungs_before_its_day_and_reminds_on_it() -> None:
    course = Course(due=june(14), given=date(2022, 3, 7), hold=Hold(snoozed_until=june(10)))
    assert laid(course, until=june(14)) == [("again", june(10)), ("T-1", june(13)), ("T0", june(14))]


def test_a_snooze_never_passes_the_morning_on_which_it_is_due() -> None:
    course = Course(due=june(25), given=date(2022, 3, 7), hold=Hold(snoozed_until=date(2022, 8, 1)))
    assert laid(course, until=june(27)) == [("T0", june(24)), ("+1", june(27))]


def test_a_timely_request_for_extension_holds_the_ladder_until_it_is_decided() -> None:
    waiting = Course(due=june(14), given=date(2022, 3, 7), hold=Hold(extension_pending=True))
    assert laid(waiting) == []
    assert laid(replace(waiting, due=june(24), hold=Hold()), until=june(24))[-1] == ("T0", june(24))


def test_undated_work_is_asked_about_once_a_reporting_period() -> None:
    given_on, last = date(2022, 3, 14), date(2023, 1, 31)
    asked = [
        undated_question_days(given_on, period, CALENDAR, last) for period in (ReportPeriod.QUARTER, ReportPeriod.YEAR)
    ]
    assert asked == [(june(14), date(2022, 9, 14), date(2022, 12, 14)), (date(2022, 12, 14),)]


def test_a_question_on_a_day_off_comes_on_the_working_day_before() -> None:
    assert undated_question_days(date(2022, 8, 1), ReportPeriod.MONTH, CALENDAR, date(2022, 8, 31)) == (
        date(2022, 8, 12),
    )


def test_the_budget_allows_one_push_a_day_and_so_many_in_seven_days() -> None:
    sent = [june(7), june(8), june(9), june(13)]
    assert [within_budget(sent, june(day), 4) for day in (13, 14, 15)] == [False, True, True]
    assert [within_budget(sent, june(day), 3) for day in (14, 15)] == [False, True]
    assert [within_budget(sent, june(day), 2) for day in (14, 15, 16)] == [False, False, True]


@given(COURSES, LADDERS)
def test_every_step_is_a_working_day_after_the_giving_and_alone_on_its_day(course: Course, ladder: Ladder) -> None:
    days = [step.day for step in steps(course, ladder, CALENDAR, YEAR_END)]
    assert all(CALENDAR.is_working(day) and course.given < day <= YEAR_END for day in days)
    assert all(one < two for one, two in pairwise(days))


@given(COURSES, LADDERS)
def test_a_rung_before_the_deadline_is_never_sent_after_it(course: Course, ladder: Ladder) -> None:
    for step in steps(course, ladder, CALENDAR, YEAR_END):
        assert (step.days_left >= 0) == (step.rung.startswith("T") or step.rung == "again")


@given(DUES)
def test_a_rung_in_working_days_leaves_as_many_working_days_as_it_says(due: date) -> None:
    for step in steps(Course(due, due - timedelta(days=60)), parse("T-7,T-3,T-1,T0,+1,+3"), CALENDAR, date(2023, 2, 1)):
        assert step.working_days_left == -int(step.rung.removeprefix("T"))


@given(COURSES, LADDERS, DUES, DUES)
def test_a_window_of_the_plan_shows_what_the_whole_shows(course: Course, ladder: Ladder, one: date, two: date) -> None:
    early, late = sorted([one, two])
    whole = steps(course, ladder, CALENDAR, late)
    assert steps(course, ladder, CALENDAR, early) == tuple(step for step in whole if step.day <= early)


@given(DUES, st.sampled_from(ReportPeriod), DUES)
def test_questions_about_undated_work_come_after_the_giving_on_working_days(
    given_on: date, period: ReportPeriod, until: date
) -> None:
    days = undated_question_days(given_on, period, CALENDAR, until)
    assert all(given_on < day <= until and CALENDAR.is_working(day) for day in days)
    assert len({(day.year, (day.month - 1) // period) for day in days}) == len(days)


def test_on_the_thursday_the_ladder_of_the_second_monday_has_begun_and_of_the_tuesday_not() -> None:
    assert [begun_until(june(9), parse(text), CALENDAR) for text in DEFAULTS.values()] == [
        june(20),
        june(14),
        june(12),
    ]


@given(LADDERS, DUES, st.integers(1, 40))
def test_the_ladder_of_a_day_to_come_has_begun_where_a_step_of_it_lies_behind(
    ladder: Ladder, today: date, ahead: int
) -> None:
    due = today + timedelta(days=ahead)
    begun = steps(Course(due, date(2020, 1, 1)), ladder, CALENDAR, today)
    assert (due <= begun_until(today, ladder, CALENDAR)) == bool(begun)


def test_a_ladder_that_only_follows_the_day_has_begun_for_what_is_due_today() -> None:
    assert begun_until(june(9), parse("+3,weekly"), CALENDAR) == june(9)


@given(DUES, st.sampled_from(ReportPeriod))
def test_undated_work_was_last_asked_about_on_a_day_behind(today: date, period: ReportPeriod) -> None:
    last = last_question_day(today, period, CALENDAR)
    assert last <= today
    assert undated_question_days(last, period, CALENDAR, today) == ()
