"""A release says how the audit log ended when it was built; accounts can be deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("releases", sa.Column("log_entry", sa.Integer()))
    op.add_column("releases", sa.Column("log_hash", sa.String(64)))
    op.add_column("accounts", sa.Column("erased_at", sa.DateTime(timezone=True)))


def downgrade() -> None:
    with op.batch_alter_table("accounts") as table:
        table.drop_column("erased_at")
    with op.batch_alter_table("releases") as table:
        table.drop_column("log_hash")
        table.drop_column("log_entry")
