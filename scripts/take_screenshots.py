"""Takes the pictures in docs/images from the real pages: a new platform, served, looked at, thrown away.

make screenshots
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from advocacy.rules.languages import LANGUAGES  # noqa: E402  the path has to be set first
from tests.browser.visitor import APPEAL, Visitor  # noqa: E402
from tests.servers import platform  # noqa: E402

IMAGES = ROOT / "docs" / "images"
KOREAN = LANGUAGES.by_tag("ko")
LARGEST = 300 * 1024
"""Bytes that a picture may have, for whoever clones the repository over a slow line."""


def main() -> None:
    """Take every picture."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("Please install Chromium (Debian: apt-get install chromium).")
    IMAGES.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as folder,
        platform(Path(folder) / "instance") as served,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        for language in LANGUAGES:
            page = _window(browser, served.url, 1280, 900)
            Visitor(page, language).open(APPEAL)
            _keep(page, f"appeal-{language.slug}.png", whole=False)
        _keep(_page_with_errors(browser, served.url), "sign-errors-ko-360.png", whole=True)
        browser.close()


def _window(browser: Browser, url: str, width: int, height: int) -> Page:
    return browser.new_page(base_url=url, viewport={"width": width, "height": height}, color_scheme="light")


def _page_with_errors(browser: Browser, url: str) -> Page:
    """Return the form in Korean as it comes back with a mistyped address and a box left unticked."""
    page = _window(browser, url, 360, 780)
    visitor = Visitor(page, KOREAN)
    visitor.open(APPEAL)
    visitor.fill_in(name="김민정", address="minjeong.example.org")
    page.uncheck("#agree_sensitive")
    visitor.send()
    return page


def _keep(page: Page, name: str, *, whole: bool) -> None:
    picture = page.screenshot(path=IMAGES / name, full_page=whole)
    if len(picture) > LARGEST:
        sys.exit(f"{name} has {len(picture)} bytes, more than {LARGEST}.")
    print(f"docs/images/{name}: {len(picture) // 1024} KB")


if __name__ == "__main__":
    main()
