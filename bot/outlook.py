"""One bot's calendar month as it is foreseen, and the words in which officers and the operator are warned of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.kit import Service, Text, t
from models.rules.mornings import SPARING
from models.usage import Bot, kept_back

_MARKS: Final = tuple(sorted(SPARING, reverse=True))
_ONLY_URGENT: Final = max(SPARING)


@dataclass(frozen=True, slots=True)
class Outlook:
    """One bot's calendar month: `used` of the `granted` messages, and what is to come by it.

    `reminders` are the messages of mornings as far as people answer as usual, `most` if nobody answers; `others` what
    waits already, the reminders of meetings and notices, the officers' and members' summaries; `answers` what all but
    the summaries usually bring along.
    """

    channel: str
    bot: str
    granted: int
    used: int
    reminders: int = 0
    others: int = 0
    answers: int = 0
    most: int = 0

    @property
    def expected(self) -> int:
        """The messages of the whole month, if people answer as usual."""
        return self.used + self.reminders + self.others + self.answers

    @property
    def percent(self) -> int:
        """The same in percent of what is granted."""
        return 100 * self.expected // self.granted

    @property
    def mark(self) -> int | None:
        """The highest mark, in percent, that the month reaches; None where all is well."""
        return next((mark for mark in _MARKS if 100 * self.expected >= mark * self.granted), None)

    @property
    def warning(self) -> Text:
        """Say how the month stands, what is done about it, and what to do."""
        if self.used >= self.granted:
            return t(
                "{channel}, bot {bot}: all {granted} messages of this month are used up; until the new month nothing "
                "leaves by it. Please ask the operator for the token of one more bot and move people to it "
                "(“chuyenbot”).",
                channel=self.channel.capitalize(),
                bot=self.bot,
                granted=self.granted,
            )
        return t(
            "{channel}, bot {bot}: {used} of {granted} messages of this month are sent; to come are about "
            "{reminders} reminders ({most} if nobody answers), {others} other messages and {answers} answers, "
            "{percent} percent together. {sparing} "
            "Please ask the operator for the token of one more bot and move people to it (“chuyenbot”), or set fewer "
            "reminders a week (“caidat”).",
            channel=self.channel.capitalize(),
            bot=self.bot,
            used=self.used,
            granted=self.granted,
            reminders=self.reminders,
            others=self.others,
            answers=self.answers,
            most=self.most,
            percent=self.percent,
            sparing=self._sparing,
        )

    @property
    def _sparing(self) -> Text:
        if self.mark == _ONLY_URGENT:
            return t(
                "Until the month ends its people get no early reminders, only what is due or late; the last {kept} "
                "messages are kept for answers and urgent matters.",
                kept=kept_back(self.granted),
            )
        return t("Until the month ends its people get early reminders together, one message a week at most.")


def granted_to(services: Sequence[tuple[Service, str]]) -> dict[Bot, int]:
    """Give how many messages a month each bot may send, where its provider counts them."""
    return {
        (channel.name, bot): channel.abilities.allowance.messages
        for channel, bot in services
        if channel.abilities.allowance is not None
    }
