"""How a capability announces itself: commands, jobs of the clock, letters and cards, found by importing the room."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import time
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from documents.marked import unmarked
from handlers.kit.context import ClockContext, Context, LetterContext
from handlers.kit.words import Reply
from models.rules.permission import Action, Role, allowed

T = TypeVar("T")
Answering = Callable[[Context], Awaitable[Reply | None]]
Composing = Callable[[LetterContext], Awaitable[Reply | None]]
Working = Callable[[ClockContext], Awaitable[None]]
Preparing = Callable[[Path, str], Any]


@dataclass(frozen=True, slots=True)
class Command:
    """Something that can be said. `help` is a message id; without one the command is a button's, not typed.

    `takes_line`: typed without the slash it may be followed by words, not only by its number.
    `prepare(path, file name)` runs in a worker process on the first file, before the transaction; whatever is done with
    a file, it is looked through for the mark of a state secret.
    """

    name: str
    run: Answering
    allow: Action
    help: str = ""
    aliases: tuple[str, ...] = ()
    takes_line: bool = False
    prepare: Preparing | None = unmarked


@dataclass(frozen=True, slots=True)
class Job:
    """Something the clock does: each `minutes`, or at a time of the Council's day."""

    name: str
    run: Working
    minutes: int = 0
    at: time | None = None


@dataclass(slots=True)
class Registry:
    """All that the handlers announced; `events` are what is heard without being a command."""

    commands: dict[str, Command] = field(default_factory=dict)
    events: dict[str, Command] = field(default_factory=dict)
    jobs: dict[str, Job] = field(default_factory=dict)
    letters: dict[str, Composing] = field(default_factory=dict)
    cards: dict[str, Composing] = field(default_factory=dict)

    def words(self) -> dict[str, str]:
        """Map every typed word, aliases too, to its command's name."""
        typed = [command for command in self.commands.values() if command.help]
        return {word: command.name for command in typed for word in (command.name, *command.aliases)}

    def taking_lines(self) -> frozenset[str]:
        """Name the commands that words may follow, typed without the slash."""
        return frozenset(name for name, command in self.commands.items() if command.takes_line)

    def sayable(self, roles: Mapping[Role, frozenset[int]]) -> list[Command]:
        """Give the typed commands that somebody of these roles may use, besides joining."""
        return [
            command
            for command in self.commands.values()
            if command.help and command.allow is not Action.JOIN and allowed(roles, command.allow)
        ]


_announced = Registry()


def _enter(table: dict[str, T], name: str, value: T) -> None:
    if name in table:
        raise ValueError(f"{name} is announced twice.")
    table[name] = value


def command(name: str, *, allow: Action, **more: Any) -> Callable[[Answering], Answering]:
    """Announce a command; `more` are the further fields of `Command`."""

    def announce(run: Answering) -> Answering:
        _enter(_announced.commands, name, Command(name, run, allow, **more))
        return run

    return announce


def heard(event: str, *, allow: Action, **more: Any) -> Callable[[Answering], Answering]:
    """Announce what answers an event that is no command: "text", "file", "left", "unsupported"."""

    def announce(run: Answering) -> Answering:
        _enter(_announced.events, event, Command(event, run, allow, **more))
        return run

    return announce


def every(name: str, *, minutes: int = 0, at: time | None = None) -> Callable[[Working], Working]:
    """Announce a job of the clock: each so many minutes, or daily at a time of the Council's zone."""

    def announce(run: Working) -> Working:
        _enter(_announced.jobs, name, Job(name, run, minutes, at))
        return run

    return announce


def letter(kind: str) -> Callable[[Composing], Composing]:
    """Announce how a kind of letter is composed when it is claimed; None cancels it."""

    def announce(run: Composing) -> Composing:
        _enter(_announced.letters, kind, run)
        return run

    return announce


def card(kind: str) -> Callable[[Composing], Composing]:
    """Announce how the card of a kind of subject looks now; without choices it is closed."""

    def announce(run: Composing) -> Composing:
        _enter(_announced.cards, kind, run)
        return run

    return announce


@cache
def discover() -> Registry:
    """Import every module of the room, once, and give what was announced."""
    room = importlib.import_module("handlers")
    for module in pkgutil.iter_modules(room.__path__):
        importlib.import_module(f"handlers.{module.name}")
    return _announced
