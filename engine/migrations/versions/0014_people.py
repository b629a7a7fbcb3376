"""Competence, ties, visits, substitutions, the duty roster; kinds and periods of units."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "competences",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.BigInteger(), nullable=False),
        sa.Column("valid_until", sa.BigInteger(), nullable=True),
        sa.Column("proof", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_competences")),
    )
    with op.batch_alter_table("competences") as batch:
        batch.create_index("ix_competences_person", ["person"])

    op.create_table(
        "handovers",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("day", sa.Text(), nullable=False),
        sa.Column("shift", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("handed_by", sa.Text(), nullable=False),
        sa.Column("handed_at", sa.BigInteger(), nullable=False),
        sa.Column("taken_by", sa.Text(), nullable=True),
        sa.Column("taken_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_handovers")),
        sa.UniqueConstraint("station", "day", "shift", name=op.f("uq_handovers_station")),
    )
    op.create_table(
        "shifts",
        sa.Column("station", sa.String(), nullable=False),
        sa.Column("day", sa.String(), nullable=False),
        sa.Column("shift", sa.String(), nullable=False),
        sa.Column("duty", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("station", "day", "shift", "duty", "position", name=op.f("pk_shifts")),
    )
    with op.batch_alter_table("shifts") as batch:
        batch.create_index("ix_shifts_person", ["person", "day"])

    op.create_table(
        "substitutions",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("absent", sa.Text(), nullable=False),
        sa.Column("substitute", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitutions")),
    )
    with op.batch_alter_table("substitutions") as batch:
        batch.create_index("ix_substitutions_absent", ["absent", "since"])
        batch.create_index("ix_substitutions_substitute", ["substitute", "since"])

    op.create_table(
        "ties",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("since", sa.BigInteger(), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=True),
        sa.Column("created_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ties")),
    )
    with op.batch_alter_table("ties") as batch:
        batch.create_index("ix_ties_person", ["person"])

    op.create_table(
        "visits_made",
        sa.Column("person", sa.String(), nullable=False),
        sa.Column("case_id", sa.String(), nullable=False),
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("person", "case_id", "n", name=op.f("pk_visits_made")),
    )
    with op.batch_alter_table("visits_made") as batch:
        batch.create_index("ix_visits_made_person", ["person", "at"])

    with op.batch_alter_table("units") as batch:
        batch.add_column(sa.Column("kind", sa.Text(), nullable=True))
        batch.add_column(sa.Column("valid_from", sa.BigInteger(), nullable=True))
        batch.add_column(sa.Column("valid_until", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("units") as batch:
        batch.drop_column("valid_until")
        batch.drop_column("valid_from")
        batch.drop_column("kind")

    with op.batch_alter_table("visits_made") as batch:
        batch.drop_index("ix_visits_made_person")

    op.drop_table("visits_made")
    with op.batch_alter_table("ties") as batch:
        batch.drop_index("ix_ties_person")

    op.drop_table("ties")
    with op.batch_alter_table("substitutions") as batch:
        batch.drop_index("ix_substitutions_substitute")
        batch.drop_index("ix_substitutions_absent")

    op.drop_table("substitutions")
    with op.batch_alter_table("shifts") as batch:
        batch.drop_index("ix_shifts_person")

    op.drop_table("shifts")
    op.drop_table("handovers")
    with op.batch_alter_table("competences") as batch:
        batch.drop_index("ix_competences_person")

    op.drop_table("competences")
