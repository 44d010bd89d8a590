"""Long lists, a page at a time: what one message holds of them, and the button that goes on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from handlers.kit import Call, Choice, Context, Reply, Text, t
from models.contacts import MOST_SHOWN

FROM = "from"
NAMED = 20

_Row = TypeVar("_Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[_Row]):
    """So many rows of a list as one message holds.

    `start`: how many stand before them; `left`: how many follow; `following`: the button to these.
    """

    rows: Sequence[_Row]
    start: int
    left: int
    following: tuple[Choice, ...]

    @property
    def end(self) -> int:
        """Give the place of its last row in the list, counted from 1."""
        return self.start + len(self.rows)

    @property
    def rest(self) -> tuple[Text, ...]:
        """Say how many rows follow, where some do."""
        return (t("and {count} more.", count=self.left),) if self.left else ()


def page_of(ctx: Context, found: Sequence[_Row], size: int, label: Text | None = None, **which: object) -> Page[_Row]:
    """Give the page that was asked for.

    Of several lists in one message each has its own `label` to go on, and `which`: the argument that asks for it alone.
    """
    return page_from(Call(ctx.command, {**ctx.args, **which}), found, size, label)


def page_from(call: Call, found: Sequence[_Row], size: int, label: Text | None = None) -> Page[_Row]:
    """Give the page that a call asks for; of a list that has become shorter since, the last one."""
    last = max(len(found) - 1, 0) // size * size
    start = min(int(call.args.get(FROM) or 0), last)
    left = max(len(found) - start - size, 0)
    following = (Choice(label or t("See more"), call.with_arg(FROM, start + size)),) if left else ()
    return Page(found[start : start + size], start, left, following)


@dataclass(frozen=True, slots=True)
class Leaf(Generic[_Row]):
    """So many rows of a list that is turned in its own message; `said`: where in it they stand; `turning`: buttons."""

    rows: Sequence[_Row]
    said: tuple[Text, ...]
    turning: tuple[Choice, ...]


def leaf_of(found: Sequence[_Row], at: int, size: int, turn: Call) -> Leaf[_Row]:
    """Give the leaf at a place counted from 0, of a shorter list the last one; `turn` takes another one as `page`."""
    count = max((len(found) + size - 1) // size, 1)
    at = min(at, count - 1)
    said = (t("Page {page} of {pages}.", page=at + 1, pages=count),) if count > 1 else ()
    ahead = (Choice(t("Next units"), turn.with_arg("page", at + 1)),) if at + 1 < count else ()
    back = (Choice(t("Previous units"), turn.with_arg("page", at - 1)),) if at else ()
    return Leaf(found[at * size : (at + 1) * size], said, (*ahead, *back))


def list_page(ctx: Context, heading: Text, lines: Sequence[Text], *choices: Choice) -> Reply:
    """Show so many lines under their heading as one message holds, with `choices` and the button that goes on."""
    page = page_of(ctx, lines, MOST_SHOWN)
    return Reply(heading, *page.rows, *page.rest, choices=(*choices, *page.following))


def names_of(names: Sequence[str], most: int = NAMED) -> Text:
    """Name units in one sentence, so many as a line holds, and say how many more there are."""
    more = len(names) - most
    if more > 0:
        return t("{units} and {count} more.", units=tuple(names[:most]), count=more)
    return t("{units}.", units=tuple(names))
