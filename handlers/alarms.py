"""A messenger that takes or hands over nothing: told to the officers and the operator once, and when it is over."""

from handlers.kit import ClockContext, Owed, Reply, Text, every, t
from models.darkness import LISTENED, POSTED, alarms_over, to_alarm
from models.failing import TELLING
from models.outbox import Lane
from models.rules.failures import failure_in_words
from models.rules.permission import Role
from models.rules.ways import CHANNELS
from models.whom import holders


@every("tell-dark", minutes=1)
async def tell_dark(clock: ClockContext) -> None:
    """Tell which messenger has let nothing through for a minute, and which does again."""
    for lane in await to_alarm(clock.session, clock.now):
        await _tell(clock, f"{TELLING}:dark:{lane.key}", what_is_dark(lane))
        lane.alarmed_at = clock.now
    for lane in await alarms_over(clock.session):
        await _tell(clock, f"{TELLING}:light:{lane.key}", what_is_over(lane))
        lane.alarmed_at = None
    await clock.session.flush()


async def _tell(clock: ClockContext, key: str, said: Text) -> None:
    officers = await holders(clock.session, Role.SECRETARIAT, clock.today)
    for person in dict.fromkeys((*officers, *await holders(clock.session, Role.OPERATOR, clock.today))):
        clock.owe(Owed(person, f"{key}:{clock.now:%Y%m%d%H%M%S}", Reply(said)))


def what_is_dark(lane: Lane) -> Text:
    """Say since when nothing gets through on a lane, why, and what to do."""
    about = {"messenger": _named(lane), "time": lane.dark_since}
    if lane.key.startswith(POSTED):
        return t(
            "What people write on {messenger} has not arrived since {time}. {reason} Please tell the operator; what we "
            "send still leaves.",
            **about,
            reason=lane.dark_reason,
        )
    about["reason"] = failure_in_words(lane.dark_reason)
    if lane.key.startswith(LISTENED):
        return t(
            "What people write on {messenger} has not arrived since {time}: {reason}. Please tell the operator: "
            "“dondoc check” says what to do.",
            **about,
        )
    return t(
        "Nothing has got through to {messenger} since {time}: {reason}. What waits goes to people's next address; who "
        "has none is on the list of calls (“homnay”). Please tell the operator: “dondoc check” says what to do.",
        **about,
    )


def what_is_over(lane: Lane) -> Text:
    """Say that a lane works again."""
    if lane.key.startswith((LISTENED, POSTED)):
        return t("What people write on {messenger} arrives again.", messenger=_named(lane))
    return t("Messages get through to {messenger} again.", messenger=_named(lane))


def _named(lane: Lane) -> Text | str:
    """Name the messenger of a lane, with the number of its bot."""
    channel, _, bot = lane.key.removeprefix(LISTENED).removeprefix(POSTED).partition(":")
    name = CHANNELS.get(channel, channel)
    return t("{messenger} (bot {bot})", messenger=name, bot=bot) if channel == "zalo" else name
