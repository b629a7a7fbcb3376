"""Who listens in a case is found by an index, no longer listed in its head."""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_subscriptions_case", "subscriptions", ["case_id", "kind", "name", "element"])


def downgrade() -> None:
    op.drop_index("ix_subscriptions_case", table_name="subscriptions")
