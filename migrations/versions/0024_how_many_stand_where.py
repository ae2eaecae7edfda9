"""How many texts stand where is kept as it changes, so that nobody has to count thousands of them.

The database itself adds a row for each change, whoever writes; nobody waits for anybody's row.
"""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_STATUS = sa.Enum(
    "untranslated",
    "draft",
    "needs_review",
    "changes_requested",
    "approved",
    "outdated",
    name="unit_status",
    native_enum=False,
    create_constraint=True,
    length=32,
)
_COUNTED = "domain_id, language, status"
_CHANGES = "domain_id, language, obsolete, status"


def upgrade() -> None:
    op.create_table(
        "unit_counts",
        sa.Column("id", sa.Integer(), primary_key=True),
        sa.Column("domain_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("status", _STATUS, nullable=False),
        sa.Column("change", sa.Integer(), nullable=False),
    )
    op.create_index(
        "ix_unit_counts_place", "unit_counts", ["domain_id", "language", "status", "change"]
    )
    op.execute(
        f"INSERT INTO unit_counts ({_COUNTED}, change) SELECT {_COUNTED}, count(*) FROM units "
        f"WHERE domain_id <> 0 AND NOT obsolete GROUP BY {_COUNTED}"
    )
    if op.get_bind().dialect.name == "sqlite":
        _keep_on_sqlite()
    else:
        _keep_on_postgresql()


def _note(row: str, change: int) -> str:
    """Return what notes one text more or less where a row stands: one that is placed and in use."""
    where = f"{row}.domain_id, {row}.language, {row}.status"
    counts = f"{row}.domain_id <> 0 AND NOT {row}.obsolete"
    return f"INSERT INTO unit_counts ({_COUNTED}, change) SELECT {where}, {change} WHERE {counts};"


def _keep_on_sqlite() -> None:
    differs = " OR ".join(f"OLD.{name} <> NEW.{name}" for name in _CHANGES.split(", "))
    for name, when, notes in (
        ("in", "INSERT ON units", _note("NEW", 1)),
        ("over", f"UPDATE OF {_CHANGES} ON units WHEN {differs}", _note("OLD", -1) + _note("NEW", 1)),
        ("out", "DELETE ON units", _note("OLD", -1)),
    ):
        op.execute(f"CREATE TRIGGER units_counted_{name} AFTER {when} BEGIN {notes} END")


def _keep_on_postgresql() -> None:
    # Once a statement, not once a row: many texts change at once where a source does.
    for name, act, tables in (
        ("in", "INSERT", ("new",)),
        ("over", "UPDATE", ("old", "new")),
        ("out", "DELETE", ("old",)),
    ):
        parts = " UNION ALL ".join(
            f"SELECT {_COUNTED}, {1 if table == 'new' else -1} AS change FROM {table}_units "
            "WHERE domain_id <> 0 AND NOT obsolete"
            for table in tables
        )
        op.execute(
            f"CREATE FUNCTION count_units_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            f"INSERT INTO unit_counts ({_COUNTED}, change) SELECT {_COUNTED}, sum(change) "
            f"FROM ({parts}) AS changed GROUP BY {_COUNTED} HAVING sum(change) <> 0; RETURN NULL; END $$"
        )
        given = " ".join(f"{table.upper()} TABLE AS {table}_units" for table in tables)
        op.execute(
            f"CREATE TRIGGER units_counted_{name} AFTER {act} ON units REFERENCING {given} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION count_units_{name}()"
        )


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name in ("in", "over", "out"):
        op.execute(f"DROP TRIGGER units_counted_{name}" + ("" if on_sqlite else " ON units"))
        if not on_sqlite:
            op.execute(f"DROP FUNCTION count_units_{name}()")
    op.drop_table("unit_counts")
