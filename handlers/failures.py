"""Messages that reached nobody: told to the officers in charge at once, those of some minutes as one message."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from itertools import chain

from handlers.kit import Call, Choice, ClockContext, Owed, Reply, Text, every, t
from models.calls import Undelivered, places_of, undelivered_of
from models.charging import officers_in_charge
from models.failing import TELLING, LostGroup, lost_groups, mark_told, untold, was_told_since
from models.rules.failures import failure_in_words
from models.rules.permission import Role
from models.whom import holders

_GATHERED = timedelta(minutes=5)
_SHOWN = 6
_MATTERS = 3


@every("tell-failures", minutes=1)
async def tell_failures(clock: ClockContext) -> None:
    """Owe each officer in charge one message about whom nothing has reached; more of it waits for some minutes."""
    parcels = await untold(clock.session)
    if not parcels or await was_told_since(clock.session, clock.now - _GATHERED):
        return
    lost = await undelivered_of(clock.session, parcels)
    groups = [_of_group(group) for group in await lost_groups(clock.session, parcels)]
    serves = await places_of(clock.session, [one.person_id for one in lost], clock.today)
    everybody = await holders(clock.session, Role.SECRETARIAT, clock.today)
    in_charge = await officers_in_charge(clock.session, clock.today)
    told_to = {one.person_id: _officers(serves.get(one.person_id, ()), in_charge, everybody) for one in lost}
    for officer in everybody:
        theirs = [_of_person(one, serves.get(one.person_id, ())) for one in lost if officer in told_to[one.person_id]]
        if theirs or groups:
            key = f"{TELLING}:{clock.now:%Y%m%d%H%M%S}"
            clock.owe(Owed(officer, key, _told(theirs, groups)))
    await mark_told(clock.session, parcels, clock.now)


def _officers(
    serves: Sequence[tuple[int | None, str]], in_charge: Mapping[int, Collection[int]], everybody: Collection[int]
) -> frozenset[int]:
    """Name who is told of somebody: the officers in charge of his units; all, of whoever serves none of these."""
    of_units = [in_charge.get(unit, everybody) if unit is not None else everybody for unit, _ in serves]
    return frozenset(chain(*(of_units or [everybody])))


def _told(people: Sequence[Text], groups: Sequence[Text]) -> Reply:
    lines: list[Text] = []
    if people:
        lines += [t("{count} people were not reached; please telephone:", count=len(people)), *people[:_SHOWN]]
    if len(people) > _SHOWN:
        lines.append(t("and {count} more.", count=len(people) - _SHOWN))
    calls = (Choice(t("Not delivered, to be telephoned"), Call("homnay.goi"), primary=True),) if people else ()
    return Reply(*lines, *groups, choices=calls)


def _of_person(one: Undelivered, serves: Sequence[tuple[int | None, str]]) -> Text:
    about = {
        "name": one.name,
        "whose": tuple(name for _, name in serves),
        "reason": failure_in_words(one.reason),
        "matters": one.first(_MATTERS),
    }
    if one.phone:
        return t("{whose}, {name}, telephone {phone}: {reason}; not received: {matters}", **about, phone=one.phone)
    return t("{whose}, {name}, no telephone known: {reason}; not received: {matters}", **about)


def _of_group(group: LostGroup) -> Text:
    about = {"group": group.name, "reason": failure_in_words(group.reason)}
    if group.is_over:
        return t("The group chat of {group} takes no messages ({reason}); to join it again: nhomchat.", **about)
    return t("In the group chat of {group} a notice was not posted: {reason}.", **about)
