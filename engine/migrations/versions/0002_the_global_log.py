"""The global log."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_AFTER = "entries_unsealed AFTER INSERT ON entries"
_INSERT = "INSERT INTO unsealed (stream, seq) VALUES (NEW.stream, NEW.seq);"
_BODY = f"$$ BEGIN {_INSERT} RETURN NULL; END $$"
_MARKING = {
    "sqlite": (f"CREATE TRIGGER {_AFTER} BEGIN {_INSERT} END",),
    "postgresql": (
        f"CREATE OR REPLACE FUNCTION duban_unsealed() RETURNS trigger LANGUAGE plpgsql AS {_BODY}",
        f"CREATE TRIGGER {_AFTER} FOR EACH ROW EXECUTE FUNCTION duban_unsealed()",
    ),
}


def upgrade() -> None:
    op.create_table(
        "unsealed",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_unsealed")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "leaves",
        sa.Column("stream", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("stream", "seq", name=op.f("pk_leaves")),
        sa.UniqueConstraint("position", name=op.f("uq_leaves_position")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "tiles",
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("hashes", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("level", "number", name=op.f("pk_tiles")),
    )
    op.create_table(
        "checkpoints",
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("root", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("size", name=op.f("pk_checkpoints")),
    )
    op.execute("INSERT INTO unsealed (stream, seq) SELECT stream, seq FROM entries")
    for statement in _MARKING[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade() -> None:
    postgres = op.get_bind().dialect.name == "postgresql"
    op.execute("DROP TRIGGER entries_unsealed" + (" ON entries" if postgres else ""))
    if postgres:
        op.execute("DROP FUNCTION duban_unsealed()")
    for table in ("checkpoints", "tiles", "leaves", "unsealed"):
        op.drop_table(table)
