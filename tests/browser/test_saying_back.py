"""What a text says, for those who cannot read it: said by its author, and by somebody blind to its source."""

from advocacy.extensions import db
from advocacy.models.translation import translations_of
from advocacy.rules.permissions import Role
from tests.browser.desk import LIGHT, Desk, sign_in
from tests.browser.visitor import Visitor

SOURCE, HERS, BLIND = "Every signature is a light.", "Each signature is light.", "Every sign gives light."


def newest(desk: Desk) -> int:
    """The newest text's id."""
    with desk.app.app_context():
        return translations_of(db.session(), desk.units()[LIGHT].id)[0].id


def say_it_of_ones_own(mina: Visitor, desk: Desk) -> None:
    """Say under the text what it says, and submit both."""
    page = mina.page
    page.fill("#text", desk.words.light)
    page.locator("details:has(#back) summary").click()
    page.fill("#back[lang=en][dir=ltr]", HERS)
    assert mina.barriers() == []
    assert mina.press(page.locator("button[value=submit]")).status == 303


def say_it_blind(sora: Visitor, email: str) -> None:
    """Find the request among what is new, and say it without having seen the source."""
    page = sora.page
    sign_in(sora, email, "/account/news")
    sora.press(sora.link("Read it without its source"))
    assert SOURCE not in page.content()
    assert HERS not in page.content()
    assert sora.barriers() == []
    assert not sora.scrolls_sideways()
    page.fill("#back", BLIND)
    assert sora.press(sora.button("Send it")).status == 303
    assert sora.sees("Thank you. The reviewer sees it beside the source.")


def test_a_reviewer_who_does_not_read_the_language_learns_what_a_text_says(visit, mina, desk):
    with desk.writing():
        sora, rio = desk.add_person("sora"), desk.add_person("rio", (Role.REVIEWER, desk.into.tag))
    say_it_of_ones_own(mina, desk)
    reviewer = visit(desk.walk())
    page = reviewer.page
    review = f"/staff/review/{newest(desk)}"
    sign_in(reviewer, rio, review)
    backs = page.locator("[aria-labelledby=backs]")
    assert backs.locator("h3 .tag").all_inner_texts() == [reviewer.says("The author’s own")]
    page.select_option("#ask-back", label=f"Sora {desk.domain.rsplit('-', 1)[-1]}")
    assert reviewer.press(page.locator("form[action*='/back/ask'] button")).status == 303
    say_it_blind(visit(desk.walk()), sora)
    page.goto(review)
    assert backs.locator("h3 .tag").all_inner_texts() == [
        reviewer.says("The author’s own"),
        reviewer.says("Blind"),
    ]
    said = backs.locator(".sheet-text[lang=en]").all_inner_texts()
    assert (said.count(SOURCE), said.count(HERS), said.count(BLIND)) == (2, 1, 1)
    assert backs.locator("ins").count() >= 2
    assert reviewer.barriers() == []
    assert not reviewer.scrolls_sideways()
