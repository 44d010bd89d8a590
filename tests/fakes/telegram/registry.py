"""The methods that the fake carries out, by their names."""

from collections.abc import Awaitable, Callable
from typing import Any, Final, TypeVar

from tests.fakes.telegram.bots import Bot
from tests.fakes.telegram.calls import Call

Method = Callable[[Bot, Call], Any | Awaitable[Any]]
METHODS: Final[dict[str, Method]] = {}

_Made = TypeVar("_Made", bound=Method)


def method(*names: str) -> Callable[[_Made], _Made]:
    """Carry out these methods by this function; it gives the result or raises Refused."""

    def register(function: _Made) -> _Made:
        METHODS.update(dict.fromkeys(names, function))
        return function

    return register
