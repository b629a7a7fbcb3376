"""What calendar a task's due time depends on; who published a version, and why."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("tasks", sa.Column("calendar", sa.Text(), nullable=True))
    op.add_column("tasks", sa.Column("calendar_version", sa.Integer(), nullable=True))
    open_tasks = sa.text("ended_at IS NULL")
    columns = ["calendar", "calendar_version", "case_id"]
    op.create_index("ix_tasks_calendar", "tasks", columns, sqlite_where=open_tasks, postgresql_where=open_tasks)
    op.add_column("calendars", sa.Column("published_by", sa.Text(), nullable=True))
    op.add_column("calendars", sa.Column("note", sa.Text(), nullable=True))
    op.create_table(
        "calendar_series",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_series")),
    )


def downgrade() -> None:
    op.drop_table("calendar_series")
    op.drop_column("calendars", "note")
    op.drop_column("calendars", "published_by")
    op.drop_index("ix_tasks_calendar", table_name="tasks")
    op.drop_column("tasks", "calendar_version")
    op.drop_column("tasks", "calendar")
