"""Rows, totals and saved views of registers."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "register_moves",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("month", sa.Text(), nullable=False),
        sa.Column("facets", sa.Text(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_moves")),
    )
    op.create_index("ix_register_moves_register", "register_moves", ["register"])
    op.create_table(
        "register_rows",
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("station", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("person", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=True),
        sa.Column("grade", sa.Text(), nullable=True),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("details", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("register", "id", name=op.f("pk_register_rows")),
    )
    op.create_index("ix_register_rows_at", "register_rows", ["register", "at", "id"])
    op.create_index("ix_register_rows_case", "register_rows", ["case_id"])
    op.create_index("ix_register_rows_due", "register_rows", ["register", "due_at"])
    op.create_index("ix_register_rows_grade", "register_rows", ["register", "grade", "at"])
    op.create_index("ix_register_rows_person", "register_rows", ["register", "person", "at"])
    op.create_index("ix_register_rows_site", "register_rows", ["register", "site", "at"])
    op.create_index("ix_register_rows_state", "register_rows", ["register", "state", "at"])
    op.create_index("ix_register_rows_unit", "register_rows", ["register", "unit", "at"])
    op.create_table(
        "register_totals",
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("month", sa.String(), nullable=False),
        sa.Column("facets", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("register", "month", "facets", name=op.f("pk_register_totals")),
    )
    op.create_table(
        "saved_views",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("filters", sa.Text(), nullable=False),
        sa.Column("shared", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_views")),
    )
    op.create_index("ix_saved_views_register", "saved_views", ["register", "person"])


def downgrade() -> None:
    op.drop_table("saved_views")
    op.drop_table("register_totals")
    op.drop_table("register_rows")
    op.drop_table("register_moves")
