"""Why a file that was brought back cannot be taken, in the words of the request's language."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable
from typing import Any

from markupsafe import Markup
from werkzeug.datastructures import FileStorage

from advocacy.actions.take_upload import LARGEST_UPLOAD, entries_in
from advocacy.catalogs.errors import (
    CatalogError,
    ChangedSourceError,
    ForeignPluralsError,
    MissingColumnsError,
    WrongDomainError,
    WrongLanguageError,
)
from advocacy.catalogs.exchange import Format
from advocacy.translate.places import Place
from advocacy.web.phrases import gettext as _
from advocacy.web.templating import code

FORMAT_NAMES = {Format.PO: "PO", Format.XLIFF: "XLIFF 1.2", Format.XLIFF_2: "XLIFF 2.1", Format.CSV: "CSV"}


def problems_of(
    place: Place, sent: FileStorage | None, kind: Format | None, content: bytes
) -> dict[str, Any]:
    """Return why a file cannot be taken, by the field's id."""
    if sent is None or not sent.filename:
        return {"file": _("Choose a file.")}
    if kind is None:
        return {"file": _("The name of the file has to end in .po, .xlf, .xliff, .csv, .tsv or .txt.")}
    if len(content) > LARGEST_UPLOAD:
        return {"file": _("The file is too large: at most %(most)s MB.", most=LARGEST_UPLOAD >> 20)}
    try:
        entries_in(content, kind, domain=place.domain, language=place.into.tag)
    except CatalogError as refused:
        return {"file": _refusal(kind, content, refused)}
    return {}


_REFUSALS: dict[type[CatalogError], Callable[[Any], Any]] = {
    WrongDomainError: lambda _refused: _("The file says that it belongs to other texts than these."),
    WrongLanguageError: lambda _refused: _("The file says that it is in another language than this one."),
    ForeignPluralsError: lambda refused: _(
        "The file counts plural forms in another way than this site, and which is which cannot be told."
        " Its header says “%(said)s”, where this site has “%(ours)s”.",
        said=refused.said,
        ours=refused.ours,
    ),
    ChangedSourceError: lambda refused: _(
        "Line %(line)s has another source than the file that was taken along. Leave sources as they are.",
        line=refused.line,
    ),
    MissingColumnsError: lambda refused: _(
        "The first line of the table has to name its columns, at least: %(columns)s",
        columns=Markup(", ").join(code(column) for column in refused.columns),
    ),
}
"""What to say of a file that was read, and cannot be taken."""


def _refusal(kind: Format, content: bytes, refused: CatalogError) -> Any:
    if kind is not Format.XLIFF and not _is_text(content, kind):
        return _("The file is not written in UTF-8. Save it in UTF-8 and choose it again.")
    for told, say in _REFUSALS.items():
        if isinstance(refused, told):
            return say(refused)
    return _unreadable(FORMAT_NAMES[kind], refused)


def _unreadable(name: str, refused: CatalogError) -> Any:
    """Return what the reader of a format says, which is in English."""
    reason = Markup('<span lang="en" dir="ltr">{}</span>').format(refused.reason)
    if refused.line is None:
        return _("This cannot be read as %(format)s. The reader says: %(reason)s", format=name, reason=reason)
    return _(
        "This cannot be read as %(format)s. The reader says, of line %(line)s: %(reason)s",
        format=name,
        line=refused.line,
        reason=reason,
    )


def _is_text(content: bytes, kind: Format) -> bool:
    wide = kind is Format.CSV and content.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        content.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError:
        return False
    return True
