"""What tests of the whole use."""

import pytest


@pytest.fixture
def environ(app, monkeypatch):
    settings = app.extensions["advocacy"].settings
    values = {"ADVOCACY_INSTANCE": str(settings.instance), "DATABASE_URL": settings.database_url}
    for name, value in values.items():
        monkeypatch.setenv(name, value)
    return values
