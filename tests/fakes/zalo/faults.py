"""What else can go wrong between a bot and Zalo."""

from dataclasses import dataclass
from typing import ClassVar

from tests.fakes import faults
from tests.fakes.faults import refusal


@dataclass(frozen=True, slots=True)
class Fault(faults.Fault):
    """Troubles of any platform, and Zalo's own."""

    QUOTA: ClassVar["Fault"]
    FORBIDDEN: ClassVar["Fault"]
    TIMEOUT: ClassVar["Fault"]
    TIMEOUT_LATE: ClassVar["Fault"]


Fault.QUOTA = Fault("quota", status=429, body=refusal(429, "Quota exceeded"))
# the platform's own words for 403
Fault.FORBIDDEN = Fault("forbidden", status=403, body=refusal(403, "Internal server error"))
Fault.TIMEOUT = Fault("timeout", status=408, body=refusal(408, "Request timeout"))
Fault.TIMEOUT_LATE = Fault("timeout after the effect", effect=True, status=408, body=refusal(408, "Request timeout"))
