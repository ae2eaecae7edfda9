"""Taking in the glossary that ships with the software; what people here changed stays."""

from sqlalchemy.orm import Session

from advocacy.catalogs.glossary import Glossary
from advocacy.models import GlossaryTerm
from advocacy.models.glossary_term import all_terms


def sync_glossary(session: Session, glossary: Glossary) -> int:
    """Add the terms that are not known yet. Returns how many."""
    known = {(term.source, term.is_verb) for term in all_terms(session)}
    new = [term for term in glossary.terms if (term.source, term.is_verb) not in known]
    session.add_all(
        GlossaryTerm(
            source=term.source,
            is_verb=term.is_verb,
            targets={locale: list(words) for locale, words in term.targets.items()},
            note=term.note,
        )
        for term in new
    )
    session.flush()
    return len(new)
