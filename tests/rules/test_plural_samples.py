"""Which numbers each plural form is for."""

from gettext import c2py

import pytest
from babel import Locale
from babel.messages.plurals import get_plural
from hypothesis import given
from hypothesis import strategies as st

from advocacy.rules.languages import LANGUAGES, plural_count
from advocacy.rules.plural_samples import plural_forms

TAGS = [*(language.tag for language in LANGUAGES), "ar", "ru", "pl", "fr", "cy", "lt", "sl", "ga", "pt-BR"]


def test_one_form_serves_every_number_in_korean():
    (form,) = plural_forms("ko")
    assert form == ("other", (0, 1, 2), True)


def test_examples_are_the_numbers_that_people_think_of():
    assert [form[:2] for form in plural_forms("en")] == [("one", (1,)), ("other", (0, 2, 3))]
    assert [form[:2] for form in plural_forms("ru")] == [
        ("one", (1, 21, 31)),
        ("few", (2, 3, 4)),
        ("many", (0, 5, 6)),
    ]
    assert [form.numbers for form in plural_forms("ar")][:4] == [(0,), (1,), (2,), (3, 4, 5)]


@given(st.sampled_from(TAGS))
def test_each_example_takes_the_form_that_it_is_an_example_of(tag):
    form_of = c2py(get_plural(tag.replace("-", "_")).plural_expr)
    forms = plural_forms(tag)
    assert len(forms) == plural_count(tag)
    for index, form in enumerate(forms):
        assert form.numbers
        assert {form_of(number) for number in form.numbers} == {index}


@pytest.mark.parametrize("tag", ["en", "ar", "ru", "pl"])
def test_the_name_is_that_of_its_numbers(tag):
    rule = Locale.parse(tag).plural_form
    for form in plural_forms(tag):
        assert {rule(number) for number in form.numbers} == {form.name}
