"""What waits for somebody: counted anew each time, so that what another has done is gone."""

from dataclasses import dataclass

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from advocacy.actions.suggest_term import languages_to_judge
from advocacy.models import (
    Account,
    Application,
    ApplicationState,
    Comment,
    Message,
    Signature,
    Translation,
    Unit,
)
from advocacy.models.release import domains_to_confirm
from advocacy.models.term_suggestion import others_suggestions
from advocacy.models.typo_claim import count_claims
from advocacy.rules.notices import NoticeKind
from advocacy.rules.permissions import Permission
from advocacy.rules.review import TranslationState
from advocacy.rules.signing import NameState, SignatureState


@dataclass(frozen=True, slots=True)
class Task:
    """So many things that wait for whoever may do them, in one language (BCP 47 tag) where it is of one."""

    kind: NoticeKind
    amount: int
    language: str | None = None


def tasks_of(session: Session, account: Account) -> list[Task]:
    """Return what waits for an account, none of it its own work."""
    tasks = [Task(NoticeKind.REVIEW, *found) for found in _reviews(session, account)]
    for kind, count in _COUNTS.items():
        if kind.called and account.may(kind.called) and (amount := count(session, account)):
            tasks.append(Task(kind, amount))
    return tasks


def _reviews(session: Session, account: Account) -> list[tuple[int, str]]:
    languages = {
        grant.language
        for grant in account.grants
        if grant.language and account.may(Permission.TRANSLATION_REVIEW, grant.language)
    }
    if not languages:
        return []
    query = (
        select(func.count(Unit.id.distinct()), Unit.language)
        .join(Translation, Translation.unit_id == Unit.id)
        .join(Message, Message.id == Unit.message_id)
        .where(
            Unit.language.in_(languages),
            Message.obsolete.is_(False),
            Translation.state == TranslationState.SUBMITTED,
            or_(Translation.author_id.is_(None), Translation.author_id != account.id),
        )
        .group_by(Unit.language)
        .order_by(Unit.language)
    )
    return [(amount, language) for amount, language in session.execute(query)]


def _releases(session: Session, account: Account) -> int:
    return len(domains_to_confirm(session, but=account.id))


def _applications(session: Session, _account: Account) -> int:
    query = select(func.count()).where(Application.state == ApplicationState.WAITING)
    return session.scalar(query) or 0


def _names(session: Session, _account: Account) -> int:
    query = select(func.count()).where(
        Signature.name_state == NameState.WAITING, Signature.state == SignatureState.CONFIRMED
    )
    return session.scalar(query) or 0


def _questions(session: Session, _account: Account) -> int:
    query = select(func.count()).where(Comment.about_source.is_(True), Comment.resolved_at.is_(None))
    return session.scalar(query) or 0


def _typos(session: Session, account: Account) -> int:
    return count_claims(session, but=account.id)


def _terms(session: Session, account: Account) -> int:
    return others_suggestions(session, languages_to_judge(account), but=account.id)


_COUNTS = {
    NoticeKind.RELEASE: _releases,
    NoticeKind.APPLICATION: _applications,
    NoticeKind.NAME: _names,
    NoticeKind.SOURCE: _questions,
    NoticeKind.TYPO: _typos,
    NoticeKind.TERM: _terms,
}
