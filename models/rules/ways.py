"""The ways in that a code opens: the page where it is typed, and the deep link of each messenger that is set up."""

from dataclasses import dataclass
from typing import Final

from models.rules.text import Text, t

_BROWSER: Final = t("In a browser")
_TELEGRAM: Final = t("By Telegram")


@dataclass(frozen=True, slots=True)
class Way:
    """One way in: what it is called and the address that its QR code holds; `typed` is what a person can type."""

    label: Text
    address: str
    typed: str = ""


def ways_in(site: str, code: str, telegram: str = "") -> tuple[Way, ...]:
    """Give the ways in by a code: the page of `site`, and Telegram where the user name of its bot is given.

    The page reads the code from behind the "#", which no browser sends to any server.
    """
    page = f"{site}/signin"
    found = [Way(_BROWSER, f"{page}#{code}", page)]
    if telegram:
        found.append(Way(_TELEGRAM, f"https://t.me/{telegram}?start={code}", f"@{telegram}"))
    return tuple(found)
