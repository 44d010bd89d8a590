from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from documents.calendar_file import Entry, calendar_file

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2022, 6, 20, 7, tzinfo=UTC)


def entry(**changes: object) -> Entry:
    said: dict[str, object] = {
        "uid": "dondoc-7", "sequence": 0, "title": "Họp Hội đồng; phiên thứ hai, năm 2022", "place": "Phòng họp số 2",
        "starts_at": START, "stamped_at": datetime(2022, 6, 9, tzinfo=UTC), "zone": ZONE,
    }  # fmt: skip
    return Entry(**{**said, **changes})  # type: ignore[arg-type]


def written(one: Entry, path: Path) -> Calendar:
    calendar_file(one)(path, lambda text: text.id)
    read = Calendar.from_ical(path.read_bytes())
    assert isinstance(read, Calendar)
    return read


def test_a_meeting_stands_in_the_calendar_at_the_councils_hour(tmp_path: Path) -> None:
    calendar = written(entry(link="https://hop.example.gov.vn/15", agenda="1. Sơ kết"), tmp_path / "a.ics")
    (event,) = calendar.walk("VEVENT")
    assert calendar["METHOD"] == "REQUEST"
    assert event.decoded("dtstart") == START
    assert event["DTSTART"].params["TZID"] == "Asia/Ho_Chi_Minh"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Ho_Chi_Minh"]
    assert event["SUMMARY"] == "Họp Hội đồng; phiên thứ hai, năm 2022"
    assert event["DESCRIPTION"] == "1. Sơ kết\nhttps://hop.example.gov.vn/15"


def test_a_cancelled_meeting_is_taken_out_under_the_same_name(tmp_path: Path) -> None:
    calendar = written(entry(sequence=3, is_held=False), tmp_path / "a.ics")
    (event,) = calendar.walk("VEVENT")
    said = (calendar["METHOD"], event["STATUS"], event["UID"], event["SEQUENCE"])
    assert said == ("CANCEL", "CANCELLED", "dondoc-7", 3)


@given(title=st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"])), sequence=st.integers(0, 1000))
def test_whatever_an_officer_writes_is_read_back(tmp_path_factory: object, title: str, sequence: int) -> None:
    folder = tmp_path_factory.mktemp("ics")  # type: ignore[attr-defined]
    (event,) = written(entry(title=title, sequence=sequence), folder / "a.ics").walk("VEVENT")
    assert (str(event["SUMMARY"]), event["SEQUENCE"]) == (title, sequence)
