"""Releases: building one, confirming it, going back, and switching a language to its source."""

from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import record
from advocacy.actions.check_text import blocking_of
from advocacy.actions.decide import actor
from advocacy.actions.notify import call_for, tell_staff
from advocacy.actions.propose import forms_for
from advocacy.catalogs.builds import BuiltCatalog, UnprovenError, build_catalog, digest
from advocacy.catalogs.entries import Entry, Place
from advocacy.models import Account, Domain, LiveRelease, Release, ReleaseCatalog
from advocacy.models.appeal import blocks_of
from advocacy.models.audit_entry import entries_by
from advocacy.models.domain import hold_domain
from advocacy.models.facts import TextFacts, UnitFacts, approved_texts, unit_facts
from advocacy.models.policy import alone_in
from advocacy.models.release import live_of, newest_number
from advocacy.rules.languages import Language, Languages
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import ALLOWS, Permission
from advocacy.rules.policies import PAUSE, has_settled
from advocacy.rules.review import SelfConfirmationError


class BuildRefusedError(ValueError):
    """A build that must not go out: `problems` holds (language tag, unit id, source, reason)."""

    def __init__(self, problems: list[tuple[str, int, str, str]]) -> None:
        super().__init__(f"{len(problems)} texts cannot be published.")
        self.problems = problems


class CorruptReleaseError(Exception):
    """A release whose stored files are not the ones that were built."""


class NotLiveError(LookupError):
    """Nothing of the domain has been published."""


class SwitchedBeforeError(ValueError):
    """One person switches one language a day: the next one is somebody else's to switch."""


class NotSettledError(ValueError):
    """Somebody whose right to publish is too new: it begins `at` a moment, so that others see it before."""

    def __init__(self, at: datetime) -> None:
        super().__init__(f"the right to publish begins at {at:%Y-%m-%d %H:%M} UTC")
        self.at = at


class NeverConfirmedError(ValueError):
    """Only what was live before can be gone back to by one person."""


_TO_SOURCE = "language.to_source"


def build_release(
    session: Session,
    domain: Domain,
    languages: Languages,
    *,
    by: int | None,
    now: datetime,
    note: str = "",
) -> Release:
    """Build the next release of `domain` from what is approved now, and store it; nothing goes live.

    Every blocking check is run again, and every text filled in once. Raises BuildRefusedError, which
    names each unit, and NotSettledError. `by` is the account that prepares it, None for the operator.
    """
    demand_settled(session, by, Permission.RELEASE_PREPARE, now=now)
    hold_domain(session, domain.id)
    built: dict[str, BuiltCatalog] = {}
    problems: list[tuple[str, int, str, str]] = []
    for language in languages:
        if language.tag != domain.source_language:
            entries, faults = _approved_entries(session, domain, language)
            problems += faults
            try:
                built[language.tag] = build_catalog(
                    domain.name, language, [entry for _, entry in entries], at=now
                )
            except UnprovenError as unproven:
                unit = next(unit for unit, entry in entries if entry is unproven.entry)
                problems.append((language.tag, unit.id, unproven.entry.msgid, unproven.reason))
    if problems:
        raise BuildRefusedError(problems)
    release = Release(
        domain_id=domain.id,
        number=newest_number(session, domain.id) + 1,
        outline=blocks_of(session, domain.id),
        note=note,
        prepared_by=by,
        prepared_at=now,
        catalogs=[stored(tag, catalog) for tag, catalog in built.items()],
    )
    session.add(release)
    session.flush()
    details = {"number": release.number, "catalogs": {c.language: c.mo_hash for c in release.catalogs}}
    entry = record(
        session, "release.prepare", f"release:{release.id}", by=actor(by), now=now, details=details
    )
    release.log_entry, release.log_hash = entry.id - 1, entry.previous.hex()
    call_for(session, NoticeKind.RELEASE, now=now, but=by)
    session.flush()
    return release


def confirm_release(
    session: Session, release: Release, *, by: int | None, now: datetime, hand: str | None = None
) -> None:
    """Make a release live that somebody else prepared, or the same person where the domain's policy lets one.

    Where the operator acts for the account, `hand` says so to the audit log. Raises SelfConfirmationError,
    NotSettledError, CorruptReleaseError.
    """
    hold_domain(session, release.domain_id)
    session.refresh(release, ["confirmed_at"])
    demand_settled(session, by, Permission.RELEASE_CONFIRM, now=now)
    if release.prepared_by is not None and release.prepared_by == by:
        policy = alone_in(session, release.domain_id, now=now)
        if policy is None:
            raise SelfConfirmationError
        release.relaxed_entry = policy.log_entry
    if release.confirmed_at is None:
        release.confirmed_by, release.confirmed_at = by, now
    release.scheduled_by = release.scheduled_for = release.scheduled_over = None
    go_live(session, release)
    record_release(session, "release.confirm", release, by=by, now=now, hand=hand)


def demand_settled(session: Session, by: int | None, permission: Permission, *, now: datetime) -> None:
    """Raise NotSettledError if every role that allows an account this was given to it just now."""
    grants = [] if by is None else session.get_one(Account, by).grants
    allowing = [grant for grant in grants if permission in ALLOWS[grant.role]]
    if allowing and not any(has_settled(grant.given_at, now) for grant in allowing):
        raise NotSettledError(min(grant.given_at for grant in allowing if grant.given_at) + PAUSE)


def roll_back(
    session: Session,
    release: Release,
    *,
    by: int | None,
    now: datetime,
    reason: str,
    hand: str | None = None,
) -> None:
    """Make a release live again that was live before, in one step.

    Raises NeverConfirmedError, NotSettledError.
    """
    if release.confirmed_at is None:
        raise NeverConfirmedError
    demand_settled(session, by, Permission.RELEASE_CONFIRM, now=now)
    go_live(session, release)
    record_release(session, "release.roll_back", release, by=by, now=now, reason=reason, hand=hand)
    tell_staff(session, release.domain, language=None, now=now, but=by)


def switch_to_source(
    session: Session, domain: Domain, language: str, *, on: bool, by: int | None, now: datetime, reason: str
) -> None:
    """Show a language's readers the source instead of its translation, at once, or end that.

    Raises NotLiveError, SwitchedBeforeError.
    """
    hold_domain(session, domain.id)
    if on and by is not None and _switched_others(session, domain, language, by=by, now=now):
        raise SwitchedBeforeError
    live = live_of(session, domain.id)
    if live is None:
        raise NotLiveError(domain.name)
    others = [tag for tag in live.in_source if tag != language]
    live.in_source = [*others, language] if on else others
    live.version += 1
    act = _TO_SOURCE if on else "language.to_translation"
    details = {"language": language, "reason": reason}
    record(session, act, f"domain:{domain.id}", by=actor(by), now=now, details=details)
    tell_staff(session, domain, language=language, now=now, but=by)


def _switched_others(session: Session, domain: Domain, language: str, *, by: int, now: datetime) -> bool:
    """Whether an account switched another language, or another domain, to the source within a PAUSE."""
    this = (f"domain:{domain.id}", language)
    acts = entries_by(session, actor(by), act=_TO_SOURCE, since=now - PAUSE)
    return any((entry.subject, entry.details.get("language")) != this for entry in acts)


def go_live(session: Session, release: Release) -> None:
    """Point the domain at `release`. Raises CorruptReleaseError, and then the old one stays."""
    demand_whole(release)
    hold_domain(session, release.domain_id)
    live = live_of(session, release.domain_id)
    if live is None:
        session.add(LiveRelease(domain_id=release.domain_id, release_id=release.id, in_source=[]))
    else:
        live.release_id = release.id
        live.version += 1
    session.flush()


def demand_whole(release: Release) -> None:
    """Raise CorruptReleaseError unless every stored file is the one that was built."""
    for catalog in release.catalogs:
        if (digest(catalog.po), digest(catalog.mo)) != (catalog.po_hash, catalog.mo_hash):
            raise CorruptReleaseError(
                f"Release {release.number}: the catalog in {catalog.language} is not the one that was built."
            )


def record_release(
    session: Session,
    act: str,
    release: Release,
    *,
    by: int | None,
    now: datetime,
    hand: str | None = None,
    **said: str,
) -> None:
    """Add an entry on a release to the audit log, with the hashes of its files and what was `said` of it."""
    details: dict[str, object] = {
        "number": release.number,
        "catalogs": {c.language: c.mo_hash for c in release.catalogs},
        **said,
    }
    if release.relaxed_entry is not None:
        details["one_person"] = release.relaxed_entry
    if hand:
        details["for"] = actor(by)
    record(session, act, f"release:{release.id}", by=hand or actor(by), now=now, details=details)


def _approved_entries(
    session: Session, domain: Domain, language: Language
) -> tuple[list[tuple[UnitFacts, Entry]], list[tuple[str, int, str, str]]]:
    """Return the entries to publish, and what is wrong with any of them."""
    approved = approved_texts(session, domain.id, language.tag)
    entries, problems = [], []
    for unit in unit_facts(session, domain.id, language.tag):
        translation = approved.get(unit.id)
        reason = ""
        current = translation is not None and translation.source_hash == unit.source_hash
        if translation is not None and current:
            reason = _fault_of(unit, translation, language)
            if reason:
                problems.append((language.tag, unit.id, unit.msgid, reason))
        texts: tuple[str, ...] = ("",) * forms_for(unit.msgid_plural, language.tag)
        if translation is not None and current and not reason:
            texts = tuple(translation.texts)
        entries.append((unit, entry_of(unit, texts)))
    return entries, problems


def _fault_of(message: UnitFacts, translation: TextFacts, language: Language) -> str:
    if message.content_hash(translation.texts) != translation.content_hash:
        return "it is not the text that was approved"
    if len(translation.texts) != forms_for(message.msgid_plural, language.tag):
        return "it has not as many forms as the language"
    findings = blocking_of(message, translation.texts, language.tag)
    return ", ".join(sorted({finding.check for finding in findings}))


def entry_of(message: UnitFacts, texts: tuple[str, ...]) -> Entry:
    """Return a message with its texts as a catalog's entry."""
    return Entry(
        context=message.context,
        msgid=message.msgid,
        msgid_plural=message.msgid_plural,
        texts=texts,
        flags=tuple(flag for flag in message.flags if flag != "fuzzy"),
        comment=message.comment,
        places=tuple(Place(place) for place in message.places),
    )


def stored(language: str, catalog: BuiltCatalog) -> ReleaseCatalog:
    """Return a language that was built as a row to be stored."""
    return ReleaseCatalog(
        language=language,
        po=catalog.po,
        mo=catalog.mo,
        po_hash=catalog.po_hash,
        mo_hash=catalog.mo_hash,
        messages=catalog.messages,
        translated=catalog.translated,
    )
