"""People sign in: sessions, the second factor, recovery codes."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def _account() -> sa.Column:
    return sa.Column(
        "account_id", sa.Integer(), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False
    )


def upgrade() -> None:
    op.add_column("accounts", sa.Column("totp_box", sa.LargeBinary()))
    op.add_column("accounts", sa.Column("totp_counter", sa.Integer()))
    op.create_table(
        "account_sessions",
        sa.Column("id", sa.Integer(), primary_key=True),
        _account(),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False),
        sa.Column("factor_at", _MOMENT),
    )
    op.create_index("ix_account_sessions_account_id", "account_sessions", ["account_id"])
    op.create_table(
        "recovery_codes",
        sa.Column("id", sa.Integer(), primary_key=True),
        _account(),
        sa.Column("code_hash", sa.LargeBinary(32), nullable=False),
    )
    op.create_index("ix_recovery_codes_account_id", "recovery_codes", ["account_id"])


def downgrade() -> None:
    op.drop_table("recovery_codes")
    op.drop_table("account_sessions")
    with op.batch_alter_table("accounts") as table:
        table.drop_column("totp_counter")
        table.drop_column("totp_box")
