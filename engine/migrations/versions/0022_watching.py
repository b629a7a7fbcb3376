"""How often elements are entered and how long they take, folded from the log."""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "watch_marks",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("position", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_watch_marks")),
    )
    op.create_table(
        "watch_open",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "n", name=op.f("pk_watch_open")),
    )
    with op.batch_alter_table("watch_open", schema=None) as batch_op:
        batch_op.create_index("ix_watch_open_process", ["process", "element"], unique=False)

    op.create_table(
        "watch_pages",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("page", sa.String(), nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "page", name=op.f("pk_watch_pages")),
    )
    op.create_table(
        "watch_times",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("process", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("left_at", sa.BigInteger(), nullable=False),
        sa.Column("duration", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "n", name=op.f("pk_watch_times")),
    )
    with op.batch_alter_table("watch_times", schema=None) as batch_op:
        batch_op.create_index("ix_watch_times_process", ["process", "left_at"], unique=False)

    op.create_table(
        "watch_visits",
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("process", sa.String(), nullable=False),
        sa.Column("element", sa.String(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "process", "element", name=op.f("pk_watch_visits")),
    )
    with op.batch_alter_table("watch_visits", schema=None) as batch_op:
        batch_op.create_index("ix_watch_visits_process", ["process", "last_at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("watch_visits", schema=None) as batch_op:
        batch_op.drop_index("ix_watch_visits_process")

    op.drop_table("watch_visits")
    with op.batch_alter_table("watch_times", schema=None) as batch_op:
        batch_op.drop_index("ix_watch_times_process")

    op.drop_table("watch_times")
    op.drop_table("watch_pages")
    with op.batch_alter_table("watch_open", schema=None) as batch_op:
        batch_op.drop_index("ix_watch_open_process")

    op.drop_table("watch_open")
    op.drop_table("watch_marks")
