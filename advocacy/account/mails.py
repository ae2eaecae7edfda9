"""The mails to people who work here, or would like to."""

import json
from email.message import EmailMessage
from typing import Any

from flask import Flask, url_for

from advocacy.account.news import no_mail_token
from advocacy.models import MailKind, OutgoingMail
from advocacy.rules.words import N_
from advocacy.web.addresses import absolute
from advocacy.web.letters import message_for
from advocacy.web.locale import speak
from advocacy.web.news_words import amount_lines
from advocacy.web.phrases import gettext as _
from advocacy.web.site import site

_SUBJECTS = {
    MailKind.RECOVER: N_("Set a new password"),
    MailKind.INVITE: N_("You are invited"),
    MailKind.ASK: N_("A question about your application"),
    MailKind.DECLINE: N_("Your application"),
    MailKind.DIGEST: N_("What is new"),
}
_PAGES = {
    MailKind.RECOVER: "recovery.show_new",
    MailKind.INVITE: "invitation.show",
    MailKind.ASK: "joining.show_question",
}

KINDS = frozenset(_SUBJECTS)
"""What is written here."""


def compose(app: Flask, mail: OutgoingMail) -> EmailMessage | None:
    """Return the message for `mail`, or None for a decoy, which only made one history as long as the other.

    Subject and sender say nothing of what anybody does here.
    """
    with app.test_request_context("/"):
        contents = site().safe.open_mail(mail.message_id, mail.contents)
        if contents["decoy"]:
            return None
        spoken = site().languages.by_tag(mail.language) or site().languages.source
        speak(spoken)
        values: dict[str, Any] = {"discreet": False, "words": contents.get("words", ""), "link": ""}
        no_mail = ""
        if page := _PAGES.get(mail.kind):
            link = url_for(page, token=contents["token"])
            if not link.startswith(f"/{spoken.slug}/"):
                link += f"?language={spoken.slug}"
            values["link"] = absolute(link)
        if mail.kind is MailKind.DIGEST:
            token = no_mail_token(int(contents["account"]))
            no_mail = absolute(url_for("news.show_no_mail", token=token, language=spoken.slug))
            values |= {
                "lines": amount_lines(json.loads(contents["amounts"])),
                "link": absolute(url_for("news.show", language=spoken.slug)),
                "no_mail": no_mail,
            }
        return message_for(
            mail,
            address=contents["address"],
            sender=_("Open Letter"),
            subject=_(_SUBJECTS[mail.kind]),
            values=values,
            unsubscribe=no_mail,
        )
