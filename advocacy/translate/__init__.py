"""The translators' face: the workbench."""

from flask import Flask

from advocacy.translate import dashboard, editor, live, units


def register(app: Flask) -> None:
    """Give `app` the workbench."""
    for part in (dashboard, units, editor, live):
        app.register_blueprint(part.pages)
