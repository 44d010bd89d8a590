"""The log: one line a fact, secrets masked, and an incident number for what nobody foresaw."""

import logging
import re
import secrets
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, Final, TextIO

import structlog

from bot import metrics

# no letter or digit that is taken for another when it is read out on the telephone
_ALPHABET: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
_INCIDENT_LENGTH: Final = 5
_MASK: Final = "…"
# what a messenger's token looks like, wherever it stands: in an address, in an error's words
_TOKEN: Final = re.compile(r"(?<!\d)\d{5,20}:[A-Za-z0-9_-]{20,}")
_FIRST: Final = ["timestamp", "level", "event"]

Facts = MutableMapping[str, Any]
_log = structlog.stdlib.get_logger("dondoc")


def info(event: str, **facts: Any) -> None:
    """Write down something that happened."""
    _log.info(event, **facts)


def warning(event: str, **facts: Any) -> None:
    """Write down something that should not have happened and was dealt with."""
    _log.warning(event, **facts)


def incident(error: BaseException, **facts: Any) -> str:
    """Write down an error that nobody foresaw; give the number by which it is found, short enough to be read out."""
    number = "".join(secrets.choice(_ALPHABET) for _ in range(_INCIDENT_LENGTH))
    metrics.INCIDENTS.inc()
    _log.error("incident", incident=number, error=repr(error), **facts, exc_info=error)
    return number


def configure(level: str = "INFO", *, masked: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Write the log of this program and of its libraries to `stream` (standard error), one line a fact.

    `masked` are secrets that must never be written, besides whatever looks like a messenger's token.
    """
    mask = _Mask(masked)
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        mask,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _in_one_line,
                structlog.processors.LogfmtRenderer(key_order=_FIRST, drop_missing=True, bool_as_flag=False),
            ],
        )
    )
    logging.basicConfig(handlers=[handler], level=level, force=True)
    # they tell of every tick and every request
    for name in ("apscheduler", "aiosqlite", "uvicorn.access", "httpx", "telegram"):
        logging.getLogger(name).setLevel(logging.WARNING)


class _Mask:
    """Covers secrets in every value of a line."""

    def __init__(self, masked: Iterable[str]) -> None:
        words = sorted({re.escape(secret) for secret in masked if secret}, key=len, reverse=True)
        self._known = re.compile("|".join(words)) if words else None

    def __call__(self, _logger: Any, _method: str, facts: Facts) -> Facts:
        for name, value in facts.items():
            if not name.startswith("_") and not isinstance(value, bool | int | float | None):
                facts[name] = self._covered(str(value))
        return facts

    def _covered(self, value: str) -> str:
        known = self._known.sub(_MASK, value) if self._known else value
        return _TOKEN.sub(_MASK, known)


def _in_one_line(_logger: Any, _method: str, facts: Facts) -> Facts:
    return {name: value.replace("\n", "\\n") if isinstance(value, str) else value for name, value in facts.items()}
