"""The payloads for tests hold what the platform sends, in both forms, and much that it should not."""

import itertools
import json
from collections import Counter
from typing import Any

from hypothesis import given

from tests.fakes.zalo import Person, World
from tests.fakes.zalo.payloads import payloads, recorded, stream

DOCUMENTED = {f"message.{kind}.received" for kind in ("text", "image", "sticker", "voice", "unsupported")}


def events(payload: Any) -> list[str]:
    """Name the event of a payload in either form."""
    found = payload.get("result", payload) if isinstance(payload, dict) else None
    event = found.get("event_name") if isinstance(found, dict) else None
    return [event] if isinstance(event, str) else []


def test_the_recorded_hold_every_documented_event_in_both_forms() -> None:
    seen = {(event, "ok" in payload) for payload in recorded().values() for event in events(payload)}
    assert {(event, wrapped) for event in DOCUMENTED for wrapped in (False, True)} - seen == set()
    assert len({json.dumps(payload) for payload in recorded().values()}) == len(recorded())


def test_the_recorded_hold_both_names_of_a_pictures_address() -> None:
    assert {"photo", "photo_url"} <= recorded()["photo_and_photo_url"]["result"]["message"].keys()
    assert "photo" not in recorded()["photo_url"]["result"]["message"]
    assert "photo_url" not in recorded()["photo"]["result"]["message"]


def test_what_the_fake_tells_looks_like_what_was_recorded(mai: Person, zalo_world: World) -> None:
    said = {
        "text_bare": mai.writes("A7K2 1"),
        "photo_url_bare": mai.sends_photo(b"abc", "Trang 1"),
        "sticker": mai.sends_sticker(),
        "voice_bare": mai.sends_voice(),
        "unsupported_bare": mai.sends_unsupported(),
    }
    for name, update in said.items():
        like = recorded()[name].get("result", recorded()[name])
        assert (name, update["event_name"]) == (name, like["event_name"])
        assert {key: type(value) for key, value in update["message"].items()} == {
            key: type(value) for key, value in like["message"].items()
        }


def test_a_stream_is_the_same_for_the_same_seed_and_mixes_everything() -> None:
    first, again, other = (list(itertools.islice(stream(seed), 2000)) for seed in (7, 7, 8))
    assert first == again
    assert first != other
    counted = Counter(event for payload in first for event in events(payload))
    assert min(counted[event] for event in DOCUMENTED) > 50
    assert sum(not events(payload) for payload in first) > 20
    assert 600 < sum("result" in payload for payload in first) < 1800


@given(payloads())
def test_every_made_up_payload_can_be_posted(payload: Any) -> None:
    assert json.loads(json.dumps(payload)) == payload
