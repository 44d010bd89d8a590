"""A notice of conclusions: how it names the meeting whose conclusions it holds.

Such notices begin "Ngày 25/5/2022, Hội đồng họp phiên thứ nhất…", name the day in their subject ("Kết luận … tại cuộc
họp ngày 25/5/2022"), or quote the invitation ("theo Giấy mời số 15/GM-HĐTĐKT").
"""

import re
from dataclasses import dataclass
from datetime import date

from documents.body import Body, label
from documents.heading import DAY, NUMBER, Heading, day_of, lines_of, number_of

_MEETING = re.compile(r"\bhop\b|\bhoi nghi\b")
_DAY = re.compile(DAY)
_INVITATION = re.compile(rf"giấy mời\s+số\s?:?\s?{NUMBER}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Concluded:
    """What tells the meeting: days on which one is said to have been held, numbers of invitations quoted."""

    days: tuple[date, ...] = ()
    invitations: tuple[str, ...] = ()


def concluded(body: Body, heading: Heading) -> Concluded | None:
    """Read which meeting a document concludes; None where it is no notice of conclusions."""
    if "ket luan" not in label(heading.subject):
        return None
    said = [line for line in lines_of(body) if line]
    days = (
        day_of(found)
        for line in (heading.subject, *said)
        if _MEETING.search(label(line))
        for found in _DAY.findall(line)
    )
    numbers = (number_of(found) for line in said for found in _INVITATION.findall(line))
    return Concluded(tuple(dict.fromkeys(day for day in days if day)), tuple(dict.fromkeys(numbers)))
