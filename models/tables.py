"""Every table, for whoever needs the whole schema."""

from models import (
    addresses,
    audit,
    drafts,
    enrolments,
    inbox,
    meetings,
    notices,
    outbox,
    papers,
    people,
    reminders,
    settings,
    tasks,
)
from models.base import Base

__all__ = [
    "Base",
    "addresses",
    "audit",
    "drafts",
    "enrolments",
    "inbox",
    "meetings",
    "notices",
    "outbox",
    "papers",
    "people",
    "reminders",
    "settings",
    "tasks",
]
