"""Units know what the checks say of their newest text, and when something last happened to them.

The database itself sees what makes the one stale, and notes the other, whoever writes.
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

_GONE = "('rejected', 'withdrawn', 'superseded')"
_SOURCE = ("msgid", "msgid_plural")
_CHECKED = ("context", *_SOURCE)  # flags are JSON, which PostgreSQL cannot compare: as text, below
_NOW_ON_SQLITE = "strftime('%Y-%m-%d %H:%M:%f000', 'now')"
_SEEN = sa.table("units", sa.column("message_id", sa.Integer), sa.column("changed_at", sa.DateTime(True)))


def upgrade() -> None:
    op.add_column("units", sa.Column("findings", sa.Text(), nullable=False, server_default=""))
    op.add_column("units", sa.Column("checked_with", sa.String(40), nullable=False, server_default=""))
    op.add_column("units", sa.Column("changed_at", sa.DateTime(timezone=True)))
    op.create_index("ix_units_checked", "units", ["domain_id", "language", "checked_with"])
    _note_what_is_known()
    if op.get_bind().dialect.name == "sqlite":
        _keep_on_sqlite()
    else:
        _keep_on_postgresql()


def _note_what_is_known() -> None:
    """Say of each unit when something last happened to it, as far as rows with dates tell."""
    decided = "FROM reviews r JOIN translations t ON t.id = r.translation_id WHERE t.unit_id = units.id"
    talk = "FROM comments WHERE comments.unit_id = units.id"
    moments = " UNION ALL ".join(
        (
            "SELECT created_at AS moment FROM translations WHERE translations.unit_id = units.id",
            *(f"SELECT r.{column} {decided}" for column in ("made_at", "taken_back_at")),
            *(f"SELECT {column} {talk}" for column in ("created_at", "resolved_at")),
        )
    )
    op.execute(f"UPDATE units SET changed_at = (SELECT max(moment) FROM ({moments}) AS known)")
    log = sa.table(
        "audit_log",
        sa.column("at", sa.DateTime(True)),
        sa.column("act", sa.String),
        sa.column("subject", sa.String),
    )
    query = sa.select(log.c.subject, sa.func.max(log.c.at, type_=sa.DateTime(True)))
    query = query.where(log.c.act == "source.edit").group_by(log.c.subject)
    connection = op.get_bind()
    for subject, at in connection.execute(query).all():
        older = sa.or_(_SEEN.c.changed_at.is_(None), _SEEN.c.changed_at < at)
        number = int(subject.removeprefix("message:"))
        connection.execute(
            _SEEN.update().where(_SEEN.c.message_id == number, older).values(changed_at=at)
        )


def _differs(columns: tuple[str, ...], differ: str) -> str:
    return " OR ".join(f"OLD.{column} {differ} NEW.{column}" for column in columns)


def _crosses(state: str) -> str:
    return f"(OLD.{state} IN {_GONE}) <> (NEW.{state} IN {_GONE})"


def _keep_on_sqlite() -> None:
    def trigger(name: str, when: str, doing: str) -> None:
        op.execute(f"CREATE TRIGGER units_{name} {when} BEGIN {doing}; END")

    def touch(unit: str, moment: str, *, stale: str = "") -> str:
        latest = f"max(coalesce(changed_at, ''), {moment})"
        return f"UPDATE units SET changed_at = {latest}{stale} WHERE {unit}"

    now, stale = _NOW_ON_SQLITE, ", checked_with = ''"
    trigger("came", "AFTER INSERT ON units", touch("id = NEW.id", now))
    trigger(
        "touched_by_text",
        "AFTER INSERT ON translations",
        touch("id = NEW.unit_id", "NEW.created_at", stale=stale),
    )
    trigger(
        "touched_by_state",
        "AFTER UPDATE OF state ON translations WHEN OLD.state <> NEW.state",
        touch("id = NEW.unit_id", now),
    )
    trigger(
        "stale_by_state",
        f"AFTER UPDATE OF state ON translations WHEN {_crosses('state')}",
        "UPDATE units SET checked_with = '' WHERE id = NEW.unit_id",
    )
    trigger("stale_by_loss", "AFTER DELETE ON translations", _unchecked("id = OLD.unit_id"))
    trigger(
        "touched_by_source",
        "AFTER UPDATE OF msgid, msgid_plural, obsolete ON messages "
        f"WHEN {_differs((*_SOURCE, 'obsolete'), 'IS NOT')}",
        touch("message_id = NEW.id", now),
    )
    trigger(
        "stale_by_source",
        "AFTER UPDATE OF context, msgid, msgid_plural, flags ON messages "
        f"WHEN {_differs((*_CHECKED, 'flags'), 'IS NOT')}",
        _unchecked("message_id = NEW.id"),
    )
    trigger("touched_by_talk", "AFTER INSERT ON comments", touch("id = NEW.unit_id", "NEW.created_at"))
    trigger(
        "touched_by_answer", "AFTER UPDATE OF resolved_at ON comments", touch("id = NEW.unit_id", now)
    )
    for act, row in (("INSERT", "NEW"), ("DELETE", "OLD")):
        trigger(
            f"stale_by_dismissal_{act.lower()}",
            f"AFTER {act} ON dismissals",
            _unchecked(f"id = {row}.unit_id"),
        )


def _unchecked(units: str) -> str:
    return f"UPDATE units SET checked_with = '' WHERE {units}"


def _keep_on_postgresql() -> None:
    def function(name: str, doing: str, *, answer: str = "NULL") -> None:
        op.execute(
            f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ "
            f"BEGIN {doing}; RETURN {answer}; END $$"
        )

    def trigger(name: str, when: str, does: str) -> None:
        before, _, condition = when.partition(" WHEN ")
        condition = condition and f" WHEN ({condition})"
        op.execute(
            f"CREATE TRIGGER units_{name} {before} FOR EACH ROW{condition} EXECUTE FUNCTION {does}()"
        )

    stale, now = ", checked_with = ''", "changed_at = greatest(changed_at, now())"
    written = "changed_at = greatest(changed_at, NEW.created_at)"
    function("unit_came", "NEW.changed_at = now()", answer="NEW")
    function("touch_by_text", f"UPDATE units SET {written}{stale} WHERE id = NEW.unit_id")
    function("touch_by_state", f"UPDATE units SET {now} WHERE id = NEW.unit_id")
    function("touch_by_source", f"UPDATE units SET {now} WHERE message_id = NEW.id")
    function("touch_by_talk", f"UPDATE units SET {written} WHERE id = NEW.unit_id")
    function("stale_new", _unchecked("id = NEW.unit_id"))
    function("stale_old", _unchecked("id = OLD.unit_id"))
    function("stale_by_source", _unchecked("message_id = NEW.id"))

    differ = "IS DISTINCT FROM"
    trigger("came", "BEFORE INSERT ON units", "unit_came")
    trigger("touched_by_text", "AFTER INSERT ON translations", "touch_by_text")
    trigger(
        "touched_by_state",
        "AFTER UPDATE OF state ON translations WHEN OLD.state <> NEW.state",
        "touch_by_state",
    )
    trigger(
        "stale_by_state",
        f"AFTER UPDATE OF state ON translations WHEN {_crosses('state')}",
        "stale_new",
    )
    trigger("stale_by_loss", "AFTER DELETE ON translations", "stale_old")
    trigger(
        "touched_by_source",
        "AFTER UPDATE OF msgid, msgid_plural, obsolete ON messages "
        f"WHEN {_differs((*_SOURCE, 'obsolete'), differ)}",
        "touch_by_source",
    )
    trigger(
        "stale_by_source",
        "AFTER UPDATE OF context, msgid, msgid_plural, flags ON messages "
        f"WHEN {_differs((*_CHECKED, 'flags::text'), differ)}",
        "stale_by_source",
    )
    trigger("touched_by_talk", "AFTER INSERT ON comments", "touch_by_talk")
    trigger("touched_by_answer", "AFTER UPDATE OF resolved_at ON comments", "touch_by_state")
    trigger("stale_by_dismissal_insert", "AFTER INSERT ON dismissals", "stale_new")
    trigger("stale_by_dismissal_delete", "AFTER DELETE ON dismissals", "stale_old")


_TRIGGERS = {
    "came": "units",
    "touched_by_text": "translations",
    "touched_by_state": "translations",
    "stale_by_state": "translations",
    "stale_by_loss": "translations",
    "touched_by_source": "messages",
    "stale_by_source": "messages",
    "touched_by_talk": "comments",
    "touched_by_answer": "comments",
    "stale_by_dismissal_insert": "dismissals",
    "stale_by_dismissal_delete": "dismissals",
}
_FUNCTIONS = (
    "unit_came",
    "touch_by_text",
    "touch_by_state",
    "touch_by_source",
    "touch_by_talk",
    "stale_new",
    "stale_old",
    "stale_by_source",
)


def downgrade() -> None:
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for name, table in _TRIGGERS.items():
        op.execute(f"DROP TRIGGER units_{name}" + ("" if on_sqlite else f" ON {table}"))
    for name in () if on_sqlite else _FUNCTIONS:
        op.execute(f"DROP FUNCTION {name}()")
    op.drop_index("ix_units_checked", "units")
    for name in ("changed_at", "checked_with", "findings"):
        op.drop_column("units", name)
