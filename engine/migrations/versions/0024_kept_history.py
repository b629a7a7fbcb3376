"""Triggers refuse to change or delete entries, leaves and checkpoints."""

from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None

_KEPT = {"entries": " OF stream, seq, hash, bytes, at", "leaves": "", "checkpoints": ""}
_SAYS = "is only ever added to: see docs/audit.md"
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION duban_kept() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF coalesce(current_setting('duban.unguarded', true), '') = 'on'
THEN RETURN CASE TG_OP WHEN 'UPDATE' THEN NEW ELSE OLD END; END IF;
RAISE EXCEPTION '% {_SAYS}', TG_TABLE_NAME USING ERRCODE = 'insufficient_privilege'; END $$
"""


def upgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    if not is_sqlite:
        op.execute(_FUNCTION)
    for table, of in _KEPT.items():
        for name, act in (("unchanged", f"UPDATE{of}"), ("undeleted", "DELETE")):
            refuse = f"BEGIN SELECT RAISE(ABORT, '{table} {_SAYS}'); END"
            body = refuse if is_sqlite else "FOR EACH ROW EXECUTE FUNCTION duban_kept()"
            op.execute(f"CREATE TRIGGER {table}_{name} BEFORE {act} ON {table} {body}")
        if not is_sqlite:
            body = "FOR EACH STATEMENT EXECUTE FUNCTION duban_kept()"
            op.execute(f"CREATE TRIGGER {table}_untruncated BEFORE TRUNCATE ON {table} {body}")


def downgrade() -> None:
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for table in _KEPT:
        for name in ("unchanged", "undeleted") if is_sqlite else ("unchanged", "undeleted", "untruncated"):
            op.execute(f"DROP TRIGGER {table}_{name}" + ("" if is_sqlite else f" ON {table}"))
    if not is_sqlite:
        op.execute("DROP FUNCTION duban_kept()")
