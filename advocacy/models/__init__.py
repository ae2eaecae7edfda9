"""The tables, one noun a file, each with its queries beside it."""

from advocacy.models.account import Account, Grant
from advocacy.models.account_session import AccountSession, RecoveryCode
from advocacy.models.agreement import Agreement, Consent
from advocacy.models.appeal import Appeal, AppealState, Block
from advocacy.models.application import Application, ApplicationState
from advocacy.models.assignment import Assignment
from advocacy.models.attendance import Attendance
from advocacy.models.audit_entry import AuditEntry
from advocacy.models.back_translation import BackTranslation
from advocacy.models.batch import Batch
from advocacy.models.blocked_address import BlockedAddress
from advocacy.models.country_count import CountryCount
from advocacy.models.domain import Domain
from advocacy.models.glossary_term import GlossaryTerm
from advocacy.models.invitation import Invitation
from advocacy.models.message import Message
from advocacy.models.notice import Notice
from advocacy.models.opinion import Opinion
from advocacy.models.outgoing_mail import MailKind, OutgoingMail
from advocacy.models.passkey import Passkey
from advocacy.models.policy import Policy
from advocacy.models.publication import Leaf, Publication
from advocacy.models.recovery_link import RecoveryLink
from advocacy.models.release import LiveRelease, Release, ReleaseCatalog
from advocacy.models.remark import Comment, Dismissal
from advocacy.models.review import Review
from advocacy.models.sighting import Sighting
from advocacy.models.signature import Signature
from advocacy.models.spent_challenge import SpentChallenge
from advocacy.models.support import Support
from advocacy.models.tally import Tally
from advocacy.models.term_suggestion import TermSuggestion
from advocacy.models.token import Token
from advocacy.models.translation import Origin, Translation
from advocacy.models.typo_claim import TypoClaim
from advocacy.models.unit import Unit
from advocacy.models.unit_count import UnitCount
from advocacy.models.upload import Upload

__all__ = [
    "Account",
    "AccountSession",
    "Agreement",
    "Appeal",
    "AppealState",
    "Application",
    "ApplicationState",
    "Assignment",
    "Attendance",
    "AuditEntry",
    "BackTranslation",
    "Batch",
    "Block",
    "BlockedAddress",
    "Comment",
    "Consent",
    "CountryCount",
    "Dismissal",
    "Domain",
    "GlossaryTerm",
    "Grant",
    "Invitation",
    "Leaf",
    "LiveRelease",
    "MailKind",
    "Message",
    "Notice",
    "Opinion",
    "Origin",
    "OutgoingMail",
    "Passkey",
    "Policy",
    "Publication",
    "RecoveryCode",
    "RecoveryLink",
    "Release",
    "ReleaseCatalog",
    "Review",
    "Sighting",
    "Signature",
    "SpentChallenge",
    "Support",
    "Tally",
    "TermSuggestion",
    "Token",
    "Translation",
    "TypoClaim",
    "Unit",
    "UnitCount",
    "Upload",
]
