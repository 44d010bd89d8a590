"""What the Zalo Bot Platform's refusals mean for what was to be sent: it never left, may have, never will, waits."""

from collections.abc import Callable
from typing import Any, Final

from bot.wire import not_its_own, parsed
from handlers.kit import ChannelError, Permanent, Rejected, Unknown, Wait

_UNAUTHORIZED: Final = 401
_SERVER: Final = 500
# seconds that a lane rests whose token nobody knows
_TOKEN_REFUSED: Final = 60.0


class Idle(Unknown):
    """Nothing was written for as long as was asked; for what is sent, nobody knows whether it left."""


class NotFound(Rejected):
    """There is no such method, no such bot, or no address to which updates are posted."""


class TriedEnough(Rejected):
    """The platform tries an address only so often a day."""


class OverQuota(Wait):
    """The bot has used up what it may send; the platform does not say until when."""

    def __init__(self, reason: str) -> None:
        super().__init__(0.0, whole_lane=True, reason=reason)


# 403 is, in the platform's own list, an error of its server; 410 and 422 are of a chat that cannot be reached
_MEANT: Final[dict[int, Callable[[str], ChannelError]]] = {
    403: Unknown,
    404: NotFound,
    408: Idle,
    410: Permanent,
    422: Permanent,
    426: TriedEnough,
    429: OverQuota,
}


def result_of(status: int, payload: bytes) -> Any:
    """Give the result of a call, or raise what its refusal means, as a ChannelError.

    The answer counts, not the status: a refusal may come with 200.
    """
    answer = parsed(payload)
    if answer.get("ok") is True:
        return answer.get("result")
    code = answer.get("error_code")
    if answer.get("ok") is not False or not isinstance(code, int):
        raise not_its_own("Zalo", status)
    raise _refusal(code, str(answer.get("description", "")))


def _refusal(code: int, description: str) -> ChannelError:
    if code == _UNAUTHORIZED:
        return Wait(_TOKEN_REFUSED, whole_lane=True, reason=f"token refused: {description}")
    if code >= _SERVER:
        return Unknown(description)
    return _MEANT.get(code, Rejected)(description)
