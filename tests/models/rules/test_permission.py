from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.rules.permission import ROLE_NAMES, TABLE, Action, Role, allowed, require, require_another
from models.rules.text import Refusal

ROLES = st.dictionaries(st.sampled_from(Role), st.frozensets(st.integers(1, 9), max_size=4))
FOCAL = {Role.FOCAL_POINT: frozenset({4, 5})}


def refusal(roles: Mapping[Role, frozenset[int]], action: Action, unit_id: int | None = None) -> Refusal:
    with pytest.raises(Refusal) as caught:
        require(roles, action, unit_id)
    return caught.value


def test_every_action_stands_in_the_table() -> None:
    assert set(TABLE) == set(Action)


def test_every_role_but_the_stranger_has_a_name() -> None:
    assert set(ROLE_NAMES) == set(Role) - {Role.STRANGER}


def test_a_focal_point_reports_for_his_units_only() -> None:
    assert require(FOCAL, Action.REPORT, 4).units == frozenset({4, 5})
    assert refusal(FOCAL, Action.REPORT, 6).text.id.startswith("This unit is not among those assigned to you")


def test_a_member_sees_what_he_follows_and_reports_only_for_himself() -> None:
    member = {Role.COUNCIL_MEMBER: frozenset({7})}
    assert require(member, Action.SEE_TASKS, 7).himself
    report = require(member, Action.REPORT)
    assert (report.himself, report.units, report.everything) == (True, frozenset(), False)


def test_a_member_who_follows_nobody_is_told_to_ask_the_secretariat() -> None:
    sentence = refusal({Role.COUNCIL_MEMBER: frozenset()}, Action.SEE_UNITS).text.id
    assert sentence.startswith("No unit is assigned to you for this at present")


def test_the_secretariat_decides_on_every_unit() -> None:
    assert require({Role.SECRETARIAT: frozenset()}, Action.REVIEW, 12345).everything


def test_a_refusal_names_who_may_do_it() -> None:
    text = refusal(FOCAL, Action.DECIDE_EXTENSION).text
    assert text.values["roles"] == (ROLE_NAMES[Role.SECRETARIAT], ROLE_NAMES[Role.CHAIR])


def test_a_stranger_is_shown_the_way_to_join() -> None:
    stranger = {Role.STRANGER: frozenset[int]()}
    assert require(stranger, Action.JOIN).himself
    assert refusal(stranger, Action.OWN_DATA).text.id.startswith("This is open to those who have joined")


@given(ROLES, st.sampled_from(Action))
def test_a_stranger_may_do_nothing_but_join_and_ask_for_help(roles: dict[Role, frozenset[int]], action: Action) -> None:
    only_stranger = {Role.STRANGER: roles.get(Role.STRANGER, frozenset())}
    assert bool(allowed(only_stranger, action)) == (action in {Action.JOIN, Action.HELP})


@given(ROLES, ROLES, st.sampled_from(Action))
def test_another_role_never_takes_a_right_away(
    roles: dict[Role, frozenset[int]], more: dict[Role, frozenset[int]], action: Action
) -> None:
    both = {role: roles.get(role, frozenset()) | more.get(role, frozenset()) for role in {*roles, *more}}
    one, two = allowed(roles, action), allowed(both, action)
    assert (one.himself <= two.himself, one.everything <= two.everything, one.units <= two.units) == (True, True, True)


def test_nobody_decides_on_his_own_request() -> None:
    require_another(1, 2)
    with pytest.raises(Refusal):
        require_another(3, 3)
