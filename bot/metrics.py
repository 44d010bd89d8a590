"""What is counted, for whoever watches the program; in a registry of its own, in Prometheus' words.

Names begin with `dondoc_`; nothing counted names a person, a chat or a unit.
"""

from datetime import datetime
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, generate_latest

from bot.database import Database
from models.darkness import dark_lanes
from models.queue import backlogs

REGISTRY: Final = CollectorRegistry()
HEARD: Final = Counter("dondoc_heard", "Updates stored.", ["channel"], registry=REGISTRY)
HANDLED: Final = Counter("dondoc_handled", "Updates handled, by outcome.", ["outcome"], registry=REGISTRY)
REFUSED: Final = Counter("dondoc_refused", "Requests refused, by status.", ["status"], registry=REGISTRY)
INCIDENTS: Final = Counter("dondoc_incidents", "Errors that nobody foresaw.", registry=REGISTRY)
PARCELS: Final = Counter(
    "dondoc_parcels", "Parcels that left a lane, by what became of them.", ["lane", "state"], registry=REGISTRY
)
JOBS: Final = Counter("dondoc_jobs", "Runs of the clock's jobs, by outcome.", ["job", "outcome"], registry=REGISTRY)
QUEUED: Final = Gauge("dondoc_queued", "Parcels that are due and have not left.", ["lane"], registry=REGISTRY)
LAG: Final = Gauge("dondoc_lag_seconds", "How long the oldest of them has been due.", ["lane"], registry=REGISTRY)
WAITING: Final = Gauge("dondoc_writers_waiting", "Transactions that wait for their turn.", registry=REGISTRY)
LEASES: Final = Gauge("dondoc_lane_held", "Whether this process holds the lane.", ["lane"], registry=REGISTRY)

LISTENED: Final = Gauge("dondoc_listened_at", "When a provider last answered a question.", ["lane"], registry=REGISTRY)
DARK: Final = Gauge(
    "dondoc_lane_dark_seconds", "How long nothing has got through or been heard.", ["lane"], registry=REGISTRY
)


async def refresh(database: Database, now: datetime) -> None:
    """Count what waits in the store at business time `now`."""
    async with database.read() as session:
        waiting, dark = await backlogs(session, now), await dark_lanes(session)
    QUEUED.clear()
    LAG.clear()
    for backlog in waiting:
        QUEUED.labels(backlog.lane).set(backlog.count)
        LAG.labels(backlog.lane).set((now - backlog.since).total_seconds())
    WAITING.set(database.waiting)
    DARK.clear()
    for lane in dark:
        DARK.labels(lane.key).set((now - (lane.dark_since or now)).total_seconds())


def page() -> bytes:
    """Give all figures in Prometheus' text format."""
    return generate_latest(REGISTRY)
