"""The tables of the people behind the cases: organisation, sign-in, attachments. They join the engine's own `metadata`.

Instants are whole milliseconds since 1970 in UTC, as everywhere in the store.
"""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from engine.store import metadata


def _key(name: str) -> Column[Any]:
    return Column(name, String, primary_key=True)


def _text(name: str, nullable: bool = False) -> Column[Any]:
    return Column(name, Text, nullable=nullable)


def _instant(name: str, nullable: bool = False) -> Column[Any]:
    return Column(name, BigInteger, nullable=nullable)


units = Table(
    "units", metadata,
    _key("id"), _text("parent", True), _text("path"), _text("name"), _text("name_en"), _text("kind", True),
    _instant("valid_from", True), _instant("valid_until", True),
    Index("ix_units_path", "path"),
)  # fmt: skip
"""`path` spells the way from the root, "/oil/center/S01/": a unit lies below those whose path its own begins with.
`kind`: one of `people.UNIT_KINDS`. A unit that has ended keeps its history, and takes nobody new."""

people = Table(
    "people", metadata,
    _key("id"), _text("username"), _text("name"), _text("unit"), _text("language"), _text("status"),
    _text("password_hash", True), _instant("password_changed_at", True), _instant("created_at"),
    # A second factor and sign-in through another provider: with the columns here, turning them on needs no migration.
    Column("totp_secret", LargeBinary, nullable=True), _instant("totp_confirmed_at", True),
    _text("recovery_hashes", True), _text("oidc_subject", True),
    UniqueConstraint("username"), UniqueConstraint("oidc_subject"),
    Index("ix_people_unit", "unit"),
)  # fmt: skip
"""status: active or disabled. A person without `password_hash` cannot sign in with a password."""

grants = Table(
    "grants", metadata,
    _key("id"), _text("person"), _text("role"), _text("unit"), _instant("valid_from"), _instant("valid_until", True),
    _text("granted_by", True), _instant("created_at"),
    Index("ix_grants_person", "person", "valid_from"),
    Index("ix_grants_role", "role", "unit"),
)  # fmt: skip
"""A role of a person for a unit and all below it, from `valid_from` up to, and without, `valid_until`."""

competences = Table(
    "competences", metadata,
    _key("id"), _text("person"), _text("kind"), Column("level", Integer, nullable=False), _instant("valid_from"),
    _instant("valid_until", True), _text("proof"), _text("created_by", True), _instant("created_at"),
    Index("ix_competences_person", "person"),
)  # fmt: skip

ties = Table(
    "ties", metadata,
    _key("id"), _text("person"), _text("kind"), _text("unit"), _instant("since"), _instant("until", True),
    _text("note"), _text("created_by", True), _instant("created_at"), _instant("ended_at", True),
    Index("ix_ties_person", "person"),
)  # fmt: skip
"""What may bar a person from a unit (`recusal.KINDS`). `until`: when a post was left; `ended_at`: the tie itself."""

visits_made = Table(
    "visits_made", metadata,
    _key("person"), _key("case_id"), Column("n", Integer, primary_key=True, autoincrement=False), _text("unit"),
    _instant("at"), Column("days", Integer, nullable=False),
    Index("ix_visits_made_person", "person", "at"),
)  # fmt: skip
"""Who visited which unit, for rotation. `days` of a residence; 0 for a visit."""

substitutions = Table(
    "substitutions", metadata,
    _key("id"), _text("absent"), _text("substitute"), _text("role", True), _text("unit", True), _instant("since"),
    _instant("until"), _text("reason"), _text("made_by"), _instant("created_at"), _instant("ended_at", True),
    Index("ix_substitutions_substitute", "substitute", "since"),
    Index("ix_substitutions_absent", "absent", "since"),
)  # fmt: skip
"""`substitute` acts for `absent` from `since` up to `until`: for everything, or for one role (for one unit) only."""

shifts = Table(
    "shifts", metadata,
    _key("station"), _key("day"), _key("shift"), _key("duty"),
    Column("position", Integer, primary_key=True, autoincrement=False), _text("person"), _text("made_by"),
    _instant("created_at"),
    Index("ix_shifts_person", "person", "day"),
)  # fmt: skip
"""Who is on duty: `day` is the date on which the shift begins (local), `shift` day or night, `duty` one of
`roster.DUTIES`, `position` the order within it."""

handovers = Table(
    "handovers", metadata,
    _key("id"), _text("station"), _text("day"), _text("shift"), _text("note"), _text("handed_by"),
    _instant("handed_at"), _text("taken_by", True), _instant("taken_at", True),
    UniqueConstraint("station", "day", "shift"),
)  # fmt: skip
"""The note with which a shift hands over to the next, and who took it over."""

sessions = Table(
    "sessions", metadata,
    _key("id_hash"), _text("person"), _instant("created_at"), _instant("seen_at"), _text("address"), _text("agent"),
    Index("ix_sessions_person", "person"),
    Index("ix_sessions_seen", "seen_at"),
)  # fmt: skip
"""Only the SHA-256 of a session's id is stored: who reads the database cannot sign in with it."""

access_tokens = Table(
    "access_tokens", metadata,
    _key("id"), _text("token_hash"), _text("person"), _text("name"), _instant("created_at"),
    _instant("last_used_at", True), _instant("expires_at"),
    UniqueConstraint("token_hash"),
    Index("ix_access_tokens_person", "person"),
)  # fmt: skip

sign_in_failures = Table(
    "sign_in_failures", metadata,
    _key("subject"), Column("count", Integer, nullable=False), _instant("last_at"), _instant("locked_until"),
    Index("ix_sign_in_failures_last", "last_at"),
)  # fmt: skip
"""`subject` is "account:…", "address:…" or "pair:account address": each counts and locks on its own."""

attachments = Table(
    "attachments", metadata,
    _key("id"), _text("case_id"), Column("task", Integer, nullable=True), _text("name"), _text("type"),
    Column("size", BigInteger, nullable=False), _text("sha256"), _text("role"), _text("source"),
    _instant("captured_at", True), Column("latitude", Float, nullable=True), Column("longitude", Float, nullable=True),
    _text("gps_missing_reason", True), _text("pair_of", True), _text("client_id"), _text("request_hash"),
    _text("uploaded_by"), _instant("uploaded_at"),
    Column("has_preview", Integer, nullable=False),
    UniqueConstraint("uploaded_by", "client_id"),
    Index("ix_attachments_case", "case_id", "uploaded_at"),
    Index("ix_attachments_sha256", "sha256"),
)  # fmt: skip
"""The row; the bytes lie in a file named by their SHA-256. `request_hash` tells a retry from a reused client id."""

checklist_answers = Table(
    "checklist_answers", metadata,
    _key("case_id"), Column("task", Integer, primary_key=True, autoincrement=False), _key("id"), _text("item"),
    _text("result"), _text("note"), _text("place"), _text("measures"), _text("photos"), _text("replaces"),
    Column("raised", Integer, nullable=False), Column("bulk", Integer, nullable=False), _text("author"),
    _instant("occurred_at"), _instant("recorded_at"),
)  # fmt: skip
"""Never changed. `id` is the device's UUID, `occurred_at` by its clock. `photos` and `replaces` are JSON lists:
{id, sha256}; ids of answers that this one no longer lets stand."""

# Notifications -----------------------------------------------------------------------------------------------------

notifications = Table(
    "notifications", metadata,
    _key("person"), _key("case_id"), Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("n", Integer, primary_key=True, autoincrement=False), Column("task", Integer, nullable=False),
    _text("data"), _instant("created_at"), _instant("read_at", True),
    Index("ix_notifications_person", "person", "created_at"),
    Index("ix_notifications_unread", "person", "read_at"),
)  # fmt: skip
"""Keyed by the event that it tells of; `task` is 0 where it tells of the case. `data` is JSON: kind, code, name,
nameEn, card; of another due time also before, after (ms)."""

deliveries = Table(
    "deliveries", metadata,
    _key("id"), _text("channel"), _text("target"), _text("case_id"), _text("payload"), _text("state"),
    Column("attempts", Integer, nullable=False), _instant("due_at"), _instant("created_at"), _instant("ended_at", True),
    _text("error", True), _text("note", True), _text("handled_by", True),
    Index("ix_deliveries_due", "state", "due_at"),
    Index("ix_deliveries_created", "created_at", "id"),
)  # fmt: skip
"""The outbox of mail, digests and webhooks. `id` is the idempotency key: event, channel, target. `case_id` is empty for
a digest. state: pending → delivered, dropped (`note`: why, `handled_by`: by whom) or dead; a lease is a `due_at` in the
future."""

contacts = Table(
    "contacts", metadata,
    _key("person"), _text("email", True), _text("quiet_from", True), _text("quiet_until", True),
    _text("digest_at", True), _text("robot", True), _text("channels", True),
)  # fmt: skip
"""`digest_at`: "18:00" local, one mail a day instead of each at once. `channels` is JSON, kind → channels."""

targets = Table(
    "targets", metadata,
    _key("id"), _text("name"), _text("kind"), _text("host"), Column("sealed", LargeBinary, nullable=False),
    _text("kinds"), _text("state"), _text("created_by"), _instant("created_at"), _instant("changed_at"),
)  # fmt: skip
"""Where robots and webhooks may be sent, and nowhere else. `sealed`: address and secret, encrypted under a key that is
not in the database. kind: webhook, wecom or dingtalk; state: active or disabled; `kinds` is JSON, what is sent there
without anybody's wish."""

diagrams = Table(
    "diagrams", metadata,
    _key("sha256"), _text("name"), _text("title"), _text("tool"), Column("size", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False), Column("convertible", Integer, nullable=False), _text("problems"),
    _instant("added_at"), _text("added_by", True),
    Index("ix_diagrams_added", "added_at", "sha256"),
)  # fmt: skip
"""Diagrams to look at, whoever drew them: never deployed, byte for byte as they came. `problems` is a JSON list."""

# Operating -----------------------------------------------------------------------------------------------------------

operations = Table(
    "operations", metadata,
    _key("id"), _text("actor"), _text("action"), _text("reason"), _text("body"), _text("state"), _instant("created_at"),
    _instant("ended_at", True),
    Index("ix_operations_state", "state", "created_at"),
)  # fmt: skip
"""One action on many cases. `body` is JSON: what the action needs. state: planned → running → done, or stopped."""

operation_steps = Table(
    "operation_steps", metadata,
    _key("operation"), Column("position", Integer, primary_key=True, autoincrement=False), _text("case_id"),
    Column("n", Integer, nullable=False), _text("verdict"), _text("state"), _text("detail", True), _text("old", True),
)  # fmt: skip
"""A case of an operation. `verdict` (dry run): ok, again or no; state: ready → done or failed; refused, skipped."""

# The studio ----------------------------------------------------------------------------------------------------------

studio_drafts = Table(
    "studio_drafts", metadata,
    _key("id"), _text("name"), _text("base", True), Column("version", Integer, nullable=False), _text("state"),
    _text("files"), _text("created_by"), _instant("created_at"), _text("changed_by"), _instant("changed_at"),
    _text("note"), _text("document"), _instant("effective_from", True), _text("submitted_by", True),
    _instant("submitted_at", True), _text("decided_by", True), _instant("decided_at", True), _text("remark"),
    _text("release", True),
    Index("ix_studio_drafts_changed", "changed_at", "id"),
    Index("ix_studio_drafts_due", "state", "effective_from"),
    Index("ix_studio_drafts_release", "release"),
)  # fmt: skip
"""Versions of a process in the making. `files` is JSON, path → [SHA-256, bytes]; `base` the release it began from.
state: editing → submitted → approved → published; `note`, `document` (number of the approval), `effective_from`,
`remark` (why it was returned) belong to the review."""

studio_contents = Table(
    "studio_contents", metadata, _key("draft"), _key("sha256"), Column("content", LargeBinary, nullable=False)
)
"""What the files of a draft and of its revisions hold, each content once."""

studio_revisions = Table(
    "studio_revisions", metadata,
    _key("draft"), Column("n", Integer, primary_key=True, autoincrement=False), _instant("at"), _text("by"),
    _text("what"), _text("files"),
)  # fmt: skip
"""The draft as it was at each of its last versions."""

studio_authors = Table("studio_authors", metadata, _key("draft"), _key("person"))
"""Whoever has written in a draft: none of them may publish it."""

studio_comments = Table(
    "studio_comments", metadata,
    _key("id"), _text("draft"), _text("file"), _text("element"), _text("text"), _text("by"), _instant("at"),
    _text("resolved_by", True), _instant("resolved_at", True),
    Index("ix_studio_comments_draft", "draft", "at"),
)  # fmt: skip

studio_tries = Table(
    "studio_tries", metadata,
    _key("id"), _text("draft"), _text("person"), _text("body"), _instant("at"),
    Index("ix_studio_tries_at", "at"),
)  # fmt: skip
"""Runs that are tried out: what was given and every step, as JSON. The run itself is played again when it is asked."""

release_receipts = Table("release_receipts", metadata, _key("release"), _key("person"), _instant("at"))
"""Who has read and understood a release."""

what_ifs = Table(
    "what_ifs", metadata,
    _key("id"), _text("draft"), _text("person"), _text("state"), _text("files"), _text("cases"), _text("detail"),
    _instant("at"), _instant("ended_at", True),
    Index("ix_what_ifs_state", "state", "at"),
    Index("ix_what_ifs_draft", "draft", "at"),
)  # fmt: skip
"""Real cases played on a draft: `files` as the draft's were, `cases` a JSON list of ids. state: running → done, failed
or stopped."""

what_if_cases = Table(
    "what_if_cases", metadata,
    _key("what_if"), Column("position", Integer, primary_key=True, autoincrement=False), _text("case_id"),
    _text("verdict"), _text("body"),
)  # fmt: skip
"""What became of one case: `body` is JSON, as `engine.whatif.Outcome`."""

watch_marks = Table("watch_marks", metadata, _key("id"), Column("position", BigInteger, nullable=False), _instant("at"))
"""Up to which leaf of the log the histories have been folded into the tables below (one row), and its time."""

watch_pages = Table("watch_pages", metadata, _key("case_id"), _key("page"), _text("process"))
"""Which process a page of a case runs; pages that are not here run the case's own, that of page 0."""

watch_visits = Table(
    "watch_visits", metadata,
    _key("case_id"), _key("process"), _key("element"), Column("times", Integer, nullable=False),
    _instant("last_at"),
    Index("ix_watch_visits_process", "process", "last_at"),
)  # fmt: skip
"""How often a case entered an element; turns of a loop are not counted."""

watch_open = Table(
    "watch_open", metadata,
    _key("case_id"), Column("n", Integer, primary_key=True, autoincrement=False), _text("process"), _text("element"),
    _instant("at"),
    Index("ix_watch_open_process", "process", "element"),
)  # fmt: skip
"""Element instances that were entered and not left yet."""

watch_times = Table(
    "watch_times", metadata,
    _key("case_id"), Column("n", Integer, primary_key=True, autoincrement=False), _text("process"), _text("element"),
    _instant("left_at"), Column("duration", BigInteger, nullable=False),
    Index("ix_watch_times_process", "process", "left_at"),
)  # fmt: skip
"""How long an element instance took, in ms; what took no time is not here."""
