"""What a visitor does and sees, said once."""

import re
import time
from dataclasses import dataclass
from functools import cache

import polib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Locator, Page, Response

from advocacy import ROOT
from advocacy.models.domain import INTERFACE
from advocacy.rules.languages import LANGUAGES, Language
from advocacy.web.stamp import FASTEST_PERSON
from tests.factories import SLUG, new_address

APPEAL = f"/appeals/{SLUG}"
_PARTS = ("signatures", "check-mail", "withdrawn", "support", "supported", "proof")
PAGES = ["/", "/privacy", "/leave", APPEAL, *(f"{APPEAL}/{part}" for part in _PARTS)]
"""Every page that is the same for everybody, without its language."""

FAULTS = """options => axe.run(options).then(found => found.violations.flatMap(fault =>
  fault.nodes.map(node => `${fault.id}: ${node.target} ${node.failureSummary}`)))"""
"""What axe finds, and no more: all that it has looked at would take longer to tell than to look at."""

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Walk:
    """How somebody comes: the language she reads, her window, and what her browser does."""

    language: Language
    width: int = 360
    javascript: bool = True
    dark: bool = False
    browser_language: str = "fr-FR"

    def __str__(self) -> str:
        marks = ["" if self.javascript else "no-javascript", "dark" if self.dark else ""]
        return "-".join([self.language.slug, str(self.width), *filter(None, marks)])


EVERYBODY = list(map(Walk, LANGUAGES, [360, 1280, 360, 1280]))
"""Each language once, in a narrow or a wide window."""

EVERY_WINDOW = [Walk(language, width) for language in LANGUAGES for width in (360, 1280)]
EVERY_WAY = [
    walk
    for language in LANGUAGES
    for walk in (Walk(language, 360, javascript=False), Walk(language, 1280, dark=True))
]
"""The narrow window also without JavaScript, the wide one also in the dark."""

EITHER_WAY = [EVERY_WAY[number] for number in (0, 3, 4, 7)]
"""Each language once, in one of these ways."""


@cache
def _catalog(domain: str, locale: str) -> dict[tuple[str | None, str], str]:
    file = ROOT / "translations" / locale / "LC_MESSAGES" / f"{domain}.po"
    entries = polib.pofile(str(file)) if file.exists() else []
    return {(entry.msgctxt, entry.msgid): entry.msgstr for entry in entries}


def said(language: Language, text: str, /, **values: str) -> str:
    """`text`, as the interface says it in `language`."""
    if language != LANGUAGES.source:
        known = _catalog(INTERFACE, language.locale)
        text = known[None, text] if known else text  # one that was added is spoken as far as it is translated
    return text % values if values else text


def title_in(language: Language) -> str:
    """The appeal's title."""
    english = "Join Our Petition to Save North Koreans"
    if language == LANGUAGES.source:
        return english
    return _catalog(f"appeal-{SLUG}", language.locale)["title", english]


class Visitor:
    """Somebody before one page. `asked` are the addresses her browser asked for, `complaints` its errors."""

    def __init__(self, page: Page, language: Language) -> None:
        self.page = page
        self.language = language
        self.asked: list[str] = []
        self.complaints: list[str] = []
        self._came = 0.0
        page.on("request", lambda request: self.asked.append(request.url))
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _hear(self, message: ConsoleMessage) -> None:
        own_status = message.text.startswith("Failed to load resource") and "status of 4" in message.text
        if message.type in ("error", "warning") and not own_status:
            self.complaints.append(message.text)

    def open(self, path: str) -> Response:
        """Go to the page at `path`, in her language."""
        answer = self.page.goto(f"/{self.language.slug}{path}")
        self._came = time.monotonic()
        return answer

    def says(self, text: str, /, **values: str) -> str:
        return said(self.language, text, **values)

    def button(self, text: str) -> Locator:
        return self.page.get_by_role("button", name=self.says(text), exact=True)

    def link(self, text: str) -> Locator:
        return self.page.get_by_role("link", name=self.says(text), exact=True)

    def press(self, button: Locator) -> Response:
        """Press what sends a form, and go where it leads; returns the first answer."""
        with self.page.expect_navigation() as caught:
            button.click()
        sent = caught.value.request.redirected_from
        return sent.response() if sent else caught.value

    def sees(self, text: str, /, **values: str) -> bool:
        """Whether she sees `text`, in her language."""
        return self.page.get_by_text(self.says(text, **values), exact=True).first.is_visible()

    def fill_in(self, *, address: str, name: str = "김민정", shown: str = "count") -> None:
        """Fill in the form with what signing needs."""
        self.page.fill("#name", name)
        self.page.fill("#email", address)
        self.page.check(f"#display-{shown}")
        for consent in ("use", "sensitive", "age"):
            self.page.check(f"#agree_{consent}")

    def take_her_time(self) -> None:
        """Wait until she could have filled in the form: it refuses who is faster than a person."""
        left = self._came + FASTEST_PERSON - time.monotonic()
        self.page.wait_for_timeout(max(0, left * 1000))

    def send(self) -> Response:
        self.take_her_time()
        return self.press(self.button("Sign the petition"))

    def sign(self, *, discreet: bool = False, **choices: str) -> str:
        """Sign the appeal; returns the address that mail goes to."""
        choices = {"address": new_address(), **choices}
        self.open(APPEAL)
        self.fill_in(**choices)
        self.page.set_checked("#discreet", discreet)
        assert self.send().status == 303
        assert self.page.url.endswith(f"/{self.language.slug}{APPEAL}/check-mail")
        return choices["address"]

    def follow(self, link: str) -> int:
        """Open a link from a mail; returns the status."""
        return self.page.goto(link).status

    def counts(self) -> tuple[int, int]:
        """How many have signed, in all and in her language, as the appeal's page says."""
        self.open(APPEAL)
        goal = self.page.locator("[data-count]")
        in_all = _number(goal.locator("b").inner_text())
        assert in_all == int(goal.get_attribute("data-count"))
        hers = self.page.locator(f".tally li:has([lang='{self.language.tag}']) b")
        return in_all, sum(map(_number, hers.all_inner_texts()))

    def names(self) -> list[str]:
        return self.page.locator(".names li").all_inner_texts()

    def has_in_view(self, part: Locator) -> bool:
        """Whether her window shows the whole of `part`, to the pixel."""
        box = part.bounding_box()
        return box["y"] > -1 and box["y"] + box["height"] < self.page.viewport_size["height"] + 1

    def scrolls_sideways(self) -> bool:
        return self.page.evaluate("document.documentElement.scrollWidth > innerWidth")

    def barriers(self) -> list[str]:
        """What axe finds wrong with the page."""
        self.page.evaluate(Axe().axe_script)
        return self.page.evaluate(FAULTS, {"runOnly": RULES, "resultTypes": ["violations"]})


def _number(text: str) -> int:
    return int(re.sub(r"\D", "", text))
