"""What an account can be allowed to do, and which role allows it. One table; nothing else decides.

No role can write, approve and publish the same text: writing and reviewing are a translator's and a
reviewer's, of their languages; a publisher confirms what somebody else has prepared. Who holds several
roles is still held to "not my own text" and "not my own release", by the rules and by the database.
"""

from collections.abc import Iterable
from enum import StrEnum


class Permission(StrEnum):
    """A right that a view can ask for: `<scope>:<resource>:<action>`.

    `/staff/review` is opened by TRANSLATION_REVIEW alone, not by DESK_OPEN: reviewers are volunteers of a
    language, need no second factor, and find nothing else of the desk.
    """

    PROFILE_EDIT = "account:profile:edit"
    TRANSLATION_READ = "translate:translation:read"
    TRANSLATION_WRITE = "translate:translation:write"
    TRANSLATION_REVIEW = "translate:translation:review"
    GLOSSARY_JUDGE = "translate:glossary:judge"
    APPEAL_EDIT = "staff:appeal:edit"
    RELEASE_READ = "staff:release:read"
    RELEASE_PREPARE = "staff:release:prepare"
    RELEASE_CONFIRM = "staff:release:confirm"
    LANGUAGE_SWITCH = "staff:language:switch"
    NAME_JUDGE = "staff:name:judge"
    BATCH_JUDGE = "staff:batch:judge"
    POLICY_SET = "staff:policy:set"
    ACCOUNT_MANAGE = "staff:account:manage"
    AUDIT_READ = "staff:audit:read"
    DESK_OPEN = "staff:desk:open"
    METRICS_READ = "site:metrics:read"


class Role(StrEnum):
    """What somebody does here. A translator and a reviewer are one of a language."""

    TRANSLATOR = "translator"
    REVIEWER = "reviewer"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    MODERATOR = "moderator"
    ADMINISTRATOR = "administrator"

    @property
    def of_language(self) -> bool:
        """Whether the role is held for one language at a time."""
        return self in (Role.TRANSLATOR, Role.REVIEWER)

    @property
    def is_staff(self) -> bool:
        """Whether whoever holds it needs a second factor, and is signed out sooner."""
        return not self.of_language


_P = Permission

ALLOWS: dict[Role, frozenset[Permission]] = {
    Role.TRANSLATOR: frozenset({_P.TRANSLATION_READ, _P.TRANSLATION_WRITE}),
    Role.REVIEWER: frozenset({_P.TRANSLATION_READ, _P.TRANSLATION_REVIEW, _P.GLOSSARY_JUDGE}),
    Role.EDITOR: frozenset(
        {_P.DESK_OPEN, _P.APPEAL_EDIT, _P.GLOSSARY_JUDGE, _P.RELEASE_READ, _P.RELEASE_PREPARE}
    ),
    Role.PUBLISHER: frozenset(
        {_P.DESK_OPEN, _P.RELEASE_READ, _P.RELEASE_PREPARE, _P.RELEASE_CONFIRM, _P.LANGUAGE_SWITCH}
    ),
    Role.MODERATOR: frozenset({_P.DESK_OPEN, _P.NAME_JUDGE, _P.BATCH_JUDGE}),
    Role.ADMINISTRATOR: frozenset(
        {
            _P.DESK_OPEN,
            _P.ACCOUNT_MANAGE,
            _P.POLICY_SET,
            _P.AUDIT_READ,
            _P.METRICS_READ,
            _P.LANGUAGE_SWITCH,
            _P.RELEASE_READ,
            _P.RELEASE_CONFIRM,
        }
    ),
}

FOR_EVERYBODY = frozenset({Permission.PROFILE_EDIT})
"""What every account may do, whatever it holds."""

MAY_PUBLISH = frozenset(role for role, allowed in ALLOWS.items() if Permission.RELEASE_CONFIRM in allowed)
"""Roles that may confirm a release which somebody else has prepared."""


def allows(
    grants: Iterable[tuple[Role, str | None]], permission: Permission, language: str | None = None
) -> bool:
    """Return whether these grants, each with its language or None, allow something in `language`.

    Without `language` a right of a language is held if it is held for any.
    """
    if permission in FOR_EVERYBODY:
        return True
    return any(
        permission in ALLOWS[role] and (language is None or of is None or of == language)
        for role, of in grants
    )


def languages_of(grants: Iterable[tuple[Role, str | None]], permission: Permission) -> frozenset[str]:
    """Return the languages (BCP 47 tags) for which these grants allow something that is of a language."""
    return frozenset(of for role, of in grants if of is not None and permission in ALLOWS[role])
