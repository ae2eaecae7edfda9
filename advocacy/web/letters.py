"""Making a message that is sent from what a mail in the outbox holds."""

from collections.abc import Mapping
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any

from flask import render_template

from advocacy.models import OutgoingMail
from advocacy.web.locale import language
from advocacy.web.phrases import plain
from advocacy.web.site import site

POLICY = SMTP.clone(max_line_length=998)
"""With the usual 78, long links in headers are folded apart (RFC 5322 allows 998)."""


def message_for(
    mail: OutgoingMail,
    *,
    address: str,
    sender: str,
    subject: str,
    values: Mapping[str, Any],
    unsubscribe: str = "",
) -> EmailMessage:
    """Return the message for `mail`: plain text first, simple HTML second, in the language of the context.

    A mail that comes again and again says where mail programs can `unsubscribe` by one press (RFC 8058).
    """
    message = EmailMessage(policy=POLICY)
    message["Subject"] = plain(subject)
    message["From"] = Address(plain(sender), addr_spec=site().settings.mail_from)
    message["To"] = Address(addr_spec=address)
    message["Message-ID"] = mail.message_id
    message["Auto-Submitted"] = "auto-generated"
    if unsubscribe:
        message["List-Unsubscribe"] = f"<{unsubscribe}>"
        message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(render_template(f"email/{mail.kind}.txt", subject=subject, **values))
    message.add_alternative(
        render_template(f"email/{mail.kind}.html", subject=subject, **values), subtype="html"
    )
    message["Content-Language"] = language().tag  # last: set_content clears the Content- headers before it
    return message
