"""Courtesies: thanks are answered in kind, and report nothing."""

import re
from typing import Final

from models.rules.spelling import fold, tidy

_BEFORE: Final = (
    r"(?:da|vang|ok|oke|okay|xin|rat|tran trong|chan thanh|thanh that|em|toi|chung toi|don vi|don vi em|co quan)"
)
_THANKS: Final = r"(?:cam on|thanks|thank you|thank|tks|thks)"
_AFTER: Final = r"(?:cac|dong chi|anh|chi|em|co quan|quy co quan|ban thu ky|tro ly|rat|nhieu|lam|a|nhe)"
_ONLY_THANKS: Final = re.compile(rf"(?:{_BEFORE} )*{_THANKS}(?: {_AFTER})*")
_MARKS: Final = re.compile(r"[\s.,;:!…]+")


def is_thanks(text: str) -> bool:
    """Say whether a message thanks and says nothing else: "cảm ơn", "vâng, xin cám ơn đồng chí ạ"."""
    return _ONLY_THANKS.fullmatch(_MARKS.sub(" ", fold(tidy(text))).strip()) is not None
