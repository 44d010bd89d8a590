"""Bends what is well-formed, as no description allows."""

from random import Random
from typing import Any


def bend(update: dict[str, Any], random: Random) -> None:
    """Take a field away or put something unexpected into it, somewhere inside."""
    place: Any = update
    for _ in range(random.randrange(1, 5)):
        inner = [value for value in (place.values() if isinstance(place, dict) else place) if value]
        inner = [value for value in inner if isinstance(value, dict | list)]
        if not inner:
            break
        place = random.choice(inner)
    keys = list(place) if isinstance(place, dict) else list(range(len(place)))
    key = random.choice(keys)
    if random.random() < 0.5:
        del place[key]
    else:
        place[key] = random.choice([None, "", 0, -1, True, [], {}, "hologram", {"type": "hologram"}, 2**70, 1.5])
