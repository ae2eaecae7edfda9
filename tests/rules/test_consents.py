"""What a signer agrees to, and the proof of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.consents import NOTICE, Consent, terms, text_digest
from advocacy.rules.permissions import Permission
from advocacy.rules.words import N_

lists = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")))


def test_the_transfer_abroad_is_asked_only_where_the_site_is_hosted_abroad():
    assert [term.consent for term in terms(hosted_abroad=True)] == list(Consent)
    at_home = [term.consent for term in terms(hosted_abroad=False)]
    assert at_home == [consent for consent in Consent if consent is not Consent.TRANSFER]


def test_signing_needs_these_consents_and_no_others():
    needed = {term.consent for term in terms(hosted_abroad=True) if term.required}
    assert needed == {Consent.USE, Consent.SENSITIVE, Consent.AGE, Consent.TRANSFER}


def test_each_consent_has_a_wording_of_its_own():
    wordings = [term.wording for term in terms(hosted_abroad=True)]
    assert len(set(wordings)) == len(Consent)
    assert all(wordings)


def test_the_notice_names_items_purpose_retention_and_rights():
    assert [heading for heading, _ in NOTICE] == ["We keep", "For", "Until", "Your rights"]
    assert all(text for _, text in NOTICE)


def test_a_digest_tells_where_one_text_ends():
    assert text_digest(["ab", "c"]) != text_digest(["a", "bc"])
    assert text_digest([]) != text_digest([""])


def test_a_digest_is_that_of_the_texts_each_ended_by_a_nul():
    sha256_of_a_nul_bc_nul = "aa795aa4bbb6117911ef062e271bcb05ccfd58ea439da7d46a44e3a3fcefa790"
    assert text_digest(["a", "bc"]) == sha256_of_a_nul_bc_nul


@given(lists, lists)
def test_two_lists_share_a_digest_only_if_they_are_the_same(one, other):
    assert (text_digest(one) == text_digest(other)) is (one == other)
    assert text_digest(iter(one)) == text_digest(one)


@given(st.text())
def test_marking_a_text_for_translation_does_not_change_it(text):
    assert N_(text) is text


@pytest.mark.parametrize("permission", Permission)
def test_a_permission_names_scope_resource_and_action(permission):
    assert all(part.isidentifier() for part in permission.split(":"))
    assert permission.count(":") == 2
