"""Tasks in the order of their due times, by an index."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_tasks_state_due", table_name="tasks")
    with op.batch_alter_table("tasks") as batch:
        batch.add_column(sa.Column("sort_due", sa.BigInteger(), nullable=False, server_default=str(2**62)))
    op.execute("UPDATE tasks SET sort_due = due_at WHERE due_at IS NOT NULL")
    with op.batch_alter_table("tasks") as batch:
        batch.alter_column("sort_due", server_default=None)
    op.create_index("ix_tasks_state_due", "tasks", ["state", "sort_due", "case_id", "n"])


def downgrade() -> None:
    op.drop_index("ix_tasks_state_due", table_name="tasks")
    with op.batch_alter_table("tasks") as batch:
        batch.drop_column("sort_due")
    op.create_index("ix_tasks_state_due", "tasks", ["state", "due_at"])
