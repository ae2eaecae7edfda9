"""People join and come back: applications, invitations, links for lost passwords, and mail to them."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_FOR_SIGNERS = "kind IN ('confirm', 'already_signed')"
_FOR_ALL = "kind IN ('confirm', 'already_signed', 'recover', 'invite', 'ask', 'decline', 'digest')"


def upgrade() -> None:
    with op.batch_alter_table("outbox") as table:
        table.drop_constraint("mail_kind", type_="check")
        table.alter_column("signature_id", existing_type=sa.Integer(), nullable=True)
        table.create_check_constraint("mail_kind", _FOR_ALL)
    op.create_table(
        "recovery_links",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("account_id", sa.Integer(), sa.ForeignKey("accounts.id", ondelete="CASCADE")),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_recovery_links_account_id", "recovery_links", ["account_id"])
    op.create_index("ix_recovery_links_expires_at", "recovery_links", ["expires_at"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("grants", sa.JSON(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(32), nullable=False, unique=True),
        sa.Column("invited_by", sa.Integer(), sa.ForeignKey("accounts.id", ondelete="SET NULL")),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_invitations_expires_at", "invitations", ["expires_at"])
    op.create_table(
        "applications",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.Column("trial", sa.JSON(), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting", "asked", name="application_state", native_enum=False, create_constraint=True, length=32
            ),
            nullable=False,
        ),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answer_hash", sa.LargeBinary(32), unique=True),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("expires_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_applications_expires_at", "applications", ["expires_at"])


def downgrade() -> None:
    for name in ("applications", "invitations", "recovery_links"):
        op.drop_table(name)
    op.execute("DELETE FROM outbox WHERE signature_id IS NULL")
    with op.batch_alter_table("outbox") as table:
        table.drop_constraint("mail_kind", type_="check")
        table.alter_column("signature_id", existing_type=sa.Integer(), nullable=False)
        table.create_check_constraint("mail_kind", _FOR_SIGNERS)
