"""The tables, one noun a file, each with its queries beside it."""

from advocacy.models.appeal import Appeal, AppealState, Block
from advocacy.models.audit_entry import AuditEntry
from advocacy.models.batch import Batch
from advocacy.models.blocked_address import BlockedAddress
from advocacy.models.country_count import CountryCount
from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.outgoing_mail import MailKind, OutgoingMail
from advocacy.models.publication import Leaf, Publication
from advocacy.models.signature import Signature
from advocacy.models.spent_challenge import SpentChallenge
from advocacy.models.support import Support
from advocacy.models.tally import Tally
from advocacy.models.token import Token
from advocacy.models.unit import Unit

__all__ = [
    "Appeal",
    "AppealState",
    "AuditEntry",
    "Batch",
    "Block",
    "BlockedAddress",
    "CountryCount",
    "Domain",
    "Leaf",
    "MailKind",
    "Message",
    "OutgoingMail",
    "Publication",
    "Signature",
    "SpentChallenge",
    "Support",
    "Tally",
    "Token",
    "Unit",
]
