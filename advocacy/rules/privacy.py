"""Everything that is kept of a person: what, why, until when, and who can read it.

One table, from which the privacy page is made in every language. A test compares it with the database: a
column that is in neither of the lists below fails it.
"""

from dataclasses import dataclass

from advocacy.rules.words import N_

_AS_LONG_AS_SIGNED = N_("Until you delete your signature, at most six months after the petition closes")
_FOR_GOOD = N_("For good: it tells of nobody")
_NOBODY = N_("Nobody on our servers: it is sealed, and the key to open it is kept elsewhere")
_MAIL_PROGRAM = N_("The program that sends our mail, nobody else: it is sealed to it")
_NOBODY_BY_READING = N_("Nobody can read it; with a key of ours, a guess can be tested")
_STAFF = N_("Our staff, as counts only")
_EVERYBODY = N_("Everybody")


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept (texts are message ids), and the `table.column`s that hold it; `*` for all."""

    what: str
    why: str
    until: str
    who: str
    columns: tuple[str, ...]


KEPT = (
    Kept(
        N_("Your full name"),
        N_("To hand it to those the petition is addressed to, if you agree to that"),
        _AS_LONG_AS_SIGNED,
        _NOBODY,
        ("signatures.person",),
    ),
    Kept(
        N_("How you want to be shown, and the initials or name to show"),
        N_("To show them beside the petition, if you choose so"),
        _AS_LONG_AS_SIGNED,
        _EVERYBODY,
        ("signatures.display", "signatures.shown_as", "signatures.name_state"),
    ),
    Kept(
        N_("Your country or region, if you name it, and the language you signed in"),
        N_("To count signatures by country and language; small numbers are never shown one by one"),
        _AS_LONG_AS_SIGNED,
        _STAFF,
        ("signatures.country", "signatures.language"),
    ),
    Kept(
        N_("Our email to you, with your address and name in it"),
        N_("To ask you to confirm"),
        N_("Until it is sent, at most 48 hours"),
        _MAIL_PROGRAM,
        ("outbox.*",),
    ),
    Kept(
        N_("Your email address, only if you ask for news"),
        N_("To send you the news"),
        _AS_LONG_AS_SIGNED,
        _MAIL_PROGRAM,
        ("signatures.address",),
    ),
    Kept(
        N_("A digest of your email address, and one of its provider"),
        N_("To recognise a second signature from the same address, and batches of forged ones"),
        _AS_LONG_AS_SIGNED,
        _NOBODY_BY_READING,
        ("signatures.address_digest", "signatures.domain_digest"),
    ),
    Kept(
        N_("A digest of your email address, if you ask us never to write to it again"),
        N_("To keep that promise whoever types your address"),
        N_("At most six months after the petition closes"),
        _NOBODY_BY_READING,
        ("blocked_addresses.*",),
    ),
    Kept(
        N_("The links in our email, as digests, with what their pages show you, locked with the link itself"),
        N_("So that the links work, and only for you"),
        N_("The link to confirm 48 hours, the link to delete as long as your signature"),
        N_("You, with the link"),
        ("tokens.*",),
    ),
    Kept(
        N_("Your consents: which boxes you ticked, the version of the words, the language, the hour"),
        N_("To be able to prove that you agreed"),
        _AS_LONG_AS_SIGNED,
        N_("Our staff"),
        ("signatures.consents", "signatures.notice_version", "signatures.consented_hour"),
    ),
    Kept(
        N_("The digest of the text that you were shown, and your receipt number"),
        N_("So that nobody can put another text under your signature, and you can check its delivery"),
        _AS_LONG_AS_SIGNED,
        N_("Our staff"),
        ("signatures.release", "signatures.text_language", "signatures.text_hash", "signatures.reference"),
    ),
    Kept(
        N_("Where your signature stands, and the hour in which you confirmed it"),
        N_("To count it, and to find batches of forged signatures"),
        N_("At most six months after the petition closes; of a deleted signature nothing else is kept"),
        N_("Our staff"),
        (
            "signatures.id",
            "signatures.appeal_id",
            "signatures.state",
            "signatures.confirmed_hour",
            "signatures.expires_at",
            "signatures.discreet",
            "signatures.held",
            "signatures.batch_id",
        ),
    ),
    Kept(
        N_("After a delivery: the digest of your sealed record"),
        N_("So that your receipt number can prove that your signature was delivered"),
        _FOR_GOOD,
        _EVERYBODY,
        ("leaves.*",),
    ),
    Kept(
        N_("How many forms came from the same network or mail provider"),
        N_("To slow down robots"),
        N_("A day at most, under a key that is thrown away each day; never written to a disk"),
        N_("Nobody"),
        (),
    ),
    Kept(
        N_("The counts"),
        N_("To show them"),
        _FOR_GOOD,
        _EVERYBODY,
        ("tallies.*", "supports.*", "country_counts.*"),
    ),
)

NOT_OF_PEOPLE = frozenset(
    {
        "account_sessions",
        "accounts",
        "agreements",
        "alembic_version",
        "appeals",
        "applications",
        "assignments",
        "attendances",
        "audit_log",
        "back_translations",
        "batches",
        "blocks",
        "comments",
        "consents",
        "dismissals",
        "domains",
        "glossary_terms",
        "grants",
        "invitations",
        "live_releases",
        "messages",
        "notices",
        "opinions",
        "passkeys",
        "policies",
        "publications",
        "recovery_codes",
        "recovery_links",
        "release_catalogs",
        "releases",
        "reviews",
        "sightings",
        "spent_challenges",
        "term_suggestions",
        "translations",
        "typo_claims",
        "unit_counts",
        "units",
        "uploads",
    }
)
"""Tables that hold nothing of anybody who signs: texts, decisions, manifests, used-up calculations."""
