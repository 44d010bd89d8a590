"""What the Bot API's refusals mean for what was to be sent: never left, may have left, never will, must wait."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from telegram.error import TelegramError

from bot.wire import not_its_own, parsed
from handlers.kit import ChannelError, Moved, Permanent, Rejected, Unknown, Unsent, Wait

_BAD_REQUEST: Final = 400
_UNAUTHORIZED: Final = 401
_FORBIDDEN: Final = 403
_NOT_FOUND: Final = 404
_CONFLICT: Final = 409
_TOO_LARGE: Final = 413
_TOO_MANY: Final = 429
_SERVER: Final = 500
# seconds that a lane rests where the provider does not say how long, or does not know the token
_A_WHILE: Final = 5.0
_TOKEN_REFUSED: Final = 60.0
# the server's words for a chat that cannot be reached, besides all of 403; it may write them in capitals or not
_UNREACHABLE: Final = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "user_deactivated",
    "user is deactivated",
    "bot was kicked",
    "chat_write_forbidden",
    "not enough rights to send",
    "have no rights to send",
    "chat was deleted",
)


class Failed(TelegramError):  # noqa: N818 - says what happened
    """A call that failed; `meaning` says what to do about it."""

    def __init__(self, meaning: ChannelError) -> None:
        super().__init__(str(meaning))
        self.meaning = meaning


class NotModified(Rejected):
    """The message says already what it was to be changed to."""


class UnknownFile(Rejected):
    """The file is not known by this reference any more."""


class TooBig(Rejected):
    """The file is larger than the provider hands out."""


def meaning_of(code: int, payload: bytes) -> ChannelError:
    """Say what an answer other than success means (https://core.telegram.org/bots/api#making-requests).

    Only the Bot API itself knows that a chat or a message is beyond hope: of a page that something between us and it
    has written, nobody's address may end.
    """
    answer = parsed(payload)
    if answer.get("ok") is not False or not isinstance(answer.get("description"), str):
        return _wait(None) if code == _TOO_MANY else not_its_own("Telegram", code)
    description, parameters = answer["description"], answer.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    if (moved_to := parameters.get("migrate_to_chat_id")) is not None:
        return Moved(str(moved_to))
    if code == _TOO_MANY:
        return _wait(parameters.get("retry_after"))
    if code >= _SERVER:
        return Unknown(description)
    return _refusal(code, description)


def _wait(seconds: Any) -> Wait:
    """Give how long to wait; the server does not say whether for the chat or for the token, unless it says nothing."""
    if isinstance(seconds, int | float) and seconds >= 0:
        return Wait(float(seconds), whole_lane=None)
    return Wait(_A_WHILE, whole_lane=True)


def _refusal(code: int, description: str) -> ChannelError:
    said = description.casefold()
    if code in {_UNAUTHORIZED, _NOT_FOUND}:
        return Wait(_TOKEN_REFUSED, whole_lane=True, reason=f"token refused: {description}")
    if code == _CONFLICT:
        return Unsent(description)
    if code == _FORBIDDEN or any(words in said for words in _UNREACHABLE):
        return Permanent(description)
    if "message is not modified" in said:
        return NotModified(description)
    if "file is too big" in said or code == _TOO_LARGE:
        return TooBig(description)
    if "file identifier" in said or "file_id" in said or "file reference" in said:
        return UnknownFile(description)
    return Rejected(description)


@contextmanager
def meanings() -> Iterator[None]:
    """Raise what a failed call means for what was to be sent, as a ChannelError."""
    try:
        yield
    except Failed as failed:
        raise failed.meaning from None
    except FileNotFoundError as error:
        raise Unsent("the file is not in its folder") from error
    except (TelegramError, KeyError) as error:
        # an answer that nobody can read, to a call that was taken
        raise Unknown(f"{type(error).__name__}: {error}") from None
