"""What else can go wrong between a bot and Telegram."""

from dataclasses import dataclass
from typing import ClassVar, Self

from tests.fakes import faults
from tests.fakes.faults import refusal


@dataclass(frozen=True, slots=True)
class Fault(faults.Fault):
    """Troubles of any platform, and two of Telegram's own."""

    CONFLICT: ClassVar["Fault"]
    FLOOD_UNSAID: ClassVar["Fault"]

    @classmethod
    def flood(cls, retry_after: int) -> Self:
        """429 with the seconds to wait."""
        body = refusal(429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after})
        return cls("flood", status=429, body=body)


Fault.CONFLICT = Fault(
    "conflict",
    status=409,
    body=refusal(
        409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    ),
)
Fault.FLOOD_UNSAID = Fault("flood", status=429, body=refusal(429, "Too Many Requests: retry later"))
