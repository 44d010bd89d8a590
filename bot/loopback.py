"""What lies on this machine and nowhere else."""

from typing import Final
from urllib.parse import urlsplit

LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


def is_here(url: str) -> bool:
    """Tell whether an address leads to this machine alone."""
    return urlsplit(url).hostname in LOOPBACK
