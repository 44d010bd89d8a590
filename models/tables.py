"""Every table, for whoever needs the whole schema."""

from models import (
    addresses,
    adjustments,
    audit,
    drafts,
    enrolments,
    groupchats,
    inbox,
    meetings,
    notices,
    outbox,
    papers,
    pauses,
    people,
    references,
    reminders,
    settings,
    tasks,
)
from models.base import Base

__all__ = [
    "Base",
    "addresses",
    "adjustments",
    "audit",
    "drafts",
    "enrolments",
    "groupchats",
    "inbox",
    "meetings",
    "notices",
    "outbox",
    "papers",
    "pauses",
    "people",
    "references",
    "reminders",
    "settings",
    "tasks",
]
