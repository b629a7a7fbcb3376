"""What Alembic runs for each command: it works on the connection that `engine.migrations` hands over."""

from alembic import context

_given = context.config.attributes
context.configure(connection=_given["connection"], target_metadata=_given["metadata"], **_given["options"])
with context.begin_transaction():
    context.run_migrations()
