"""What a reader of the page does for the people and groups in it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from aiohttp import web

from tests.fakes import faults
from tests.fakes.page import PHOTOS, Words
from tests.fakes.telegram.chats import Chat, Shown
from tests.fakes.telegram.faults import Fault
from tests.fakes.telegram.groups import Group
from tests.fakes.telegram.people import Person
from tests.fakes.telegram.world import World

_LONGEST_NAME: Final = 64
_GROUP: Final = "g"
_TROUBLES: Final[Mapping[str, faults.Fault]] = {
    "lost": Fault.REPLY_LOST,
    "torn": Fault.TORN,
    "late": Fault.delay(20),
    "flood": Fault.flood(10),
    "broken": Fault.BAD_GATEWAY,
    "unreadable": Fault.UNREADABLE,
}


def act(world: World, words: Words, files: Sequence[web.FileField]) -> None:
    """Do one thing; raises AssertionError, LookupError or ValueError for what Telegram would not let anybody do."""
    match words["do"]:
        case "joins":
            world.person(words["text"].strip()[:_LONGEST_NAME] or "Người dùng mới")
        case "trouble":
            world.fails("sendMessage", _TROUBLES[words["trouble"]])
        case action if words["person"].startswith(_GROUP):
            _IN_A_GROUP[action](group_of(world, words["person"]), world, words)
        case action:
            person = world.people[int(words["person"])]
            _ALONE[action](person, words)
            for file in files:
                _sends(person, file, words.get("caption", ""))


def group_of(world: World, name: str) -> Group:
    """Find a group by the name that the page gives it."""
    return world.groups[int(name.removeprefix(_GROUP))]


def chat_of(world: World, name: str) -> Chat:
    """Find the chat of a person or a group by the name that the page gives it."""
    return group_of(world, name).chat if name.startswith(_GROUP) else world.people[int(name)].chat


def _pressed(screen: Sequence[Shown], words: Words) -> Shown:
    return next(shown for shown in screen if shown.id == int(words["message"]))


def _member(world: World, words: Words) -> Person:
    return world.people[int(words["member"])]


def _sends(person: Person, file: web.FileField, caption: str) -> None:
    content = file.file.read()
    if file.content_type in PHOTOS:
        person.sends_photo(content, caption)
    else:
        person.sends_document(file.filename, content, file.content_type, caption)


_ALONE: Final[Mapping[str, Callable[[Person, Words], object]]] = {
    "starts": lambda person, words: person.starts(words["text"].strip()),
    "writes": lambda person, words: person.writes(words["text"].strip()),
    "presses": lambda person, words: person.presses(words["text"], _pressed(person.seen(), words)),
    "sends": lambda *_: None,
    "blocks": lambda person, _: person.blocks(),
    "unblocks": lambda person, _: person.unblocks(),
}
_IN_A_GROUP: Final[Mapping[str, Callable[[Group, World, Words], object]]] = {
    "starts": lambda group, _, words: group.adds_bot(code=words["text"].strip()),
    "writes": lambda group, world, words: group.hears(_member(world, words), words["text"].strip()),
    "presses": lambda group, world, words: _member(world, words).presses(words["text"], _pressed(group.seen(), words)),
    "blocks": lambda group, *_: group.removes_bot(),
    "unblocks": lambda group, *_: group.adds_bot(),
    "moves": lambda group, *_: group.becomes_supergroup(),
}
