"""Policies, second opinions, who is asked to review, and why a text went back, in words and apart."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_NEW_KINDS = ("opinion", "assigned")
_TWO = "prepared_by <> confirmed_by"
_SAYS_WHY = "decision = 'approve' OR reason <> ''"


def upgrade() -> None:
    op.create_table(
        "policies",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "domain_id", sa.Integer(), sa.ForeignKey("domains.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("opinions", sa.Integer(), nullable=False),
        sa.Column("reviewer_suffices", sa.Boolean(), nullable=False),
        sa.Column("alone_from", _MOMENT),
        sa.Column("why", sa.String(500), nullable=False),
        sa.Column("changed_by", sa.Integer(), sa.ForeignKey("accounts.id")),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("log_entry", sa.Integer(), sa.ForeignKey("audit_log.id"), nullable=False),
        sa.UniqueConstraint("domain_id", "language"),
        sa.CheckConstraint("opinions BETWEEN 0 AND 2", name="opinions"),
        sa.CheckConstraint("alone_from IS NULL OR language = ''", name="alone_for_all"),
    )
    op.create_table(
        "opinions",
        sa.Column("id", sa.Integer(), primary_key=True),
        _translation(),
        sa.Column("author_id", sa.Integer()),
        sa.Column("speaker_id", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("yes", sa.Boolean(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id", "author_id"],
            ["translations.id", "translations.author_id"],
            name="fk_opinions_author_translations",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("translation_id", "speaker_id"),
        sa.CheckConstraint("speaker_id <> author_id", name="not_by_author"),
        sa.CheckConstraint("yes OR words <> ''", name="says_why"),
    )
    op.create_index("ix_opinions_speaker_id", "opinions", ["speaker_id"])
    op.create_table(
        "assignments",
        sa.Column(
            "translation_id",
            sa.Integer(),
            sa.ForeignKey("translations.id", ondelete="CASCADE"),
            primary_key=True,
        ),
        sa.Column("reviewer_id", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("made_by", sa.Integer(), sa.ForeignKey("accounts.id")),
        sa.Column("made_at", _MOMENT, nullable=False),
    )
    op.create_index("ix_assignments_reviewer_id", "assignments", ["reviewer_id"])
    with op.batch_alter_table("grants") as table:
        table.add_column(sa.Column("given_at", _MOMENT))
    with op.batch_alter_table("releases") as table:
        table.add_column(sa.Column("relaxed_entry", sa.Integer()))
        table.create_foreign_key(
            "fk_releases_relaxed_entry_audit_log", "audit_log", ["relaxed_entry"], ["id"]
        )
        table.drop_constraint("two_people", type_="check")
        table.create_check_constraint("two_people", f"{_TWO} OR relaxed_entry IS NOT NULL")
    with op.batch_alter_table("reviews") as table:
        table.add_column(sa.Column("why", sa.String(200), nullable=False, server_default=""))
        table.drop_constraint("says_why", type_="check")
        table.create_check_constraint("says_why", f"{_SAYS_WHY} OR why <> ''")
    with op.batch_alter_table("reviews") as table:
        table.alter_column("why", server_default=None)
    with op.batch_alter_table("notices") as table:
        table.add_column(sa.Column("translation_id", sa.Integer()))
        table.create_foreign_key(
            "fk_notices_translation_id_translations",
            "translations",
            ["translation_id"],
            ["id"],
            ondelete="CASCADE",
        )
    _allow_notices([*_kinds(), *_NEW_KINDS])


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE kind IN ('opinion', 'assigned')")
    _allow_notices([kind for kind in _kinds() if kind not in _NEW_KINDS])
    with op.batch_alter_table("notices") as table:
        table.drop_constraint("fk_notices_translation_id_translations", type_="foreignkey")
        table.drop_column("translation_id")
    op.execute("UPDATE reviews SET reason = why WHERE reason = ''")
    with op.batch_alter_table("reviews") as table:
        table.drop_constraint("says_why", type_="check")
        table.create_check_constraint("says_why", _SAYS_WHY)
        table.drop_column("why")
    # One of the two was the same person: the older form of the table says so by leaving the first out.
    op.execute("UPDATE releases SET prepared_by = NULL WHERE prepared_by = confirmed_by")
    with op.batch_alter_table("releases") as table:
        table.drop_constraint("two_people", type_="check")
        table.create_check_constraint("two_people", _TWO)
        table.drop_constraint("fk_releases_relaxed_entry_audit_log", type_="foreignkey")
        table.drop_column("relaxed_entry")
    with op.batch_alter_table("grants") as table:
        table.drop_column("given_at")
    for name in ("assignments", "opinions", "policies"):
        op.drop_table(name)


def _kinds() -> list[str]:
    """Return the kinds of notices that the table takes: what others added stays."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("notices")
    (kinds,) = (check["sqltext"] for check in checks if str(check["name"]).endswith("notice_kind"))
    return re.findall(r"'([a-z_]+)'", kinds)


def _allow_notices(kinds: list[str]) -> None:
    said = ", ".join(f"'{kind}'" for kind in dict.fromkeys(kinds))
    with op.batch_alter_table("notices") as table:
        table.drop_constraint("notice_kind", type_="check")
        table.create_check_constraint("notice_kind", f"kind IN ({said})")


def _translation() -> sa.Column[int]:
    kept = sa.ForeignKey("translations.id", ondelete="CASCADE")
    return sa.Column("translation_id", sa.Integer(), kept, nullable=False)
