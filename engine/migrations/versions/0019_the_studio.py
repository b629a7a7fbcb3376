"""Drafts of releases, with their revisions, comments and tries; receipts of releases."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "release_receipts",
        sa.Column("release", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("release", "person", name=op.f("pk_release_receipts")),
    )
    op.create_table(
        "studio_authors",
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("person", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("draft", "person", name=op.f("pk_studio_authors")),
    )
    op.create_table(
        "studio_comments",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("element", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("resolved_by", sa.Text(), nullable=True),
        sa.Column("resolved_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studio_comments")),
    )
    with op.batch_alter_table("studio_comments", schema=None) as batch_op:
        batch_op.create_index("ix_studio_comments_draft", ["draft", "at"], unique=False)

    op.create_table(
        "studio_contents",
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("draft", "sha256", name=op.f("pk_studio_contents")),
    )
    op.create_table(
        "studio_drafts",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("base", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_by", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("effective_from", sa.BigInteger(), nullable=True),
        sa.Column("submitted_by", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.BigInteger(), nullable=True),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=False),
        sa.Column("release", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studio_drafts")),
    )
    with op.batch_alter_table("studio_drafts", schema=None) as batch_op:
        batch_op.create_index("ix_studio_drafts_changed", ["changed_at", "id"], unique=False)
        batch_op.create_index("ix_studio_drafts_due", ["state", "effective_from"], unique=False)
        batch_op.create_index("ix_studio_drafts_release", ["release"], unique=False)

    op.create_table(
        "studio_revisions",
        sa.Column("draft", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("draft", "n", name=op.f("pk_studio_revisions")),
    )
    op.create_table(
        "studio_tries",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_studio_tries")),
    )
    with op.batch_alter_table("studio_tries", schema=None) as batch_op:
        batch_op.create_index("ix_studio_tries_at", ["at"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("studio_tries", schema=None) as batch_op:
        batch_op.drop_index("ix_studio_tries_at")

    op.drop_table("studio_tries")
    op.drop_table("studio_revisions")
    with op.batch_alter_table("studio_drafts", schema=None) as batch_op:
        batch_op.drop_index("ix_studio_drafts_release")
        batch_op.drop_index("ix_studio_drafts_due")
        batch_op.drop_index("ix_studio_drafts_changed")

    op.drop_table("studio_drafts")
    op.drop_table("studio_contents")
    with op.batch_alter_table("studio_comments", schema=None) as batch_op:
        batch_op.drop_index("ix_studio_comments_draft")

    op.drop_table("studio_comments")
    op.drop_table("studio_authors")
    op.drop_table("release_receipts")
