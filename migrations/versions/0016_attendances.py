"""Who is at work on which unit, for minutes or an hour."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "attendances",
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True)),
        sa.Column("taken_until", sa.DateTime(timezone=True)),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["units.id"], name="fk_attendances_unit_id_units", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["accounts.id"], name="fk_attendances_account_id_accounts", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("unit_id", "account_id", name="pk_attendances"),
    )
    op.create_index("ix_attendances_account_id", "attendances", ["account_id"])
    op.create_index("ix_attendances_seen_at", "attendances", ["seen_at"])


def downgrade() -> None:
    op.drop_table("attendances")
