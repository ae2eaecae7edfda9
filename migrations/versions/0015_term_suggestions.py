"""People suggest terms for the glossary, and are told what became of them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_BEFORE = (
    "'approved', 'changes', 'rejected', 'outdated', 'new_texts', 'mentioned', 'emergency', "
    "'review', 'release', 'application', 'name', 'source', 'typo', 'opinion', 'assigned'"
)
_TERMS = "'term_accepted', 'term_declined', 'term'"


def upgrade() -> None:
    state = sa.Enum(
        "waiting",
        "accepted",
        "declined",
        name="suggestion_state",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    op.create_table(
        "term_suggestions",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("target", sa.String(200), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("state", state, nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("judged_by", sa.Integer(), sa.ForeignKey("accounts.id")),
        sa.Column("judged_at", _MOMENT),
    )
    _allow(f"kind IN ({_BEFORE}, {_TERMS})")
    op.execute(
        "ALTER TABLE notices ADD COLUMN suggestion_id INTEGER "
        "CONSTRAINT fk_notices_suggestion_id_term_suggestions REFERENCES term_suggestions (id)"
    )


def downgrade() -> None:
    op.execute(f"DELETE FROM notices WHERE kind IN ({_TERMS})")  # noqa: S608  ours
    with op.batch_alter_table("notices") as table:  # a later migration may have made the table anew
        table.drop_column("suggestion_id")
    _allow(f"kind IN ({_BEFORE})")
    op.drop_table("term_suggestions")


def _allow(kinds: str) -> None:
    with op.batch_alter_table("notices") as table:
        table.drop_constraint("notice_kind", type_="check")
    with op.batch_alter_table("notices") as table:
        table.create_check_constraint("notice_kind", kinds)
