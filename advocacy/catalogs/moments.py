"""When a file was handed out, as the file itself says it: what was written since, its texts do not know."""

from datetime import UTC, datetime


def moment_said(at: datetime) -> str:
    """Return the moment as files hold it (ISO 8601, in UTC)."""
    return at.astimezone(UTC).isoformat()


def moment_in(text: str) -> datetime | None:
    """Return the moment that `moment_said` wrote, or None for anything else."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return found if found.tzinfo else None
