"""When something recurring was last due: the latest slot of a job of the clock."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

_ORIGIN = datetime(1970, 1, 1, tzinfo=UTC)


def latest_slot(now: datetime, zone: ZoneInfo, *, minutes: int = 0, at: time | None = None) -> datetime:
    """Give the last moment up to `now` at which something was due, each so many minutes or daily at a local time (UTC).

    Slots of a rhythm lie where the clock shows whole multiples of it, whenever the program was started. Raises
    ValueError unless exactly one of `minutes` and `at` is given.
    """
    if (minutes > 0) is (at is not None):
        raise ValueError("Something recurs either each so many minutes or daily at a time.")
    if at is None:
        rhythm = timedelta(minutes=minutes)
        return now.astimezone(UTC) - (now - _ORIGIN) % rhythm
    today = now.astimezone(zone).date()
    slot = datetime.combine(today, at, zone)
    return (slot if slot <= now else datetime.combine(today - timedelta(days=1), at, zone)).astimezone(UTC)
