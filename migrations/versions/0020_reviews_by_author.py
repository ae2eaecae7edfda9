"""What was decided on somebody's texts is found by her, for her milestones and for her reviewers."""

from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_reviews_author_id", "reviews", ["author_id"])


def downgrade() -> None:
    op.drop_index("ix_reviews_author_id", "reviews")
