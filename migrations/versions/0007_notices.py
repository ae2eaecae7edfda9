"""People are told what is new for them, on a page and by mail as often as they want."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_KINDS = (
    "approved",
    "changes",
    "rejected",
    "outdated",
    "new_texts",
    "mentioned",
    "review",
    "release",
    "application",
    "name",
    "source",
)


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def upgrade() -> None:
    with op.batch_alter_table("accounts") as table:
        rhythm = _words("rhythm", "off", "at_once", "daily", "weekly")
        table.add_column(sa.Column("rhythm", rhythm, nullable=False, server_default="daily"))
        table.add_column(sa.Column("mail_language", sa.String(35), nullable=False, server_default="en"))
        table.add_column(sa.Column("digest_at", _MOMENT))
    with op.batch_alter_table("accounts") as table:
        table.alter_column("rhythm", server_default=None)
        table.alter_column("mail_language", server_default=None)
    with op.batch_alter_table("comments") as table:
        table.add_column(sa.Column("about_source", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("comments") as table:
        table.alter_column("about_source", server_default=None)
    op.create_table(
        "notices",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "account_id", sa.Integer(), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("kind", _words("notice_kind", *_KINDS), nullable=False),
        sa.Column("language", sa.String(35)),
        sa.Column("domain_id", sa.Integer(), sa.ForeignKey("domains.id", ondelete="CASCADE")),
        sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id", ondelete="CASCADE")),
        sa.Column("review_id", sa.Integer(), sa.ForeignKey("reviews.id", ondelete="CASCADE")),
        sa.Column("comment_id", sa.Integer(), sa.ForeignKey("comments.id", ondelete="CASCADE")),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("read_at", _MOMENT),
        sa.Column("mailed", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_notices_account_id", "notices", ["account_id"])
    op.create_index("ix_notices_made_at", "notices", ["made_at"])


def downgrade() -> None:
    op.drop_table("notices")
    with op.batch_alter_table("comments") as table:
        table.drop_column("about_source")
    with op.batch_alter_table("accounts") as table:
        table.drop_constraint("rhythm", type_="check")
        for name in ("digest_at", "mail_language", "rhythm"):
            table.drop_column(name)
