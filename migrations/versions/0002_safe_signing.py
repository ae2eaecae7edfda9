"""Names wait for a look, consents stand in the signature's row, floods are held, decisions are logged."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_APPEND_ONLY = "the audit log is never changed"


def _appeal(*, primary: bool = False) -> sa.Column:
    return sa.Column(
        "appeal_id", sa.Integer(), sa.ForeignKey("appeals.id", ondelete="CASCADE"), primary_key=primary, nullable=False
    )


def upgrade() -> None:
    op.create_table(
        "audit_log",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("actor", sa.String(40), nullable=False),
        sa.Column("act", sa.String(60), nullable=False, index=True),
        sa.Column("subject", sa.String(120), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("previous", sa.LargeBinary(32), nullable=False),
        sa.Column("hash", sa.LargeBinary(32), nullable=False),
    )
    _protect_audit_log()
    op.create_table(
        "spent_challenges",
        sa.Column("digest", sa.LargeBinary(32), primary_key=True),
        sa.Column("expires_at", _MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "batches",
        sa.Column("id", sa.Integer(), primary_key=True),
        _appeal(),
        sa.Column("since", _MOMENT),
        sa.Column("until", _MOMENT),
        sa.Column("language", sa.String(35)),
        sa.Column("domain_digest", sa.LargeBinary(32)),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("restored_at", _MOMENT),
    )
    op.create_index("ix_batches_appeal_id", "batches", ["appeal_id"])
    op.create_table(
        "blocked_addresses",
        _appeal(primary=True),
        sa.Column("address_digest", sa.LargeBinary(32), primary_key=True),
    )
    op.create_table(
        "country_counts",
        _appeal(primary=True),
        sa.Column("country", sa.String(2), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("hour", _MOMENT, nullable=False),
    )
    op.create_table(
        "supports",
        _appeal(primary=True),
        sa.Column("language", sa.String(35), primary_key=True),
        sa.Column("stripe", sa.Integer(), primary_key=True),
        sa.Column("count", sa.Integer(), nullable=False),
    )
    op.create_table(
        "publications",
        sa.Column("id", sa.Integer(), primary_key=True),
        _appeal(),
        sa.Column("manifest", sa.Text(), nullable=False),
        sa.Column("signature", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_publications_appeal_id", "publications", ["appeal_id"])
    op.create_table(
        "leaves",
        sa.Column(
            "publication_id", sa.Integer(), sa.ForeignKey("publications.id", ondelete="CASCADE"), primary_key=True
        ),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("receipt_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("leaf", sa.LargeBinary(32), nullable=False),
        sa.Column("record_digest", sa.LargeBinary(32), nullable=False),
        sa.UniqueConstraint("publication_id", "receipt_hash", name="uq_leaves_publication_id"),
    )
    with op.batch_alter_table("appeals") as table:
        table.add_column(
            sa.Column("takes_unverified", sa.Boolean(), nullable=False, server_default=sa.false())
        )
    with op.batch_alter_table("appeals") as table:
        table.alter_column("takes_unverified", server_default=None)
    _extend_signatures()
    _move_consents_in()
    op.drop_table("consents")


def _protect_audit_log() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for act in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER audit_log_no_{act.lower()} BEFORE {act} ON audit_log "
                f"BEGIN SELECT RAISE(ABORT, '{_APPEND_ONLY}'); END"
            )
    else:
        op.execute(
            "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_APPEND_ONLY}'; END $$"
        )
        op.execute(
            "CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log "
            "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
        )


def _extend_signatures() -> None:
    op.drop_index("ix_signatures_shown", "signatures")
    names = sa.Enum(
        "none",
        "waiting",
        "shown",
        "refused",
        name="name_state",
        native_enum=False,
        create_constraint=True,
        length=32,
    )
    with op.batch_alter_table("signatures") as table:
        table.add_column(sa.Column("name_state", names, nullable=False, server_default="none"))
        table.add_column(sa.Column("held", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.add_column(sa.Column("batch_id", sa.Integer()))
        table.add_column(sa.Column("consents", sa.JSON()))
        table.add_column(sa.Column("notice_version", sa.String(20)))
        table.add_column(sa.Column("consented_hour", _MOMENT))
        table.create_index("ix_signatures_batch_id", ["batch_id"])
        table.create_foreign_key("fk_signatures_batch_id_batches", "batches", ["batch_id"], ["id"])
    # What was public stays public; what is not confirmed yet has its name in the mailed link only.
    op.execute(
        "UPDATE signatures SET name_state = 'shown' WHERE state = 'confirmed' AND shown_as IS NOT NULL"
    )
    op.execute("UPDATE signatures SET shown_as = NULL WHERE state = 'pending'")
    with op.batch_alter_table("signatures") as table:
        table.alter_column("name_state", server_default=None)
        table.alter_column("held", server_default=None)
        table.drop_constraint("uq_signatures_appeal_id", type_="unique")
        table.drop_column("form_digest")
        table.drop_column("revision")
        table.create_index("ix_signatures_address", ["appeal_id", "address_digest"])
        table.create_check_constraint("shown_has_name", "name_state <> 'shown' OR shown_as IS NOT NULL")
    with op.batch_alter_table("tokens") as table:
        table.drop_column("revision")
        table.drop_column("created_at")
    settled = sa.text("state IN ('confirmed', 'rejected')")
    op.create_index(
        "uq_signatures_settled_address",
        "signatures",
        ["appeal_id", "address_digest"],
        unique=True,
        sqlite_where=settled,
        postgresql_where=settled,
    )
    shown = sa.text("name_state = 'shown'")
    op.create_index(
        "ix_signatures_shown",
        "signatures",
        ["appeal_id", "id"],
        sqlite_where=shown,
        postgresql_where=shown,
    )


def _move_consents_in() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    collect = "json_group_object" if sqlite else "json_object_agg"
    own = "FROM consents WHERE consents.signature_id = signatures.id"
    op.execute(
        f"UPDATE signatures SET consents = (SELECT {collect}(consent, notice_hash) {own}), "
        f"notice_version = (SELECT max(notice_version) {own}), consented_hour = (SELECT max(hour) {own}) "
        f"WHERE EXISTS (SELECT 1 {own})"
    )


def downgrade() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column(
            "consent",
            sa.Enum(
                "agree_use",
                "agree_sensitive",
                "agree_age",
                "agree_transfer",
                "agree_delivery",
                "updates",
                name="consent",
                native_enum=False,
                create_constraint=True,
                length=32,
            ),
            nullable=False,
        ),
        sa.Column("notice_version", sa.String(20), nullable=False),
        sa.Column("notice_hash", sa.String(64), nullable=False),
        sa.Column("language", sa.String(35), nullable=False),
        sa.Column("hour", _MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["signature_id"],
            ["signatures.id"],
            name="fk_consents_signature_id_signatures",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_consents"),
        sa.UniqueConstraint("signature_id", "consent", name="uq_consents_signature_id"),
    )
    _move_consents_out()
    op.drop_index("ix_signatures_shown", "signatures")
    op.drop_index("uq_signatures_settled_address", "signatures")
    # Where an address has several attempts, the last one is what the older version keeps.
    op.execute(
        "DELETE FROM signatures WHERE state = 'pending' AND EXISTS (SELECT 1 FROM signatures AS other "
        "WHERE other.appeal_id = signatures.appeal_id AND other.address_digest = signatures.address_digest "
        "AND (other.id > signatures.id OR other.state <> 'pending') AND other.id <> signatures.id)"
    )
    with op.batch_alter_table("tokens") as table:
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("created_at", _MOMENT, nullable=False, server_default=sa.func.now()))
    with op.batch_alter_table("signatures") as table:
        table.drop_index("ix_signatures_address")
        table.add_column(sa.Column("form_digest", sa.LargeBinary(32)))
        table.add_column(sa.Column("revision", sa.Integer(), nullable=False, server_default="0"))
        table.create_unique_constraint("uq_signatures_appeal_id", ["appeal_id", "address_digest"])
    with op.batch_alter_table("signatures") as table:
        for check in ("shown_has_name", "name_state"):
            table.drop_constraint(check, type_="check")
        table.drop_constraint("fk_signatures_batch_id_batches", type_="foreignkey")
        table.drop_index("ix_signatures_batch_id")
    with op.batch_alter_table("signatures") as table:
        for column in ("consented_hour", "notice_version", "consents", "batch_id", "held", "name_state"):
            table.drop_column(column)
    shown = sa.text("shown_as IS NOT NULL")
    op.create_index(
        "ix_signatures_shown",
        "signatures",
        ["appeal_id", "id"],
        sqlite_where=shown,
        postgresql_where=shown,
    )
    with op.batch_alter_table("appeals") as table:
        table.drop_column("takes_unverified")
    for table in (
        "leaves",
        "publications",
        "supports",
        "country_counts",
        "blocked_addresses",
        "batches",
        "spent_challenges",
        "audit_log",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_audit_change()")


def _move_consents_out() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    each = "json_each(s.consents) AS j" if sqlite else "json_each_text(s.consents) AS j(key, value)"
    op.execute(
        "INSERT INTO consents (signature_id, consent, notice_version, notice_hash, language, hour) "
        f"SELECT s.id, j.key, s.notice_version, j.value, s.language, s.consented_hour FROM signatures AS s, {each} "
        "WHERE s.consents IS NOT NULL"
    )
