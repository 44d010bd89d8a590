import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.ladder import DEFAULTS, Audience, DayUnit, Rung, Urgency, parse
from models.rules.text import Refusal

OFFSETS = st.sets(st.integers(-60, 60), min_size=1, max_size=8).map(sorted)
ALSO = st.sampled_from(["", ":member", ":chair", ":member+chair"])
UNITS = st.sampled_from(["", "d"])


@st.composite
def ladders(draw: st.DrawFn) -> str:
    rungs = [f"T{offset}" if offset <= 0 else f"+{offset}" for offset in draw(OFFSETS)]
    written = [f"{rung}{draw(UNITS)}{draw(ALSO)}" for rung in rungs]
    return ",".join([*written, *draw(st.sampled_from([[], ["weekly:chair"], ["weekly"]]))])


def test_the_default_ladder_is_read() -> None:
    focal = frozenset({Audience.FOCAL})
    assert parse("T-7,T-3,T-1,T0,+1,+3:member,weekly:chair").rungs == (
        Rung("T-7", -7),
        Rung("T-3", -3),
        Rung("T-1", -1),
        Rung("T0", 0),
        Rung("+1", 1),
        Rung("+3", 3, audience=focal | {Audience.MEMBER}),
        Rung("weekly", 7, DayUnit.CALENDAR, focal | {Audience.CHAIR}, every=7),
    )


@pytest.mark.parametrize("urgency", Urgency)
def test_every_urgency_has_a_ladder_that_can_be_read(urgency: Urgency) -> None:
    assert str(parse(DEFAULTS[urgency])) == DEFAULTS[urgency]


def test_calendar_days_are_marked() -> None:
    assert parse("T-10d, T-3").rungs[0] == Rung("T-10d", -10, DayUnit.CALENDAR)


@pytest.mark.parametrize(
    "rung",
    [
        "",
        "T",
        "T7",
        "T-0",
        "+0",
        "-3",
        "+3:boss",
        "+3:standing",
        "+3:member+",
        "daily",
        "weeklyd",
        "T-1:",
        "T-7000",
        "t-1",
    ],
)
def test_a_rung_that_cannot_be_read_is_named(rung: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse(f"T-9,{rung}")
    assert caught.value.text.values["rung"] == rung


@pytest.mark.parametrize("text", ["T-1,T-3", "T0,T0", "+1,T0", "weekly,+3", "weekly,weekly"])
def test_rungs_go_from_early_to_late_and_stand_once(text: str) -> None:
    with pytest.raises(Refusal) as caught:
        parse(text)
    assert caught.value.text.id.startswith("The rung “{rung}” stands twice or out of order")


@given(ladders())
def test_what_is_read_is_written_the_same(text: str) -> None:
    assert str(parse(text)) == text


@given(st.text(alphabet="T-+0123456789d:,weklymbrchai ", max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        ladder = parse(text)
    except Refusal:
        return
    assert parse(str(ladder)) == ladder
