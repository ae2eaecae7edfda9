"""XML that somebody hands in, as plain nodes that know their line.

No document type, so no entities, inside or outside, and nothing is fetched (defusedxml); size and depth are
bounded before anything is built from them.
"""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Self
from xml.sax import SAXParseException
from xml.sax.handler import ContentHandler, feature_namespaces
from xml.sax.xmlreader import AttributesNSImpl, Locator

from defusedxml.common import DefusedXmlException
from defusedxml.sax import make_parser

from advocacy.catalogs.errors import CatalogError
from advocacy.catalogs.limits import of_fair_size

_DEEPEST = 50
_MOST_ELEMENTS = 1_000_000
_XML = "http://www.w3.org/XML/1998/namespace"


@dataclass(slots=True)
class Node:
    """An element: `name` without its namespace, attributes by name (`xml:` kept), children in order."""

    namespace: str
    name: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Self | str] = field(default_factory=list)

    def elements(self, *names: str) -> list[Self]:
        """Return the child elements of these names, in order; of any name if none is given."""
        return [
            child
            for child in self.children
            if not isinstance(child, str) and (not names or child.name in names)
        ]

    def first(self, name: str) -> Self | None:
        """Return the first child element of this name, or None."""
        return next(iter(self.elements(name)), None)

    @property
    def text(self) -> str:
        """The text directly inside."""
        return "".join(child for child in self.children if isinstance(child, str))

    def all_named(self, name: str) -> list[Self]:
        """Return the elements of this name inside, however deep, in order."""
        found: list[Self] = []
        for child in self.elements():
            found += [child] if child.name == name else child.all_named(name)
        return found

    @property
    def all_text(self) -> str:
        """The text inside, whatever elements it stands in."""
        return "".join(child if isinstance(child, str) else child.all_text for child in self.children)


def read_xml(content: bytes, name: str) -> Node:
    """Return the root of the document. Raises CatalogError with line and reason.

    `name` is the file's, for complaints. Refused are what is not well-formed, a document type, and
    documents that are too large or too deep.
    """
    handler = _Builder(name)
    parser = make_parser()
    parser.forbid_dtd = True
    parser.setFeature(feature_namespaces, 1)
    parser.setContentHandler(handler)
    try:
        parser.parse(BytesIO(of_fair_size(content, name)))
    except CatalogError:
        raise
    except SAXParseException as error:
        raise CatalogError(name, error.getMessage(), error.getLineNumber()) from None
    except DefusedXmlException:
        raise CatalogError(name, "a document type, which is refused", handler.line) from None
    except (LookupError, ValueError) as error:  # an encoding that is unknown, or of several bytes
        raise CatalogError(name, str(error), handler.line) from None
    return handler.root


class _Builder(ContentHandler):
    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._locator: Locator | None = None
        self._count = 0
        self._open: list[Node] = [Node("", "", 0)]

    @property
    def root(self) -> Node:
        return self._open[0].elements()[0]

    @property
    def line(self) -> int:
        line = self._locator.getLineNumber() if self._locator else None
        return line or 1

    def setDocumentLocator(self, locator: Locator) -> None:  # noqa: N802  SAX names it
        self._locator = locator

    def startElementNS(  # noqa: N802  SAX names it
        self,
        name: tuple[str | None, str],
        qname: str | None,  # noqa: ARG002  SAX gives it
        attrs: AttributesNSImpl,
    ) -> None:
        if len(self._open) > _DEEPEST:
            raise CatalogError(self._name, f"elements within elements, more than {_DEEPEST} deep", self.line)
        self._count += 1
        if self._count > _MOST_ELEMENTS:
            raise CatalogError(self._name, f"more than {_MOST_ELEMENTS:,} elements", self.line)
        given = {
            f"xml:{local}" if space == _XML else local: value
            for (space, local), value in attrs.items()
            if space in (None, _XML)
        }
        node = Node(name[0] or "", name[1], self.line, given)
        self._open[-1].children.append(node)
        self._open.append(node)

    def endElementNS(self, name: tuple[str | None, str], qname: str | None) -> None:  # noqa: ARG002, N802
        self._open.pop()

    def characters(self, content: str) -> None:
        self._open[-1].children.append(content)
