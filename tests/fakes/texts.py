"""How platforms and telephones measure and cut what is written, in UTF-16 units, and how it travels."""

import json
from collections.abc import Iterator
from typing import Any


def units(text: str) -> int:
    """Count UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def parts(text: str, most: int) -> Iterator[str]:
    """Cut a text as a telephone does: at most so many units a message."""
    part: list[str] = []
    size = 0
    for character in text:
        size += units(character)
        if size > most:
            yield "".join(part)
            part, size = [], units(character)
        part.append(character)
    yield "".join(part)


def as_json(value: Any) -> bytes:
    """Write JSON as it is; half a character, which UTF-8 does not know, travels escaped."""
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()
