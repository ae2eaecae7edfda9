"""Takes the pictures in docs/images and advocacy/static/pictures from the real pages.

A new platform is served, worked on by its small cast, looked at, and thrown away.

make screenshots
"""

import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from work_pictures import Cast, look, shots_for_staff, shots_for_translators  # noqa: E402

from advocacy.rules.languages import LANGUAGES  # noqa: E402  the path has to be set first
from tests.browser.visitor import APPEAL, Visitor  # noqa: E402
from tests.servers import Platform, platform  # noqa: E402

IMAGES = ROOT / "docs" / "images"
IN_GUIDES = ROOT / "advocacy" / "static" / "pictures"
KOREAN = LANGUAGES.by_tag("ko")
LARGEST = 300 * 1024
"""Bytes that a picture may have, for whoever clones the repository over a slow line."""
LARGEST_OF_WORK, LARGEST_IN_DOCS = 90 * 1024, 100 * 1024
"""The same for a picture in a guide, which is read by people at work, wherever they are."""


def main() -> None:
    """Take every picture."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("Please install Chromium (Debian: apt-get install chromium).")
    for folder in (IMAGES, IN_GUIDES):
        folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as scratch,
        platform(ADVOCACY_INSTANCE=str(Path(scratch) / "instance")) as served,
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
        _show_work(browser, served)
        browser.close()


def _show_work(browser: Browser, served: Platform) -> None:
    """Take the pictures of the guides."""
    cast = Cast(served)
    cast.work()
    for language, shot in shots_for_translators(cast):
        kept = IN_GUIDES / f"{shot.name}-{language.slug}.png"
        _write(kept, look(browser, cast, shot, language), LARGEST_OF_WORK)
    for shot in shots_for_staff(cast):
        _write(IMAGES / f"{shot.name}.png", look(browser, cast, shot, LANGUAGES.source), LARGEST_IN_DOCS)


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
    _write(IMAGES / name, page.screenshot(full_page=whole), LARGEST)


def _write(path: Path, picture: bytes, largest: int) -> None:
    if len(picture) > largest:
        sys.exit(f"{path.name} has {len(picture)} bytes, more than {largest}.")
    path.write_bytes(picture)
    print(f"{path.relative_to(ROOT)}: {len(picture) // 1024} KB")


if __name__ == "__main__":
    main()
