"""The supporters' face: reading an appeal, signing it, confirming, taking it back."""

from flask import Flask

from advocacy.public import (
    appeal,
    exact_text,
    front,
    joining,
    links,
    preview,
    privacy,
    proof,
    signing,
    sitemap,
    supporting,
    translating,
)


def register(app: Flask) -> None:
    """Give `app` the supporters' pages."""
    for blueprint in (
        front.pages,
        appeal.pages,
        signing.pages,
        exact_text.pages,
        preview.pages,
        supporting.pages,
        links.pages,
        proof.pages,
        privacy.pages,
        joining.pages,
        translating.pages,
        sitemap.pages,
    ):
        app.register_blueprint(blueprint)
