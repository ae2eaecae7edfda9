"""Who resolved a comment is kept."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute(
        "ALTER TABLE comments ADD COLUMN resolved_by INTEGER "
        "CONSTRAINT fk_comments_resolved_by_accounts REFERENCES accounts (id)"
    )


def downgrade() -> None:
    op.drop_column("comments", "resolved_by")
