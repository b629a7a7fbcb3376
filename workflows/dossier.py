"""The evidence of a case as people hand it on: the engine's pack, with the attachments that belong to the case."""

from collections.abc import Iterator
from typing import IO

from sqlalchemy import Connection

from engine.audit import entries, evidence
from engine.audit.evidence import Attached, Wanted
from workflows import attachments
from workflows.duban import Duban


def write(out: IO[bytes], duban: Duban, case_id: str, *, personal: bool = True) -> None:
    """Write the pack of a case to `out`. Whether the reader may have it is the caller's question.

    Raises CaseNotFound, and NotSealed when the log has never been signed.
    """
    with duban.store.reading() as connection:
        wanted = Wanted(case_id, entries.timestamp(duban.now()), _attached(connection, duban, case_id), personal)
        evidence.write(out, connection, duban.log, wanted)


def _attached(connection: Connection, duban: Duban, case_id: str) -> Iterator[Attached]:
    for one in attachments.of_case(connection, case_id):
        about = {
            "id": one.id, "task": one.task, "name": one.name, "type": one.type, "size": one.size, "role": one.role,
            "source": one.source, "uploaded_by": one.uploaded_by, "uploaded_at": entries.timestamp(one.uploaded_at),
            "captured_at": entries.timestamp(one.captured_at) if one.captured_at is not None else None,
        }  # fmt: skip
        yield Attached(one.sha256, duban.attachments.file(one), about)
