"""The face for people who work here: signing in, the second factor, their own account."""

from flask import Flask

from advocacy.account import agreement, factor, invitation, news, passkeys, profile, recovery, signing_in


def register(app: Flask) -> None:
    """Give `app` the pages of accounts."""
    for part in (signing_in, recovery, invitation, factor, passkeys, profile, news, agreement):
        app.register_blueprint(part.pages)
