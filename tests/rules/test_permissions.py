"""The one table of who may do what."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.permissions import ALLOWS, FOR_EVERYBODY, MAY_PUBLISH, Permission, Role, allows
from advocacy.rules.signing_in import LONGEST_SESSION, OTHERS_IDLE, STAFF_IDLE, has_ended

NOW = datetime(2026, 11, 24, 9, tzinfo=UTC)
grants = st.lists(st.tuples(st.sampled_from(Role), st.sampled_from([None, "ko", "zh-Hans"])), max_size=4)


def test_every_role_has_its_row_and_every_permission_is_somebodys():
    assert set(ALLOWS) == set(Role)
    assert set(Permission) == FOR_EVERYBODY.union(*ALLOWS.values())


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_is_spelled_scope_resource_action(permission):
    assert re.fullmatch(r"[a-z]+:[a-z]+:[a-z]+", permission)


@pytest.mark.parametrize("role", Role)
def test_no_role_can_write_approve_and_publish(role):
    steps = {Permission.TRANSLATION_WRITE, Permission.TRANSLATION_REVIEW, Permission.RELEASE_CONFIRM}
    assert len(steps & ALLOWS[role]) <= 1


def test_roles_of_a_language_are_not_staff_and_never_publish():
    assert {role for role in Role if role.of_language} == {Role.TRANSLATOR, Role.REVIEWER}
    assert {role for role in Role if role.is_staff} == set(Role) - {Role.TRANSLATOR, Role.REVIEWER}
    assert {Role.PUBLISHER, Role.ADMINISTRATOR} == MAY_PUBLISH


@given(grants, st.sampled_from(Permission))
def test_more_grants_never_allow_less(held, permission):
    for number in range(len(held)):
        if allows(held[:number], permission):
            assert allows(held, permission)


@given(st.sampled_from(["ko", "zh-Hans"]))
def test_a_right_of_one_language_is_none_in_another(language):
    held = [(Role.TRANSLATOR, language)]
    other = {"ko": "zh-Hans", "zh-Hans": "ko"}[language]
    assert allows(held, Permission.TRANSLATION_WRITE, language)
    assert not allows(held, Permission.TRANSLATION_WRITE, other)
    assert allows(held, Permission.TRANSLATION_WRITE)


def test_without_a_role_one_has_an_account_and_nothing_else():
    assert {permission for permission in Permission if allows([], permission)} == FOR_EVERYBODY


@pytest.mark.parametrize(("staff", "idle"), [(True, STAFF_IDLE), (False, OTHERS_IDLE)])
def test_a_session_ends_when_it_is_not_used_and_after_a_month_at_all_events(staff, idle):
    assert not has_ended(created_at=NOW, seen_at=NOW, now=NOW + idle, staff=staff)
    assert has_ended(created_at=NOW, seen_at=NOW, now=NOW + idle + timedelta(seconds=1), staff=staff)
    later = NOW + LONGEST_SESSION + timedelta(seconds=1)
    assert has_ended(created_at=NOW, seen_at=later, now=later, staff=staff)
