"""What a reader of the page does for the people and groups in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from aiohttp import web

from tests.fakes import faults
from tests.fakes.page import PHOTOS, Words
from tests.fakes.zalo.chats import Chat
from tests.fakes.zalo.faults import Fault
from tests.fakes.zalo.groups import Group
from tests.fakes.zalo.people import Person
from tests.fakes.zalo.world import World

_LONGEST_NAME: Final = 64
_GROUP: Final = "g"
_TROUBLES: Final[Mapping[str, faults.Fault]] = {
    "lost": Fault.REPLY_LOST,
    "torn": Fault.TORN,
    "late": Fault.delay(20),
    "quota": Fault.QUOTA,
    "forbidden": Fault.FORBIDDEN,
    "timeout": Fault.TIMEOUT_LATE,
    "broken": Fault.BAD_GATEWAY,
    "unreadable": Fault.UNREADABLE,
}


def act(world: World, words: Words, files: Sequence[web.FileField]) -> None:
    """Do one thing; raises AssertionError, LookupError or ValueError for what Zalo would not let anybody do."""
    match words["do"]:
        case "joins":
            world.person(words["text"].strip()[:_LONGEST_NAME] or "Người dùng mới")
        case "trouble":
            world.fails("sendMessage", _TROUBLES[words["trouble"]])
        case action if words["person"].startswith(_GROUP):
            _IN_A_GROUP[action](group_of(world, words["person"]), world, words)
        case action:
            person = person_of(world, words["person"])
            _ALONE[action](person, words)
            for file in files:
                _sends(person, file, words.get("caption", ""))


def name_of(world: World, person: Person) -> str:
    """Name a person at a bot as the page does: by both numbers."""
    return f"{person.number}.{list(world.bots.values()).index(person.bot)}"


def person_of(world: World, name: str) -> Person:
    """Find a person at a bot by the name that the page gives."""
    number, _, place = name.partition(".")
    return world.people[int(number) - 1].at(list(world.bots.values())[int(place)])


def group_of(world: World, name: str) -> Group:
    """Find a group by the name that the page gives it."""
    return world.groups[int(name.removeprefix(_GROUP))]


def chat_of(world: World, name: str) -> Chat:
    """Find the chat of a person or a group by the name that the page gives it."""
    return group_of(world, name).chat if name.startswith(_GROUP) else person_of(world, name).chat


def _sends(person: Person, file: web.FileField, caption: str) -> None:
    content = file.file.read()
    if file.content_type in PHOTOS:
        person.sends_photo(content, caption)
    else:
        person.sends_unsupported()


_ALONE: Final[Mapping[str, Callable[[Person, Words], object]]] = {
    "writes": lambda person, words: person.writes(words["text"].strip()),
    "sends": lambda *_: None,
    "sticker": lambda person, _: person.sends_sticker(),
    "voice": lambda person, _: person.sends_voice(),
    "unsupported": lambda person, _: person.sends_unsupported(),
    "blocks": lambda person, _: person.blocks(),
    "unblocks": lambda person, _: person.unblocks(),
}
_IN_A_GROUP: Final[Mapping[str, Callable[[Group, World, Words], object]]] = {
    "starts": lambda group, *_: group.adds_bot(),
    "writes": lambda group, world, words: group.hears(person_of(world, words["member"]), words["text"].strip()),
    "mentions": lambda group, world, words: group.hears(
        person_of(world, words["member"]), f"{group.mention} {words['text'].strip()}"
    ),
    "blocks": lambda group, *_: group.removes_bot(),
    "unblocks": lambda group, *_: group.adds_bot(),
}
