"""The mails to a signer: from the outbox's row to a message in her language."""

from email.message import EmailMessage

from flask import Flask, url_for

from advocacy.models import MailKind, OutgoingMail
from advocacy.rules.words import N_
from advocacy.web.addresses import absolute
from advocacy.web.letters import message_for
from advocacy.web.locale import speak
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

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
        speak(site().languages.by_tag(mail.language) or site().languages.source)
        discreet = bool(contents["discreet"])
        values = {
            "name": contents["name"],
            "title": contents["title"],
            "discreet": discreet,
            "text_url": "",
            "withdraw_url": absolute(url_for("links.show_withdraw", token=contents["withdraw"])),
        }
        if contents.get("text") and not discreet:
            slug, number, tag = contents["text"].split()
            shown_in = site().languages.by_tag(tag)
            text = url_for("exact_text.show", slug=slug, number=int(number), language=shown_in)
            values["text_url"] = absolute(text)
        if contents["confirm"]:
            values["confirm_url"] = absolute(url_for("links.show_confirm", token=contents["confirm"]))
        return message_for(
            mail,
            address=contents["address"],
            sender=_("Post desk") if discreet else _("Open Letter"),
            subject=_(_DISCREET_SUBJECT if discreet else _SUBJECTS[mail.kind]),
            values=values,
        )
