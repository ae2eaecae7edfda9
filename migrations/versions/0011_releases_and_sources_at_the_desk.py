"""A release can wait for its moment or be urgent; a source edited here stays; staff hear of emergencies."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_BEFORE = (
    "kind IN ('approved', 'changes', 'rejected', 'outdated', 'new_texts', 'mentioned', 'review', 'release', "
    "'application', 'name', 'source'{})"
)


def upgrade() -> None:
    # Not as a batch: that would make the tables anew, and what refers to them with them.
    op.execute(
        "ALTER TABLE releases ADD COLUMN scheduled_by INTEGER "
        "CONSTRAINT fk_releases_scheduled_by_accounts REFERENCES accounts (id) "
        "CONSTRAINT ck_releases_two_people_ahead CHECK (prepared_by <> scheduled_by)"
    )
    op.add_column("releases", sa.Column("scheduled_for", _MOMENT))
    op.add_column("releases", sa.Column("scheduled_over", sa.Integer()))
    op.add_column("releases", sa.Column("urgent", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("blocks", sa.Column("filed_text", sa.Text()))
    op.execute(
        "UPDATE blocks SET filed_text = (SELECT msgid FROM messages WHERE messages.id = blocks.message_id)"
    )
    op.create_table(
        "typo_claims",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "message_id", sa.Integer(), sa.ForeignKey("messages.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("before_hash", sa.String(64), nullable=False),
        sa.Column("after_hash", sa.String(64), nullable=False),
        sa.Column("said_by", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("said_at", _MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("settled_by", sa.Integer(), sa.ForeignKey("accounts.id")),
        sa.Column("settled_at", _MOMENT),
        sa.Column("confirmed", sa.Boolean()),
        sa.CheckConstraint("said_by <> settled_by OR NOT confirmed", name="two_people"),
    )
    op.create_index("ix_typo_claims_message_id", "typo_claims", ["message_id"])
    with op.batch_alter_table("notices") as table:
        table.drop_constraint("notice_kind", type_="check")
        table.create_check_constraint("notice_kind", _BEFORE.format(", 'emergency', 'typo'"))


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE kind IN ('emergency', 'typo')")
    with op.batch_alter_table("notices") as table:
        table.drop_constraint("notice_kind", type_="check")
        table.create_check_constraint("notice_kind", _BEFORE.format(""))
    op.drop_table("typo_claims")
    op.drop_column("blocks", "filed_text")
    # As a batch: a later migration has made the table anew, and a key and a rule of the table hold the columns.
    with op.batch_alter_table("releases") as table:
        table.drop_constraint("two_people_ahead", type_="check")
        for column in ("urgent", "scheduled_over", "scheduled_for", "scheduled_by"):
            table.drop_column(column)
