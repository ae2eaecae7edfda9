"""Laws that hold for every page, now and when more are added."""

import re
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import update

from advocacy import ROOT
from advocacy.account.news import no_mail_token
from advocacy.actions.join import apply_to_translate
from advocacy.catalogs.po_files import read_po
from advocacy.models import Account, Agreement, Invitation, RecoveryLink
from advocacy.models.domain import INTERFACE
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from advocacy.vault.tokens import token_hash
from advocacy.web.access import access_of
from advocacy.web.live_catalogs import Catalog, Snapshot
from tests.factories import SLUG, filled_form, link_in, make_account, some_unit, submitted_in_korean
from tests.mails import sent_mails, text_of
from tests.pages import parsed, title_of
from tests.people import ask_something, make_wish, staff_client

LANGUAGE_SLUGS = [language.slug for language in LANGUAGES]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CONNECTS = {"editor.show", "editor.take", "talk.take", "talk.resolve", "term.take"}
"""The views whose page may ask for more, of this site alone."""
NOT_PAGES = {"front.welcome", "machines.static", "machines.healthz", "machines.readyz", "machines.robots"}
NOT_PAGES |= {"sitemap.sitemap", "mailbox.html", "audit.as_csv", "offline.download"}
NOT_PAGES |= {"in_place.show", "in_place.show_first"}  # public pages: tests/translate/test_in_place.py
NOT_PAGES |= {"talk.lead_back", "term.lead_back", "review_talk.lead_back"}
NOT_PAGES |= {"together.lead_back", "offline.lead_back", "next_text.lead"}
AT_WORK = {
    "account.show_sign_in": "/account/sign-in",
    "recovery.show": "/account/recover",
    "recovery.show_sent": "/account/recover/sent",
    "recovery.show_new": "/account/recover/link/{recovery}",
    "invitation.show": "/account/invitation/{invitation}",
    "factor.show": "/account/second-factor",
    "factor.show_enrol": "/account/second-factor/new",
    "passkeys.show": "/account/passkeys",
    "profile.show": "/account/",
    "news.show": "/account/news",
    "news.show_no_mail": "/account/no-more-mail/{no_mail}",
    "profile.show_delete": "/account/delete",
    "profile.show_deleted": "/account/deleted",
    "agreement.show": "/account/agreement",
    "desk.show": "/staff/",
    "names.show": "/staff/names",
    "batches.choose": "/staff/signatures/",
    "batches.show": f"/staff/signatures/{SLUG}",
    "people.show": "/staff/people/",
    "agreements.show": "/staff/people/agreement",
    "people.show_one": "/staff/people/{account}",
    "applications.show": "/staff/people/applications/{application}",
    "audit.show": "/staff/audit",
    "workbench.show": "/translate/",
    "units.show": "/translate/ko/messages",
    "offline.show": "/translate/ko/messages/offline",
    "offline.show_plan": "/translate/ko/messages/offline/plan",
    "editor.show": f"/translate/ko/appeal-{SLUG}/{{unit}}",
    "review.show": "/staff/review",
    "review.show_one": "/staff/review/{waiting}",
    "opinions.show": "/staff/review/{waiting}/opinion",
    "back.show": "/staff/review/{waiting}/back",
    "policies.show": "/staff/policies",
    "review.show_together": "/staff/review/together",
    "questions.show": "/staff/questions",
    "terms.show": "/staff/terms",
    "releases.show": "/staff/releases/messages",
    "releases.show_one": "/staff/releases/messages/1",
    "source.show": f"/staff/appeals/{SLUG}/source",
    "source.show_one": f"/staff/appeals/{SLUG}/source/title",
    "source.show_urgent": f"/staff/appeals/{SLUG}/source/title/urgent",
    "typos.show": "/staff/typos",
    "preview.show": "/staff/releases/messages/1/as-read",
}
"""The pages of people who work here, whose address names no language."""
MODULES = {
    "passkeys.show": ["passkey.js"],
    "workbench.show": ["translate.js"],
    "units.show": ["translate.js"],
    "review.show_one": ["review.js"],
    "editor.show": ["translate.js", "checks.js", "insert.js", "sending.js"],
    "offline.show": ["translate.js"],
    "offline.show_plan": ["translate.js"],
}
"""The scripts that a page cannot do without; every other page has none."""


@pytest.fixture
def paths(app, client):
    """An address for every GET view that gives a page, by language."""

    def make(language: str) -> dict[str, str]:
        client.post(f"/{language}/appeals/{SLUG}/sign", data=filled_form(app))
        text = text_of(sent_mails(app)[-1])
        ask_something(app, "q")
        appeal = f"/{language}/appeals/{SLUG}"
        return {
            "front.appeals": f"/{language}/",
            "appeal.show": appeal,
            "signing.check_mail": f"{appeal}/check-mail",
            "appeal.withdrawn": f"{appeal}/withdrawn",
            "exact_text.show": f"{appeal}/text/1",
            "appeal.signatures": f"{appeal}/signatures",
            "supporting.show": f"{appeal}/support",
            "supporting.thanks": f"{appeal}/supported",
            "proof.show": f"{appeal}/proof",
            "front.leave": f"/{language}/leave",
            "joining.show": f"/{language}/help-translate",
            "joining.thanks": f"/{language}/help-translate/thanks",
            "joining.show_question": f"/{language}/question/q",
            "links.show_confirm": link_in(text, "confirm"),
            "links.show_withdraw": link_in(text, "withdraw"),
            "privacy.show": f"/{language}/privacy",
            "translating.show": f"/{language}/translating",
            "translating.translators": f"/{language}/translators",
            "mailbox.index": "/dev/mailbox",
        }

    return make


def test_every_view_says_who_may_open_it(app):
    silent = [name for name, view in app.view_functions.items() if access_of(view) is None]
    assert silent == []


def test_only_the_editor_may_ask_for_more(app, client, at_work):
    assert {name for name, view in app.view_functions.items() if access_of(view).connects} == CONNECTS
    editor = at_work["editor.show"]
    elsewhere = staff_client(app, Role.TRANSLATOR)
    for answer in (
        client.get(editor),  # signed out: led away
        client.post(editor, data={"text": "x"}),  # the page to sign in on
        elsewhere.get("/translate/ko/messages/2147483647"),
        elsewhere.post(editor, data={"text": "x"}),  # no token
    ):
        assert answer.headers["Content-Security-Policy"] == POLICY


def test_every_page_is_looked_at_by_the_tests_below(app, paths):
    pages = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in rule.methods}
    assert pages - NOT_PAGES == set(paths("ko")) | set(AT_WORK)


@pytest.fixture
def at_work(app, session) -> dict[str, str]:
    """AT_WORK, with something at each address that is one of something."""
    waiting = submitted_in_korean(session)
    account = make_account(session, (Role.TRANSLATOR, "ko"))
    application = apply_to_translate(session, make_wish(), now=datetime.now(UTC))
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    session.add(RecoveryLink(account_id=account.id, token_hash=token_hash("r"), expires_at=tomorrow))
    values = {"grants": [["translator", "ko"]], "made_at": tomorrow, "expires_at": tomorrow}
    session.add(Agreement(texts={"en": "Be kind."}, text_hash="0" * 64, made_at=tomorrow))
    session.add(Invitation(email="i@example.org", name="", token_hash=token_hash("i"), **values))
    session.commit()
    with app.app_context():
        no_mail = no_mail_token(account.id)
    found = {
        "no_mail": no_mail,
        "recovery": "r",
        "invitation": "i",
        "account": account.id,
        "unit": some_unit(app),
        "waiting": waiting,
        "application": application.id,
    }
    return {endpoint: path.format(**found) for endpoint, path in AT_WORK.items()}


@pytest.mark.parametrize("slug", LANGUAGE_SLUGS)
def test_every_page_of_people_who_work_here_is_whole_in_every_language(app, session, at_work, slug):
    client = staff_client(app, *Role)
    session.rollback()
    session.execute(update(Account).values(must_agree=False))
    session.commit()
    for endpoint, path in at_work.items():
        answer = client.get(f"{path}?language={slug}")
        _look_at(answer, path, LANGUAGES.by_slug(slug))
        assert "shown in English" not in answer.text
        more = "; connect-src 'self'" if endpoint in CONNECTS else ""
        assert answer.headers["Content-Security-Policy"] == POLICY + more, path
        assert answer.headers["Cache-Control"] == "no-store"
        assert _modules_of(answer.text) == MODULES.get(endpoint, []), path
        assert not re.search(r"<[^>]+\s(style|on\w+)=", answer.text), path


@pytest.fixture
def untranslated(monkeypatch) -> set[str]:
    """An interface that nobody has translated; what every text of it is in English."""
    every = Snapshot.catalog
    nothing = Catalog(None)
    monkeypatch.setattr(
        Snapshot, "catalog", lambda *asked: nothing if asked[1] == INTERFACE else every(*asked)
    )
    template = read_po(ROOT / "translations" / "messages.pot")
    return {entry.msgid for entry in template if not entry.msgid_plural}


def _english(element, texts: set[str], tag: str):
    """Yield what `element`, in a language (BCP 47 tag), shows of these texts as if they were in that one."""
    tag = element.get("lang", tag)
    for value in element.attrib.values():
        assert "<span" not in value
    if tag != "en" and element.tag not in UNMARKED:
        shown = [element.text, *(child.tail for child in element)]
        yield from (text.strip() for text in shown if text and text.strip() in texts)
    for child in element:
        if isinstance(child.tag, str):
            yield from _english(child, texts, tag)


UNMARKED = {"title", "option", "textarea", "script", "style"}
"""Elements that hold text alone: no part of theirs can be marked."""


def test_what_is_not_translated_is_marked_as_english(app, client, session, paths, at_work, untranslated):
    worker = staff_client(app, *Role)
    session.rollback()
    session.execute(update(Account).values(must_agree=False))
    session.commit()
    pages = [(endpoint, client.get(path)) for endpoint, path in paths("ko").items() if "mailbox" not in path]
    pages += [(endpoint, worker.get(f"{path}?language=ko")) for endpoint, path in at_work.items()]
    found = {endpoint: [*_english(parsed(answer.text), untranslated, "")] for endpoint, answer in pages}
    assert {endpoint: texts for endpoint, texts in found.items() if texts} == {}


def _modules_of(page: str) -> list[str]:
    """The scripts that a page names: files of our own, run when the page is there; nothing inline."""
    found = re.findall(r"<script\b([^>]*)>(.*?)</script", page, re.DOTALL | re.IGNORECASE)
    names = [
        re.fullmatch(r' type="module" src="/static/[0-9a-f]{16}/([a-z]+\.js)"', said) for said, _ in found
    ]
    assert all(names), found
    assert {inside for _, inside in found} <= {""}
    assert len(found) == page.lower().count("<script")
    return [name.group(1) for name in names]


def _look_at(answer, path: str, language) -> None:
    page = answer.text
    assert answer.status_code == 200, path
    tree = parsed(page)
    assert (tree.get("lang"), tree.get("dir")) == (language.tag, "ltr"), path
    assert title_of(page).strip(), path
    assert len(tree.findall(".//h1")) == len(tree.findall(".//main")) == 1, path
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id"))
    assert [name for name, times in ids.items() if times > 1] == [], path
    labelled = {element.get("for") for element in tree.iter("label")}
    inputs = [*tree.iter("input"), *tree.iter("select"), *tree.iter("textarea")]
    assert {element.get("id") for element in inputs if element.get("type") != "hidden"} <= labelled, path
    targets = {a.get("href")[1:] for a in tree.iter("a") if (a.get("href") or "").startswith("#")}
    assert targets <= set(ids), path


@pytest.mark.parametrize("slug", LANGUAGE_SLUGS)
def test_every_page_is_whole_in_every_language(client, paths, slug):
    language = LANGUAGES.by_slug(slug)
    for endpoint, path in paths(slug).items():
        answer = client.get(path, headers={"Accept-Language": language.tag})
        page = answer.text
        _look_at(answer, path, language)
        tree = parsed(page)
        if endpoint != "mailbox.index":
            assert "shown in English" not in page
            foreign = {span.text for span in tree.iter("span") if span.get("lang") == "en" and slug != "en"}
            assert foreign <= {"Young-il Kim", "English"}, path  # a name no source writes in Chinese


@pytest.mark.parametrize("slug", LANGUAGE_SLUGS)
def test_every_page_has_the_headers_that_protect_its_reader(client, paths, slug):
    for path in paths(slug).values():
        headers = client.get(path, headers={"Accept-Language": LANGUAGES.by_slug(slug).tag}).headers
        assert headers["Content-Security-Policy"] == POLICY, path
        assert headers["Referrer-Policy"] == "same-origin"
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Language"] == LANGUAGES.by_slug(slug).tag
        assert "Set-Cookie" not in headers


def test_no_page_has_script_inline_style_or_anything_from_elsewhere(client, paths):
    for path in paths("zh-hans").values():
        page = client.get(path).text
        assert "<script" not in page
        assert not re.search(r"<[^>]+\s(style|on\w+)=", page), path
        loaded = re.findall(r'<(?:link rel="(?:stylesheet|icon)" href|img src|script src)="([^"]+)"', page)
        assert all(address.startswith("/static/") for address in loaded), path


def test_pages_of_one_person_are_kept_by_nobody(client, paths):
    found = paths("ko")
    for endpoint in ("links.show_confirm", "links.show_withdraw", "signing.check_mail", "appeal.withdrawn"):
        answer = client.get(found[endpoint])
        assert answer.headers["Cache-Control"] == "no-store"
        assert '<meta name="robots" content="noindex">' in answer.text
        assert 'rel="alternate"' not in answer.text


def test_pages_for_everybody_may_be_cached(client, paths):
    found = paths("ko")
    for endpoint in ("front.appeals", "appeal.show", "appeal.signatures", "privacy.show"):
        assert client.get(found[endpoint]).headers["Cache-Control"].startswith("public"), endpoint


@pytest.mark.parametrize("endpoint", ["front.appeals", "appeal.show", "privacy.show"])
def test_languages_point_at_each_other(client, paths, endpoint):
    seen = {}
    for slug in LANGUAGE_SLUGS:
        path = paths(slug)[endpoint]
        page = client.get(path).text
        alternates = dict(re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)"', page))
        canonical = re.search(r'<link rel="canonical" href="([^"]+)"', page).group(1)
        assert alternates[LANGUAGES.by_slug(slug).tag] == canonical
        assert canonical == f"http://127.0.0.1:8000{path}"
        assert alternates["x-default"] == alternates["en"]
        seen[slug] = alternates
    assert len({tuple(sorted(alternates.items())) for alternates in seen.values()}) == 1
    assert set(seen["ko"]) == {"ko", "en", "zh-Hans", "zh-Hant", "x-default"}


@pytest.mark.parametrize("slug", LANGUAGE_SLUGS)
def test_the_appeal_with_its_styles_fits_into_fifteen_kilobytes(client, slug):
    ask = {"Accept-Encoding": "br"}
    page = client.get(f"/{slug}/appeals/{SLUG}", headers=ask)
    plain = client.get(f"/{slug}/appeals/{SLUG}").text
    sheet, icon = re.findall(r'href="(/static/[^"]+)"', plain)
    total = sum(len(answer.data) for answer in (page, *(client.get(p, headers=ask) for p in (sheet, icon))))
    assert page.headers["Content-Encoding"] == "br"
    assert total <= 15 * 1024


def test_the_switcher_stays_on_the_page(client, paths):
    for endpoint, path in paths("ko").items():
        if endpoint == "mailbox.index":
            continue
        page = client.get(path).text
        assert f'href="{path.replace("/ko/", "/zh-hant/", 1)}"' in page, endpoint


def test_every_post_refuses_other_sites(client, app):
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in rule.methods]
    posts = [rule for rule in rules if not access_of(app.view_functions[rule.endpoint]).session_guarded]
    assert len(posts) >= 9
    for rule in posts:
        path = (
            rule.rule.replace("<language:language>", "en")
            .replace("<slug:slug>", SLUG)
            .replace("<token>", "x")
        )
        answer = client.post(path, headers={"Origin": "https://evil.example"})
        assert answer.status_code == 403, path
