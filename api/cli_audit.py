"""The commands about the past: verify it, keep its log, hand out the evidence of a case."""

import argparse
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from api.cli import Command, Console
from api.cli_site import opened
from engine import history
from engine.audit import entries, evidence, keys, log, verify, witnesses
from engine.errors import InvalidInput
from engine.store import SecondWriter
from workflows import dossier, signatures
from workflows.duban import Connection, Duban

# verify --------------------------------------------------------------------------------------------------------------


def _declare_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--case", help="one case (default: everything)")
    parser.add_argument("--since", type=Path, metavar="FILE", help="read only what was sealed after this checkpoint")
    parser.add_argument("--re-execute", action="store_true", help="also decide every command again")
    parser.add_argument("--key", type=Path, metavar="FILE", help="the log's public key (default: the one of this home)")
    parser.add_argument("--witness", type=Path, metavar="FILE", help="the witness file (default: DUBAN_WITNESS)")
    parser.add_argument("--offline", action="store_true", help="do not ask the witnesses over the network")
    parser.add_argument("--export", type=Path, metavar="FILE", help="write the entries, one a line, for verify.py")


def _verify(arguments: argparse.Namespace, console: Console) -> int:
    if arguments.case and arguments.since:
        raise InvalidInput("Expected --case or --since, but got both: a case is always verified from its beginning")
    with opened() as duban, duban.store.reading() as connection:
        arguments.asked, troubles = witnesses.asked([] if arguments.offline else duban.witnesses.known)
        wanted = [f"case/{arguments.case}"] if arguments.case else None
        report = _case(duban, connection, arguments) if wanted else _whole(duban, connection, arguments)
        streams = wanted or history.streams(connection)
        verdicts = _decided_again(duban, connection, history.decided(streams)) if arguments.re_execute else {}
        if arguments.re_execute:
            _expect_signed(duban, connection, streams, report)
        if arguments.export:
            _export(connection, streams, arguments.export)
    for stream, verdict in verdicts.items():
        if verdict.reexecution == "differs":
            report.add(stream, verdict.seq or 0, verdict.reason)
    console.result(_told(report, verdicts), "\n".join([*troubles, *_remarks(verdicts), *report.lines()]))
    return 1 if report.findings else 0


def _whole(duban: Duban, connection: Connection, arguments: argparse.Namespace) -> verify.Report:
    since = verify.expect_note(arguments.since.read_text(encoding="utf-8")) if arguments.since else None
    witness = arguments.witness.read_text(encoding="utf-8") if arguments.witness else duban.log.witness.text()
    others = [*_seen_by_others(connection, arguments.asked)]
    auditor = verify.Auditor(log.Tables(connection), _key(duban, arguments.key), witness, since, others)
    report = auditor.run()
    report.findings += witnesses.wrong_stamps(connection, duban.witnesses.known)
    return report


def _seen_by_others(connection: Connection, asked: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Who saw which checkpoints: as they are kept here, and as the endpoints say themselves."""
    yield from ((f"witness '{name}'", text) for name, text in witnesses.kept(connection).items())
    yield from ((f"witness '{name}' (asked)", text) for name, text in asked.items())


def _case(duban: Duban, connection: Connection, arguments: argparse.Namespace) -> verify.Report:
    """One case: its chain, its end, and the path of each entry to the newest signed root."""
    text = arguments.witness.read_text(encoding="utf-8") if arguments.witness else None
    seen = verify.expect_note(text) if text else duban.log.witness.newest()
    others = {who: note for who, text in _seen_by_others(connection, arguments.asked) for note in verify.notes_in(text)}
    return log.verify_case(connection, arguments.case, _key(duban, arguments.key), seen, others)


def _key(duban: Duban, given: Path | None) -> verify.Key | None:
    return verify.Key.parse(given.read_text(encoding="ascii")) if given else duban.log.public_key()


def _decided_again(duban: Duban, connection: Connection, streams: list[str]) -> dict[str, history.Verdict]:
    return {stream: history.verdict(connection, stream, duban.releases.bundle) for stream in streams}


def _expect_signed(duban: Duban, connection: Connection, streams: list[str], report: verify.Report) -> None:
    """Signatures are computed again as well: over the form and the data that their entries hold."""
    for stream in streams:
        kind, _, case = stream.partition("/")
        for one in signatures.checks(connection, case, duban.releases.bundle) if kind == "case" else ():
            if one.state == "differs":
                report.add(stream, one.seq, f"the signature of {one.signed.get('name', one.actor)} fits something else")


def _remarks(verdicts: dict[str, history.Verdict]) -> Iterator[str]:
    """What is no fault, but could not be decided again: values erased since, or another build's decisions."""
    for stream, verdict in verdicts.items():
        if verdict.reexecution not in ("same", "differs"):
            yield f"{stream} entry {verdict.seq}: {verdict.reexecution}: {verdict.reason}"
    if verdicts:
        same = sum(verdict.reexecution == "same" for verdict in verdicts.values())
        yield f"decided again: {same} of {len(verdicts)} streams are the same"


def _told(report: verify.Report, verdicts: dict[str, history.Verdict]) -> dict[str, Any]:
    return {
        "whole": not report.findings, "format": entries.FORMAT, "entries": report.entries, "streams": report.streams,
        "leaves": report.leaves, "waiting": report.waiting,
        "checkpoint": report.signed.size if report.signed else None,
        "witnessed": report.witnessed.size if report.witnessed else None,
        "seen": {who: note.size for who, note in report.seen.items()},
        "findings": [finding._asdict() for finding in report.findings],
        "reexecution": {stream: verdict.reexecution for stream, verdict in verdicts.items()},
    }  # fmt: skip


def _export(connection: Connection, streams: list[str], file: Path) -> None:
    with file.open("wb") as out:
        for stream in streams:
            out.writelines(entry.data + b"\n" for entry in history.sealed(connection, stream))


# log -----------------------------------------------------------------------------------------------------------------


def _declare_log(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("action", choices=("init", "seal", "checkpoint", "key"), help=(
        "init: make the log's key; seal: seal now what waits; checkpoint: print the newest; key: print the public key"
    ))  # fmt: skip
    parser.add_argument("--if-missing", action="store_true", help="init: leave a key that is there, for scripts")


def _log(arguments: argparse.Namespace, console: Console) -> int:
    actions = {"init": _init, "seal": _seal, "checkpoint": _checkpoint, "key": _public_key}
    with opened() as duban:
        has_key = duban.log.key_file.exists() or keys.public_file(duban.log.key_file).exists()
        action = "key" if arguments.action == "init" and arguments.if_missing and has_key else arguments.action
        data = actions[action](duban)
    console.result(data, str(next(iter(data.values()))).rstrip("\n"))
    return 0


def _init(duban: Duban) -> dict[str, str]:
    made = keys.create(duban.log.key_file)
    return {"key": keys.spelled(made.public), "file": str(duban.log.key_file)}


def _seal(duban: Duban) -> dict[str, Any]:
    streams = duban.log.seal()
    return {"sealed": f"{len(streams)} streams sealed", "streams": streams}


def _checkpoint(duban: Duban) -> dict[str, Any]:
    with duban.store.reading() as connection:
        found = log.newest_note(connection)
    if found is None:
        raise evidence.NotSealed
    return {"checkpoint": found[1], "size": found[0].size}


def _public_key(duban: Duban) -> dict[str, str]:
    key = _key(duban, None)
    if key is None:
        raise evidence.NotSealed
    return {"key": keys.spelled(key)}


# evidence ------------------------------------------------------------------------------------------------------------


def _declare_evidence(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", help="id of the case")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE", help="the ZIP to write")
    parser.add_argument("--without-personal", action="store_true", help="leave personal values sealed")


def _evidence(arguments: argparse.Namespace, console: Console) -> int:
    partial = arguments.output.with_name(arguments.output.name + ".part")
    with opened() as duban:
        try:
            duban.log.seal()
        except SecondWriter:
            console.complain("The server is running and seals every few seconds; taking what is sealed by now.")
        try:
            with partial.open("wb") as out:
                dossier.write(out, duban, arguments.case, personal=not arguments.without_personal)
                out.flush()
                os.fsync(out.fileno())
            partial.replace(arguments.output)
        finally:
            partial.unlink(missing_ok=True)
    size = arguments.output.stat().st_size
    console.result({"file": str(arguments.output), "bytes": size}, f"Wrote {arguments.output}, {size} bytes")
    return 0


COMMANDS: tuple[Command, ...] = (
    Command("verify", "prove that histories are whole, and decide them again", _declare_verify, _verify),
    Command("log", "the signed log over all histories", _declare_log, _log),
    Command("evidence", "write the evidence pack of a case", _declare_evidence, _evidence),
)
