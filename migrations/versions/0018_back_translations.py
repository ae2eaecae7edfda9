"""What a text says, told in the language of its source, by its author or by somebody who reads it blind."""

import re

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

_UNCHANGED = "a back-translation is never changed"
_AUTHOR = "a back-translation names the author of its translation"
_UNNAMED = (
    "NEW.author_id IS NULL AND EXISTS "
    "(SELECT 1 FROM translations WHERE id = NEW.translation_id AND author_id IS NOT NULL)"
)


def upgrade() -> None:
    op.create_table(
        "back_translations",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "translation_id",
            sa.Integer(),
            sa.ForeignKey("translations.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer()),
        sa.Column("writer_id", sa.Integer(), sa.ForeignKey("accounts.id"), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("blind", sa.Boolean(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id", "author_id"],
            ["translations.id", "translations.author_id"],
            name="fk_back_translations_author_translations",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("blind = (author_id IS NULL OR writer_id <> author_id)", name="blind_by_another"),
        sa.CheckConstraint("text <> ''", name="says_something"),
    )
    op.create_index("ix_back_translations_translation_id", "back_translations", ["translation_id"])
    op.create_index("ix_back_translations_writer_id", "back_translations", ["writer_id"])
    op.create_index(
        "uq_back_translations_blind",
        "back_translations",
        ["translation_id", "writer_id"],
        unique=True,
        sqlite_where=sa.text("blind"),
        postgresql_where=sa.text("blind"),
    )
    _protect()
    _allow_notices([*_kinds(), "back"])


def downgrade() -> None:
    op.execute("DELETE FROM notices WHERE kind = 'back'")
    _allow_notices([kind for kind in _kinds() if kind != "back"])
    op.drop_table("back_translations")
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION refuse_back_translation_change()")
        op.execute("DROP FUNCTION demand_back_translation_author()")


def _protect() -> None:
    """Refuse changes, and a row that leaves the author out: with an empty column the keys hold nothing."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE TRIGGER back_translations_append_only BEFORE UPDATE ON back_translations "
            f"BEGIN SELECT RAISE(ABORT, '{_UNCHANGED}'); END"
        )
        op.execute(
            "CREATE TRIGGER back_translations_author BEFORE INSERT ON back_translations "
            f"WHEN {_UNNAMED} BEGIN SELECT RAISE(ABORT, '{_AUTHOR}'); END"
        )
        return
    raised = "USING ERRCODE = 'check_violation'"
    op.execute(
        "CREATE FUNCTION refuse_back_translation_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_UNCHANGED}' {raised}; END $$"
    )
    op.execute(
        "CREATE TRIGGER back_translations_append_only BEFORE UPDATE ON back_translations "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_back_translation_change()"
    )
    op.execute(
        "CREATE FUNCTION demand_back_translation_author() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF {_UNNAMED} THEN RAISE EXCEPTION '{_AUTHOR}' {raised}; END IF; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER back_translations_author BEFORE INSERT ON back_translations "
        "FOR EACH ROW EXECUTE FUNCTION demand_back_translation_author()"
    )


def _kinds() -> list[str]:
    """Return the kinds of notices that the table takes: what others added stays."""
    checks = sa.inspect(op.get_bind()).get_check_constraints("notices")
    (kinds,) = (check["sqltext"] for check in checks if str(check["name"]).endswith("notice_kind"))
    return re.findall(r"'([a-z_]+)'", kinds)


def _allow_notices(kinds: list[str]) -> None:
    said = ", ".join(f"'{kind}'" for kind in dict.fromkeys(kinds))
    with op.batch_alter_table("notices") as table:
        table.drop_constraint("notice_kind", type_="check")
    with op.batch_alter_table("notices") as table:
        table.create_check_constraint("notice_kind", f"kind IN ({said})")
