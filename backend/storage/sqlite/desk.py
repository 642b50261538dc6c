"""What a check leaves behind in SQLite: spent codes, saved answers, the log."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime

from backend.audit.events import AuditEntry, entry_bytes, read_entry
from backend.storage.rows import SavedAnswer
from backend.storage.sqlite.instants import to_instant, to_micros
from backend.storage.sqlite.signatures import SIGNED
from backend.storage.sqlite.statements import Statements

_SPEND = """
INSERT INTO spent_presentations
SELECT ?1, ?2, ?3 WHERE ?1 > (SELECT latest FROM forgotten) ON CONFLICT DO NOTHING
"""
_SAVED = "SELECT * FROM saved_answers WHERE client_party = ? AND idempotency_key = ?"
_SAVE = """
INSERT OR REPLACE INTO saved_answers (
  client_party, idempotency_key, question_digest, body, answered_at
) VALUES (?, ?, ?, ?, ?)
"""
_NOTE_FORGOTTEN = """
UPDATE forgotten SET latest = MAX(
  latest,
  COALESCE((SELECT MAX(at) FROM spent_presentations WHERE at < ?1), latest),
  COALESCE((SELECT MAX(until) FROM spent_proofs WHERE until < ?1), latest)
)
"""
_HAS_FORGOTTEN = "SELECT ? <= latest FROM forgotten"
# A thousand rows of each kind at a time: others are waiting to write.
_FORGET = (
    "DELETE FROM spent_presentations WHERE (at, handle) IN "
    "(SELECT at, handle FROM spent_presentations WHERE at < ? LIMIT 1000)",
    "DELETE FROM saved_answers WHERE answered_at < ? AND id IN "
    "(SELECT id FROM saved_answers ORDER BY id LIMIT 1000)",  # as they were given
    "DELETE FROM spent_proofs WHERE (until, purpose, key) IN "
    "(SELECT until, purpose, key FROM spent_proofs WHERE until < ? LIMIT 1000)",
    "DELETE FROM access_tokens WHERE digest IN "
    "(SELECT digest FROM access_tokens WHERE expires_at < ? LIMIT 1000)",
    "DELETE FROM minted_codes WHERE digest IN "
    "(SELECT digest FROM minted_codes WHERE expires_at < ? LIMIT 1000)",
    "DELETE FROM windows WHERE (bucket, seconds) IN "
    "(SELECT bucket, seconds FROM windows WHERE ends_at < ? LIMIT 1000)",
)
_NEXT = "SELECT COALESCE(MAX(sequence) + 1, 0) FROM audit_entries"
_APPEND = "INSERT INTO audit_entries VALUES (?, ?, ?)"
_ENTRIES = """
SELECT sequence, entry FROM audit_entries WHERE sequence >= ? ORDER BY sequence LIMIT ?
"""
# Without a bound: a row below 0 must not hide.
_ROWS = "SELECT sequence, subject, entry FROM audit_entries ORDER BY sequence"
_OF_PERSON = f"""
SELECT sequence, entry FROM audit_entries WHERE subject = ?1 AND sequence < ?3
UNION
SELECT e.sequence, e.entry
FROM intents i {SIGNED} JOIN batches b ON b.id = s.batch
  JOIN audit_entries e ON e.sequence = b.entry
WHERE i.person_id = ?2 AND e.sequence < ?3
ORDER BY 1 DESC LIMIT ?4
"""  # noqa: S608 - the text put in is ours
_NO_LIMIT = -1
_NO_END = 2**63 - 1


class SqliteDesk(Statements):
    """`Desk`, whole."""

    __slots__ = ()

    def spend_presentation(self, handle: str, at: datetime, spent_at: datetime) -> bool:
        row = (to_micros(at), handle, to_micros(spent_at))
        return bool(self.run(_SPEND, row).rowcount == 1)

    def saved_answer(
        self, client_party: str, idempotency_key: str
    ) -> SavedAnswer | None:
        row = self.run(_SAVED, (client_party, idempotency_key)).fetchone()
        if row is None:
            return None
        _, party, key, question_digest, body, answered_at = row
        return SavedAnswer(party, key, question_digest, body, to_instant(answered_at))

    def save_answer(self, answer: SavedAnswer) -> None:
        row = (
            answer.client_party,
            answer.idempotency_key,
            answer.question_digest,
            answer.body,
            to_micros(answer.answered_at),
        )
        self.run(_SAVE, row)

    def forget_transients(self, before: datetime) -> int:
        micros = (to_micros(before),)
        self.run(_NOTE_FORGOTTEN, micros)
        return sum(self.run(statement, micros).rowcount for statement in _FORGET)

    def has_forgotten(self, at: datetime) -> bool:
        (is_past,) = self.run(_HAS_FORGOTTEN, (to_micros(at),)).fetchone()
        return bool(is_past)

    def append_audit(self, entry_at: Callable[[int], AuditEntry]) -> AuditEntry:
        sequence = self.audit_size()
        entry = entry_at(sequence)
        row = (sequence, entry.subject or None, entry_bytes(entry))
        self.run(_APPEND, row)
        self.known[_NEXT] = sequence + 1
        return entry

    def audit_entries(
        self, from_sequence: int = 0, limit: int | None = None
    ) -> Iterator[tuple[int, bytes]]:
        row = (from_sequence, _NO_LIMIT if limit is None else limit)
        found: Iterator[tuple[int, bytes]] = self.run(_ENTRIES, row)
        return found

    def audit_rows(self) -> Iterator[tuple[int, str | None, bytes]]:
        found: Iterator[tuple[int, str | None, bytes]] = self.run(_ROWS)
        return found

    def audit_of_person(
        self, person_id: str, subject: str, limit: int, before: int | None = None
    ) -> Sequence[AuditEntry]:
        if not subject:
            return []
        row = (subject, person_id, _NO_END if before is None else before, limit)
        return [read_entry(stored) for _, stored in self.run(_OF_PERSON, row)]

    def audit_size(self) -> int:
        if _NEXT not in self.known:
            (self.known[_NEXT],) = self.run(_NEXT).fetchone()
        return self.known[_NEXT]
