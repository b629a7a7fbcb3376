"""What the entries of cases are found by; the worker fills it from the log."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "history_terms",
        sa.Column("term", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("seq", sa.Integer(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("term", "at", "case_id", "seq", name=op.f("pk_history_terms")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_history_terms_case", "history_terms", ["case_id", "term", "at", "seq"])


def downgrade() -> None:
    op.drop_index("ix_history_terms_case", "history_terms")
    op.drop_table("history_terms")
