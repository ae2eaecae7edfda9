"""Many people translating, reviewing and publishing at once, each doing whatever comes to mind."""

import threading
import time
from collections import Counter
from itertools import count
from random import Random

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from advocacy.actions.audit import verify
from advocacy.actions.decide import StaleTranslationError, decide
from advocacy.actions.live_domains import frozen
from advocacy.actions.propose import NotTheAuthorError, Proposal, propose, withdraw_translation
from advocacy.actions.releases import NeverConfirmedError, build_release, confirm_release, roll_back
from advocacy.actions.sync_messages import Source
from advocacy.actions.unit_statuses import recompute_statuses
from advocacy.catalogs.po_files import parse_po
from advocacy.extensions import begin_writing, db
from advocacy.models import Release, Review, Translation, Unit, unit_count
from advocacy.models.domain import domain_by_name
from advocacy.models.release import live_by_name, releases_of
from advocacy.models.unit import units_in
from advocacy.models.unit_count import counts_at, put_counts_together
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.review import (
    Decision,
    SelfApprovalError,
    SelfConfirmationError,
    StepRefusedError,
    TranslationState,
)
from tests.factories import NOW, make_account, make_domain

PEOPLE, SECONDS = 50, 12
REFUSALS = (
    SelfApprovalError,
    SelfConfirmationError,
    StepRefusedError,
    NotTheAuthorError,
    StaleTranslationError,
    NeverConfirmedError,
)
"""What the rules say no with. Anything else, a deadlock for one, fails the test."""


class Somebody(threading.Thread):
    """One person at work until told to stop; `kept` are the ids of texts that were acknowledged to her."""

    texts = count(1)

    def __init__(self, engine, account: int, seed: int, stop: threading.Event) -> None:
        super().__init__()
        self.engine = engine
        self.account = account
        self.chance = Random(seed)
        self.stop = stop
        self.kept: list[tuple[int, str]] = []
        self.failure: BaseException | None = None
        self.done = 0

    def run(self) -> None:
        acts = [self.write] * 6 + [self.judge] * 6 + [self.take_back] + [self.prepare] + [self.publish] * 2
        acts += [self.tidy_up]
        while not self.stop.is_set() and self.failure is None:
            with Session(self.engine) as session:
                try:
                    self.chance.choice(acts)(begin_writing(session))
                    self.done += 1
                except REFUSALS:
                    session.rollback()
                except BaseException as failure:  # noqa: BLE001  told to the test
                    self.failure = failure

    def write(self, session) -> None:
        domain = domain_by_name(session, "crowd")
        unit = self.chance.choice(units_in(session, domain.id, "ko"))
        text = f"글 {next(self.texts)}"
        proposal = Proposal(texts=[text], submit=self.chance.random() < 0.8)
        translation = propose(session, unit, proposal, by=self.account, now=NOW)
        number = translation.id
        session.commit()
        self.kept.append((number, text))

    def some(self, session, *states: TranslationState) -> Translation | None:
        query = select(Translation).join(Unit).where(Translation.state.in_(states), Unit.language == "ko")
        query = query.where(Translation.msgid.like("Crowd%"))
        found = session.scalars(query.limit(40)).all()
        return self.chance.choice(found) if found else None

    def judge(self, session) -> None:
        if translation := self.some(session, TranslationState.SUBMITTED):
            decision = self.chance.choice(
                [Decision.APPROVE, Decision.APPROVE, Decision.CHANGES, Decision.REJECT]
            )
            decide(session, translation, decision, by=self.account, now=NOW, reason="so")
            session.commit()

    def take_back(self, session) -> None:
        if translation := self.some(session, TranslationState.SUBMITTED, TranslationState.DRAFT):
            withdraw_translation(session, translation, by=self.account)
            session.commit()

    def prepare(self, session) -> None:
        build_release(session, domain_by_name(session, "crowd"), LANGUAGES, by=self.account, now=NOW)
        session.commit()

    def publish(self, session) -> None:
        releases = releases_of(session, domain_by_name(session, "crowd").id)
        if releases:
            release = self.chance.choice(releases[:4])
            if release.confirmed_at is None:
                confirm_release(session, release, by=self.account, now=NOW)
            else:
                roll_back(session, release, by=self.account, now=NOW, reason="so")
            session.commit()

    def tidy_up(self, session) -> None:
        put_counts_together(session)
        self.write(session)


def test_nothing_is_lost_and_nothing_unapproved_goes_live(app, monkeypatch):
    monkeypatch.setattr(unit_count, "_LOOSE", 10)  # so that counts are put together by several at once
    with app.app_context():
        engine = create_engine(db.engine.url, hide_parameters=True, pool_size=PEOPLE, max_overflow=0)
    with Session(engine) as session:
        begin_writing(session)
        make_domain(session, *(Source(f"c{n}", f"Crowd {n}") for n in range(12)), name="crowd")
        accounts = [make_account(session).id for _ in range(PEOPLE)]
        session.commit()
    stop = threading.Event()
    people = [Somebody(engine, account, seed, stop) for seed, account in enumerate(accounts)]
    for person in people:
        person.start()
    time.sleep(SECONDS)
    stop.set()
    for person in people:
        person.join()
    assert [person.failure for person in people if person.failure] == []
    assert sum(person.done for person in people) > 200
    with Session(engine) as session:
        _check(begin_writing(session), [kept for person in people for kept in person.kept])
    engine.dispose()


def _check(session, kept: list[tuple[int, str]]) -> None:
    rows = session.execute(select(Translation.id, Translation.texts))
    stored = {row.id: row.texts for row in rows}
    assert all(stored[number] == [text] for number, text in kept)
    assert recompute_statuses(session) == 0
    verify(session)
    _check_counts(session)
    approved = {
        texts[0]
        for (texts,) in session.execute(
            select(Translation.texts)
            .join(Review, Review.translation_id == Translation.id)
            .where(Review.decision == Decision.APPROVE, Review.content_hash == Translation.content_hash)
        )
    }
    domain = domain_by_name(session, "crowd")
    releases = releases_of(session, domain.id)
    assert len({release.number for release in releases}) == len(releases) > 1
    for release in releases:
        assert release.confirmed_by is None or release.confirmed_by != release.prepared_by
        korean = next(catalog for catalog in release.catalogs if catalog.language == "ko")
        published = {entry.msgstr for entry in parse_po(korean.po, "ko.po") if entry.msgstr}
        assert published <= approved
    live = live_by_name(session, "crowd")
    assert live is not None
    assert live.release.confirmed_at is not None
    frozen(session.get(Release, live.release_id))


def _check_counts(session) -> None:
    domain = domain_by_name(session, "crowd")
    assert counts_at(session, domain.id, "ko") == Counter(
        unit.status for unit in units_in(session, domain.id, "ko")
    )
