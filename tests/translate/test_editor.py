"""The editor: what is typed is checked, kept, and never lost."""

import json
import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import event

from advocacy.actions.decide import decide
from advocacy.actions.import_appeal import import_appeal
from advocacy.actions.propose import LONGEST_DRAFT
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.catalogs.outline import Outline, OutlineBlock
from advocacy.extensions import begin_writing, db
from advocacy.models import Account, Dismissal, Translation
from advocacy.models.account import account_by_email
from advocacy.models.domain import domain_by_name
from advocacy.models.translation import translations_of
from advocacy.models.unit import units_in
from advocacy.rules.blocks import BlockKind
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision
from advocacy.rules.translation import UnitStatus
from tests.factories import NOW, SLUG, make_account, make_approved, make_domain, make_submitted
from tests.pages import errors_in, parsed, title_of
from tests.translate.conftest import ASK, DAYS, LAST, LETTERS, field_of


def change_source(session, domain, msgid: str) -> None:
    sources = [Source("ask", msgid), Source("mail.end", "Thank you. 100% of it")]
    sync_messages(begin_writing(session), domain, sources, LANGUAGES)
    session.commit()


def test_a_draft_is_saved_and_stands_in_the_field_again(translator, units, texts):
    mina = translator("Mina")
    answer = mina.save(units[ASK], "청원에 서명하기")
    assert (answer.status_code, answer.headers["Location"]) == (303, mina.path(units[ASK]))
    page = mina.open(units[ASK])
    assert "Your draft is saved." in page
    assert field_of(page) == "청원에 서명하기"
    assert texts(units[ASK]) == [("draft", "청원에 서명하기")]
    mina.save(units[ASK], "서명하기")
    assert texts(units[ASK]) == [("draft", "서명하기"), ("superseded", "청원에 서명하기")]


def test_what_is_submitted_waits_for_review_and_the_next_one_opens(translator, units, session):
    mina = translator()
    answer = mina.save(units[ASK], "청원에 서명하기", action="submit")
    assert (answer.status_code, answer.headers["Location"]) == (303, mina.path(units[DAYS]))
    assert "This is the next one." in mina.open(units[DAYS])
    session.rollback()
    assert units[ASK].status is UnitStatus.NEEDS_REVIEW
    answer = mina.save(units[LAST], "고맙습니다. 전부 100%", action="submit")
    assert answer.headers["Location"] == "/translate/ko/small"
    assert "Submitted for review." in mina.client.get("/translate/ko/small").text


def test_the_next_one_is_the_next_of_what_was_searched_for(translator, units):
    mina = translator()
    path = f"{mina.path(units[LAST])}?status=untranslated"
    answer = mina.send(units[LAST], path=path, text="고맙습니다. 전부 100%", action="submit")
    assert answer.headers["Location"] == f"{mina.path(units[ASK])}?status=untranslated"


def test_every_form_of_a_plural_has_its_field(translator, units, session):
    mina = translator("", (Role.TRANSLATOR, "ko"), (Role.TRANSLATOR, "en"))
    page = mina.open(units[LETTERS])
    assert "One form serves every number in this language." in page
    answer = mina.send(units[LETTERS], page, text_0="편지 %(n)s통", action="submit")
    assert answer.status_code == 303
    session.rollback()
    assert translations_of(session, units[LETTERS].id)[0].texts == ["편지 %(n)s통"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Write the translation first."),
        ("며칠만 남았습니다", "The translation lacks a placeholder: %(left)s"),
        ("<b>%(left)s일</b>만 남음", "The source has no such tag: <b>"),
    ],
)
def test_a_faulty_text_is_not_submitted_and_not_lost(translator, units, texts, text, message):
    mina = translator()
    answer = mina.save(units[DAYS], text, action="submit")
    assert answer.status_code == 422
    tree = parsed(answer.text)
    assert title_of(answer.text).startswith("Error: ")
    assert message in errors_in(answer.text)
    summary = next(one for one in tree.iter("div") if one.get("role") == "alert")
    assert {link.get("href") for link in summary.iter("a")} == {"#text"}
    area = next(one for one in tree.iter("textarea") if one.get("id") == "text")
    assert area.get("aria-invalid") == "true"
    assert field_of(answer.text) == text
    assert texts(units[DAYS]) == []


def test_a_draft_may_have_faults_and_says_so(translator, units, texts):
    mina = translator()
    assert mina.save(units[DAYS], "며칠만 남았습니다").status_code == 303
    page = mina.open(units[DAYS])
    assert "The translation lacks a placeholder: %(left)s" in "".join(parsed(page).itertext())
    assert texts(units[DAYS]) == [("draft", "며칠만 남았습니다")]


def test_the_longest_draft_arrives_and_a_longer_one_is_not_lost(translator, units, texts):
    mina = translator()
    assert mina.save(units[ASK], "가" * LONGEST_DRAFT).status_code == 303
    assert texts(units[ASK]) == [("draft", "가" * LONGEST_DRAFT)]
    answer = mina.save(units[ASK], "나" * (LONGEST_DRAFT + 1))
    assert answer.status_code == 422
    assert field_of(answer.text) == "나" * (LONGEST_DRAFT + 1)


def test_a_form_is_not_larger_elsewhere(translator):
    answer = translator().client.post("/account/password", data={"password": "a" * 70_000})
    assert answer.status_code == 413


def test_a_button_pressed_twice_saves_once(translator, units, texts):
    mina = translator()
    page = mina.open(units[ASK])
    for _ in range(2):
        assert mina.save(units[ASK], "서명하기", page, action="submit").status_code == 303
    assert texts(units[ASK]) == [("submitted", "서명하기")]


def test_what_waits_or_is_approved_already_is_not_submitted_again(translator, units, texts, session):
    translator("Yuri").save(units[ASK], "서명하기", action="submit")
    mina = translator()
    assert field_of(mina.open(units[ASK])) == "서명하기"
    answer = mina.save(units[ASK], "서명하기", action="submit")
    assert answer.status_code == 422
    assert errors_in(answer.text) == ["This very text waits for review."]
    assert texts(units[ASK]) == [("submitted", "서명하기")]
    make_approved(begin_writing(session), units[LAST], "고맙습니다. 전부 100%")
    session.commit()
    answer = mina.save(units[LAST], "고맙습니다. 전부 100%", action="submit")
    assert errors_in(answer.text) == ["This very text is approved already."]


@pytest.mark.parametrize("action", ["draft", "submit"])
def test_two_who_write_at_once_see_both_texts_and_keep_them(translator, units, texts, action):
    mina, yuri = translator("Mina"), translator("Yuri")
    seen_by_mina = mina.open(units[ASK])
    yuri.save(units[ASK], "유리의 글", action="submit")
    answer = mina.save(units[ASK], "미나의 글", seen_by_mina, action=action)
    assert answer.status_code == 409
    parsed(answer.text)
    assert "Somebody saved a text while you were writing" in answer.text
    assert "kept as your draft" in answer.text
    assert ">Yuri<" in answer.text
    assert "유리의 글" in answer.text
    assert field_of(answer.text) == "미나의 글"
    assert texts(units[ASK]) == [("draft", "미나의 글"), ("submitted", "유리의 글")]
    again = mina.save(units[ASK], "미나의 글", answer.text, action="submit")
    assert again.status_code == 303
    assert texts(units[ASK])[0] == ("submitted", "미나의 글")
    assert ("submitted", "유리의 글") in texts(units[ASK])


def test_of_two_who_save_in_the_same_moment_one_sees_the_other(translator, units, texts):
    mina, yuri = translator("Mina"), translator("Yuri")
    ways = [(mina, "미나의 글", mina.open(units[ASK])), (yuri, "유리의 글", yuri.open(units[ASK]))]
    with ThreadPoolExecutor(2) as pool:
        sent = [pool.submit(who.save, units[ASK].id, text, page, "submit") for who, text, page in ways]
        assert sorted(answer.result().status_code for answer in sent) == [303, 409]
    found = texts(units[ASK])
    assert [state for state, _text in found] == ["draft", "submitted"]
    assert {text for _state, text in found} == {"미나의 글", "유리의 글"}


def test_the_same_text_sent_twice_into_a_conflict_is_kept_once(translator, units, texts):
    mina, yuri = translator("Mina"), translator("Yuri")
    seen_by_mina = mina.open(units[ASK])
    yuri.save(units[ASK], "유리의 글")
    for _ in range(2):
        answer = mina.save(units[ASK], "미나의 글", seen_by_mina, action="submit")
        assert answer.status_code == 409
        assert ">Yuri<" in answer.text
    assert texts(units[ASK]) == [("draft", "미나의 글"), ("draft", "유리의 글")]


def test_ones_own_newer_text_from_another_window_is_not_replaced_unseen(translator, units, texts):
    mina = translator()
    first_window = mina.open(units[ASK])
    mina.save(units[ASK], "둘째 창의 글", action="submit")
    answer = mina.save(units[ASK], "첫째 창의 글", first_window)
    assert answer.status_code == 409
    assert "not saved yet" in answer.text
    assert (field_of(answer.text), texts(units[ASK])) == ("첫째 창의 글", [("submitted", "둘째 창의 글")])


def test_a_submission_of_ones_own_does_not_give_way_to_a_kept_draft(translator, units, texts):
    mina, yuri = translator("Mina"), translator("Yuri")
    mina.save(units[ASK], "미나의 글", action="submit")
    page = mina.open(units[ASK])
    yuri.save(units[ASK], "유리의 글")
    answer = mina.save(units[ASK], "미나의 새 글", page)
    assert (answer.status_code, field_of(answer.text)) == (409, "미나의 새 글")
    assert texts(units[ASK]) == [("draft", "유리의 글"), ("submitted", "미나의 글")]


def test_going_on_from_the_others_text_sets_ones_own_aside(translator, units):
    mina, yuri = translator("Mina"), translator("Yuri")
    page = mina.open(units[ASK])
    yuri.save(units[ASK], "유리의 글")
    conflict = mina.save(units[ASK], "미나의 글", page).text
    answer = mina.send(units[ASK], conflict, text="미나의 글", use=json.dumps(["유리의 글"]))
    assert answer.status_code == 200
    assert field_of(answer.text) == "유리의 글"
    assert "미나의 글" in answer.text[answer.text.index("This stood in the field before:") :]


def test_a_source_that_changed_meanwhile_is_shown_before_anything_is_saved(
    translator, units, domain, session, texts
):
    mina = translator()
    page = mina.open(units[ASK])
    change_source(session, domain, "Sign this petition")
    answer = mina.save(units[ASK], "청원에 서명하기", page, action="submit")
    assert answer.status_code == 409
    parsed(answer.text)
    assert "The source changed while you were writing" in answer.text
    assert "<ins>this </ins>" in answer.text
    assert field_of(answer.text) == "청원에 서명하기"
    assert texts(units[ASK]) == []
    assert mina.save(units[ASK], "이 청원에 서명하기", answer.text, action="submit").status_code == 303


def test_a_text_that_went_out_of_use_meanwhile_is_given_back(translator, units, domain, session, texts):
    mina = translator()
    page = mina.open(units[DAYS])
    change_source(session, domain, "Sign the petition")
    answer = mina.save(units[DAYS], "%(left)s일 남음", page)
    assert answer.status_code == 409
    parsed(answer.text)
    assert "This text is not used any more" in answer.text
    assert "%(left)s일 남음" in answer.text
    assert texts(units[DAYS]) == []
    assert mina.client.get(mina.path(units[DAYS])).status_code == 404


def test_a_plural_that_became_another_text_loses_no_form(translator, units):
    mina = translator()
    answer = mina.send(units[ASK], text="", text_0="하나", text_1="둘", action="draft")
    assert answer.status_code == 422
    assert "둘" in answer.text[answer.text.index("This stood in the field before:") :]


def test_an_outdated_text_is_shown_with_what_changed_in_its_source(translator, units, domain, session):
    make_approved(begin_writing(session), units[ASK], "청원에 서명하기")
    session.commit()
    change_source(session, domain, "Sign this petition")
    page = translator().open(units[ASK])
    assert field_of(page) == "청원에 서명하기"
    assert "The source has changed since the text below was written:" in page
    assert "<del>the </del><ins>this </ins>" in page


def test_the_history_says_who_wrote_what_and_why_it_came_back(translator, units, session):
    mina = translator("Mina")
    mina.save(units[ASK], "서명하기", action="submit")
    text = translations_of(begin_writing(session), units[ASK].id)[0]
    reason = "The <name> is wrong."
    reviewer = make_account(session, name="Rio")
    decide(session, text, Decision.CHANGES, by=reviewer.id, now=NOW, reason=reason)
    session.commit()
    page = mina.open(units[ASK])
    assert "You ·" in page
    assert "The &lt;name&gt; is wrong." in page
    assert "Rio" in page
    assert field_of(page) == "서명하기"
    assert "Mina ·" in translator("Yuri").open(units[ASK])
    assert page.index("The &lt;name&gt; is wrong.") < page.index('id="text"') < page.index('id="history"')
    mina.save(units[ASK], "청원에 서명하기", action="submit")
    page = mina.open(units[ASK])
    assert page.index('id="history"') < page.index("The &lt;name&gt; is wrong.")


def test_a_former_translators_name_is_gone_from_the_history(translator, units, session):
    mina = translator("Mina")
    mina.save(units[ASK], "서명하기")
    account = account_by_email(begin_writing(session), mina.email)
    account.name, account.email, account.erased_at = f"deleted-{account.id}", None, NOW
    session.commit()
    page = translator().open(units[ASK])
    assert "Former translator" in page
    assert "deleted-" not in page


def test_an_author_takes_her_text_back_and_nobody_else_can(translator, units, texts):
    mina, yuri = translator("Mina"), translator("Yuri")
    mina.save(units[ASK], "서명하기", action="submit")
    assert 'value="withdraw"' not in yuri.open(units[ASK])
    answer = yuri.save(units[ASK], "다른 글", action="withdraw")
    assert "There was nothing to take back." in answer.text
    assert field_of(answer.text) == "다른 글"
    assert texts(units[ASK]) == [("submitted", "서명하기")]
    answer = mina.save(units[ASK], "서명하기!", action="withdraw")
    assert field_of(answer.text) == "서명하기!"
    assert texts(units[ASK]) == [("withdrawn", "서명하기")]


def test_checking_saves_nothing(translator, units, texts):
    mina = translator()
    answer = mina.save(units[DAYS], "%(left)s일  남음", action="check")
    assert answer.status_code == 200
    assert "It can be submitted. Look at the warnings first." in answer.text
    assert field_of(answer.text) == "%(left)s일  남음"
    answer = mina.save(units[DAYS], "며칠", action="check")
    assert "It cannot be submitted like this." in answer.text
    assert "There is nothing to check yet." in mina.save(units[DAYS], "", action="check").text
    assert texts(units[DAYS]) == []


def test_a_warning_is_dismissed_with_a_reason(translator, units, session):
    mina = translator("Mina")
    mina.save(units[DAYS], "%(left)s일  남음")
    page = mina.open(units[DAYS])
    ask = {"text": "%(left)s일  남음", "dismiss": "double_space"}
    answer = mina.send(units[DAYS], page, **ask)
    assert (answer.status_code, errors_in(answer.text)) == (422, ["Say why the text is right as it is."])
    long = mina.send(units[DAYS], page, **ask, **{"reason-double_space": "a" * 501})
    assert long.status_code == 422
    assert field_of(long.text, "reason-double_space") == "a" * 501
    answer = mina.send(units[DAYS], page, **ask, **{"reason-double_space": "An old <form>."})
    assert answer.status_code == 200
    assert "Dismissed by You" in answer.text
    assert "An old &lt;form&gt;." in answer.text
    session.rollback()
    assert session.query(Dismissal).filter_by(unit_id=units[DAYS].id).one().check == "double_space"


def test_a_reason_that_was_begun_is_not_lost_by_another_button(translator, units):
    mina = translator()
    mina.save(units[DAYS], "%(left)s일  남음")
    fields = {"text": "%(left)s일  남음", "reason-double_space": "because", "action": "check"}
    page = mina.send(units[DAYS], **fields).text
    assert field_of(page, "reason-double_space") == "because"
    page = mina.send(units[DAYS], page, **{**fields, "text": "%(left)s일  더"}).text
    assert field_of(page, "reason-double_space") == "because"


def test_texts_alike_are_offered_once_they_are_approved(translator, units, session):
    mina = translator()
    make_domain(begin_writing(session), Source(None, "Thank you. 100% of them"), name="alike")
    session.commit()
    alike = units_in(session, domain_by_name(session, "alike").id, "ko")[0]
    mina.at = "/translate/ko/alike"
    assert "Texts to start from" not in mina.open(alike)
    make_approved(begin_writing(session), units[LAST], "고맙습니다. 전부 100%")
    session.commit()
    page = mina.open(alike)
    assert "90% alike" in page
    answer = mina.send(alike, page, text="고맙", use=json.dumps(["고맙습니다. 전부 100%"]))
    assert field_of(answer.text) == "고맙습니다. 전부 100%"
    answer = mina.send(alike, answer.text, text="고맙습니다. 모두 100%", use=json.dumps(["고맙"]))
    assert field_of(answer.text) == "고맙"
    assert "고맙습니다. 모두 100%" in answer.text


@pytest.mark.parametrize(
    "value", ['["\\ud800"]', "[1]", "{}", "nonsense", "[" * 100_000, '["a\\u0000b"]'], ids=range(6)
)
def test_a_button_with_a_forged_value_breaks_nothing(translator, units, value):
    mina = translator()
    answer = mina.send(units[ASK], text="내 글", use=value)
    assert answer.status_code == 200
    assert "내 글" in answer.text


def test_a_character_that_no_text_has_is_left_out_and_search_goes_on(translator, units, texts):
    mina = translator()
    assert mina.save(units[ASK], "서\0명").status_code == 303
    assert texts(units[ASK]) == [("draft", "서명")]
    assert mina.client.get("/translate/ko/small?q=서명").status_code == 200


@pytest.mark.parametrize("number", ["0", "-1", "x", "9" * 30, "9" * 5000])
def test_a_form_with_nonsense_in_its_hidden_fields_loses_nothing(translator, units, number):
    mina = translator()
    translator("Yuri").save(units[ASK], "유리의 글")
    answer = mina.send(units[ASK], text="내 글", action="draft", seen=number, based_on=number)
    assert answer.status_code == 409
    assert field_of(answer.text) == "내 글"


@pytest.mark.parametrize("asked", ["", "?status=approved", "?q=petition+-zzz&mine=yes"])
@pytest.mark.parametrize("domain_name", ["messages", f"appeal-{SLUG}"])
def test_the_editor_asks_the_database_at_most_twelve_times(app, translator, session, domain_name, asked):
    mina = translator()
    number = units_in(session, domain_by_name(session, domain_name).id, "ko")[3].id
    path = f"/translate/ko/{domain_name}/{number}{asked}"
    assert mina.client.get(path).status_code == 200  # what is remembered has been read now
    with app.app_context():
        engine = db.engine
    questions = []

    def note(_connection, _cursor, statement, *_rest) -> None:
        questions.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        assert mina.client.get(path).status_code == 200
    finally:
        event.remove(engine, "before_cursor_execute", note)

    # Once a second the process asks which releases are live, whoever opens what.
    asked = [one for one in questions if one.startswith("SELECT") and "live_releases" not in one]
    assert 5 < len(asked) <= 12


@pytest.mark.parametrize("much", [False, True], ids=["new", "much-said"])
def test_it_is_small_also_where_much_was_said(app, translator, units, much):
    """As a browser loads it that knows gzip alone: with all that it needs 40 KB at most, then 10 KB."""
    mina = translator("Mina")
    path = mina.path(units[ASK])
    for turn in range(12 if much else 0):
        text = f"북송을 멈춰 주십시오. {turn}번째로 다시 쓴 청원의 글이며 앞의 글과 조금 다릅니다."
        answer = mina.save(units[ASK], text, action="submit")
        assert answer.status_code == 303
        said = f"{turn}번째로 고쳐 보았습니다. 이 말이 맞습니까?"
        answer = mina.send(units[ASK], path=f"{path}/comments", text=text, comment=said)
        assert answer.status_code == 303
    ask = {"Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
    page = mina.client.get(path, headers=ask)
    assert page.headers["Content-Encoding"] == "gzip"
    files = set(re.findall(r'(?:href|src)="(/static/[^"]+)"', mina.client.get(path).text))
    assert any(name.endswith(".css") for name in files)
    first = len(page.data) + sum(len(app.test_client().get(one, headers=ask).data) for one in files)
    assert len(page.data) <= 10 * 1024
    assert first <= 40 * 1024


def test_an_appeal_is_translated_before_it_is_published(translator, session):
    blocks = (
        OutlineBlock("title", BlockKind.TITLE, "Help them", ""),
        OutlineBlock("why", BlockKind.PARAGRAPH, "Why", ""),
    )
    outline = Outline("new", "en", None, 10, blocks)
    import_appeal(begin_writing(session), outline, LANGUAGES, now=NOW)
    session.commit()
    title, why = units_in(session, domain_by_name(session, outline.domain).id, "ko")
    mina = translator()
    mina.at = f"/translate/ko/{outline.domain}"
    page = mina.open(why)
    parsed(page)
    assert "Before this" in page
    assert "After this" not in page
    assert "See it in the petition" in page  # where translators alone see it
    seen = mina.client.get(f"/translate/ko/in-place/appeals/{outline.slug}")
    assert f'id="unit-{why.id}"' in seen.text
    assert mina.client.get(f"/ko/appeals/{outline.slug}").status_code == 404
    assert mina.save(why, "까닭", action="submit").headers["Location"] == mina.at
    assert "Help them" in mina.client.get("/translate/").text
    assert "After this" in mina.open(title)


def test_many_texts_do_not_hide_the_one_that_is_approved(translator, units, session):
    make_approved(begin_writing(session), units[ASK], "승인된 글")
    author = make_account(session)
    for number in range(30):
        make_submitted(session, units[ASK], f"글 {number}", by=author)
        session.flush()
    for text in session.query(Translation).filter_by(unit_id=units[ASK].id, state="submitted"):
        decide(session, text, Decision.REJECT, by=make_account(session).id, now=NOW, reason="no")
    session.commit()
    assert field_of(translator().open(units[ASK])) == "승인된 글"
    assert session.query(Account).count() > 3
