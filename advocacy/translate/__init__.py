"""The translators' face: the workbench."""

from flask import Flask

from advocacy.translate import (
    dashboard,
    editor,
    in_place,
    live,
    next_text,
    offline,
    talk,
    terms,
    together,
    units,
)


def register(app: Flask) -> None:
    """Give `app` the workbench."""
    for part in (dashboard, in_place, units, next_text, editor, live, talk, terms, offline, together):
        app.register_blueprint(part.pages)
