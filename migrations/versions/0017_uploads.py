"""Files that translators hand in, for the hour until they confirm; and what finds texts fast."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "uploads",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "account_id",
            sa.Integer(),
            sa.ForeignKey("accounts.id", ondelete="CASCADE"),
            nullable=False,
            unique=True,
        ),
        sa.Column("domain_id", sa.Integer(), sa.ForeignKey("domains.id", ondelete="CASCADE"), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("take_as", sa.String(10), nullable=False),
        sa.Column("conflict", sa.String(10), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_uploads_expires_at", "uploads", ["expires_at"])
    op.create_index("ix_translations_unit_id_author_id", "translations", ["unit_id", "author_id"])
    op.create_index("ix_messages_domain_id_position", "messages", ["domain_id", "obsolete", "position", "id"])


def downgrade() -> None:
    op.drop_index("ix_messages_domain_id_position", "messages")
    op.drop_index("ix_translations_unit_id_author_id", "translations")
    op.drop_table("uploads")
