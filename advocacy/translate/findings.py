"""What the checks say about a text, in the request's language, and what of it was dismissed."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from advocacy.actions.check_text import findings_of, terms_for
from advocacy.models import Account, Dismissal, GlossaryTerm, Translation, Unit
from advocacy.models.remark import dismissals_of
from advocacy.rules.checks import Finding, Severity
from advocacy.translate.sheet import Past
from advocacy.translate.words import check_help, check_name, finding_said


class Remark(NamedTuple):
    """What a check says about one form; the first of a check has its `help`, and is the one to dismiss."""

    check: str
    name: str
    help: str
    sentence: str
    form: int
    blocks: bool
    may_dismiss: bool


class Checked(NamedTuple):
    """What the checks say about a text; nothing at all was `looked_at` where nothing is written yet."""

    looked_at: bool
    remarks: list[Remark]
    dismissed: list[tuple[str, Dismissal, Account | None]]
    saved: Translation | None

    def of_form(self, index: int) -> list[Remark]:
        """Return what concerns one form."""
        return [remark for remark in self.remarks if remark.form == index]

    @property
    def blocking(self) -> list[Remark]:
        """What keeps the text from being submitted."""
        return [remark for remark in self.remarks if remark.blocks]


def check(
    session: Session, unit: Unit, texts: Sequence[str], past: Past, glossary: Sequence[GlossaryTerm]
) -> Checked:
    """Run every check on `texts` for a unit. A warning can be dismissed once the very text is saved."""
    content_hash = unit.message.content_hash(texts)
    saved = next((text for text in past.texts if text.content_hash == content_hash), None)
    terms = terms_for(glossary, unit.language)
    found = findings_of(unit.message, texts, unit.language, glossary=terms)
    warned = any(finding.severity is Severity.WARNING for finding in found)
    dismissed = dismissals_of(session, unit.id, content_hash) if warned else []
    settled = {dismissal.check for dismissal in dismissed}
    remarks: list[Remark] = []
    for finding in found:
        if finding.severity is Severity.WARNING and finding.check in settled:
            continue
        remarks.append(
            _remark(finding, first=all(one.check != finding.check for one in remarks), saved=saved)
        )
    named = [(check_name(dismissal.check), dismissal, dismissal.author) for dismissal in dismissed]
    return Checked(any(texts), remarks, named, saved)


def _remark(finding: Finding, *, first: bool, saved: Translation | None) -> Remark:
    blocks = finding.severity is Severity.BLOCKING
    return Remark(
        check=finding.check,
        name=check_name(finding.check),
        help=check_help(finding.check) if first else "",
        sentence=finding_said(finding),
        form=finding.form,
        blocks=blocks,
        may_dismiss=first and saved is not None and not blocks,
    )
