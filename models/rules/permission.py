"""Who may do what, and for which units: the one table of the council's rights."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from models.rules.text import Refusal, Text, t


class Role(StrEnum):
    """A part that a person plays for the council; one person may play several."""

    FOCAL_POINT = "focal_point"
    COUNCIL_MEMBER = "council_member"
    GROUP_LEADER = "group_leader"
    SECRETARIAT = "secretariat"
    CHAIR = "chair"
    OPERATOR = "operator"
    STRANGER = "stranger"


class Action(StrEnum):
    """Something that can be asked of the assistant; every command names one."""

    JOIN = "join"
    HELP = "help"
    SIGN_IN = "sign_in"
    LEAVE = "leave"
    OWN_DATA = "own_data"
    SAMPLE_CLOCK = "sample_clock"
    SEE_TASKS = "see_tasks"
    REPORT = "report"
    SNOOZE = "snooze"
    ASK_EXTENSION = "ask_extension"
    RESPOND = "respond"
    RSVP = "rsvp"
    SEE_UNITS = "see_units"
    CHASE = "chase"
    DECIDE_EXTENSION = "decide_extension"
    REVIEW = "review"
    RECORD_ARRIVAL = "record_arrival"
    GIVE = "give"
    MOVE = "move"
    SUSPEND = "suspend"
    IMPORT = "import"
    BROADCAST = "broadcast"
    APPROVE = "approve"
    CONVENE = "convene"
    REHEARSE = "rehearse"
    EXPORT = "export"
    ISSUE_CODES = "issue_codes"
    CONFIRM_PERSON = "confirm_person"
    OBJECT = "object"
    SETTINGS = "settings"
    CHARGE = "charge"
    LEAD_GROUP = "lead_group"
    FEEDBACK = "feedback"
    ANSWER_FEEDBACK = "answer_feedback"


class Scope(StrEnum):
    """How far a right reaches: what is addressed to the person, his units, the units he follows, or everything."""

    SELF = "self"
    OWN = "own"
    FOLLOWED = "followed"
    ALL = "all"


_Grants = Mapping[Role, tuple[Scope, ...]]

_KNOWN: _Grants = {role: (Scope.SELF,) for role in Role if role is not Role.STRANGER}
_ANYBODY: _Grants = dict.fromkeys(Role, (Scope.SELF,))
_SECRETARIAT: _Grants = {Role.SECRETARIAT: (Scope.ALL,)}
_UNIT: _Grants = {Role.FOCAL_POINT: (Scope.OWN,), Role.COUNCIL_MEMBER: (Scope.SELF,)}
_ADDRESSED: _Grants = {
    Role.FOCAL_POINT: (Scope.SELF, Scope.OWN),
    Role.COUNCIL_MEMBER: (Scope.SELF,),
    Role.GROUP_LEADER: (Scope.SELF,),
    Role.SECRETARIAT: (Scope.SELF,),
    Role.CHAIR: (Scope.SELF,),
}
_OVERSEERS: _Grants = {
    Role.COUNCIL_MEMBER: (Scope.FOLLOWED,),
    Role.SECRETARIAT: (Scope.ALL,),
    Role.CHAIR: (Scope.ALL,),
}

TABLE: Mapping[Action, _Grants] = {
    Action.JOIN: _ANYBODY,
    Action.HELP: _ANYBODY,
    Action.SIGN_IN: _KNOWN,
    Action.LEAVE: _KNOWN,
    Action.OWN_DATA: _KNOWN,
    Action.SAMPLE_CLOCK: _KNOWN,
    Action.SEE_TASKS: {
        **_OVERSEERS,
        Role.FOCAL_POINT: (Scope.OWN,),
        Role.COUNCIL_MEMBER: (Scope.SELF, Scope.FOLLOWED),
    },
    Action.REPORT: _UNIT,
    Action.SNOOZE: _UNIT,
    Action.ASK_EXTENSION: _UNIT,
    Action.RESPOND: _ADDRESSED,
    Action.RSVP: _ADDRESSED,
    Action.SEE_UNITS: _OVERSEERS,
    Action.CHASE: _OVERSEERS,
    Action.DECIDE_EXTENSION: {Role.SECRETARIAT: (Scope.ALL,), Role.CHAIR: (Scope.ALL,)},
    Action.REVIEW: _SECRETARIAT,
    Action.RECORD_ARRIVAL: _SECRETARIAT,
    Action.GIVE: _SECRETARIAT,
    Action.MOVE: _SECRETARIAT,
    Action.SUSPEND: _SECRETARIAT,
    Action.IMPORT: _SECRETARIAT,
    Action.BROADCAST: _SECRETARIAT,
    Action.APPROVE: {Role.SECRETARIAT: (Scope.ALL,), Role.CHAIR: (Scope.ALL,)},
    Action.CONVENE: _SECRETARIAT,
    Action.REHEARSE: {Role.SECRETARIAT: (Scope.ALL,), Role.OPERATOR: (Scope.ALL,)},
    Action.EXPORT: _OVERSEERS,
    Action.ISSUE_CODES: {Role.SECRETARIAT: (Scope.ALL,), Role.OPERATOR: (Scope.ALL,)},
    Action.CONFIRM_PERSON: _SECRETARIAT,
    Action.OBJECT: {Role.FOCAL_POINT: (Scope.OWN,)},
    Action.SETTINGS: {Role.SECRETARIAT: (Scope.ALL,), Role.OPERATOR: (Scope.ALL,)},
    Action.CHARGE: _SECRETARIAT,
    Action.FEEDBACK: _KNOWN,
    Action.ANSWER_FEEDBACK: _SECRETARIAT,
    Action.LEAD_GROUP: {Role.GROUP_LEADER: (Scope.OWN,)},
}


# what nobody loses with his last post: his data are his own (Luật 91/2025/QH15)
OWN_RIGHTS: frozenset[Action] = frozenset({Action.LEAVE, Action.OWN_DATA})


@dataclass(frozen=True, slots=True)
class Allowed:
    """What an action reaches for one person.

    `himself`: what is addressed to his own posts; `units`: ids of the units covered; `everything`: all of the council.
    """

    himself: bool = False
    everything: bool = False
    units: frozenset[int] = frozenset()

    def __bool__(self) -> bool:
        return self.himself or self.everything or bool(self.units)

    def covers(self, unit_id: int) -> bool:
        """Tell whether the action may touch this unit."""
        return self.everything or unit_id in self.units


def allowed(roles: Mapping[Role, AbstractSet[int]], action: Action) -> Allowed:
    """Work out how far an action reaches for a person.

    `roles` gives each role he holds today the ids of its units: those he answers for, leads, or follows.
    """
    grants = TABLE[action]
    scopes = {(role, scope) for role in roles for scope in grants.get(role, ())}
    units = [roles[role] for role, scope in scopes if scope in {Scope.OWN, Scope.FOLLOWED}]
    return Allowed(
        himself=any(scope is Scope.SELF for _, scope in scopes),
        everything=any(scope is Scope.ALL for _, scope in scopes),
        units=frozenset().union(*units),
    )


def require(roles: Mapping[Role, AbstractSet[int]], action: Action, unit_id: int | None = None) -> Allowed:
    """Give how far an action reaches, or refuse and say who may do it.

    Raises Refusal where no role of the person allows it, or none allows it for `unit_id`.
    """
    reach = allowed(roles, action)
    if not reach:
        raise Refusal(_who_may(roles, action))
    if unit_id is not None and not reach.covers(unit_id):
        raise Refusal(t("This unit is not among those assigned to you; the secretariat can tell who follows it."))
    return reach


def require_another(asker_id: int, decider_id: int | None) -> None:
    """Refuse a decision on one's own request (facts of the field: nobody approves his own)."""
    if asker_id == decider_id:
        raise Refusal(t("Nobody decides on a request of his own; please leave this one to another officer."))


def _who_may(roles: Mapping[Role, AbstractSet[int]], action: Action) -> Text:
    if action in _for_all_known():
        return t("This is open to those who have joined; please send “batdau” with the join code from the secretariat.")
    if any(role in TABLE[action] for role in roles):
        return t("No unit is assigned to you for this at present; please ask the secretariat to check the assignment.")
    return t("This is done by {roles}; “trogiup” lists what is open to you.", roles=_spoken(TABLE[action]))


def _for_all_known() -> frozenset[Action]:
    return frozenset(action for action, grants in TABLE.items() if grants is _KNOWN)


def _spoken(grants: _Grants) -> tuple[Text, ...]:
    return tuple(name for role, name in ROLE_NAMES.items() if role in grants)


ROLE_NAMES: Mapping[Role, Text] = {
    Role.FOCAL_POINT: t("the focal point of the unit"),
    Role.COUNCIL_MEMBER: t("a member of the council"),
    Role.GROUP_LEADER: t("the leader of the cluster or bloc"),
    Role.SECRETARIAT: t("the secretariat"),
    Role.CHAIR: t("the Chair of the council"),
    Role.OPERATOR: t("the operator"),
}
