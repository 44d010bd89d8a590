"""Whatever is sent: nothing ends the assistant, nothing goes unheard, nothing is handled twice."""

import random
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from bot.app import WEBCHAT
from bot.channels.browser import Browser
from handlers.kit import Heard, discover
from models.audit import AuditEntry
from models.inbox import Inbound
from models.outbox import Parcel
from tests.chats import Council, a_council

NAMES = ("chat", "text", "press", "call", "files", "command", "args", "number", "name", "sha256", "size", "media")
HUGE = (0, -1, 1 << 31, 1 << 63, -(1 << 70), 10**40, 1e308, 1e999, float("nan"))
ODD = ("", "\x00", "\ud83d", "é" * 3000, "{name}", "{0.__class__}", "' OR 1=1 --", "MẬT", "../../x", "thôi", "1", "99")

_KEYS = st.sampled_from(NAMES) | st.text(max_size=5)
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=8,
)


@settings(max_examples=10 * settings().max_examples)
@given(st.dictionaries(_KEYS, _JSON, max_size=5))
def test_any_update_is_understood_or_refused(raw: dict[str, Any]) -> None:
    try:
        heard = Browser(WEBCHAT).parse(raw)
    except (ValueError, LookupError, TypeError):
        return
    assert isinstance(heard, Heard)
    assert isinstance(heard.text, str)
    assert heard.call is None or isinstance(heard.call.command, str)


class Anything:
    """Updates as nobody would send them, the same ones for the same seed."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - chance in a test, not a secret
        registry = discover()
        self.commands = sorted(registry.commands)
        self.words = sorted(registry.words())

    def raw(self) -> dict[str, Any]:
        made = self.chance.choice((self.line, self.line, self.press, self.call, self.call, self.junk))()
        if self.chance.random() < 0.1:
            made["files"] = self.value(2)
        return made

    def line(self) -> dict[str, Any]:
        word = self.chance.choice((*self.words, *ODD))
        return {"text": f"{self.chance.choice(('', '/'))}{word} {self.chance.choice(('', '1', '12', *ODD))}"}

    def press(self) -> dict[str, Any]:
        return {"press": [self.value(0), self.chance.choice((0, 1, 2, self.value(0)))]}

    def call(self) -> dict[str, Any]:
        command = self.chance.choice((*self.commands, *self.commands, self.value(1)))
        arguments = {self.chance.choice(ARGUMENTS): self.value(1) for _ in range(3)}
        return {"call": {"command": command, "args": self.chance.choice((arguments, arguments, self.value(1)))}}

    def junk(self) -> dict[str, Any]:
        return {self.chance.choice(NAMES): self.value(3) for _ in range(3)}

    def value(self, depth: int) -> Any:
        kind = self.chance.randrange(7 if depth else 5)
        match kind:
            case 0:
                return self.chance.choice(HUGE)
            case 1:
                return self.chance.choice(ODD)
            case 2:
                return self.chance.choice((None, True, False))
            case 3:
                return self.chance.randrange(5)
            case 4:
                return "".join(chr(self.chance.randrange(1, 0x3000)) for _ in range(5))
            case 5:
                return [self.value(depth - 1) for _ in range(2)]
            case _:
                return {self.chance.choice(NAMES): self.value(depth - 1)}


ARGUMENTS = (
    "number",
    "assignment",
    "task",
    "unit",
    "code",
    "token",
    "consent",
    "chat",
    "text",
    "from",
    "draft",
    "step",
)


async def sent(council: Council, count: int, seed: int) -> set[str]:
    """Send so many updates of several people, some of them twice; give the marks of those that are calls.

    Only our own forms and buttons make calls: one that lacks an argument is our own fault, so it ends in an incident.
    """
    assistant, anything = council.assistant, Anything(seed)
    channel = assistant.channels[WEBCHAT]
    await council.given("Báo cáo sơ kết", ("SYT", "STC"), "2022-06-14")
    people = ("Lan", "Hoa", "Thu", "Bình", "Sơn", "stranger")
    calls = set()
    for number in range(count):
        raw = {**anything.raw(), "chat": anything.chance.choice(people)}
        calls |= {f"any:{number}"} if "call" in raw else set()
        for _ in range(anything.chance.choice((1, 1, 2))):
            await assistant.intake.hear(channel, channel.bots[0], f"any:{number}", raw)
        if number % 50 == 49:
            await emptied(council)
    await emptied(council)
    return calls


async def emptied(council: Council) -> None:
    while await council.assistant.dispatcher.sweep():
        pass


async def judge(council: Council, count: int, seed: int) -> None:
    """Judge what has become of so many updates."""
    calls = await sent(council, count, seed)
    async with council.read() as session:
        heard = list(await session.scalars(select(Inbound)))
        answers = Counter(await session.scalars(select(Parcel.key)))
        entries = Counter(await session.scalars(select(AuditEntry.inbound_id)))
    assert len(heard) == count
    assert [inbound.id for inbound in heard if inbound.handled_at is None] == []
    assert [key for key, times in answers.items() if times > 1] == []
    assert entries == Counter(inbound.id for inbound in heard)
    incidents = {inbound.update_id for inbound in heard if inbound.outcome == "incident"}
    assert incidents - calls == set()
    assert (await council.chat("Minh").says("trogiup")).startswith("Có thể gõ")


async def test_nothing_that_is_sent_goes_unheard_or_is_handled_twice(council: Council) -> None:
    await judge(council, 400, seed=1)


@pytest.mark.slow
async def test_nothing_of_ten_thousand_goes_unheard_or_is_handled_twice(sqlite_url: str, tmp_path: Path) -> None:
    async with a_council(sqlite_url, tmp_path) as council:
        await judge(council, 10_000, seed=2)
