"""What readers see change between two sets of texts."""

from hypothesis import given
from hypothesis import strategies as some

from advocacy.rules.release_changes import Change, Shown, changes, extent

words = some.text("ab", max_size=2)
shown = some.builds(
    Shown,
    some.none() | words,
    some.tuples(words),
    some.just(()) | some.tuples(words),
)
sets = some.lists(shown, max_size=5, unique_by=lambda one: (one.context, one.source))


@given(sets)
def test_nothing_changes_where_nothing_does(messages):
    assert changes(messages, messages) == []


@given(sets, sets)
def test_every_message_of_either_side_is_the_same_changed_new_or_gone(before, after):
    found = changes(before, after)
    for change in found:
        assert change.before is None or change.before in before
        assert change.after is None or change.after in after
        assert change.before is None or change.after is None or change.before.seen != change.after.seen
    told = [change.after for change in found if change.after]
    seen_before = {one.seen for one in before}
    assert all(one in told or one.seen in seen_before for one in after)


def test_a_block_stays_itself_when_its_source_changes():
    old = Shown("b1", ("Sign",), ("서명",))
    new = Shown("b1", ("Sign now",), ())
    assert changes([old], [new]) == [Change(old, new)]


def test_what_has_another_context_is_another_message():
    old, new = Shown("b1", ("Sign",), ()), Shown("b2", ("Write",), ())
    assert changes([old], [new]) == [Change(None, new), Change(old, None)]


def test_a_translation_that_is_there_now_is_a_change_although_the_source_is_the_same():
    old, new = Shown(None, ("Sign",), ()), Shown(None, ("Sign",), ("서명",))
    assert changes([old], [new]) == [Change(old, new)]


def test_words_are_counted_or_characters_where_there_are_no_spaces():
    english = Change(Shown(None, ("Sign it now",), ()), Shown(None, ("Sign it today, please",), ()))
    assert extent([english], language="en") == (1, 2)
    chinese = Change(Shown(None, ("x",), ("国家",)), Shown(None, ("x",), ("国家或地区。",)))
    assert extent([chinese], language="zh-Hans") == (0, 3)
    assert extent([Change(None, Shown("a", ("One two",), ()))], language="en") == (0, 2)
