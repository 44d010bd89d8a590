"""What the suite that every channel passes has to know of each platform: its adapter, its fake, and how it refuses."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis.strategies import SearchStrategy

from bot.channels.telegram import Telegram
from bot.channels.telegram.errors import NotModified, TooBig, UnknownFile
from bot.channels.zalo import Zalo
from bot.channels.zalo.errors import Idle, TriedEnough
from handlers.kit import ChannelError, Moved, Permanent, Rejected, Service, Unknown, Unsent, Wait
from tests.fakes import faults, telegram, zalo
from tests.fakes.telegram import updates
from tests.fakes.zalo import payloads
from tests.phones import a_telegram_council, an_empty_posted_council
from tests.zalo_phones import a_zalo_council, an_empty_posted_zalo_council

SECRET = "AAAA-bbbb-0123456789-cccc"
# its code, its words, what else its answer names, and what that means for what was to be sent
Refusal = tuple[int, str, Mapping[str, int], type[ChannelError]]


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform that a provider serves.

    `adapter` makes the channel of a bot whose token ends with SECRET, for a server at an address; `chat` and `message`
    are as the platform names them. `refusals` are all the ways in which it refuses a message. `rests`
    are those after which a bot waits, and for how many seconds.
    `council`, `posted` open a council on it; `recorded`, `stream` and `anything` are what people may send, in which
    `outside` finds the servers where files would lie.
    """

    name: str
    secret_header: str
    adapter: Callable[[str], Service]
    chat: str
    message: int | str
    refusals: Sequence[Refusal]
    rests: Sequence[tuple[faults.Fault, float]]
    council: Callable[..., Any]
    posted: Callable[..., Any]
    recorded: Callable[[], Mapping[str, Mapping[str, Any]]]
    stream: Callable[[int], Iterator[dict[str, Any]]]
    anything: Callable[[], SearchStrategy[Any]]
    outside: re.Pattern[str]


TELEGRAM = Platform(
    name="telegram",
    secret_header="X-Telegram-Bot-Api-Secret-Token",
    adapter=lambda address: Telegram(f"7200000001:{SECRET}", Path, address),
    chat="214000019",
    message=5,
    refusals=(
        (403, "Forbidden: bot was blocked by the user", {}, Permanent),
        (403, "Forbidden: user is deactivated", {}, Permanent),
        (403, "Forbidden: bot was kicked from the supergroup chat", {}, Permanent),
        (400, "Bad Request: chat not found", {}, Permanent),
        (400, "Bad Request: CHAT_WRITE_FORBIDDEN", {}, Permanent),
        (400, "Bad Request: not enough rights to send text messages to the chat", {}, Permanent),
        (400, "Bad Request: message is not modified: specified new message content is the same", {}, NotModified),
        (400, "Bad Request: can't parse entities: unexpected end tag", {}, Rejected),
        (400, "Bad Request: message to edit not found", {}, Rejected),
        (400, "Bad Request: wrong file identifier/HTTP URL specified", {}, UnknownFile),
        (400, "Bad Request: file is too big", {}, TooBig),
        (413, "Request Entity Too Large", {}, TooBig),
        (401, "Unauthorized", {}, Wait),
        (404, "Not Found", {}, Wait),
        (409, "Conflict: terminated by other getUpdates request", {}, Unsent),
        (429, "Too Many Requests: retry after 7", {"retry_after": 7}, Wait),
        (429, "Too Many Requests: retry later", {}, Wait),
        (400, "Bad Request: group chat was upgraded to a supergroup chat", {"migrate_to_chat_id": -1009}, Moved),
        (500, "Internal Server Error", {}, Unknown),
        (502, "Bad Gateway", {}, Unknown),
    ),
    rests=((telegram.Fault.flood(20), 20), (telegram.Fault.FLOOD_UNSAID, 5)),
    council=a_telegram_council,
    posted=an_empty_posted_council,
    recorded=updates.recorded,
    stream=updates.stream,
    anything=updates.updates,
    outside=re.compile(r"https://api\.telegram\.org"),
)
ZALO = Platform(
    name="zalo",
    secret_header="X-Bot-Api-Secret-Token",
    adapter=lambda address: Zalo((f"1459232241454765289:{SECRET}",), address),
    chat="0f1e2d3c4b5a69788796",
    message="aa11bb22cc33dd44ee55",
    refusals=(
        (400, "bad request", {}, Rejected),
        (401, "Unauthorized", {}, Wait),
        (403, "Internal server error", {}, Unknown),
        (404, "Not Found", {}, Wait),
        (408, "Request timeout", {}, Idle),
        (410, "The chat_id is invaild", {}, Permanent),
        (422, "You are not permitted to send messages to this chat_id", {}, Permanent),
        (426, "Too many tests of the webhook today", {}, TriedEnough),
        (429, "Quota exceeded", {}, Wait),
        (500, "Internal server error", {}, Unknown),
    ),
    rests=((zalo.Fault.QUOTA, 60),),
    council=a_zalo_council,
    posted=an_empty_posted_zalo_council,
    recorded=payloads.recorded,
    stream=payloads.stream,
    anything=payloads.payloads,
    outside=re.compile(r"https://[a-z0-9-]+\.zdn\.vn"),
)
PLATFORMS = (TELEGRAM, ZALO)


def refusal(code: int, words: str, named: Mapping[str, int]) -> dict[str, Any]:
    """Word a refusal as a platform does."""
    return faults.refusal(code, words, named)
