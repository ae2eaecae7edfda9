"""What an account can be allowed to do: `<scope>:<resource>:<action>`."""

from enum import StrEnum


class Permission(StrEnum):
    """A right that a view can ask for. Nobody holds one until there are accounts."""

    METRICS_READ = "site:metrics:read"
