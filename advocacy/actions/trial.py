"""The texts that an applicant translates as a trial: real ones, approved, and the same for everybody."""

import hashlib
from collections.abc import Sequence

from sqlalchemy.orm import Session

from advocacy.models.domain import INTERFACE, domain_by_name
from advocacy.models.facts import approved_texts, unit_facts
from advocacy.rules.joining import LONGEST_TRIAL, SHORTEST_TRIAL, TRIAL_TEXTS


def trial_sources(session: Session, language: str) -> list[str]:
    """Return the sources to translate into `language`: sentences without markup, placeholders or plural."""
    fit = [source for source in _approved(session, language) if _is_fit(source)]
    return sorted(fit, key=_shuffled)[:TRIAL_TEXTS]


def approved_beside(session: Session, language: str, sources: Sequence[str]) -> list[str]:
    """Return the approved translation of each source, or nothing where there is none any more."""
    known = _approved(session, language)
    return [known.get(source, "") for source in sources]


def _approved(session: Session, language: str) -> dict[str, str]:
    domain = domain_by_name(session, INTERFACE)
    if domain is None:
        return {}
    texts = approved_texts(session, domain.id, language)
    units = [unit for unit in unit_facts(session, domain.id, language) if not unit.msgid_plural]
    return {unit.msgid: texts[unit.id].texts[0] for unit in units if unit.id in texts}


def _is_fit(source: str) -> bool:
    fits = SHORTEST_TRIAL <= len(source) <= LONGEST_TRIAL
    return fits and source.endswith(".") and not set(source) & set("%<>{}\n")


def _shuffled(source: str) -> bytes:
    """Return what puts sources into an order that is not the alphabet's, and always the same."""
    return hashlib.sha256(source.encode()).digest()
