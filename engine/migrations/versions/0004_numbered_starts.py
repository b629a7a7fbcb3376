"""A start event with several timers, messages or signals has a row for each."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TABLES = ("start_timers", "start_subscriptions")


def upgrade() -> None:
    for table in TABLES:
        number = sa.Column("number", sa.Integer(), autoincrement=False, nullable=False, server_default="0")
        _key(table, ["process", "element", "number"], added=number)
        with op.batch_alter_table(table) as batch:
            batch.alter_column("number", server_default=None)


def downgrade() -> None:
    for table in TABLES:
        op.execute(sa.text(f"DELETE FROM {table} WHERE number > 0"))
        _key(table, ["process", "element"])
        with op.batch_alter_table(table) as batch:
            batch.drop_column("number")


def _key(table: str, columns: list[str], added: sa.Column[int] | None = None) -> None:
    with op.batch_alter_table(table) as batch:
        if added is not None:
            batch.add_column(added)
        batch.drop_constraint(f"pk_{table}", type_="primary")
        batch.create_primary_key(f"pk_{table}", columns)
