"""The supporters' face: reading an appeal, signing it, confirming, taking it back."""

from flask import Flask

from advocacy.public import appeal, front, links, privacy, sitemap


def register(app: Flask) -> None:
    """Give `app` the supporters' pages."""
    for blueprint in (front.pages, appeal.pages, links.pages, privacy.pages, sitemap.pages):
        app.register_blueprint(blueprint)
