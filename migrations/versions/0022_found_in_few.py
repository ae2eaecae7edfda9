"""Lists of what the checks say read those units alone in which they found something."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

_FOUND = sa.text("findings <> ''")


def upgrade() -> None:
    columns = ["domain_id", "language", "obsolete", "position", "message_id"]
    op.create_index("ix_units_found", "units", columns, sqlite_where=_FOUND, postgresql_where=_FOUND)


def downgrade() -> None:
    op.drop_index("ix_units_found", "units")
