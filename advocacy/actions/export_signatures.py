"""Taking the confirmed signatures of an appeal out, as sealed as they are stored."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from advocacy.actions.audit import head, record
from advocacy.models import Appeal
from advocacy.models.signature import counted_signatures
from advocacy.rules.consents import Consent
from advocacy.vault.chain import Head
from advocacy.vault.manifests import Record


def export_signatures(session: Session, appeal: Appeal) -> list[str]:
    """Return the line of each confirmed signature, in the order of their random references.

    That order tells nothing of when somebody signed; the hour is as fine as it is kept.
    """
    records = [
        Record(
            reference=signature.reference,
            language=signature.language,
            country=signature.country,
            hour=signature.confirmed_hour.isoformat() if signature.confirmed_hour else "",
            text_hash=signature.text_hash,
            delivery=Consent.DELIVERY in (signature.consents or {}),
            person=(signature.person or b"").hex(),
        )
        for signature in counted_signatures(session, appeal.id)
    ]
    return [record.line() for record in sorted(records, key=lambda record: record.reference)]


def record_export(session: Session, appeal: Appeal, lines: Sequence[str], *, by: str, now: datetime) -> Head:
    """Write into the audit log that these records were taken out; return how the log ends with that."""
    record(session, "signatures.export", f"appeal:{appeal.id}", by=by, now=now, details={"count": len(lines)})
    return head(session)
