"""What an account can be allowed to do: `<scope>:<resource>:<action>`."""

from enum import StrEnum


class Permission(StrEnum):
    """A right that a view can ask for. Nobody holds one until there are accounts."""

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


MAY_PUBLISH = frozenset({Role.PUBLISHER, Role.ADMINISTRATOR})
"""Roles that may confirm a release which somebody else has prepared."""
