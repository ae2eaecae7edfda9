"""An operator can ask whoever works here to agree to a text."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "agreements",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("texts", sa.JSON(), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("made_by", sa.Integer(), sa.ForeignKey("accounts.id")),
        sa.Column("made_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "account_id", sa.Integer(), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "agreement_id", sa.Integer(), sa.ForeignKey("agreements.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("text_hash", sa.String(64), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("account_id", "agreement_id"),
    )
    with op.batch_alter_table("accounts") as table:
        table.add_column(sa.Column("must_agree", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("accounts") as table:
        table.alter_column("must_agree", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("accounts") as table:
        table.drop_column("must_agree")
    op.drop_table("consents")
    op.drop_table("agreements")
