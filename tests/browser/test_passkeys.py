"""Passkeys, with the authenticator that Chromium brings for tests: made, asked for, shown, removed."""

import re
from collections.abc import Iterator

import pytest

from advocacy import create_app
from advocacy.config import read_settings
from advocacy.extensions import db
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.permissions import Role
from tests.browser.visitor import Visitor, Walk
from tests.people import PASSWORD, add_person
from tests.servers import Platform, free_port, platform

FACTOR, PASSKEYS = "/account/second-factor", "/account/passkeys"
ENGLISH = LANGUAGES.source
WIDE = Walk(ENGLISH, 1280)


@pytest.fixture(scope="module")
def site(tmp_path_factory, new_platform) -> Iterator[Platform]:
    """The platform under a name: no browser takes passkeys at an address that is a number."""
    port = str(free_port())
    here = {"ADVOCACY_PORT": port, "ADVOCACY_BASE_URL": f"http://localhost:{port}"}
    with platform(**new_platform(tmp_path_factory.mktemp("passkeys"), "passkeys"), **here) as served:
        served.url = here["ADVOCACY_BASE_URL"]
        yield served


@pytest.fixture
def email(site) -> str:
    app = create_app(read_settings(site.environ))
    email = add_person(app, (Role.MODERATOR, None))
    with app.app_context():
        db.engine.dispose()
    return email


class Device:
    """A phone or a security key beside a visitor's browser."""

    def __init__(self, visitor: Visitor) -> None:
        self._tools = visitor.page.context.new_cdp_session(visitor.page)
        self._tools.send("WebAuthn.enable")
        options = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True}
        options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
        self._id = self._ask("addVirtualAuthenticator", options=options)["authenticatorId"]

    def passkeys(self) -> list[dict[str, object]]:
        return self._ask("getCredentials", authenticatorId=self._id)["credentials"]

    def carry_to(self, other: "Device") -> None:
        """Plug it, with all that it holds, into another browser."""
        for one in self.passkeys():
            other._ask("addCredential", authenticatorId=other._id, credential=one)

    def _ask(self, what: str, **values: object) -> dict:
        return self._tools.send(f"WebAuthn.{what}", values)


def sign_in(visitor: Visitor, email: str) -> None:
    page = visitor.page
    page.goto(f"/account/sign-in?language={visitor.language.slug}")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    visitor.press(visitor.button("Sign in"))


def add(visitor: Visitor, name: str = "My phone") -> None:
    visitor.page.goto(PASSKEYS)
    visitor.page.fill("#name", name)
    with visitor.page.expect_navigation():
        visitor.button("Add a passkey").click()


def sign_out(visitor: Visitor) -> None:
    visitor.page.goto("/account/")
    visitor.press(visitor.button("Sign out"))


@pytest.mark.parametrize("width", [360, 1280])
def test_a_passkey_is_added_and_opens_the_staff_pages_after_the_password(visit, email, width):
    visitor = visit(Walk(ENGLISH, width))
    page, device = visitor.page, Device(visitor)
    sign_in(visitor, email)
    assert page.url.endswith(f"{FACTOR}/new?next=/account/")
    visitor.press(visitor.link("Add a passkey"))
    assert (visitor.barriers(), visitor.scrolls_sideways()) == ([], False)
    add(visitor, "W" * 40)
    assert visitor.sees("Your recovery codes")
    assert page.locator("main li code").count() == 10
    (kept,) = device.passkeys()
    assert (kept["rpId"], kept["isResidentCredential"]) == ("localhost", False)
    page.goto(PASSKEYS)
    assert visitor.sees("W" * 40)
    assert (visitor.barriers(), visitor.scrolls_sideways()) == ([], False)
    sign_out(visitor)
    sign_in(visitor, email)
    assert page.url.endswith(f"{FACTOR}?next=/account/")
    page.goto("/staff/")
    assert page.url.endswith(f"{FACTOR}?next=/staff/")
    assert (visitor.barriers(), visitor.scrolls_sideways()) == ([], False)
    visitor.press(visitor.button("Show a passkey"))
    assert page.url.endswith("/staff/")
    assert visitor.sees("Desk")
    assert device.passkeys()[0]["signCount"] == kept["signCount"] + 1


def test_it_is_added_and_shown_without_a_mouse(visit, email):
    visitor = visit(WIDE)
    page = visitor.page
    Device(visitor)
    sign_in(visitor, email)
    page.goto(PASSKEYS)
    page.focus("#name")
    page.keyboard.type("My phone")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "credential"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert visitor.sees("Your recovery codes")
    sign_out(visitor)
    sign_in(visitor, email)
    page.focus("#credential")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url.endswith("/account/")


def test_browsers_that_read_no_options_themselves_can_do_it_too(visit, email):
    visitor = visit(WIDE)
    for kind in ("Creation", "Request"):
        visitor.page.add_init_script(f"delete PublicKeyCredential.parse{kind}OptionsFromJSON")
    Device(visitor)
    sign_in(visitor, email)
    add(visitor)
    assert visitor.sees("Your recovery codes")
    page = visitor.page
    page.goto(PASSKEYS)
    assert page.evaluate("PublicKeyCredential.parseCreationOptionsFromJSON") is None
    page.fill("#name", "The same phone")
    visitor.button("Add a passkey").click()
    page.locator("#credential-error").wait_for()
    assert page.locator("#credential-error").inner_text() == "This passkey is already registered."
    sign_out(visitor)
    sign_in(visitor, email)
    visitor.press(visitor.button("Show a passkey"))
    assert visitor.page.url.endswith("/account/")


def test_a_browser_that_cannot_says_so_and_what_to_do_instead(visit, email):
    visitor = visit(WIDE)
    visitor.page.add_init_script("delete window.PublicKeyCredential")
    sign_in(visitor, email)
    visitor.page.goto(PASSKEYS)
    assert visitor.sees("This browser cannot use passkeys.")
    assert visitor.sees("Set up an authenticator app instead: its codes need no JavaScript.")
    assert not visitor.page.locator("#name").is_visible()


def test_an_empty_name_is_asked_for_before_the_device_is(visit, email):
    visitor = visit(WIDE)
    device = Device(visitor)
    sign_in(visitor, email)
    add(visitor, " ")
    assert visitor.page.locator("#name-error").inner_text() == "Enter a name for the passkey."
    assert device.passkeys() == []


def test_it_is_removed_with_the_password(visit, email):
    visitor = visit(Walk(ENGLISH))
    page = visitor.page
    Device(visitor)
    sign_in(visitor, email)
    add(visitor)
    for password, status in (("a guess", 422), (PASSWORD, 303)):
        if status == 422:
            page.goto(PASSKEYS)
            page.locator("summary").click()
        page.get_by_label("Password").fill(password)
        assert visitor.press(visitor.button("Remove the passkey")).status == status
        assert visitor.barriers() == []
    assert visitor.sees("You have none.")


def test_a_copy_of_a_device_is_found_out(visit, email):
    visitor, thief = visit(WIDE), visit(WIDE)
    device, copy = Device(visitor), Device(thief)
    sign_in(visitor, email)
    add(visitor)
    device.carry_to(copy)
    sign_out(visitor)
    sign_in(visitor, email)
    visitor.press(visitor.button("Show a passkey"))
    assert visitor.page.url.endswith("/account/")
    sign_in(thief, email)
    assert visitor.press(thief.button("Show a passkey")) if False else True
    assert thief.press(thief.button("Show a passkey")).status == 422
    assert "was not recognised" in thief.page.locator("#credential-error").inner_text()


def test_a_device_that_knows_no_passkey_of_hers_is_said_where_the_button_is(visit, email):
    visitor, elsewhere = visit(WIDE), visit(Walk(ENGLISH, 360))
    Device(visitor)
    sign_in(visitor, email)
    add(visitor)
    Device(elsewhere)
    sign_in(elsewhere, email)
    elsewhere.button("Show a passkey").click()
    said = elsewhere.page.locator("#credential-error")
    said.wait_for()
    assert said.inner_text() == "That was cancelled. You can try again."
    assert elsewhere.button("Show a passkey").get_attribute("aria-describedby") == "credential-error"
    assert elsewhere.page.url.endswith(f"{FACTOR}?next=/account/")


@pytest.mark.parametrize("width", [360, 1280])
def test_without_javascript_the_page_says_what_to_do_instead(visit, email, width):
    visitor, plain = visit(WIDE), visit(Walk(ENGLISH, width, javascript=False))
    Device(visitor)
    sign_in(visitor, email)
    add(visitor)
    code = visitor.page.locator("main li code").first.inner_text()
    sign_in(plain, email)
    page = plain.page
    assert page.get_by_text("Passkeys need JavaScript, which does not run here.").is_visible()
    assert page.get_by_text("Enter one of your recovery codes instead.").is_visible()
    assert not page.locator("#credential").is_visible()
    page.fill("#code", code)
    assert plain.press(plain.button("Go on")).status == 303
    page.goto(PASSKEYS)
    assert page.get_by_text("Set up an authenticator app instead: its codes need no JavaScript.").is_visible()
    assert not page.locator("#name").is_visible()
    assert not plain.scrolls_sideways()
    page.get_by_role("link", name="Set up an authenticator app").click()
    assert re.search(f"{FACTOR}/new$", page.url)
