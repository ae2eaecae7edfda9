"""The first page of the workbench."""

from advocacy.actions.decide import decide
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.extensions import begin_writing
from advocacy.models.translation import translations_of
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision
from tests.factories import NOW, make_account
from tests.pages import parsed
from tests.translate.conftest import ASK, DAYS


def judge(session, unit, decision: Decision, reason: str = "") -> None:
    text = translations_of(begin_writing(session), unit.id)[0]
    reviewer = make_account(session, name=f"Rio {decision}")
    decide(session, text, decision, by=reviewer.id, now=NOW, reason=reason)
    session.commit()


def test_it_shows_ones_own_languages_and_how_far_they_are(translator, units):
    page = translator("", (Role.TRANSLATOR, "ko"), (Role.REVIEWER, "zh-Hant")).client.get("/translate/").text
    parsed(page)
    assert 'id="in-ko"' in page
    assert 'id="in-zh-hant"' in page
    assert 'id="in-zh-hans"' not in page
    assert 'href="/translate/ko/small?status=untranslated"' in page
    assert f'href="/translate/ko/small/{units[ASK].id}?status=untranslated"' in page
    assert "/translate/zh-hant/small/" not in page  # who only reads is not sent to write
    assert "Nothing has been decided on yet." in page


def test_the_next_text_is_the_first_that_nobody_has_translated(translator, units):
    mina = translator()
    mina.save(units[ASK], "서명하기")
    page = mina.client.get("/translate/").text
    assert f'href="/translate/ko/small/{units[DAYS].id}?status=untranslated"' in page


def test_what_comes_back_stands_there_with_its_reason_until_it_is_answered(translator, units, session):
    mina = translator("Mina")
    mina.save(units[ASK], "서명하기", action="submit")
    judge(session, units[ASK], Decision.CHANGES, "Politer, <please>.")
    page = mina.client.get("/translate/").text
    waiting, decided = page[page.index('id="waiting"') :].split('id="decided"')
    assert "Politer, &lt;please&gt;." in waiting
    assert "Changes asked for" in waiting
    assert "Rio changes" in decided
    assert "Politer" not in translator("Yuri").client.get("/translate/").text
    mina.save(units[ASK], "서명해 주세요", action="submit")
    page = mina.client.get("/translate/").text
    assert "Politer" not in page[page.index('id="waiting"') :].split('id="decided"')[0]


def test_drafts_wait_and_outdated_texts_do_for_their_authors(translator, units, session, domain):
    mina = translator("Mina")
    mina.save(units[ASK], "서명하기", action="submit")
    judge(session, units[ASK], Decision.APPROVE)
    mina.save(units[DAYS], "%(left)s일 남음")
    page = mina.client.get("/translate/").text
    waiting = page[page.index('id="waiting"') :].split('id="decided"')[0]
    assert "Only %(left)s days" in waiting
    assert "Sign the petition" not in waiting
    sync_messages(begin_writing(session), domain, [Source("ask", "Sign it"), Source(None, "Bye")], LANGUAGES)
    session.commit()
    page = mina.client.get("/translate/").text
    waiting = page[page.index('id="waiting"') :].split('id="decided"')[0]
    assert "The source of your text has changed." in waiting
    assert "Only %(left)s days" not in waiting  # nothing waits for a text that is not used any more


def test_a_language_without_texts_says_so(translator):
    page = translator("", (Role.TRANSLATOR, "en")).client.get("/translate/").text
    assert "There is nothing to translate into this language." in page


def test_the_way_to_the_workbench_is_on_every_page_of_who_translates(translator):
    mina = translator()
    assert 'href="/translate/"' in mina.client.get("/account/").text


def test_units_in_other_languages_do_not_count(translator, session, domain):
    yuri = translator("Yuri", (Role.TRANSLATOR, "zh-Hant"))
    yuri.at = "/translate/zh-hant/small"
    yuri.save(units_in(session, domain.id, "zh-Hant")[ASK], "簽署請願")
    page = translator("Mina").client.get("/translate/").text
    assert "Waits for review" not in page[: page.index('id="waiting"')].split("small")[-1]
