"""Writing registers anew from the log: after a declaration has changed, or to show that they are its projection."""

import sqlalchemy as sa
from sqlalchemy import Connection

from workflows import documents, kept, points, registers, registry
from workflows.declared import HAZARDS, POINTS, REGISTERS, register_of

DOCUMENTS = "documents"
EVERY = (DOCUMENTS, *REGISTERS)


def rebuild(connection: Connection, id: str) -> int:
    """Empty a register and write it anew; how many rows it has now. Raises RegisterNotFound."""
    if id == DOCUMENTS:
        documents.rebuild(connection)
        return connection.scalar(sa.select(sa.func.count()).select_from(documents.documents)) or 0
    register = register_of(id)
    if register is HAZARDS:
        registers.rebuild(connection)
    elif register is POINTS:
        points.rebuild(connection)
    elif register.kept:
        kept.rebuild(connection, register)
    else:
        registry.rebuild(connection, register)
    rows = registry.register_rows
    mine = sa.select(sa.func.count()).select_from(rows).where(rows.c.register == id)
    return connection.scalar(mine) or 0
