"""Every command, said and pressed by every role about its own and a foreign unit: nothing of the foreign one is seen.

Hải Hậu has a matter of every kind; outsiders of every role try everything on it, in one council.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from handlers.kit import discover
from models.tasks import Task
from tests.chats import Council
from tests.pages.browsers import Browser, Site, site_of
from tests.stories.arguments import arguments, given
from tests.stories.everybody import OWN, SHARED, everybody_has_something
from tests.stories.foreign import WORDS, hai_hau_has_its_matters
from tests.stories.outsiders import (
    LEAVING,
    buttons_of,
    calls,
    changed,
    goes,
    held,
    said_by_hand,
    seen,
    tried,
    views,
)

pytestmark = pytest.mark.slow

# focal points of another unit, of the same cluster, of the unit that leads it, of the one that led it; members who
# follow others and with a task at their own seat; who has left Hải Hậu; a stranger; the operator
WITH_UNITS = {"Lan", "Tùng", "Phúc", "Vinh", "Bình", "Yên"}
OUTSIDERS = (*sorted(WITH_UNITS), "Hạnh", "Người lạ", "Kỳ")
WITH_THE_CLUSTER = {"Tùng", "Phúc", "Vinh", "Bình"}
FILES = 5
INSIDERS = ("Sơn", "Dũng", "Nhân", "Hương", "Quang", "Thu")
RIGHTFUL = (*INSIDERS, "Kỳ", "máy của Hải Hậu")
# the operator issues codes to whoever has not joined, which end those of before; and ends lost telephones: that what
# waited for one reaches nobody is noted
MAY_SEE = {"Kỳ": {"phone"}}
MAY_CHANGE = {"unit_code", "failure"}
# the Chair sees what becomes of every task; a member his own seat's; a leading unit what it is asked and asks itself
SEES = {
    "Sơn": {
        *("task", "another", "silent", "suspended", "disowned", "seat", "bloc", "conclusion", "document"),
        *("extension", "obstacle", "arrived", "pause", "coming"),
    },
    "Dũng": {"seat"},
    "Nhân": {"bloc", "called", "group draft", "meeting", "place", "substitute", "options", "option"},
}
# what nobody can carry out here, and why
IN_VAIN = {
    **dict.fromkeys(("chuyenbot", "chuyenbot.tu", "chuyenbot.chuyen"), "no messenger is set up"),
    "batdau.khong": "whoever has joined is not asked for his consent",
    "cum.thongbao.dondoc.rut": "no urging of a bloc's waits",
    "cum.hop.tailieu.gui": "no file comes with it",
    "hop.bienban.giu": "no file comes with it",
    "hop.dinhky.soan": "no plan has regular meetings",
    "hop.tailieu.gui": "no file comes with it",
    "mauthu.dongho": "this council is no sample",
    "nhap.ghi": "the document has an open question",
    "nhomchat.ma": "no messenger is set up",
}


async def named(council: Council) -> Mapping[str, Mapping[str, Any]]:
    """Give each command's arguments that name what is Hải Hậu's."""
    by_beginning = await arguments(council)
    return {name: given(by_beginning, name) for name in discover().commands if name not in LEAVING}


async def test_each_command_is_given_rows_that_are_there(council: Council, tmp_path: Path) -> None:
    """Without this the next story would pass by arguments that name nothing."""
    await everybody_has_something(council)
    await hai_hau_has_its_matters(council, tmp_path)
    args = await named(council)
    vain = set()
    for name in args:
        for person in RIGHTFUL:
            if await goes(council, person, discover().commands[name], args[name]):
                break
        else:
            vain.add(name)
    assert vain == IN_VAIN.keys()


def words_in(shown: str) -> set[str]:
    """Name the words of Hải Hậu's that somebody was shown."""
    return {kind for kind, word in WORDS.items() if word in shown}


async def test_nobody_sees_or_changes_what_is_not_his(council: Council, tmp_path: Path) -> None:
    await everybody_has_something(council)
    before = await held(council)
    await hai_hau_has_its_matters(council, tmp_path)
    now, args = await held(council), await named(council)
    foreign = frozenset(row for row in now if before.get(row) != now[row])
    everything = [*said_by_hand(), *await buttons_of(council, INSIDERS), *views(foreign), *calls(args)]
    assert await tried(council, OUTSIDERS, everything) == []
    shown = {name: await seen(council, name) for name in OUTSIDERS}
    assert {name: words for name in OUTSIDERS if (words := words_in(shown[name]))} == MAY_SEE
    assert {name for name in OUTSIDERS if OWN in shown[name]} == WITH_UNITS
    assert {name for name in OUTSIDERS if SHARED in shown[name]} == WITH_THE_CLUSTER
    assert {table for table, _ in changed(now, await held(council), foreign)} == MAY_CHANGE


async def test_whoever_it_concerns_sees_it(council: Council, tmp_path: Path) -> None:
    """So that nothing is unseen by the others only because nobody could see it."""
    await everybody_has_something(council)
    await hai_hau_has_its_matters(council, tmp_path)
    everything = [*said_by_hand(), *calls(await named(council))]
    assert await tried(council, INSIDERS, everything) == []
    shown = {name: words_in(await seen(council, name)) for name in INSIDERS}
    assert {name: shown[name] for name in SEES} == SEES
    assert set().union(*shown.values()) == WORDS.keys()


async def pages(council: Council, files: Iterable[str]) -> list[str]:
    """Name the pages on which something of Hải Hậu's might stand."""
    async with council.read() as session:
        tasks = (await session.scalars(select(Task.id).where(Task.title.in_(WORDS.values())))).all()
    roles = [f"/{place}/{council.people[name]}" for place in ("as", "device") for name in INSIDERS]
    return [
        *("/", "/chat", "/chat/before", "/progress", "/progress?q=muối", "/progress?state=overdue"),
        *(f"/progress?open={task}" for task in tasks),
        *(f"/progress/units?task={task}" for task in tasks),
        *(f"{role}/{page}" for role in roles for page in ("chat", "progress")),
        *files,
    ]


async def opened(browser: Browser, paths: Iterable[str]) -> str:
    """Open pages one after the other; give all that stands on them, and in the files."""
    return "\n".join([unescape((await browser.get(path)).text) for path in paths])


async def at(site: Site, name: str, paths: Iterable[str]) -> str:
    """Let somebody sign in at a browser of his own and open pages."""
    async with site.browser() as browser:
        if name in site.council.people:
            await browser.signs_in(name)
        return await opened(browser, paths)


async def test_the_pages_show_nobody_what_is_not_his(council: Council, tmp_path: Path) -> None:
    await everybody_has_something(council)
    await hai_hau_has_its_matters(council, tmp_path)
    site = site_of(council)
    own = {name: await at(site, name, ("/chat", "/progress")) for name in ("Thu", "Hương")}
    files = [path for page in own.values() for path in re.findall(r'href="(/files/[^"]+)"', page)]
    assert len(files) == FILES
    assert words_in(own["Thu"]) > {"task", "another", "silent", "bloc", "conclusion", "submitted"}
    assert words_in(own["Hương"]) > {"task", "answer", "answer file", "absence", "feedback"}
    everywhere = await pages(council, files)
    for name in OUTSIDERS:
        shown = await at(site, name, everywhere)
        assert (name, words_in(shown), OWN in shown) == (name, set(), name in WITH_UNITS)
