"""The points account of a person: a row for each posting."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "points_postings",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("job", sa.Integer(), nullable=False),
        sa.Column("hazard_no", sa.Text(), nullable=True),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("posted", sa.Integer(), nullable=False),
        sa.Column("total", sa.Integer(), nullable=False),
        sa.Column("reverses", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("person", "year", "n", name=op.f("pk_points_postings")),
        sa.UniqueConstraint("case_id", "job", name=op.f("uq_points_postings_case_id")),
    )
    with op.batch_alter_table("points_postings", schema=None) as batch_op:
        batch_op.create_index("ix_points_postings_year", ["year", "total"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("points_postings", schema=None) as batch_op:
        batch_op.drop_index("ix_points_postings_year")

    op.drop_table("points_postings")
