"""A release says how the audit log ended when it was built."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("releases", sa.Column("log_entry", sa.Integer()))
    op.add_column("releases", sa.Column("log_hash", sa.String(64)))


def downgrade() -> None:
    with op.batch_alter_table("releases") as table:
        table.drop_column("log_hash")
        table.drop_column("log_entry")
