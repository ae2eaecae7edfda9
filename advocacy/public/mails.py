"""The mails to a signer: from the outbox's row to a message in her language."""

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from flask import Flask, g, render_template, url_for
from flask_babel import gettext as _

from advocacy.models import MailKind, OutgoingMail
from advocacy.rules.words import N_
from advocacy.web.addresses import absolute
from advocacy.web.phrases import plain
from advocacy.web.site import site

POLICY = SMTP.clone(max_line_length=998)
"""With the usual 78, long links in headers are folded apart (RFC 5322 allows 998)."""

_SUBJECTS = {
    MailKind.CONFIRM: N_("Please confirm your signature"),
    MailKind.ALREADY_SIGNED: N_("You have already signed"),
}
_DISCREET_SUBJECT = N_("Your request")


def compose(app: Flask, mail: OutgoingMail) -> EmailMessage | None:
    """Return the message for `mail`: plain text first, simple HTML second, in the signer's language.

    None for a decoy, which only made somebody's waiting as long as everybody's.
    """
    with app.test_request_context("/"):
        contents = site().safe.open_mail(mail.message_id, mail.contents)
        if contents.get("decoy"):
            return None
        g.language = site().languages.by_tag(mail.language) or site().languages.source
        discreet = bool(contents["discreet"])
        values = {
            "name": contents["name"],
            "title": contents["title"],
            "discreet": discreet,
            "text_url": "",
            "subject": _(_DISCREET_SUBJECT if discreet else _SUBJECTS[mail.kind]),
            "withdraw_url": absolute(url_for("links.show_withdraw", token=contents["withdraw"])),
        }
        if contents.get("text") and not discreet:
            slug, number, tag = contents["text"].split()
            shown_in = site().languages.by_tag(tag)
            text = url_for("exact_text.show", slug=slug, number=int(number), language=shown_in)
            values["text_url"] = absolute(text)
        if contents["confirm"]:
            values["confirm_url"] = absolute(url_for("links.show_confirm", token=contents["confirm"]))
        message = EmailMessage(policy=POLICY)
        message["Subject"] = plain(values["subject"])
        sender = _("Post desk") if discreet else _("Open Letter")
        message["From"] = Address(plain(sender), addr_spec=site().settings.mail_from)
        message["To"] = Address(addr_spec=contents["address"])
        message["Message-ID"] = mail.message_id
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(render_template(f"email/{mail.kind}.txt", **values))
        message.add_alternative(render_template(f"email/{mail.kind}.html", **values), subtype="html")
        message["Content-Language"] = (
            g.language.tag
        )  # last: set_content clears the Content- headers before it
    return message
