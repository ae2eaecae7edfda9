"""Saying "that was not me", and changing one's mind."""

import pytest

from tests.browser.visitor import APPEAL, EVERYBODY
from tests.factories import link_in
from tests.mails import text_of


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_whoever_did_not_sign_has_everything_deleted(visit, walk, mailbox):
    visitor = visit(walk)
    before = visitor.counts()
    text = text_of(mailbox.wait_for(visitor.sign())[0])
    visitor.follow(link_in(text, "confirm"))
    assert visitor.press(visitor.button("It was not me, delete this")).status == 303
    assert visitor.sees("The signature is deleted")
    for kind in ("confirm", "withdraw"):
        assert visitor.follow(link_in(text, kind)) == 404
        assert visitor.sees("This link no longer works")
    assert visitor.counts() == before


@pytest.mark.parametrize("walk", EVERYBODY, ids=str)
def test_a_signature_is_taken_back_with_the_link_in_the_mail(visit, walk, mailbox, let_names_show):
    visitor = visit(walk)
    text = text_of(mailbox.wait_for(visitor.sign(name="歐陽菲菲", shown="name"))[0])
    visitor.follow(link_in(text, "confirm"))
    visitor.press(visitor.button("Confirm my signature"))
    let_names_show()
    before, before_in_language = visitor.counts()
    assert "歐陽菲菲" in visitor.names()

    leave = link_in(text, "withdraw")
    for _ in range(5):
        assert visitor.page.request.get(leave).status == 200
    assert visitor.counts() == (before, before_in_language)
    visitor.follow(leave)
    assert visitor.sees("Confirmed and counted")
    assert visitor.barriers() == []
    assert visitor.press(visitor.button("Delete my signature")).status == 303
    assert visitor.sees("The signature is deleted")
    for kind in ("confirm", "withdraw"):
        assert visitor.follow(link_in(text, kind)) == 404
        assert visitor.sees("This link no longer works")
    assert visitor.counts() == (before - 1, before_in_language - 1)
    visitor.open(f"{APPEAL}/signatures")
    assert "歐陽菲菲" not in visitor.names()
