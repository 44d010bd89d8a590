"""Payloads for tests: recorded ones, and any number of made-up ones, well- and ill-formed.

`stream(seed)` yields tens of thousands a second, `payloads()` is a Hypothesis strategy of the same, which is slower.
"""

import copy
import itertools
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from hypothesis import strategies as st

from tests.fakes.bending import bend

_RECORDED: Final = Path(__file__).parent / "recorded.json"
_KINDS: Final = ("text", "text", "text", "image", "sticker", "voice", "unsupported", "link", "reaction", "")
_PEOPLE: Final = tuple(f"{number:020x}" for number in range(0x0F1E2D3C4B5A69788796, 0x0F1E2D3C4B5A69788796 + 80))
_GROUPS: Final = ("zgr-7c1d2e3f4a5b6c7d", "zgr-0000000000000001")
_BOT: Final = "1459232241454765289"
_ADDRESSES: Final = (
    "https://photo-stal-7.zdn.vn/b1/9f0e8d7c6b5a.jpg",
    "http://127.0.0.1:1/a.aac",
    "file:///etc/hostname",
    "https://[",
    "",
)
_WORDS: Final = (
    "",
    "xong rồi",
    "A7K2 1",
    "7",
    "12 xong, 14 xin gia hạn 25/6",
    "@Bot Đôn Đốc nhiemvu",
    "481516",
    "hê\u0301t",
    "👩‍👩‍👧 <b>&amp;",
    "\u202eđảo",
    "dòng\nmột\x00",
    "\ud83d",
    "x" * 2000,
)
_FIRST_DATE: Final = 1_795_000_000_000
_SHARE_RECORDED: Final = 0.2
_SHARE_BENT: Final = 0.3
_NO_OBJECTS: Final[tuple[Any, ...]] = (None, [], "xin chào", 7, True, [[{}]], 1.5)


@cache
def recorded() -> Mapping[str, Mapping[str, Any]]:
    """Give the recorded payloads by their names."""
    payloads: dict[str, dict[str, Any]] = json.loads(_RECORDED.read_text(encoding="utf-8"))
    return payloads


def stream(seed: int) -> Iterator[dict[str, Any]]:
    """Make up objects without end, most with a message of its own; the same seed makes up the same."""
    random = Random(seed)  # noqa: S311 - made-up data
    for number in itertools.count(1):
        yield made_up(random, number)


def payloads() -> st.SearchStrategy[Any]:
    """Make up payloads that Hypothesis can make smaller; now and then one that is no object at all."""
    objects = st.builds(made_up, st.randoms(use_true_random=False), st.integers(1, 2**31))
    return st.one_of(objects, objects, objects, st.sampled_from(_NO_OBJECTS))


def made_up(random: Random, number: int) -> dict[str, Any]:
    """Make up one object: well-formed or a recorded one, in either form, now and then bent as nobody describes it."""
    if random.random() < _SHARE_RECORDED:
        payload = copy.deepcopy(dict(random.choice(list(recorded().values()))))
    else:
        payload = _event(random, number)
        payload = {"ok": True, "result": payload} if random.random() < 0.5 else payload
    if payload and random.random() < _SHARE_BENT:
        bend(payload, random)
    return payload


def _event(random: Random, number: int) -> dict[str, Any]:
    kind = random.choice(_KINDS)
    person = random.choice(_PEOPLE)
    in_group = random.random() < 0.2
    message = {
        "from": {"id": person, "display_name": random.choice(_WORDS), "is_bot": False},
        "chat": {"id": random.choice(_GROUPS) if in_group else person, "chat_type": "GROUP" if in_group else "PRIVATE"},
        **_content(random, kind),
        "message_id": f"{number:020x}",
        "date": _FIRST_DATE + number,
    }
    if random.random() < 0.1:
        message["from"] = {"id": _BOT, "display_name": "Bot Đôn Đốc", "is_bot": True}
    return {"event_name": f"message.{kind}.received", "message": message}


def _content(random: Random, kind: str) -> dict[str, Any]:
    match kind:
        case "text":
            return {"text": random.choice(_WORDS)}
        case "image":
            caption = {"caption": random.choice(_WORDS)} if random.random() < 0.5 else {}
            fields = random.choice((("photo",), ("photo_url",), ("photo", "photo_url")))
            return {**{each: random.choice(_ADDRESSES) for each in fields}, **caption, "message_type": "CHAT_PHOTO"}
        case "sticker":
            return {"sticker": "bfe458bf64fa8da4d4eb", "url": random.choice(_ADDRESSES)}
        case "voice":
            return {"voice_url": random.choice(_ADDRESSES), "message_type": "CHAT_VOICE"}
        case "link":
            return {"url": random.choice(_ADDRESSES), "title": random.choice(_WORDS)}
        case _:
            return {}
