"""What waits for an author is found newest first, however much of it there is."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

_NAME = "ix_translations_of_author"
_OF_ITS_AUTHOR = sa.text("state IN ('draft', 'changes_requested')")


def upgrade() -> None:
    _replace("id")


def downgrade() -> None:
    _replace("unit_id")


def _replace(second: str) -> None:
    op.drop_index(_NAME, "translations")
    op.create_index(
        _NAME,
        "translations",
        ["author_id", second],
        sqlite_where=_OF_ITS_AUTHOR,
        postgresql_where=_OF_ITS_AUTHOR,
    )
