"""The evidence of a case as people hand it on: the engine's pack, with the attachments that belong to the case."""

import logging
from collections.abc import Iterator
from typing import IO

from sqlalchemy import Connection

from engine.audit import entries, evidence, keys
from engine.audit.evidence import Attached, Wanted
from engine.audit.verify import Note
from workflows import attachments, case_report, papers
from workflows.duban import Duban

log = logging.getLogger("duban.evidence")


def write(out: IO[bytes], duban: Duban, case_id: str, *, personal: bool = True) -> None:
    """Write the pack of a case to `out`. Whether the reader may have it is the caller's question.

    Raises CaseNotFound, and NotSealed when the log has never been signed.
    """
    with duban.store.reading() as connection:

        def report(last: int, head: str, note: Note) -> bytes | None:
            key = duban.log.public_key()
            proof = case_report.Proof(head, note.size, note.at, keys.spelled(key) if key else "")
            said = case_report.read(connection, duban, case_id, last, proof, personal=personal)
            try:
                return case_report.draw(said)
            except papers.CannotPrint as error:
                log.warning("The evidence of %s goes without a report: %s", case_id, error)
                return None

        files = _attached(connection, duban, case_id)
        wanted = Wanted(case_id, entries.timestamp(duban.now()), files, personal, report)
        evidence.write(out, connection, duban.log, wanted)


def _attached(connection: Connection, duban: Duban, case_id: str) -> Iterator[Attached]:
    for one in attachments.of_case(connection, case_id):
        about = {
            "id": one.id, "task": one.task, "name": one.name, "type": one.type, "size": one.size, "role": one.role,
            "source": one.source, "uploaded_by": one.uploaded_by, "uploaded_at": entries.timestamp(one.uploaded_at),
            "captured_at": entries.timestamp(one.captured_at) if one.captured_at is not None else None,
        }  # fmt: skip
        yield Attached(one.sha256, duban.attachments.file(one), about)
