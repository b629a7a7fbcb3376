"""Signatures that are asked for, and what a task requires of whoever takes it."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "task_requirements",
        sa.Column("case_id", sa.String(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("token", sa.String(), autoincrement=False, nullable=False),
        sa.Column("barred", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("case_id", "n", "token", name=op.f("pk_task_requirements")),
    )
    with op.batch_alter_table("tasks") as batch:
        batch.add_column(sa.Column("signs", sa.Integer(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("tasks") as batch:
        batch.drop_column("signs")
    op.drop_table("task_requirements")
