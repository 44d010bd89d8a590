"""How the page writes moments, sizes and the lines of the log."""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from tests.fakes.calls import SPOKEN, Request

_ZONE: Final = ZoneInfo("Asia/Ho_Chi_Minh")
_LINES: Final = 150
_SUMMARY: Final = 90

_Request = TypeVar("_Request", bound=Request)


def stamp(seconds: float) -> dict[str, str]:
    """Write a moment (seconds of the Unix epoch) as a telephone does: the time, and the day for the line above."""
    moment = datetime.fromtimestamp(seconds, _ZONE)
    return {"time": f"{moment:%H:%M}", "day": f"{moment:%d}/{_month(moment.month)}/{moment.year}"}


def initials(name: str) -> str:
    """Give the letters that stand for a name's picture."""
    return "".join(word[0] for word in name.split()[-2:]).upper()


def size(count: int) -> str:
    """Write how many bytes something has."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB".replace(".", ",")


def log_lines(
    requests: Sequence[_Request], person: Callable[[_Request], str], text: Callable[[_Request], str]
) -> Iterator[dict[str, Any]]:
    """Give the newest requests, with whom they meant and what they said; polls that brought nothing are left out."""
    numbered = [pair for pair in enumerate(requests) if not _is_idle(pair[1])]
    for number, request in numbered[-_LINES:]:
        yield {
            "number": number,
            "time": f"{datetime.fromtimestamp(request.date, _ZONE):%H:%M:%S}",
            "method": request.method,
            "person": person(request),
            "status": request.status,
            "good": request.status == SPOKEN,
            "summary": request.words or _first_line(text(request)),
            "asked": json.dumps(_asked(request), ensure_ascii=False, indent=1),
            "answered": json.dumps(request.answer, ensure_ascii=False, indent=1),
        }


def _is_idle(request: Request) -> bool:
    return request.method == "getUpdates" and (not request.answer or bool(request.words))


def _asked(request: Request) -> dict[str, Any]:
    files = {part: f"{upload.name} ({size(len(upload.content))})" for part, upload in request.files.items()}
    return {**request.params, **files}


def _first_line(text: str) -> str:
    first = text.strip().partition("\n")[0]
    return first if len(first) <= _SUMMARY else f"{first[:_SUMMARY].rstrip()}…"


def _month(month: int) -> str:
    """Write a month as Decree 30 does: a zero before 1 and 2 only."""
    return f"{month:02d}" if month <= 2 else str(month)
