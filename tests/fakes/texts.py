"""How platforms and telephones measure and cut what is written: in UTF-16 units."""

from collections.abc import Iterator


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
