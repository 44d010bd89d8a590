"""A meeting as a calendar file (.ics, RFC 5545 and 5546): put in, moved or taken out by any calendar that opens it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vCalAddress, vText

from models.rules.text import Text, t

MEDIA: Final = "text/calendar"
FILE: Final = "lich-hop.ics"
_NOBODY: Final = "invalid:nomail"  # who calls and who is invited have no address of electronic mail here


@dataclass(frozen=True, slots=True)
class Entry:
    """What a calendar is told of a meeting: `uid` stays for all its moves, `sequence` grows with each change.

    `starts_at`, `stamped_at`: aware; `zone` is the Council's. `is_held`: False takes the entry out.
    """

    uid: str
    sequence: int
    title: str
    place: str
    starts_at: datetime
    stamped_at: datetime
    zone: ZoneInfo
    organiser: str = ""
    link: str = ""
    agenda: str = ""
    is_held: bool = True


def calendar_file(entry: Entry) -> Callable[[Path, Callable[[Text], str]], None]:
    """Give what writes the calendar file of a meeting."""
    return lambda path, say: _write(entry, path, say)


def _write(entry: Entry, path: Path, say: Callable[[Text], str]) -> None:
    calendar = Calendar()
    calendar.add("prodid", "-//Don Doc//dondoc//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "REQUEST" if entry.is_held else "CANCEL")
    calendar.add_component(_event(entry, say))
    calendar.add_missing_timezones()
    path.write_bytes(calendar.to_ical())


def _event(entry: Entry, say: Callable[[Text], str]) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("sequence", entry.sequence)
    event.add("dtstamp", entry.stamped_at)
    event.add("dtstart", entry.starts_at.astimezone(entry.zone))
    event.add("summary", entry.title)
    event.add("location", entry.place)
    event.add("status", "CONFIRMED" if entry.is_held else "CANCELLED")
    organiser = vCalAddress(_NOBODY)
    organiser.params["CN"] = vText(entry.organiser or say(t("Council and secretariat")))
    event.add("organizer", organiser)
    event.add("attendee", vCalAddress(_NOBODY))
    if entry.link:
        event.add("url", entry.link)
    if said := "\n".join(filter(None, (entry.agenda, entry.link))):
        event.add("description", said)
    return event
