"""From the mail to the count."""

import pytest

from tests.browser.visitor import APPEAL, EITHER_WAY, EVERYBODY, Visitor, title_in
from tests.factories import link_in, new_address
from tests.mails import html_of, text_of

TELLING = {
    "ko": ["청원", "서명", "북한", "탈북", "공개 서한"],
    "en": ["petition", "sign", "korea", "defector", "letter"],
    "zh-Hans": ["请愿", "签名", "签署", "朝鲜", "脱北", "公开信"],
    "zh-Hant": ["請願", "簽名", "簽署", "北韓", "脫北", "公開信"],
}
"""Words that would tell whoever looks over a shoulder what a mail is about."""


def name_from(address: str) -> str:
    """A name that nobody else has."""
    return address.partition("@")[0].translate(str.maketrans("0123456789", "가나다라마바사아자차"))


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_opening_the_link_changes_nothing(visit, walk, mailbox):
    visitor = visit(walk)
    address = visitor.sign(shown="name", name="李小龍")
    before = visitor.counts()
    [mail] = mailbox.wait_for(address)
    assert mail["Subject"] == visitor.says("Please confirm your signature")
    assert title_in(walk.language) in text_of(mail)
    link = link_in(text_of(mail), "confirm")
    for _ in range(5):  # as mail scanners do
        assert visitor.page.request.get(link).status == 200
        assert visitor.page.request.head(link).status == 200
    visitor.follow(link)
    visitor.page.reload()
    assert visitor.sees("Last step: confirm your signature")
    assert visitor.barriers() == []
    assert visitor.counts() == before
    assert "李小龍" not in visitor.names()


@pytest.mark.parametrize("walk", EITHER_WAY, ids=str)
def test_a_signature_counts_once_however_often_the_button_is_pressed(visit, walk, mailbox):
    visitor = visit(walk)
    before, before_in_language = visitor.counts()
    link = link_in(text_of(mailbox.wait_for(visitor.sign())[0]), "confirm")
    second = Visitor(visitor.page.context.new_page(), walk.language)
    assert visitor.follow(link) == second.follow(link) == 200
    for window in (visitor, second):
        assert window.press(window.button("Confirm my signature")).status == 303
        assert window.sees("Thank you. Your signature is counted")
    visitor.page.reload()
    assert visitor.follow(link) == 200
    assert visitor.button("Confirm my signature").count() == 0
    assert visitor.counts() == (before + 1, before_in_language + 1)


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_whoever_wants_to_be_shown_is_shown_as_she_said(visit, walk, mailbox, let_names_show):
    visitor = visit(walk)
    address = new_address()
    name = name_from(address)
    visitor.sign(address=address, name=name, shown="name")
    visitor.follow(link_in(text_of(mailbox.wait_for(address)[0]), "confirm"))
    assert visitor.page.locator(".facts").get_by_text(name).count() == 2  # hers, and as it will be shown
    visitor.press(visitor.button("Confirm my signature"))
    assert visitor.barriers() == []
    assert visitor.sees("You will be shown as %(name)s once we have looked at it.", name=name)
    let_names_show()
    visitor.link("Pass this letter on").click()
    visitor.page.wait_for_url(f"**{APPEAL}#share")
    assert visitor.names()[0] == name
    visitor.link("All names").click()
    visitor.page.wait_for_url(f"**{APPEAL}/signatures")
    assert visitor.names()[0] == name


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_signing_again_looks_the_same_and_counts_nothing(visit, walk, mailbox):
    visitor = visit(walk)
    address = visitor.sign()
    page_after_first = visitor.page.content()
    visitor.follow(link_in(text_of(mailbox.wait_for(address)[0]), "confirm"))
    visitor.press(visitor.button("Confirm my signature"))
    before = visitor.counts()

    visitor.sign(address=address, name="王芳", shown="name")
    assert visitor.page.content() == page_after_first
    mail = mailbox.wait_for(address, count=2)[1]
    assert mail["Subject"] == visitor.says("You have already signed")
    assert "/confirm/" not in text_of(mail) + html_of(mail)
    assert visitor.counts() == before
    visitor.open(f"{APPEAL}/signatures")
    assert "王芳" not in visitor.names()


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_a_discreet_mail_does_not_tell_what_it_is_about(visit, walk, mailbox):
    visitor = visit(walk)
    address = visitor.sign(discreet=True, name="김민정")
    announced = visitor.page.locator(".note").inner_text()
    [mail] = mailbox.wait_for(address)
    assert mail["Subject"] == visitor.says("Your request")
    [sender] = mail["From"].addresses
    assert sender.display_name == visitor.says("Post desk")
    assert mail["Subject"] in announced
    assert sender.display_name in announced
    to_be_seen = "\n".join([*map(str, mail.values()), text_of(mail), html_of(mail)]).replace(address, "")
    told = [word for word in TELLING[walk.language.tag] if word in to_be_seen.casefold()]
    assert told == []
    assert title_in(walk.language) not in to_be_seen
    assert "김민정" not in to_be_seen
    assert visitor.follow(link_in(text_of(mail), "confirm")) == 200
    assert visitor.button("Confirm my signature").is_visible()
