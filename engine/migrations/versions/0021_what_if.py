"""Real cases played on a draft, and what became of each."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "what_if_cases",
        sa.Column("what_if", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("what_if", "position", name=op.f("pk_what_if_cases")),
    )
    op.create_table(
        "what_ifs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_what_ifs")),
    )
    with op.batch_alter_table("what_ifs", schema=None) as batch_op:
        batch_op.create_index("ix_what_ifs_draft", ["draft", "at"], unique=False)
        batch_op.create_index("ix_what_ifs_state", ["state", "at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("what_ifs", schema=None) as batch_op:
        batch_op.drop_index("ix_what_ifs_state")
        batch_op.drop_index("ix_what_ifs_draft")

    op.drop_table("what_ifs")
    op.drop_table("what_if_cases")
