"""Mail in tests: sent by the real worker into the folder that development uses."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from flask import Flask

from advocacy.cli.mail import compose
from advocacy.web.postman import Postman
from advocacy.web.transports import FolderTransport


def sent_mails(app: Flask) -> list[EmailMessage]:
    """Send everything in the outbox; return every mail ever sent in this test, oldest first."""
    folder = app.extensions["advocacy"].settings.mail_folder
    postman = Postman(app, FolderTransport(folder), compose)
    while postman.deliver_due():
        pass
    files = sorted(folder.glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
    return [message_from_bytes(path.read_bytes(), policy=policy.default) for path in files]


def text_of(mail: EmailMessage) -> str:
    """The plain text, which comes first."""
    return mail.get_body(("plain",)).get_content()


def html_of(mail: EmailMessage) -> str:
    return mail.get_body(("html",)).get_content()
