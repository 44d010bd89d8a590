"""The ways in that a code opens: the page where it is typed, and the link into each messenger that is set up."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from models.rules.text import Text, t

CHANNELS: Final[Mapping[str, Text]] = {
    "webchat": t("browser"),
    "telegram": t("Telegram"),
    "zalo": t("Zalo"),
    "telephone": t("telephone"),
}
"""What the channels are called, by their own names."""

_BROWSER: Final = t("In a browser")
_MESSENGERS: Final[Mapping[str, Text]] = {"telegram": t("By Telegram"), "zalo": t("By Zalo")}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: what it is called, the address that its QR code holds, and what a person can type instead."""

    label: Text
    address: str
    typed: str


def ways_in(site: str, code: str, links: Mapping[str, str]) -> tuple[Way, ...]:
    """Give the ways in by a code: the page of `site`, then the messengers by their `links`, each holding the code.

    The page reads the code from behind the "#", which no browser sends to any server.
    """
    page = f"{site}/signin"
    messengers = (
        Way(_MESSENGERS.get(name, t("{name}", name=name)), link, link.partition("?")[0].partition("://")[2])
        for name, link in links.items()
    )
    return (Way(_BROWSER, f"{page}#{code}", page), *messengers)
