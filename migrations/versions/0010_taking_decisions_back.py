"""A reviewer can take back what she decided, as long as it is part of no release."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Not as a batch: that would make the table anew, without what keeps authors from approving.
    op.execute(
        "ALTER TABLE reviews ADD COLUMN replaced_id INTEGER "
        "CONSTRAINT fk_reviews_replaced_id_translations REFERENCES translations (id)"
    )
    op.add_column("reviews", sa.Column("newest_release", sa.Integer()))
    op.add_column("reviews", sa.Column("taken_back_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    # As a batch: a later migration may have made the table anew, and a key of the table holds the column then.
    with op.batch_alter_table("reviews") as table:
        for column in ("taken_back_at", "newest_release", "replaced_id"):
            table.drop_column(column)
