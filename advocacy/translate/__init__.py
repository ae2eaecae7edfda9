"""The translators' face: the workbench."""

from flask import Flask

from advocacy.translate import dashboard, editor, offline, units


def register(app: Flask) -> None:
    """Give `app` the workbench."""
    for part in (dashboard, units, editor, offline):
        app.register_blueprint(part.pages)
