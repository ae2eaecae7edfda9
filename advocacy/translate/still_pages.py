"""Taking the life out of a public page, so that it can be looked at inside the workbench.

The page comes from our own templates, so it is well-formed; whatever translators wrote in it is escaped text.
"""

from collections.abc import Callable
from html.parser import HTMLParser

from markupsafe import Markup, escape

_FIELDS = frozenset({"button", "input", "select", "textarea"})
_FOR_OTHERS = frozenset({"canonical", "alternate"})
_ROBOTS = '<meta name="robots" content="noindex, nofollow">'

_Attributes = list[tuple[str, str | None]]


def still(page: str, *, address: Callable[[str], str], head: str, before: str, after: str) -> str:
    """Return a public page whose forms cannot be sent and whose links lead where `address` says.

    Forms become plain boxes, their fields are disabled, hidden ones are gone and with them every stamp;
    scripts and what is for search engines are gone too. `head` is HTML for the head, `before` and
    `after` go before and after the page's main part.
    """
    stilling = _Stilling(address, {"head": _ROBOTS + head, "header": before, "main": after})
    stilling.feed(page)
    stilling.close()
    return "".join(stilling.out)


class _Stilling(HTMLParser):
    """Hands on what it reads, but for what would act. `at_ends` is put where an element first ends."""

    def __init__(self, address: Callable[[str], str], at_ends: dict[str, str]) -> None:
        super().__init__(convert_charrefs=False)
        self.out: list[str] = []
        self._address, self._at_ends = address, at_ends
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        if tag == "script":
            self._in_script = True
        elif tag == "form":
            self.out.append(_tag("div", [pair for pair in attrs if pair[0] in ("class", "id")]))
        elif tag in _FIELDS:
            self._field(tag, attrs)
        elif tag == "a":
            self.out.append(_tag(tag, [self._led(*pair) for pair in attrs]))
        elif not _is_for_robots(tag, dict(attrs)):
            self.out.append(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: _Attributes) -> None:
        del tag, attrs  # parts of a drawing
        self.out.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False
            return
        if tag == "form":
            tag = "div"
        put = self._at_ends.pop(tag, "")
        # What is for the head goes into it; header and main stay what they are.
        self.out.append(f"{put}</{tag}>" if tag == "head" else f"</{tag}>{put}")

    def handle_data(self, data: str) -> None:
        if not self._in_script:
            self.out.append(data)

    def handle_entityref(self, name: str) -> None:
        self.out.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.out.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.out.append(f"<!{decl}>")

    def _field(self, tag: str, attrs: _Attributes) -> None:
        if dict(attrs).get("type") != "hidden":
            own = [pair for pair in attrs if pair[0] not in ("name", "form", "formaction", "disabled")]
            self.out.append(_tag(tag, [*own, ("disabled", None)]))

    def _led(self, name: str, value: str | None) -> tuple[str, str | None]:
        return (name, self._address(value) if name == "href" and value else value)


def _tag(name: str, attrs: _Attributes) -> str:
    said = (
        Markup(" {}").format(key) if value is None else Markup(' {}="{}"').format(key, escape(value))
        for key, value in attrs
    )
    return f"<{name}{''.join(said)}>"


def _is_for_robots(tag: str, attrs: dict[str, str | None]) -> bool:
    if tag == "link":
        return attrs.get("rel") in _FOR_OTHERS
    return tag == "meta" and (attrs.get("name") in ("robots", "description") or "property" in attrs)
