"""Who has answered a notice, an invitation or a task, and who is silent: as units and posts that an audience means."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from models.chasing import has_reported, is_not_reported
from models.meetings import Invitation, Rsvp
from models.notices import NoticeAnswer, NoticeUnit, rows_of
from models.rules.answer_clauses import MatterKind
from models.rules.text import N_, Text, t
from models.tasks import Assignment

RSVP_WORDS: Mapping[Rsvp, Text] = {
    Rsvp.ATTEND: t("Attend"),
    Rsvp.ABSENT: t("Absent"),
    Rsvp.SUBSTITUTE: t("Send a substitute"),
}
# by matter, whether silent, whether with one answer
_SPOKEN: Mapping[tuple[MatterKind, bool, bool], str] = {
    (MatterKind.TASK, True, False): N_("those that have not reported on the task “{title}”"),
    (MatterKind.TASK, False, False): N_("those that have reported on the task “{title}”"),
    (MatterKind.NOTICE, True, False): N_("those that have not answered the notice “{title}”"),
    (MatterKind.NOTICE, False, False): N_("those that have answered the notice “{title}”"),
    (MatterKind.NOTICE, False, True): N_("those that answered “{answer}” to the notice “{title}”"),
    (MatterKind.MEETING, True, False): N_("those that have not answered the invitation to “{title}”"),
    (MatterKind.MEETING, False, False): N_("those that have answered the invitation to “{title}”"),
    (MatterKind.MEETING, False, True): N_("those that answered “{answer}” to the invitation to “{title}”"),
}
_TABLES: Mapping[MatterKind, type[Any]] = {
    MatterKind.NOTICE: NoticeUnit,
    MatterKind.MEETING: Invitation,
    MatterKind.TASK: Assignment,
}


@dataclass(frozen=True, slots=True)
class ByAnswer:
    """Those whom a matter went to and who have not answered it, or who have: all of them, or with one `answer`.

    `answer` is an option of the notice, or a value of `Rsvp`; `title` says in short which matter it is.
    """

    matter: MatterKind
    id: int
    title: str
    is_silent: bool
    answer: str = ""

    def as_json(self) -> dict[str, Any]:
        """Give the form in which an audience keeps it."""
        return asdict(self)

    @classmethod
    def from_json(cls, stored: Mapping[str, Any]) -> "ByAnswer":
        """Read back what `as_json` gave."""
        return cls(**{**stored, "matter": MatterKind(stored["matter"])})

    @property
    def spoken(self) -> Text:
        """Say who is meant."""
        answer = self.answer if self.matter is MatterKind.NOTICE or not self.answer else RSVP_WORDS[Rsvp(self.answer)]
        said = _SPOKEN[self.matter, self.is_silent, bool(self.answer)]
        return Text(said, {"title": self.title, "answer": answer})

    def units(self) -> Select[int]:
        """Select the ids of the units that are meant."""
        return self._owners("unit_id")

    def posts(self) -> Select[int]:
        """Select the ids of the posts that are meant."""
        return self._owners("post_id")

    def _owners(self, column: str) -> Select[int]:
        owner = getattr(_TABLES[self.matter], column)
        found: Select[int] = select(owner).where(owner.is_not(None), *self._conditions())
        return found

    def _conditions(self) -> tuple[ColumnElement[bool], ...]:
        match self.matter:
            case MatterKind.NOTICE:
                return (*rows_of(self.id), *self._noticed())
            case MatterKind.MEETING:
                return Invitation.meeting_id == self.id, self._invited()
            case MatterKind.TASK:
                said = is_not_reported() if self.is_silent else has_reported()
                return Assignment.task_id == self.id, said

    def _noticed(self) -> tuple[ColumnElement[bool], ...]:
        if self.is_silent:
            return (NoticeUnit.answered_at.is_(None),)
        if not self.answer:
            return (NoticeUnit.answered_at.is_not(None),)
        chosen = (NoticeAnswer.text == self.answer, NoticeAnswer.replaced_at.is_(None))
        return (NoticeUnit.id.in_(select(NoticeAnswer.row_id).where(*chosen)),)

    def _invited(self) -> ColumnElement[bool]:
        if self.is_silent:
            return Invitation.answer.is_(None)
        return Invitation.answer == Rsvp(self.answer) if self.answer else Invitation.answer.is_not(None)
