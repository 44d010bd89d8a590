"""The council's own settings: rows with defaults, so that nothing about a province stands in code."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, Final

from sqlalchemy import JSON, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base
from models.rules.ladder import DEFAULTS, Urgency


class Setting(Base):
    """One setting that differs from its default."""

    __tablename__ = "setting"

    name: Mapped[str] = mapped_column(String(64), unique=True)
    value: Mapped[Any] = mapped_column(JSON)


@dataclass(frozen=True, slots=True)
class Council:
    """The settings in force; see docs/operating.md for what each means."""

    council_name: str = ""
    standing_agency: str = ""
    working_windows: str = "07:30-11:30,13:30-17:00"
    morning: str = "07:30"
    ladder_normal: str = DEFAULTS[Urgency.NORMAL]
    ladder_urgent: str = DEFAULTS[Urgency.URGENT]
    ladder_express: str = DEFAULTS[Urgency.EXPRESS]
    report_months: int = 6
    nudges_a_week: int = 4
    urgings_a_week: int = 3
    member_digest: bool = True
    standing_vice_chair: str = "Phó Chủ tịch thường trực"
    approval_over: int = 0
    approval_kinds: str = ""
    approver_title: str = ""
    code_days: int = 30
    code_tries: int = 5
    unit_code_days: int = 30
    unit_code_places: int = 3
    enrol_minutes: int = 10
    question_hours: int = 24
    meeting_papers_days: int = 3
    before_is_exclusive: bool = True
    dark_minutes: int = 10
    dark_call_hours: int = 4
    answer_hours_meeting: int = 4
    answer_hours_notice: int = 8
    answer_hours_given: int = 8
    answer_hours_urging: int = 4
    quiet_days: int = 14
    clock_offset_seconds: int = 0
    sample: bool = False

    def ladder(self, urgency: str) -> str:
        """Give the reminder ladder of an urgency, as the council writes it."""
        ladders: Mapping[str, str] = {
            Urgency.NORMAL: self.ladder_normal,
            Urgency.URGENT: self.ladder_urgent,
            Urgency.EXPRESS: self.ladder_express,
        }
        return ladders[urgency]


# made once: a sender reads them many times a second
_ALL: Final = select(Setting.name, Setting.value)
_KNOWN: Final = frozenset(field.name for field in fields(Council))


async def council(session: AsyncSession) -> Council:
    """Read the settings in force."""
    return Council(**{name: value for name, value in await session.execute(_ALL) if name in _KNOWN})


async def change_setting(session: AsyncSession, name: str, value: Any) -> None:
    """Set one setting; raises ValueError for a name that is no setting."""
    if name not in {field.name for field in fields(Council)}:
        raise ValueError(f"There is no setting {name}.")
    row = await session.scalar(select(Setting).where(Setting.name == name))
    if row is None:
        session.add(Setting(name=name, value=value))
    else:
        row.value = value
