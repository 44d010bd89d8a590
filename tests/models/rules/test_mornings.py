from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from models.rules.calendar import Calendar, DayKind
from models.rules.ladder import DEFAULTS, Audience, Urgency, parse
from models.rules.mornings import SPARING, Budget, Morning, Spoken, digest_day, is_pressing, left_out, spoken
from models.rules.reminders import Course

CALENDAR = Calendar()
LADDER = parse(DEFAULTS[Urgency.NORMAL])
DAYS = st.dates(date(2022, 1, 1), date(2022, 12, 31))


def june(day: int) -> date:
    return date(2022, 6, day)


def test_each_step_reaches_the_unit_the_third_day_its_member_and_the_week_the_chair() -> None:
    said = spoken(Course(june(14), june(8)), LADDER, CALENDAR, june(28))
    assert [(each.rung, each.day, each.audience) for each in said if each.audience is not Audience.FOCAL] == [
        ("+3:member", june(17), Audience.MEMBER),
        ("+7:chair", june(27), Audience.CHAIR),
    ]
    assert Spoken("+7:chair", june(21), june(27), Audience.CHAIR) in said


def test_the_chairs_week_begins_on_its_first_working_day() -> None:
    assert digest_day(june(20), CALENDAR) == june(20)
    assert digest_day(june(21), CALENDAR) == june(27)
    # Lunar New Year closes the offices from Monday 31/1 to Friday 4/2/2022; 11/4 is a public holiday
    assert digest_day(date(2022, 1, 25), CALENDAR) == date(2022, 2, 7)
    assert digest_day(date(2022, 4, 11), CALENDAR) == date(2022, 4, 12)


def test_a_swapped_saturday_begins_no_week() -> None:
    worked = Calendar({june(18): DayKind.WORKING})
    assert digest_day(june(18), worked) == june(20)


def test_only_early_warnings_can_wait() -> None:
    rungs = ("T-7", "T-1", "T0", "+1", "+7", "+3:member", "again", "period")
    assert [rung for rung in rungs if not is_pressing(rung)] == ["T-7", "T-1"]


def test_beyond_the_weeks_budget_early_warnings_are_left_out_and_nothing_else() -> None:
    mornings = [Morning(1, june(day), pressing=day == 10) for day in (6, 7, 8, 9, 10, 14)]
    out = left_out(mornings, {}, Budget(3))
    assert sorted(morning.day.day for morning in out) == [9]
    assert left_out(mornings, {1: {june(3), june(2)}}, Budget(3)) == frozenset(
        {Morning(1, june(7), pressing=False), Morning(1, june(8), pressing=False)}
    )


def test_what_is_said_anyway_takes_the_early_warnings_of_its_morning_along() -> None:
    said = {1: {june(6), june(7), june(8)}}
    both = [Morning(1, june(9), pressing=True), Morning(1, june(9), pressing=False)]
    assert left_out(both, said, Budget(3)) == frozenset()
    assert left_out(both[1:], said, Budget(3)) == frozenset(both[1:])


def test_whose_bot_has_few_messages_left_gets_early_warnings_together_and_then_none() -> None:
    days = (date(2022, 6, 27), date(2022, 6, 28), date(2022, 6, 29), date(2022, 7, 5), date(2022, 7, 6))
    mornings = [Morning(person, day, pressing=day == days[2]) for person in (1, 2, 3) for day in days]
    few = Budget(4, {(1, june(1)): SPARING[70], (2, june(1)): SPARING[90]})
    assert sorted((morning.person_id, morning.day) for morning in left_out(mornings, {}, few)) == [
        (1, days[1]),
        (2, days[0]),
        (2, days[1]),
    ]


MORNINGS = st.lists(st.builds(Morning, st.integers(1, 3), st.dates(june(1), june(30)), st.booleans()))
BUDGETS = st.builds(
    Budget,
    st.integers(1, 5),
    st.dictionaries(st.tuples(st.integers(1, 3), st.just(june(1))), st.sampled_from(sorted(SPARING.values()))),
)


@given(MORNINGS, BUDGETS)
def test_whoever_is_to_be_spared_is_told_of_all_that_presses_and_never_oftener_than_before(
    mornings: list[Morning], budget: Budget
) -> None:
    out = left_out(mornings, {}, budget)
    assert not any(morning.pressing for morning in out)
    before = left_out(mornings, {}, Budget(budget.a_week))
    for person in (1, 2, 3):
        told = {morning.day for morning in mornings if morning.person_id == person and morning not in out}
        usual = {morning.day for morning in mornings if morning.person_id == person and morning not in before}
        assert len(told) <= len(usual)


@given(MORNINGS, BUDGETS)
def test_the_budget_of_a_month_is_that_of_its_parts(mornings: list[Morning], budget: Budget) -> None:
    whole = left_out(mornings, {}, budget)
    early = [morning for morning in mornings if morning.day <= june(15)]
    first = left_out(early, {}, budget)
    said: dict[int, set[date]] = {}
    for morning in early:
        if morning not in first:
            said.setdefault(morning.person_id, set()).add(morning.day)
    week = {person: {day for day in days if day > june(9)} for person, days in said.items()}
    assert whole == first | left_out([morning for morning in mornings if morning.day > june(15)], week, budget)


@given(DAYS)
def test_a_digest_follows_within_the_working_week_and_on_a_worked_day(day: date) -> None:
    told = digest_day(day, CALENDAR)
    assert CALENDAR.is_working(told)
    assert told >= day
    assert not CALENDAR.is_working(told - timedelta(days=1)) or told.weekday() == 0
