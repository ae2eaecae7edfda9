"""The first page of the workbench."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event, update

from advocacy.actions.assign import assign
from advocacy.actions.back_translate import ask_for_blind, say_blind
from advocacy.actions.decide import decide
from advocacy.actions.give_opinion import ask_for_opinion, give_opinion
from advocacy.actions.propose import Proposal, propose
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.actions.take_back import take_back
from advocacy.extensions import begin_writing, db
from advocacy.models import Notice, Review
from advocacy.models.account import account_by_email
from advocacy.models.translation import translations_of
from advocacy.models.unit import units_in
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.notices import CALLS, NoticeKind
from advocacy.rules.permissions import Role
from advocacy.rules.review import Decision
from advocacy.translate.progress import HEIGHT, WEEKS, chart_of, first_day
from tests.factories import NOW, make_account, make_domain, make_submitted
from tests.pages import parsed
from tests.translate.conftest import ASK, DAYS

SVG = "{http://www.w3.org/2000/svg}"


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
    assert 'href="/translate/ko/small/next"' in page
    assert "/translate/zh-hant/small/" not in page  # who only reads is not sent to write
    assert "Nothing has been decided on yet." in page


def test_the_way_to_the_next_text_is_there_while_there_is_one(translator, units):
    mina = translator()
    for unit in units:
        assert 'href="/translate/ko/small/next"' in mina.client.get("/translate/").text
        mina.save(unit, "%(n)s통" if unit.message.msgid_plural else unit.message.msgid)
    assert 'href="/translate/ko/small/next"' not in mina.client.get("/translate/").text


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


def test_more_drafts_than_a_page_shows_are_a_link_away(translator, session):
    names = [f"Draft number {number}" for number in range(21)]
    domain = make_domain(session, *(Source(None, name) for name in names), name="drafts")
    session.commit()
    mina = translator("Mina")
    author = account_by_email(begin_writing(session), mina.email)
    for unit in units_in(session, domain.id, "ko"):
        propose(session, unit, Proposal(texts=["글"], submit=False), by=author.id, now=NOW)
    session.commit()
    first = mina.client.get("/translate/").text
    assert [name for name in names if f"{name}<" not in first] == names[:1]
    assert 'href="/translate/?waiting=all#waiting"' in first
    whole = mina.client.get("/translate/?waiting=all").text
    assert [name for name in names if f"{name}<" not in whole] == []
    assert "waiting=all#waiting" not in whole


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


def test_news_say_what_happened_and_why(translator, units, session):
    mina = translator("Mina")
    mina.save(units[ASK], "서명하기", action="submit")
    judge(session, units[ASK], Decision.REJECT, "It is an <order>.")
    page = mina.client.get("/translate/").text
    told = page[page.index('id="decided"') :]
    assert "Your text is rejected." in told
    assert "It is an &lt;order&gt;." in told
    assert "Rio reject" in told
    assert f'href="/translate/ko/small/{units[ASK].id}"' in told
    assert 'href="/account/news"' in told


def calls_in(page: str) -> list[str]:
    """Where the calls among what waits lead to."""
    waiting = page[page.index('id="waiting"') : page.index('id="decided"')]
    return [href for href in re.findall(r'href="([^"]+)"', waiting) if href.startswith("/staff/")]


@pytest.mark.parametrize("kind", CALLS)
def test_what_somebody_is_called_for_waits_until_it_is_done(translator, units, session, kind):
    mina, sora = translator("Mina"), translator("Sora", (Role.REVIEWER, "ko"))
    mina.save(units[ASK], "청원에 서명하기", action="submit")
    begin_writing(session)
    text, by = translations_of(session, units[ASK].id)[0], make_account(session)
    asked = account_by_email(session, sora.email)
    call = {NoticeKind.OPINION: ask_for_opinion, NoticeKind.BACK: ask_for_blind, NoticeKind.ASSIGNED: assign}
    call[kind](session, text, asked, by=by.id, now=NOW)
    session.commit()
    page = sora.client.get("/translate/").text
    (address,) = calls_in(page)
    assert sora.client.get(address).status_code == 200
    assert calls_in(mina.client.get("/translate/").text) == []
    # Whoever is to read the text blind must not find its source, nor the way to it.
    assert ("Sign the petition" in page) is (kind is not NoticeKind.BACK)
    assert f"/small/{units[ASK].id}" not in page[page.index('id="waiting"') :]
    begin_writing(session)
    session.refresh(text)
    answer = {
        NoticeKind.OPINION: lambda: give_opinion(session, text, yes=True, words="", by=asked.id, now=NOW),
        NoticeKind.BACK: lambda: say_blind(session, text, "Sign it", by=asked.id, now=NOW),
        NoticeKind.ASSIGNED: lambda: decide(session, text, Decision.APPROVE, by=asked.id, now=NOW, reason=""),
    }
    answer[kind]()
    session.commit()
    assert calls_in(sora.client.get("/translate/").text) == []


def test_a_call_for_a_text_that_was_taken_back_waits_no_longer(translator, units, session):
    mina, sora = translator("Mina"), translator("Sora")
    mina.save(units[ASK], "청원에 서명하기", action="submit")
    begin_writing(session)
    text, asked = translations_of(session, units[ASK].id)[0], account_by_email(session, sora.email)
    for _ in range(2):  # asked for again after it was read: one call all the same
        assert ask_for_opinion(session, text, asked, by=make_account(session).id, now=NOW) == 1
        session.execute(update(Notice).values(read_at=NOW))
    session.commit()
    assert calls_in(sora.client.get("/translate/").text) == [f"/staff/review/{text.id}/opinion"]
    mina.send(units[ASK], text="", action="withdraw")
    assert calls_in(sora.client.get("/translate/").text) == []


def test_a_chart_shows_what_was_approved_in_which_week_and_a_table_says_it(translator, units, session):
    mina = translator("Mina")
    assert '<svg class="weeks"' not in mina.client.get("/translate/").text
    today = datetime.now(UTC)
    days = [today - timedelta(weeks=2), today - timedelta(weeks=2), today, today - timedelta(weeks=12)]
    for unit, day in zip(units, days, strict=True):
        begin_writing(session)
        texts = ["%(n)s통"] if unit.message.msgid_plural else [unit.message.msgid + "."]
        text = make_submitted(session, unit, *texts, by=make_account(session))
        decide(session, text, Decision.APPROVE, by=make_account(session).id, now=day)
        session.commit()
    tree = parsed(mina.client.get("/translate/").text)
    chart = next(one for one in tree.iter(f"{SVG}svg") if one.get("class") == "weeks")
    assert [bar.get("height") for bar in chart.iter(f"{SVG}rect")] == ["0.0"] * 9 + ["24.0", "0.0", "12.0"]
    assert chart.find(f"{SVG}title").text == "3 texts approved in 12 weeks"
    named = {one.get("id") for one in (chart.find(f"{SVG}title"), chart.find(f"{SVG}desc"))}
    assert set(chart.get("aria-labelledby").split()) == named
    cells = [[cell.text for cell in row] for row in tree.findall(".//details/table/tbody/tr")]
    assert [count for _, count in cells] == ["1", "0", "2"] + ["0"] * 9


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.dictionaries(st.integers(-99, 9), st.integers(1, 9)))
def test_every_text_of_the_weeks_shown_is_in_one_bar_and_no_other(today, by_distance):
    counts = {today + timedelta(days=distance): count for distance, count in by_distance.items()}
    shown = {day: count for day, count in counts.items() if first_day(today) <= day <= today}
    chart = chart_of(counts, today)
    assert (chart is None) == (not shown)
    if chart:
        assert chart.total == sum(shown.values())
        assert [week.first.weekday() for week in chart.weeks] == [0] * WEEKS
        assert chart.weeks[-1].first <= today < chart.weeks[-1].first + timedelta(weeks=1)
        assert max(chart.bars) == HEIGHT


def test_what_was_taken_back_is_not_counted(translator, units, session):
    mina = translator("Mina")
    mina.save(units[ASK], "서명하기", action="submit")
    judge(session, units[ASK], Decision.APPROVE)
    assert "1 text approved in 12 weeks" in mina.client.get("/translate/").text
    begin_writing(session)
    review = session.query(Review).filter_by(decision=Decision.APPROVE).order_by(Review.id.desc()).first()
    take_back(session, review.translation, by=review.reviewer_id, now=NOW)
    session.commit()
    assert "approved in 12 weeks" not in mina.client.get("/translate/").text


def test_counts_are_new_at_once_after_every_act(translator, units, session):
    mina = translator("Mina")

    def said() -> list[str]:
        tree = parsed(mina.client.get("/translate/").text)
        here = "/translate/ko/small?status="
        links = [one for one in tree.iter("a") if (one.get("href") or "").startswith(here)]
        return ["".join(one.itertext()) for one in links]

    assert said() == ["Untranslated 4"]
    mina.save(units[ASK], "서명하기")
    assert said() == ["Draft 1", "Untranslated 3"]
    mina.save(units[ASK], "서명하기", action="submit")
    assert said() == ["Waits for review 1", "Untranslated 3"]
    mina.send(units[ASK], text="서명하기", action="withdraw")
    assert said() == ["Untranslated 4"]
    mina.save(units[ASK], "서명해 주세요", action="submit")
    judge(session, units[ASK], Decision.APPROVE)
    assert said() == ["Approved 1", "Untranslated 3"]


@pytest.mark.parametrize(
    ("number", "sentence"),
    [(0, None), (1, "Your first text"), (10, "Ten of your"), (100, "A hundred of your")],
)
def test_milestones_are_said_in_a_plain_sentence(translator, session, number, sentence):
    mina = translator("Mina")
    begin_writing(session)
    domain = make_domain(session, *(Source(f"{one}", "Sign it") for one in range(number + 1)), name="miles")
    session.commit()
    assert "Thank you" not in mina.client.get("/translate/").text  # remembered until somebody works
    author, reviewer = account_by_email(session, mina.email), make_account(session)
    for unit in units_in(session, domain.id, "ko")[:number]:
        text = make_submitted(session, unit, "서명하기", by=author)
        decide(session, text, Decision.APPROVE, by=reviewer.id, now=NOW)
    session.commit()
    page = mina.client.get("/translate/").text
    assert ("Thank you" in page) is (sentence is not None)
    assert sentence is None or sentence in page


def test_the_number_of_questions_does_not_grow_with_the_texts(app, translator, session, units):
    mina, asked = translator("Mina"), []
    with app.app_context():
        engine = db.engine

    def questions() -> int:
        """What the page itself asks: now and then a request also looks whether another release is live."""
        counts = []
        for _ in range(4):
            asked.clear()
            event.listen(engine, "before_cursor_execute", note)
            mina.client.get("/translate/")
            event.remove(engine, "before_cursor_execute", note)
            counts.append(len(asked))
        return min(counts)

    def note(*said) -> None:
        asked.append(said[2])

    few = questions()
    author = account_by_email(begin_writing(session), mina.email)
    for number in range(3):
        reviewer = make_account(session)
        domain = make_domain(session, Source(None, "Sign"), Source(None, "Read"), name=f"more {number}")
        for unit in units_in(session, domain.id, "ko"):
            text = make_submitted(session, unit, "글", by=author)
            decide(session, text, Decision.APPROVE, by=reviewer.id, now=NOW)
    session.commit()
    assert 0 < questions() <= few + 1  # who decided is one question, however many they are
