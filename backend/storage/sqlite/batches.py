"""Intents in SQLite: what is about to be signed, and batches of certificates."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from backend.domain.errors import ConflictError
from backend.domain.words import Words
from backend.storage.batch_rows import CertificateIntent, OpenBatch
from backend.storage.rows import Intent, PaperKind
from backend.storage.sqlite.instants import to_micros
from backend.storage.sqlite.statements import Statements

_PUT_INTENT = """
INSERT INTO intents (
  object_id, coverage_id, person_id, insurer, list_number, idx, ordinal, kid, kind,
  signing_input, digest, expires_on, intended_at
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_LAST_INTENT = "SELECT COALESCE(MAX(id), 0) FROM intents"
_OPEN_BATCH = """
INSERT INTO batches (insurer, first_intent, last_intent) VALUES (?, ?, ?)
"""
_OPEN_BATCHES = """
SELECT b.id, i.kid, i.id, i.object_id, i.digest
FROM batches b JOIN intents i ON i.id BETWEEN b.first_intent AND b.last_intent
WHERE b.insurer = ? AND b.closed_at IS NULL AND i.signing_input <> X''
ORDER BY i.id
"""
_UNDER_WAY = """
SELECT object_id FROM intents i
WHERE person_id = ? AND coverage_id = ? AND kind = 'certificate'
  AND signing_input <> X''
  AND NOT EXISTS (SELECT 1 FROM certificates WHERE intent = i.id)
"""
_INTENTS_OF = "SELECT first_intent, last_intent FROM batches WHERE id = ?"
_CLOSE_BATCH = """
UPDATE batches SET closed_at = ?, entry = ? WHERE id = ? AND closed_at IS NULL
"""
_PUT_CERTIFICATE = "INSERT INTO certificates VALUES (?, ?, ?)"
_SEALED = """
SELECT b.entry, i.object_id, i.digest
FROM batches b JOIN certificates c
    ON c.intent BETWEEN b.first_intent AND b.last_intent AND c.batch = b.id
  JOIN intents i ON i.id = c.intent
WHERE b.closed_at IS NOT NULL ORDER BY b.id, i.id
"""


class SqliteBatches(Statements):
    """`Papers`' intents and batches."""

    __slots__ = ()

    def put_intent(self, intent: Intent) -> None:
        self.run(_PUT_INTENT, _intent_row(intent))

    def open_batch(
        self,
        insurer: str,
        kid: str,
        intents: Sequence[CertificateIntent],
        at: datetime,
    ) -> OpenBatch:
        (last,) = self.run(_LAST_INTENT).fetchone()
        kind, micros = PaperKind.CERTIFICATE.value, to_micros(at)
        rows = (
            (*named, *place, kid, kind, text, digest, expires_on, micros)
            for *named, place, text, digest, expires_on in intents
        )
        self.run_many(_PUT_INTENT, rows)
        numbers = range(last + 1, last + 1 + len(intents))
        batch = self.run(_OPEN_BATCH, (insurer, numbers[0], numbers[-1])).lastrowid
        serials = tuple(it.serial for it in intents)
        digests = tuple(it.digest for it in intents)
        return OpenBatch(batch, kid, tuple(numbers), serials, digests)

    def open_batches(self, insurer: str) -> Sequence[OpenBatch]:
        found = groupby(self.run(_OPEN_BATCHES, (insurer,)), lambda row: row[:2])
        return [
            OpenBatch(*batch, *zip(*(row[2:] for row in rows), strict=True))
            for batch, rows in found
        ]

    def serial_under_way(self, coverage_id: str, person_id: str) -> str | None:
        row = self.run(_UNDER_WAY, (person_id, coverage_id)).fetchone()
        return None if row is None else str(row[0])

    def close_batch(
        self, batch: int, signatures: Mapping[int, bytes], at: datetime, entry: int
    ) -> bool:
        if self.run(_CLOSE_BATCH, (to_micros(at), entry, batch)).rowcount != 1:
            return False
        first, last = self.run(_INTENTS_OF, (batch,)).fetchone()
        if signatures and not first <= min(signatures) <= max(signatures) <= last:
            raise ConflictError(_NOT_OF_THE_BATCH)
        rows = ((intent, batch, made) for intent, made in signatures.items())
        self.run_many(_PUT_CERTIFICATE, rows)
        return True

    def sealed_batches(self) -> Iterator[tuple[int, Sequence[tuple[str, bytes]]]]:
        for entry, rows in groupby(self.run(_SEALED), lambda row: row[0]):
            yield entry, [(serial, digest) for _, serial, digest in rows]


def _intent_row(intent: Intent) -> tuple[Any, ...]:
    place = intent.place
    return (
        intent.object_id,
        intent.coverage_id,
        intent.person_id,
        place.insurer,
        place.list_number,
        place.idx,
        place.ordinal,
        intent.kid,
        intent.kind.value,
        intent.signing_input,
        intent.digest,
        intent.expires_on.isoformat(),
        to_micros(intent.intended_at),
    )


_NOT_OF_THE_BATCH = Words(
    "署名の前に、この組として記録されていません。",
    "It was not recorded as intended in this batch before it was signed.",
)
