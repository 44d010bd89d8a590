"""Deadlines as plans and people word them: `read` gives a Reading, or AMBIGUOUS where a person must be asked."""

from models.rules.deadline.line import Asked, TaskLine, find_extension, split_task_line, task_lines
from models.rules.deadline.reader import read
from models.rules.deadline.reading import AMBIGUOUS, NONE, Due, Kind, Reading, WorkingCalendar

__all__ = [
    "AMBIGUOUS",
    "NONE",
    "Asked",
    "Due",
    "Kind",
    "Reading",
    "TaskLine",
    "WorkingCalendar",
    "find_extension",
    "read",
    "split_task_line",
    "task_lines",
]
