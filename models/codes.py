"""Codes as they are written and kept: 12 digits, of which only an HMAC is stored."""

import hmac
import re
import secrets
from typing import Final

DIGITS: Final = 12
CODE: Final = re.compile(r"(?<!\d)(?:\d[ .\-]?){11}\d(?!\d)")
COVERED: Final = "…"


def new_digits() -> str:
    """Make a code; it is shown once and never kept."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def digest_of(key: bytes, code: str) -> str:
    """Give the HMAC under which a code, or the secret of a link, is kept."""
    return hmac.new(key, code.encode(), "sha256").hexdigest()
