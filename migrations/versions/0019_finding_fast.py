"""Units know where they stand and what is said in them, so that lists, counts and searches read one table.

The database itself keeps them true to messages and translations, whoever writes.
"""

from unicodedata import normalize

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

_APART = "\x1f"
_GONE = "('rejected', 'withdrawn', 'superseded')"
_PLACE = "domain_id, position, obsolete, folded"
_KEPT = "domain_id, position, obsolete, source_folded"
_AT_ONCE = 5000


def upgrade() -> None:
    for table in ("messages", "translations"):
        op.add_column(table, sa.Column("folded", sa.Text(), nullable=False, server_default=""))
    op.add_column("units", sa.Column("domain_id", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("units", sa.Column("position", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("units", sa.Column("obsolete", sa.Boolean(), nullable=False, server_default=sa.false()))
    for name in ("source_folded", "texts_folded"):
        op.add_column("units", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    _fold()
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    op.execute(
        f"UPDATE units SET ({_KEPT}) = (SELECT {_PLACE} FROM messages WHERE messages.id = units.message_id)"
    )
    op.execute(f"UPDATE units SET texts_folded = {_texts_of('units.id', on_sqlite=on_sqlite)}")
    op.create_index(
        "ix_units_place", "units", ["domain_id", "language", "obsolete", "position", "message_id"]
    )
    op.create_index(
        "ix_units_status", "units", ["domain_id", "language", "obsolete", "status", "position", "message_id"]
    )
    op.create_index("ix_translations_state", "translations", ["state", "id"])
    op.drop_index("ix_units_language", "units")
    if on_sqlite:
        _keep_on_sqlite()
    else:
        _keep_on_postgresql()


def _fold() -> None:
    connection = op.get_bind()
    messages = sa.table(
        "messages",
        sa.column("id", sa.Integer),
        *(sa.column(name, sa.Text) for name in ("msgid", "msgid_plural", "context", "comment", "folded")),
    )
    translations = sa.table(
        "translations",
        sa.column("id", sa.Integer),
        sa.column("texts", sa.JSON),
        sa.column("folded", sa.Text),
    )
    said = messages.c.msgid, messages.c.msgid_plural, messages.c.context, messages.c.comment
    for table, columns in ((messages, said), (translations, (translations.c.texts,))):
        change = table.update().where(table.c.id == sa.bindparam("number"))
        change, last = change.values(folded=sa.bindparam("text")), 0
        while True:
            query = sa.select(table.c.id, *columns).where(table.c.id > last).order_by(table.c.id)
            rows = connection.execute(query.limit(_AT_ONCE)).all()
            if not rows:
                break
            last = rows[-1][0]
            connection.execute(
                change,
                [
                    {"number": number, "text": _folded(*(row[0] if table is translations else row))}
                    for number, *row in rows
                ],
            )


def _folded(*texts: str | None) -> str:
    return _APART.join(normalize("NFC", (text or "").lower()).replace(_APART, " ") for text in texts)


def _texts_of(unit: str, *, on_sqlite: bool) -> str:
    together = "group_concat(folded, char(31))" if on_sqlite else "string_agg(folded, chr(31))"
    return (
        f"(SELECT coalesce({together}, '') FROM translations "
        f"WHERE translations.unit_id = {unit} AND translations.state NOT IN {_GONE})"
    )


def _keep_on_sqlite() -> None:
    op.execute(
        "CREATE TRIGGER units_placed AFTER INSERT ON units BEGIN "
        f"UPDATE units SET ({_KEPT}) = (SELECT {_PLACE} FROM messages WHERE id = NEW.message_id) "
        "WHERE id = NEW.id; END"
    )
    op.execute(
        f"CREATE TRIGGER units_moved AFTER UPDATE OF {_PLACE} ON messages BEGIN "
        f"UPDATE units SET ({_KEPT}) = (NEW.domain_id, NEW.position, NEW.obsolete, NEW.folded) "
        "WHERE message_id = NEW.id; END"
    )
    for name, act, row in (
        ("added", "INSERT", "NEW"),
        ("changed", "UPDATE OF state, folded", "NEW"),
        ("removed", "DELETE", "OLD"),
    ):
        op.execute(
            f"CREATE TRIGGER units_said_{name} AFTER {act} ON translations BEGIN "
            f"UPDATE units SET texts_folded = {_texts_of(f'{row}.unit_id', on_sqlite=True)} "
            f"WHERE id = {row}.unit_id; END"
        )


def _keep_on_postgresql() -> None:
    # The row is held before it is read: what somebody else commits meanwhile is not missed.
    op.execute(
        "CREATE FUNCTION place_unit() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "SELECT m.domain_id, m.position, m.obsolete, m.folded "
        "INTO NEW.domain_id, NEW.position, NEW.obsolete, NEW.source_folded "
        "FROM messages m WHERE m.id = NEW.message_id FOR SHARE; RETURN NEW; END $$"
    )
    op.execute(
        "CREATE TRIGGER units_placed BEFORE INSERT ON units FOR EACH ROW EXECUTE FUNCTION place_unit()"
    )
    op.execute(
        "CREATE FUNCTION move_units() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        f"UPDATE units SET ({_KEPT}) = (NEW.domain_id, NEW.position, NEW.obsolete, NEW.folded) "
        "WHERE message_id = NEW.id; RETURN NULL; END $$"
    )
    op.execute(
        f"CREATE TRIGGER units_moved AFTER UPDATE OF {_PLACE} ON messages "
        "FOR EACH ROW EXECUTE FUNCTION move_units()"
    )
    op.execute(
        "CREATE FUNCTION say_in_unit() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "DECLARE number integer := CASE WHEN TG_OP = 'DELETE' THEN OLD.unit_id ELSE NEW.unit_id END; BEGIN "
        "PERFORM 1 FROM units WHERE id = number FOR NO KEY UPDATE; "
        f"UPDATE units SET texts_folded = {_texts_of('number', on_sqlite=False)} WHERE id = number; "
        "RETURN NULL; END $$"
    )
    op.execute(
        "CREATE TRIGGER units_said AFTER INSERT OR DELETE OR UPDATE OF state, folded ON translations "
        "FOR EACH ROW EXECUTE FUNCTION say_in_unit()"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for name in ("placed", "moved", "said_added", "said_changed", "said_removed"):
            op.execute(f"DROP TRIGGER units_{name}")
    else:
        for name, table, function in (
            ("placed", "units", "place_unit"),
            ("moved", "messages", "move_units"),
            ("said", "translations", "say_in_unit"),
        ):
            op.execute(f"DROP TRIGGER units_{name} ON {table}")
            op.execute(f"DROP FUNCTION {function}()")
    op.create_index("ix_units_language", "units", ["language"])
    op.drop_index("ix_translations_state", "translations")
    op.drop_index("ix_units_status", "units")
    op.drop_index("ix_units_place", "units")
    for name in ("texts_folded", "source_folded", "obsolete", "position", "domain_id"):
        op.drop_column("units", name)
    for table in ("translations", "messages"):
        op.drop_column(table, "folded")
