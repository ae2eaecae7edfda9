"""The tables, one noun a file, each with its queries beside it."""

from advocacy.models.appeal import Appeal, AppealState, Block
from advocacy.models.consent import ConsentRecord
from advocacy.models.domain import Domain
from advocacy.models.message import Message
from advocacy.models.outgoing_mail import MailKind, OutgoingMail
from advocacy.models.signature import Signature
from advocacy.models.tally import Tally
from advocacy.models.token import Token
from advocacy.models.unit import Unit

__all__ = [
    "Appeal",
    "AppealState",
    "Block",
    "ConsentRecord",
    "Domain",
    "MailKind",
    "Message",
    "OutgoingMail",
    "Signature",
    "Tally",
    "Token",
    "Unit",
]
