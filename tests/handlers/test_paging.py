"""Long lists are turned page by page: every row once, and what is left is said."""

from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from handlers.kit import Call, t
from handlers.paging import FROM, Page, leaf_of, names_of, page_of
from tests.chats import Council
from tests.handlers.test_ticking import TITLE, many


def at(start: int, found: list[int], size: int) -> Page[int]:
    asked: Any = SimpleNamespace(command="duyet", args={"list": "requests", FROM: start})
    return page_of(asked, found, size)


@given(st.lists(st.integers(), max_size=60), st.integers(1, 9))
def test_turning_page_by_page_shows_every_row_once_and_counts_what_is_left(found: list[int], size: int) -> None:
    seen: list[int] = []
    call: Call | None = Call("duyet", {FROM: 0})
    while call is not None:
        page = at(call.args[FROM], found, size)
        seen += page.rows
        assert (page.left, len(page.rest)) == (len(found) - len(seen), int(len(seen) < len(found)))
        call = page.following[0].call if page.following else None
    assert seen == found


def test_a_page_that_is_gone_since_is_the_last_one_and_the_call_keeps_what_else_it_asked() -> None:
    assert at(40, list(range(9)), 8).rows == [8]
    assert at(0, list(range(9)), 8).following[0].call == Call("duyet", {"list": "requests", FROM: 8})


@given(st.lists(st.integers(), max_size=60), st.integers(1, 9))
def test_a_list_turned_in_its_own_message_shows_every_row_once_and_leads_back(found: list[int], size: int) -> None:
    turn, at = Call("ghinhan.trang", {"draft": 1}), 0
    seen: list[int] = []
    while True:
        leaf = leaf_of(found, at, size, turn)
        seen += leaf.rows
        places = [choice.call.args["page"] for choice in leaf.turning]
        is_last = len(seen) == len(found)
        assert places == [*([] if is_last else [at + 1]), *([at - 1] if at else [])]
        assert bool(leaf.said) == (len(found) > size)
        if is_last:
            break
        at += 1
    assert seen == found
    assert leaf_of(found, 99, size, turn) == leaf


def test_names_are_said_so_many_as_a_line_holds() -> None:
    assert names_of(["SYT", "STC"]) == t("{units}.", units=("SYT", "STC"))
    assert names_of(["SYT", "STC", "VB"], 2) == t("{units} and {count} more.", units=("SYT", "STC"), count=1)


async def test_the_lists_of_the_day_are_turned_over_to_the_last_line(council: Council) -> None:
    await many(council, 42)
    await council.at("2022-06-15 07:40")
    thu = council.chat("Thu")
    await thu.says("homnay")
    for which in ("Quá hạn (42)", "Chưa trả lời (42)"):
        listed = (await thu.presses(which)).splitlines()
        assert (len(listed), listed[-1]) == (42, "và 2 mục khác.")
        assert (await thu.presses("Xem tiếp")).splitlines() == [
            which,
            *(f"Xã X{number}: {TITLE}, hạn 14/6/2022" for number in (40, 41)),
        ]
