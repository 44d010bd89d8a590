"""From the conversation as stored to the bubbles of the page."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from itsdangerous import URLSafeTimedSerializer

from models.conversation import MINE, THEIRS, Entry
from models.rules.text import t
from pages.reader import long_day
from pages.views import Bubble, ChoiceView, Day, FileView, Messages
from pages.visit import Visit

_MEGABYTE: Final = 1_000_000
_FAILED: Final = {"incident"}
_STATES: Final = {"refused": t("not recorded"), "secret": t("not kept")}


def messages(visit: Visit, entries: Sequence[Entry], most: int) -> Messages:
    """Show the last `most` entries by day; one more than that says that something came before."""
    shown = entries[-most:]
    days = groupby(shown, key=lambda entry: entry.moment.astimezone(visit.desk.zone).date())
    return Messages(
        tuple(
            Day(day.isoformat(), long_day(day, visit.frame.locale), tuple(bubble(visit, e) for e in group))
            for day, group in days
        ),
        shown[0].key if len(entries) > most else None,
    )


def day_of(visit: Visit, entry: Entry) -> Day:
    """Give the day of one message that comes by itself."""
    day = entry.moment.astimezone(visit.desk.zone).date()
    return Day(day.isoformat(), long_day(day, visit.frame.locale), ())


def bubble(visit: Visit, entry: Entry) -> Bubble:
    """Show one message."""
    return _mine(visit, entry) if entry.mine else _theirs(visit, entry)


def _theirs(visit: Visit, entry: Entry) -> Bubble:
    content = entry.content
    choices = tuple(
        ChoiceView(choice["label"], index, choice["primary"]) for index, choice in enumerate(content["choices"])
    )
    return Bubble(
        id=entry.key,
        side="left",
        moment=entry.moment,
        lines=tuple(line for said in content["lines"] for line in said.split("\n")),
        card=content["card"],
        closed=content["card"] and not choices,
        result=content["result"] or None,
        choices=choices,
        files=_files(visit, content["files"]),
        press=str(entry.shown_id),
        unread=str(entry.id) if entry.unread else "",
    )


def _mine(visit: Visit, entry: Entry) -> Bubble:
    state = _STATES.get(entry.state)
    return Bubble(
        id=entry.key,
        side="right",
        moment=entry.moment,
        lines=tuple(str(entry.content["text"]).split("\n")) if entry.content["text"] else (),
        files=_files(visit, entry.content["files"]),
        failed=entry.state in _FAILED,
        state=visit.speak(state) if state else "",
        client_id=entry.client_id,
    )


def _files(visit: Visit, files: Iterable[dict[str, Any]]) -> tuple[FileView, ...]:
    signer, chat = file_signer(visit.desk.key), visit.reader.chat.id if visit.reader else 0
    return tuple(
        FileView(
            file["name"],
            size(file["size"]),
            f"/files/{signer.dumps([chat, file['sha256'], file['name']])}",
        )
        for file in files
    )


def file_signer(key: bytes) -> URLSafeTimedSerializer:
    """Sign the paths under which files are handed out: [chat id of the reader, digest, name]."""
    return URLSafeTimedSerializer(key, salt="file")


def size(count: int) -> str:
    """Say how large a file is."""
    if count < _MEGABYTE:
        return f"{max(1, count // 1000)} KB"
    return f"{count / _MEGABYTE:.1f} MB".replace(".", ",")


def cursor_of(entry: Entry) -> str:
    """Name the place up to which a page has been shown what changed."""
    return f"{entry.changed_at.isoformat()}|{MINE if entry.mine else THEIRS}{entry.id}"
