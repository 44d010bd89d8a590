"""Updates for tests: recorded ones, and any number of made-up ones by the description of the Bot API.

`stream(seed)` yields tens of thousands a second, `updates()` is a Hypothesis strategy of the same, which is slower.
Where the description is absent, recorded updates are bent instead.
"""

import copy
import itertools
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, Final

from hypothesis import strategies as st

from tests.fakes.bending import bend
from tests.fakes.telegram.description import Description, description

_RECORDED: Final = Path(__file__).parent / "recorded"
_DEEPEST: Final = 4
_FIRST_ID: Final = 812_000_001
_NUMBERS: Final = (0, 1, 2, 7, 60, 1_654_734_300, 2**31, 6_140_000_017, -4_150_000_021, -1_002_150_000_033, 2**53 - 1)
_CHATS: Final = (6_140_000_017, -4_150_000_021, -1_002_150_000_033, *range(214_000_019, 214_000_119))
_WORDS: Final = (
    "",
    "xong rồi",
    "/start 481516234299",
    "/nhiemvu@dondoc1_bot",
    "Đã gửi BC số 123 ngày 12/6",
    "7",
    "thôi",
    "👩‍👩‍👧 <b>&amp;",
    "\u202eđảo",
    "dòng\nmột\x00",
    "x" * 4096,
)
_USUAL: Final = ("message", "message", "callback_query", "edited_message", "my_chat_member")
_KINDS: Final[Mapping[tuple[str, str], tuple[str, ...]]] = {
    ("Chat", "type"): ("private", "group", "supergroup", "channel"),
    ("MessageEntity", "type"): ("bot_command", "bold", "url", "mention", "text_link", "custom_emoji"),
    ("CallbackQuery", "data"): ("77:0", "77:99", "", "77", "\x00", "-1:0"),
}


@cache
def recorded() -> Mapping[str, Mapping[str, Any]]:
    """Give the recorded updates by their names."""
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(_RECORDED.glob("*.json"))}


def stream(seed: int) -> Iterator[dict[str, Any]]:
    """Make up updates without end, each with a number of its own; the same seed makes up the same."""
    random = Random(seed)  # noqa: S311 - made-up data
    for number in itertools.count(_FIRST_ID):
        yield made_up(random, number)


def updates() -> st.SearchStrategy[dict[str, Any]]:
    """Make up updates that Hypothesis can make smaller."""
    numbers = st.integers(1, 2**31)
    return st.builds(made_up, st.randoms(use_true_random=False), numbers)


def made_up(random: Random, number: int) -> dict[str, Any]:
    """Make up one update: by the description, or a recorded one, now and then bent as no description allows."""
    described = description()
    if described is None or random.random() < 0.2:
        update = copy.deepcopy(dict(random.choice(list(recorded().values()))))
        bent = described is None or random.random() < 0.5
    else:
        update = _Imagining(described, random).update()
        bent = random.random() < 0.1
    if bent:
        bend(update, random)
    return {**update, "update_id": number}


@dataclass(frozen=True, slots=True)
class _Imagining:
    described: Description
    random: Random

    def update(self) -> dict[str, Any]:
        all_kinds = [name for name in self.described.types["Update"]["by_name"] if name != "update_id"]
        kind = self.random.choice(_USUAL if self.random.random() < 0.5 else all_kinds)
        field = self.described.types["Update"]["by_name"][kind]
        return {kind: self._value(field["types"][0], 1)}

    def _value(self, kind: str, depth: int) -> Any:
        random = self.random
        match kind:
            case "Integer":
                return random.choice(_NUMBERS)
            case "Float":
                return random.choice((0.0, 20.4338, -106.1621))
            case "Boolean":
                return random.random() < 0.5
            case "True":
                return True
            case "String":
                return random.choice(_WORDS)
        if kind.startswith("Array of "):
            most = 0 if depth > _DEEPEST else 3
            return [self._value(kind.removeprefix("Array of "), depth + 1) for _ in range(random.randint(0, most))]
        return self._object(kind, depth)

    def _object(self, kind: str, depth: int) -> dict[str, Any]:
        entry = self.described.types[kind]
        if subtypes := entry.get("subtypes"):
            return self._object(self.random.choice(subtypes), depth)
        made = {}
        likely = 0.3 / depth if len(entry["by_name"]) < 20 else 2 / len(entry["by_name"])
        for name, field in entry["by_name"].items():
            if field["required"] or (depth <= _DEEPEST and self.random.random() < likely):
                made[name] = self._field(kind, name, field, depth)
        return made

    def _field(self, kind: str, name: str, field: Mapping[str, Any], depth: int) -> Any:
        if words := field["words"]:
            return self.random.choice(sorted(words))
        if kinds := _KINDS.get((kind, name)):
            return self.random.choice(kinds)
        if kind in {"Chat", "User"} and name == "id":
            return self.random.choice(_CHATS)
        if name.endswith("date"):
            return 1_654_734_300 + self.random.randrange(100_000)
        return self._value(self.random.choice(field["types"]), depth + 1)
