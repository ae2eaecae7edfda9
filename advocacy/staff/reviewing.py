"""What a reviewer asks for and says: which part of the queue, and her decision with its reasons."""

from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any

from flask import Request, request
from sqlalchemy.orm import Session

from advocacy.models import Account, Translation
from advocacy.models.review_queue import waiting_texts
from advocacy.rules.permissions import Permission
from advocacy.rules.reasons import LONGEST_REASON, Reason
from advocacy.rules.review import Decision
from advocacy.web.phrases import gettext as _
from advocacy.web.reason_words import REASONS


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which part of the queue somebody goes through, and in which order.

    Of one language (BCP 47 tag), of one domain, with one risk, or what she was asked to review (`mine`);
    where nothing is said, all. The order is that of age, or the one that is named.
    """

    of: str = ""
    domain: str = ""
    risk: str = ""
    mine: str = ""
    order: str = ""

    @classmethod
    def here(cls) -> "Chosen":
        """Return what the address asks for."""
        return cls(*(request.args.get(one.name, "") for one in fields(cls)))

    @property
    def asked(self) -> dict[str, Any]:
        """What an address says to ask for it."""
        return {name: value for name, value in asdict(self).items() if value}

    def but(self, **changes: str) -> dict[str, Any]:
        """Return what an address says to ask for another part."""
        return {name: value for name, value in {**self.asked, **changes}.items() if value}

    @property
    def by_age(self) -> bool:
        """Whether it is all of a language or domain, the oldest first: what the database finds by itself."""
        return not (self.risk or self.mine or self.order)

    def texts(
        self, session: Session, account: Account, *, after: int = 0, before: int | None = None, most: int
    ) -> list[Translation]:
        """Return what waits of its languages and domain and what an account may review, oldest first.

        With `before`, the newest of those that come before it.
        """
        allowed = account.languages_for(Permission.TRANSLATION_REVIEW)
        languages = allowed & {self.of} if self.of else allowed
        return waiting_texts(session, languages, domain=self.domain, after=after, before=before, most=most)


@dataclass(frozen=True, slots=True)
class Said:
    """What a reviewer said: her decision, the reasons she ticked, her own words, and what she saw."""

    decision: Decision | None = None
    why: tuple[Reason, ...] = ()
    words: str = ""
    seen: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    @classmethod
    def in_form(cls, asked: Request) -> "Said":
        """Return what a form says, and what is wrong with it by field."""
        form = asked.form
        decision = next((one for one in Decision if one == form.get("decision")), None)
        why = tuple(reason for reason in Reason if reason in form.getlist("why"))
        words = form.get("reason", "").replace("\0", "").replace("\r\n", "\n").strip()
        errors: dict[str, str] = {}
        if decision is None:
            errors["decision"] = _("Choose one of the three.")
        elif decision.needs_reason and not why and not words:
            errors["reason"] = _("Say why: the author reads it.")
        elif why and not decision.needs_reason:
            errors["why"] = _("You ticked what is wrong with it. Untick that to approve, or send it back.")
        if len(words) > LONGEST_REASON:
            errors["reason"] = _("At most %(most)s characters, please.", most=LONGEST_REASON)
        return cls(decision, why, words, form.get("seen", ""), errors)

    @classmethod
    def begun_in_form(cls, asked: Request) -> "Said":
        """Return what a form says so far, whatever it lacks."""
        return replace(cls.in_form(asked), errors={})

    @property
    def everything(self) -> str:
        """All that was said, in the language of the page, so that it can be copied where it was not taken."""
        return "\n".join([*(_(REASONS[reason]) for reason in self.why), *filter(None, [self.words])])
