"""Comments: whom they reach, and what becomes of a question about the source."""

import pytest
from sqlalchemy import select

from advocacy.actions.comment import (
    LONGEST_COMMENT,
    EmptyCommentError,
    LongCommentError,
    NotTheirsToResolveError,
    add_comment,
    answer_question,
    resolve_comment,
)
from advocacy.actions.tasks import Task, tasks_of
from advocacy.models import Comment, Notice
from advocacy.models.notice import news_of
from advocacy.models.unit import units_in
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Role
from tests.factories import NOW, make_account, make_domain, make_submitted


@pytest.fixture
def unit(session):
    return units_in(session, make_domain(session).id, "ko")[0]


@pytest.fixture
def asker(session):
    return make_account(session, (Role.REVIEWER, "ko"))


def comment(session, unit, text, by, *, about_source=False) -> Comment:
    return add_comment(session, unit, text, by=by.id, about_source=about_source, now=NOW)


def told(session) -> set[int]:
    query = select(Notice.account_id).where(Notice.kind == NoticeKind.MENTIONED)
    return set(session.scalars(query))


def test_whoever_is_called_by_name_is_told(session, unit, asker):
    here = make_account(session, (Role.TRANSLATOR, "ko"), name="민들레")
    make_account(session, (Role.TRANSLATOR, "zh-Hans"), name="蒲公英")  # works elsewhere
    written = comment(session, unit, "@민들레님, @蒲公英, 이 표현이 맞을까요?", asker)
    assert told(session) == {here.id}
    (one,) = news_of(session, here.id, before=None, most=9)
    assert (one.comment, one.unit) == (written, unit)


def test_the_author_of_the_newest_text_is_told_but_not_of_her_own_words(session, unit, asker):
    author = make_account(session, (Role.TRANSLATOR, "ko"))
    make_submitted(session, unit, "청원에 서명하기", by=author)
    comment(session, unit, "높임말이 낫겠습니다.", asker)
    assert told(session) == {author.id}
    comment(session, unit, "고치겠습니다.", author)
    assert len(news_of(session, author.id, before=None, most=9)) == 1


def test_a_question_about_the_source_waits_for_those_who_edit_it_until_it_is_resolved(session, unit, asker):
    editor, moderator = (
        make_account(session, (Role.EDITOR, None)),
        make_account(session, (Role.MODERATOR, None)),
    )
    asked = comment(session, unit, "Does “they” mean the guards?", asker, about_source=True)
    assert tasks_of(session, editor) == [Task(NoticeKind.SOURCE, 1)]
    assert tasks_of(session, moderator) == []
    resolve_comment(session, asked, by=asker, now=NOW)
    assert tasks_of(session, editor) == []


@pytest.mark.parametrize(
    ("text", "error"), [(" \n", EmptyCommentError), ("x" * (LONGEST_COMMENT + 1), LongCommentError)]
)
def test_what_is_no_comment_is_refused(session, unit, asker, text, error):
    with pytest.raises(error):
        comment(session, unit, text, asker)
    assert session.scalar(select(Comment)) is None


def test_the_same_words_twice_are_one_comment_until_they_are_resolved(session, unit, asker):
    first = comment(session, unit, "높임말이\r\n낫겠습니다.", asker)
    assert comment(session, unit, " 높임말이\n낫겠습니다.", asker) is first
    assert comment(session, unit, "높임말이\n낫겠습니다.", asker, about_source=True) is not first
    resolve_comment(session, first, by=asker, now=NOW)
    assert comment(session, unit, "높임말이\n낫겠습니다.", asker) is not first


@pytest.mark.parametrize(
    ("role", "language", "may"),
    [
        (Role.TRANSLATOR, "ko", False),
        (Role.REVIEWER, "zh-Hans", False),
        (Role.REVIEWER, "ko", True),
        (Role.EDITOR, None, True),
    ],
)
def test_who_resolves_a_comment(session, unit, role, language, may):
    writer = make_account(session, (Role.TRANSLATOR, "ko"))
    said = comment(session, unit, "높임말이 낫겠습니다.", writer)
    other = make_account(session, (role, language))
    if may:
        resolve_comment(session, said, by=other, now=NOW)
        assert said.resolved_by == other.id
        resolve_comment(session, said, by=writer, now=NOW)
        assert said.resolved_by == other.id  # the first stays
    else:
        with pytest.raises(NotTheirsToResolveError):
            resolve_comment(session, said, by=other, now=NOW)
        assert said.resolved_at is None
        make_submitted(session, unit, "청원에 서명하기", by=other)  # now it is about her text
        resolve_comment(session, said, by=other, now=NOW)
        assert said.resolved_by == other.id


def test_an_answer_reaches_whoever_asked_and_resolves_the_question(session, unit, asker):
    editor = make_account(session, (Role.EDITOR, None))
    asked = comment(session, unit, "Does “they” mean the guards?", asker, about_source=True)
    answer = answer_question(session, asked, "Yes.", by=editor, now=NOW)
    assert asked.resolved_by == editor.id
    assert [one.comment for one in news_of(session, asker.id, before=None, most=9)] == [answer]
    assert tasks_of(session, editor) == []
