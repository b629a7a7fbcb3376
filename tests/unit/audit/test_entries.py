"""Entry format v1 is frozen: these bytes must come out for ever, and be read for ever."""

import json
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest

from engine import feel
from engine.audit import entries, verify
from engine.execution import commands as c
from engine.execution import events as e
from engine.execution.wire import Erased, Openings

VECTORS = Path(__file__).parent / "vectors"
NOON = 1772424000123  # 2026-03-02T04:00:00.123Z


def sample() -> list[entries.Entry]:
    """One case in three entries that use every kind of value, a personal one among them."""
    values = {
        "none": None, "yes": True, "text": "隐患", "number": Decimal("1.50"), "list": [Decimal(1), "a"],
        "context": {"b": Decimal(2), "a": {}}, "date": feel.parse_date("2026-03-02"),
        "time": feel.parse_time("08:00:00+08:00"),
        "moment": feel.parse_date_and_time("2026-03-02T12:00:00@Asia/Shanghai"), "days": feel.parse_duration("P1DT2H"),
        "months": feel.parse_duration("P1Y2M"), "phone": "13800000000",
    }  # fmt: skip
    start = c.StartCase("p", values, at=NOON, actor="li", facts={"tokens": ["can:start"]})
    done = c.CompleteTask(2, {"phone": "13900000000"}, 1, at=NOON + 1000, actor="wang", on_behalf_of="li", page="0")
    told = [
        [
            e.CaseStarted("p", "no 7"),
            e.ScopeOpened("0", "p", "p", variables=dict(values)),
            e.ElementActivated(1, "s", "0"),
            e.ElementCompleted(1, "s", "0"),
            e.FlowTaken("f", "0"),
            e.ElementActivated(2, "a", "0", "f"),
            e.TaskCreated(2, "a", "0", "整改", "form", None, ["role:A@U01"], 70, NOON + 3_600_000),
            e.TimerArmed(3, "b", "0", NOON + 3_600_000, "boundary", 2, "PT1H", 3),
        ],
        [
            e.TaskClaimed(2, "0", "wang"),
            e.TaskCompleted(2, "a", "0", "wang", {"phone": "13900000000"}),
            e.VariablesSet("0", {"phone": "13900000000"}),
            e.TimerCancelled(3, "b", "0"),
            e.ElementCompleted(2, "a", "0"),
            e.CaseCompleted(),
        ],
    ]
    return [
        entries.Entry("case/2603-x", seq, "", 1, "r" * 64, command.at, command, events)
        for seq, (command, events) in enumerate(zip((start, done), told, strict=True), 1)
    ]


def sealed() -> list[entries.Sealed]:
    salts, prev, found = count(1), entries.GENESIS, []
    for entry in sample():
        openings = Openings({"phone"}, lambda: f"{next(salts):032x}")
        parts = (getattr(entry, name) for name in ("semantics", "release", "at", "command", "events"))
        found.append(entries.seal(entries.Entry(entry.stream, entry.seq, prev, *parts), openings))
        prev = found[-1].hash
    return found


def golden(seq: int) -> bytes:
    return (VECTORS / f"entry-{seq}.json").read_bytes().rstrip(b"\n")


def rows(data: list[entries.Sealed]) -> list[verify.Row]:
    return [verify.Row(row.stream, row.seq, row.hash, row.data, row.personal) for row in data]


@pytest.mark.parametrize("seq", [1, 2])
def test_the_bytes_of_an_entry_are_the_golden_ones(seq):
    assert sealed()[seq - 1].data == golden(seq)


def test_the_hashes_are_the_golden_ones():
    assert [row.hash for row in sealed()] == json.loads((VECTORS / "hashes.json").read_text())


@pytest.mark.parametrize("seq", [1, 2])
def test_a_golden_entry_is_read_back_as_it_was(seq):
    written, meant = sealed()[seq - 1], sample()[seq - 1]
    entry = entries.unseal(written)
    assert (entry.command, entry.events, entry.at) == (meant.command, meant.events, meant.at)


def test_a_personal_value_is_not_in_the_bytes_and_can_be_erased_without_breaking_the_chain():
    data = sealed()
    assert b"13900000000" not in data[1].data and b"13900000000" in (data[1].personal or b"")
    erased = [entries.Sealed(row.stream, row.seq, row.hash, row.data, None) for row in data]
    assert list(verify.check(rows(erased))) == []
    with pytest.raises(Erased):
        entries.unseal(erased[1])


def test_no_command_and_no_event_has_a_field_that_hides_its_type():
    kinds = [*c.KINDS.values(), *e.KINDS.values()]
    assert len(kinds) > 60
    assert [kind.__name__ for kind in kinds if "type" in kind.__dataclass_fields__] == []


# What the stand-alone verifier finds ----------------------------------------------------------------------------------


def changed(row: verify.Row, old: bytes, new: bytes, rehash: bool = False) -> verify.Row:
    data = row.data.replace(old, new)
    assert data != row.data
    return row._replace(data=data, hash=verify.digest(data) if rehash else row.hash)


ATTACKS = {
    "edited": lambda one, two: [changed(one, b"1.50", b"9.50"), two],
    "edited and hashed again": lambda one, two: [changed(one, b"1.50", b"9.50", rehash=True), two],
    "deleted": lambda one, two: [two],
    "doubled": lambda one, two: [one, one, two],
    "reordered": lambda one, two: [two._replace(seq=1), one._replace(seq=2)],
    "moved from another case": lambda one, two: [one._replace(stream="case/other"), two._replace(stream="case/other")],
    "not an entry": lambda one, two: [one, two._replace(data=b"{}")],
    "personal value exchanged": lambda one, two: [one, two._replace(personal=two.personal.replace(b"139", b"137"))],
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_is_found_and_named(attack):
    findings = list(verify.check(ATTACKS[attack](*rows(sealed()))))
    assert len(findings) == 1
    assert findings[0].seq in (1, 2) and findings[0].reason


def test_a_history_cut_short_is_found_by_its_head():
    one, two = rows(sealed())
    head = [(two.stream, 2, two.hash)]
    assert list(verify.check([one])) == []
    assert [finding.reason for finding in verify.check_heads([one], head)] != []
    assert list(verify.check_heads([one, two], head)) == []


def test_an_export_is_verified_by_the_file_alone(tmp_path, capsys):
    export = tmp_path / "entries.jsonl"
    export.write_bytes(b"".join(row.data + b"\n" for row in sealed()))
    assert verify.main([str(export)]) == 0
    export.write_bytes(export.read_bytes().replace(b"1.50", b"9.50"))
    assert verify.main([str(export)]) == 1
    assert "does not follow" in capsys.readouterr().out
