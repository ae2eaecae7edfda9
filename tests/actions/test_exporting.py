"""What a file that is taken along holds of a text that nobody has translated."""

import pytest

from advocacy.actions.export_translations import approved_entries, newest_entries
from advocacy.actions.sync_messages import Source, sync_messages
from advocacy.models import Domain
from advocacy.rules.languages import with_more


@pytest.mark.parametrize(("language", "forms"), [("ko", 1), ("ar", 6)])
def test_there_is_room_for_every_plural_form_of_the_language(session, language, forms):
    domain = Domain.named(session, "small", source_language="en")
    sources = [Source(None, "%(n)s letter", "%(n)s letters"), Source(None, "Sign")]
    sync_messages(session, domain, sources, with_more(["ar"]))
    for entries in (newest_entries(session, domain, language), approved_entries(session, domain, language)):
        assert [one.texts for one in entries] == [("",) * forms, ("",)]
