"""Any number of forms, and those that stand for one number only."""

import pytest

from advocacy.rules.checks import run_checks
from advocacy.rules.checks.plurals import single_numbers
from tests.rules.checks.running import blocking, entry, found

ARABIC = ("لا رسائل", "رسالة واحدة", "رسالتان", "%(num)s رسائل", "%(num)s رسالة", "%(num)s رسالة")
SOURCE, PLURAL = "%(num)s message", "%(num)s messages"


@pytest.mark.parametrize(
    ("language", "forms", "only"),
    [
        ("en", 2, (1, None)),
        ("ko", 1, (None,)),
        ("zh-Hans", 1, (None,)),
        ("ar", 6, (0, 1, 2, None, None, None)),
        ("fr", 2, (None, None)),
        ("fr", 3, (None, None, None)),
        ("es", 2, (1, None)),
        ("ru", 3, (None, None, None)),
        ("cy", 6, (0, 1, 2, 3, 6, None)),
        ("ar", 2, (None, None)),
        ("tlh", 2, (None, None)),
        ("", 1, (None,)),
    ],
)
def test_forms_for_one_number_are_cldr_s(language, forms, only):
    assert single_numbers(language, forms) == only


def test_arabic_may_leave_the_number_out_where_the_form_says_it():
    assert blocking("ar", SOURCE, *ARABIC, plural=PLURAL) == set()


@pytest.mark.parametrize("index", range(3, 6))
def test_arabic_may_not_leave_it_out_elsewhere(index):
    forms = list(ARABIC)
    forms[index] = "رسائل"
    [finding] = run_checks(entry(SOURCE, *forms, plural=PLURAL), language_tag="ar")
    assert (finding.check, finding.form) == ("placeholders", index)


@pytest.mark.parametrize("index", range(6))
def test_no_form_is_empty_once_one_is_filled(index):
    forms = list(ARABIC)
    forms[index] = ""
    [finding] = run_checks(entry(SOURCE, *forms, plural=PLURAL), language_tag="ar")
    assert (finding.check, finding.form, finding.detail.values) == ("empty", index, {"number": index + 1})


def test_another_placeholder_than_the_number_stays_in_every_form():
    assert blocking("ar", "%(who)s: %(num)s", *ARABIC, plural="%(who)s: %(num)s") == {"placeholders"}


def test_a_placeholder_that_the_singular_lacks_may_be_left_out_for_one():
    source, plural = "There is a problem", "There are %(total)s problems"
    assert blocking("en", source, "A problem", "%(total)s problems", plural=plural) == set()
    assert blocking("en", source, "A problem", "problems", plural=plural) == {"placeholders"}
    assert blocking("ko", source, "고칠 곳이 있습니다", plural=plural) == {"placeholders"}


def test_a_form_for_one_number_may_say_it_in_digits():
    assert found("ar", "a day", "0", "1 ي", "2 ي", "يوم", "يوم", "يوم", plural="some days") == set()


def test_the_singular_is_what_the_form_for_one_is_measured_by():
    assert found("en", "One day!", "One more day!", "Other days.", plural="Days.") == set()
