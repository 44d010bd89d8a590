"""The links that lead into the council's chats on the messengers, to the bots that have room."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import inf

from handlers.kit.channel import Allowance
from handlers.kit.provider import Service

_Bot = tuple[Service, str]


@dataclass(frozen=True, slots=True)
class Place:
    """One bot that its provider limits: the `people` whom it serves, what it is granted, the link to it."""

    channel: str
    bot: str
    people: int
    granted: Allowance
    link: str

    @property
    def room(self) -> int:
        """How many people more it may serve."""
        return max(0, self.granted.people - self.people)


@dataclass(frozen=True, slots=True)
class Invitations:
    """The bots of all messengers and how many people each serves, by (channel, bot), at one moment.

    What is given out is counted with those served, so that many links spread over the bots.
    """

    services: Sequence[_Bot] = ()
    served: Mapping[tuple[str, str], int] = field(default_factory=dict)
    _promised: Counter[tuple[str, str]] = field(default_factory=Counter, init=False)

    @property
    def full(self) -> tuple[str, ...]:
        """Name the channels all of whose bots serve as many people as they may."""
        with_room = {channel.name for channel, bot in self.services if self._has_room(channel, bot)}
        return tuple(dict.fromkeys(channel.name for channel, _ in self.services if channel.name not in with_room))

    def places(self, code: str = "") -> tuple[Place, ...]:
        """Give the bots that are limited, with links that bring a code along where the provider has such."""
        return tuple(
            Place(one.name, bot, self.served.get((one.name, bot), 0), granted, one.invitation(bot, code))
            for one, bot in self.services
            if (granted := one.abilities.allowance) is not None
        )

    def is_full(self, channel: str, bot: str) -> bool:
        """Tell whether a bot serves as many people as it may."""
        return any((one.name, each) == (channel, bot) and not self._has_room(one, each) for one, each in self.services)

    def links(self, code: str, places: int = 1) -> dict[str, str]:
        """Give a link for each channel that has one, to its bot with the most room, where it takes so many places."""
        best: dict[str, _Bot] = {}
        for channel, bot in sorted(self.services, key=self._room, reverse=True):
            if self._has_room(channel, bot) and channel.invitation(bot, code):
                best.setdefault(channel.name, (channel, bot))
        self._promised.update({(name, bot): places for name, (_, bot) in best.items()})
        return {name: channel.invitation(bot, code) for name, (channel, bot) in best.items()}

    def group_links(self, code: str) -> dict[str, str]:
        """Give a link for each channel that has one such as adds the assistant to a group."""
        links = {channel.name: channel.invitation(bot, code, to_group=True) for channel, bot in self.services}
        return {name: link for name, link in links.items() if link}

    def _has_room(self, channel: Service, bot: str) -> bool:
        granted = channel.abilities.allowance
        return granted is None or self.served.get((channel.name, bot), 0) < granted.people

    def _room(self, bot: _Bot) -> float:
        granted, key = bot[0].abilities.allowance, (bot[0].name, bot[1])
        return inf if granted is None else granted.people - self.served.get(key, 0) - self._promised[key]
