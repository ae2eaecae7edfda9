"""Where messages are seen is remembered, and translators can be named for what they did."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "sightings",
        sa.Column(
            "message_id", sa.Integer(), sa.ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("path", sa.String(200), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
    )
    # How many texts were taken back is asked for at each look at the workbench.
    withdrawn = sa.text("state = 'withdrawn'")
    op.create_index(
        "ix_translations_withdrawn",
        "translations",
        ["unit_id"],
        sqlite_where=withdrawn,
        postgresql_where=withdrawn,
    )
    with op.batch_alter_table("accounts") as table:
        table.add_column(sa.Column("credited", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("accounts") as table:
        table.alter_column("credited", server_default=None)


def downgrade() -> None:
    with op.batch_alter_table("accounts") as table:
        table.drop_column("credited")
    op.drop_index("ix_translations_withdrawn", "translations")
    op.drop_table("sightings")
