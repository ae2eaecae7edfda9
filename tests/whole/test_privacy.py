"""The privacy page is made from one table, and the table knows every column there is."""

import pytest

from advocacy.extensions import Base
from advocacy.rules.languages import LANGUAGES
from advocacy.rules.privacy import KEPT, NOT_OF_PEOPLE

COLUMNS = {
    f"{table.name}.{column.name}" for table in Base.metadata.tables.values() for column in table.columns
}


def promised() -> list[str]:
    """Every column that the table names, with `*` spelled out."""
    found = []
    for name in (name for thing in KEPT for name in thing.columns):
        table, _, column = name.partition(".")
        if column == "*":
            found += [column for column in COLUMNS if column.startswith(f"{table}.")]
        else:
            found.append(name)
    return found


def test_every_column_is_promised_once_or_says_nothing_of_people():
    found = promised()
    assert len(found) == len(set(found))
    assert set(found) <= COLUMNS
    left = {column for column in COLUMNS - set(found) if column.partition(".")[0] not in NOT_OF_PEOPLE}
    assert left == set()


def test_no_table_is_both_of_people_and_not():
    of_people = {name.partition(".")[0] for name in promised()}
    assert not of_people & NOT_OF_PEOPLE
    assert set(Base.metadata.tables) >= NOT_OF_PEOPLE - {"alembic_version"}


@pytest.mark.parametrize("language", list(LANGUAGES), ids=lambda language: language.slug)
def test_the_page_names_every_one_of_them(client, language):
    page = client.get(f"/{language.slug}/privacy").text
    assert page.count('<section class="kept">') == len(KEPT)
