"""Translations are proposed, reviewed and released; people have accounts."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_UNCHANGED = "texts, author_id, unit_id, origin, msgid, msgid_plural, source_hash, content_hash, created_at"
_REFUSAL = "a translation is never changed"


def _words(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=32)


def _account(name: str) -> sa.Column:
    return sa.Column(name, sa.Integer(), sa.ForeignKey("accounts.id"))


def _unit() -> sa.Column:
    return sa.Column("unit_id", sa.Integer(), sa.ForeignKey("units.id", ondelete="CASCADE"), nullable=False)


def upgrade() -> None:
    op.create_table(
        "accounts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("name", sa.String(80), nullable=False, unique=True),
        sa.Column("email", sa.String(254), unique=True),
        sa.Column("password_hash", sa.String(200)),
        sa.Column("created_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "account_id", sa.Integer(), sa.ForeignKey("accounts.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column(
            "role",
            _words("role", "translator", "reviewer", "editor", "publisher", "moderator", "administrator"),
            nullable=False,
        ),
        sa.Column("language", sa.String(35)),
        sa.UniqueConstraint("account_id", "role", "language"),
        sa.CheckConstraint(
            "(role IN ('translator', 'reviewer')) = (language IS NOT NULL)", name="language_where_needed"
        ),
    )
    op.create_table(
        "translations",
        sa.Column("id", sa.Integer(), primary_key=True),
        _unit(),
        sa.Column("texts", sa.JSON(), nullable=False),
        _account("author_id"),
        sa.Column("origin", _words("origin", "editor", "import", "baseline", "typo"), nullable=False),
        sa.Column(
            "state",
            _words(
                "translation_state",
                "draft",
                "submitted",
                "approved",
                "changes_requested",
                "rejected",
                "withdrawn",
                "superseded",
            ),
            nullable=False,
        ),
        sa.Column("msgid", sa.Text(), nullable=False),
        sa.Column("msgid_plural", sa.Text()),
        sa.Column("source_hash", sa.String(64), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("based_on_id", sa.Integer(), sa.ForeignKey("translations.id", ondelete="SET NULL")),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("id", "author_id"),
    )
    op.create_index("ix_translations_unit_id", "translations", ["unit_id"])
    op.create_index("ix_translations_author_id", "translations", ["author_id"])
    approved = sa.text("state = 'approved'")
    op.create_index(
        "uq_translations_approved",
        "translations",
        ["unit_id"],
        unique=True,
        sqlite_where=approved,
        postgresql_where=approved,
    )
    _protect_translations()
    op.create_table(
        "reviews",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "translation_id",
            sa.Integer(),
            sa.ForeignKey("translations.id", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("author_id", sa.Integer()),
        _account("reviewer_id"),
        sa.Column("decision", _words("decision", "approve", "changes", "reject"), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["translation_id", "author_id"],
            ["translations.id", "translations.author_id"],
            name="fk_reviews_author_translations",
            ondelete="CASCADE",
        ),
        sa.CheckConstraint("reviewer_id <> author_id", name="not_by_author"),
        sa.CheckConstraint("decision = 'approve' OR reason <> ''", name="says_why"),
    )
    op.create_index("ix_reviews_translation_id", "reviews", ["translation_id"])
    op.create_index("ix_reviews_reviewer_id", "reviews", ["reviewer_id"])
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column(
            "domain_id", sa.Integer(), sa.ForeignKey("domains.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("outline", sa.JSON()),
        sa.Column("note", sa.Text(), nullable=False),
        _account("prepared_by"),
        sa.Column("prepared_at", _MOMENT, nullable=False),
        _account("confirmed_by"),
        sa.Column("confirmed_at", _MOMENT),
        sa.UniqueConstraint("domain_id", "number"),
        sa.CheckConstraint("prepared_by <> confirmed_by", name="two_people"),
    )
    op.create_table(
        "release_catalogs",
        sa.Column(
            "release_id", sa.Integer(), sa.ForeignKey("releases.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("po", sa.LargeBinary(), nullable=False),
        sa.Column("mo", sa.LargeBinary(), nullable=False),
        sa.Column("po_hash", sa.String(64), nullable=False),
        sa.Column("mo_hash", sa.String(64), nullable=False),
        sa.Column("messages", sa.Integer(), nullable=False),
        sa.Column("translated", sa.Integer(), nullable=False),
    )
    op.create_table(
        "live_releases",
        sa.Column(
            "domain_id", sa.Integer(), sa.ForeignKey("domains.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column(
            "release_id", sa.Integer(), sa.ForeignKey("releases.id", ondelete="CASCADE"), nullable=False
        ),
        sa.Column("in_source", sa.JSON(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "comments",
        sa.Column("id", sa.Integer(), primary_key=True),
        _unit(),
        _account("author_id"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("resolved_at", _MOMENT),
    )
    op.create_index("ix_comments_unit_id", "comments", ["unit_id"])
    op.create_table(
        "dismissals",
        sa.Column("id", sa.Integer(), primary_key=True),
        _unit(),
        sa.Column("check", sa.String(40), nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        _account("author_id"),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("unit_id", "check", "content_hash"),
    )
    op.create_table(
        "glossary_terms",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("source", sa.String(200), nullable=False),
        sa.Column("is_verb", sa.Boolean(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.UniqueConstraint("source", "is_verb"),
    )
    op.add_column("signatures", sa.Column("release", sa.Integer()))
    op.add_column("signatures", sa.Column("text_language", sa.String(35)))
    with op.batch_alter_table("tokens") as table:
        table.add_column(sa.Column("moved", sa.Boolean(), nullable=False, server_default=sa.false()))
    with op.batch_alter_table("tokens") as table:
        table.alter_column("moved", server_default=None)
    op.create_index("ix_tokens_expires_at", "tokens", ["expires_at"])
    op.create_index("ix_outbox_expires_at", "outbox", ["expires_at"])
    with op.batch_alter_table("messages") as table:
        table.add_column(sa.Column("before_id", sa.Integer()))
        table.create_foreign_key(
            "fk_messages_before_id_messages", "messages", ["before_id"], ["id"], ondelete="SET NULL"
        )


def _protect_translations() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"CREATE TRIGGER translations_append_only BEFORE UPDATE OF {_UNCHANGED} ON translations "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )
    else:
        op.execute(
            "CREATE FUNCTION refuse_translation_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
        )
        op.execute(
            f"CREATE TRIGGER translations_append_only BEFORE UPDATE OF {_UNCHANGED} ON translations "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_translation_change()"
        )


def downgrade() -> None:
    with op.batch_alter_table("messages") as table:
        table.drop_constraint("fk_messages_before_id_messages", type_="foreignkey")
        table.drop_column("before_id")
    op.drop_index("ix_outbox_expires_at", "outbox")
    op.drop_index("ix_tokens_expires_at", "tokens")
    with op.batch_alter_table("tokens") as table:
        table.drop_column("moved")
    op.drop_column("signatures", "text_language")
    op.drop_column("signatures", "release")
    for table in (
        "glossary_terms",
        "dismissals",
        "comments",
        "live_releases",
        "release_catalogs",
        "releases",
        "reviews",
        "translations",
        "grants",
        "accounts",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_translation_change()")
