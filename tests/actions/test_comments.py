"""Comments: whom they reach, and what becomes of a question about the source."""

import pytest
from sqlalchemy import select

from advocacy.actions.comment import (
    LONGEST_COMMENT,
    EmptyCommentError,
    LongCommentError,
    add_comment,
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
