"""What waits for an author, and which decisions were taken back, is found among few."""

import sqlalchemy as sa
from alembic import op

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

_OF_ITS_AUTHOR = sa.text("state IN ('draft', 'changes_requested')")
_TAKEN_BACK = sa.text("taken_back_at IS NOT NULL")


def upgrade() -> None:
    op.create_index(
        "ix_translations_of_author",
        "translations",
        ["author_id", "unit_id"],
        sqlite_where=_OF_ITS_AUTHOR,
        postgresql_where=_OF_ITS_AUTHOR,
    )
    op.create_index(
        "ix_reviews_taken_back", "reviews", ["id"], sqlite_where=_TAKEN_BACK, postgresql_where=_TAKEN_BACK
    )


def downgrade() -> None:
    op.drop_index("ix_reviews_taken_back", "reviews")
    op.drop_index("ix_translations_of_author", "translations")
