"""Intents in SQLite: what is about to be signed, and batches of certificates."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import groupby, repeat
from typing import Any

from backend.domain.errors import ConflictError
from backend.domain.words import Words
from backend.storage.batch_rows import CertificateIntents, OpenBatch
from backend.storage.rows import TokenIntent
from backend.storage.sqlite.instants import to_micros
from backend.storage.sqlite.signatures import PUT_SIGNATURES, SIGNED, rows_of
from backend.storage.sqlite.statements import Statements

_PUT_INTENT = """
INSERT INTO intents (
  object_id, coverage_id, person_id, insurer, list_number, idx, ordinal, kid, kind,
  mould, words, digest, expires_on, intended_at
) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_PUT_MOULD = "INSERT INTO moulds (text) VALUES (?) ON CONFLICT DO NOTHING"
_MOULD = "SELECT id FROM moulds WHERE text = ?"
_LAST_INTENT = "SELECT COALESCE(MAX(id), 0) FROM intents"
_OPEN_BATCH = """
INSERT INTO batches (insurer, first_intent, last_intent) VALUES (?, ?, ?)
"""
_OPEN_BATCHES = """
SELECT b.id, i.kid, i.id, i.object_id, i.digest
FROM batches b JOIN intents i ON i.id BETWEEN b.first_intent AND b.last_intent
WHERE b.insurer = ? AND b.closed_at IS NULL AND i.words <> ''
ORDER BY i.id
"""
_UNDER_WAY = f"""
SELECT object_id FROM intents w
WHERE person_id = ? AND coverage_id = ? AND kind = 'certificate' AND words <> ''
  AND NOT EXISTS (SELECT 1 FROM intents i {SIGNED} WHERE i.id = w.id)
"""  # noqa: S608 - the text put in is ours
_INTENTS_OF = "SELECT first_intent, last_intent FROM batches WHERE id = ?"
_CLOSE_BATCH = """
UPDATE batches SET closed_at = ?, entry = ? WHERE id = ? AND closed_at IS NULL
"""
_SEALED = """
SELECT b.entry, i.object_id, i.digest
FROM signatures s JOIN batches b ON b.id = s.batch
  JOIN intents i
    ON i.id BETWEEN s.first_intent AND s.first_intent + length(s.octets) / 64 - 1
ORDER BY s.first_intent, i.id
"""


class SqliteBatches(Statements):
    """`Papers`' intents and batches."""

    __slots__ = ()

    def put_intent(self, intent: TokenIntent) -> None:
        self.run(_PUT_INTENT, _token_row(intent))

    def open_batch(
        self, insurer: str, kid: str, intents: CertificateIntents, at: datetime
    ) -> OpenBatch:
        (last,) = self.run(_LAST_INTENT).fetchone()
        drafts, places, digests = intents
        serials, coverages, people, last_days, texts, words = zip(*drafts, strict=True)
        moulds = {text: self._mould(text) for text in set(texts)}
        rows = zip(
            serials,
            coverages,
            people,
            *zip(*places, strict=True),
            repeat(kid, len(drafts)),
            repeat("certificate", len(drafts)),
            map(moulds.__getitem__, texts),
            words,
            map(bytearray, digests),  # of bytes it would be asked whether they adapt
            last_days,
            repeat(to_micros(at), len(drafts)),
            strict=True,
        )
        self.run_many(_PUT_INTENT, rows)
        numbers = range(last + 1, last + 1 + len(drafts))
        batch = self.run(_OPEN_BATCH, (insurer, numbers[0], numbers[-1])).lastrowid
        return OpenBatch(batch, kid, tuple(numbers), serials, tuple(digests))

    def open_batches(self, insurer: str) -> Sequence[OpenBatch]:
        found = groupby(self.run(_OPEN_BATCHES, (insurer,)), lambda row: row[:2])
        return [
            OpenBatch(*batch, *zip(*(row[2:] for row in rows), strict=True))
            for batch, rows in found
        ]

    def _mould(self, text: str) -> int:
        self.run(_PUT_MOULD, (text,))
        (number,) = self.run(_MOULD, (text,)).fetchone()
        return int(number)

    def serial_under_way(self, coverage_id: str, person_id: str) -> str | None:
        row = self.run(_UNDER_WAY, (person_id, coverage_id)).fetchone()
        return None if row is None else str(row[0])

    def close_batch(
        self,
        batch: OpenBatch,
        signatures: Sequence[bytes],
        at: datetime,
        entry: int,
    ) -> bool:
        if self.run(_CLOSE_BATCH, (to_micros(at), entry, batch.id)).rowcount != 1:
            return False
        numbers = batch.numbers
        first, last = self.run(_INTENTS_OF, (batch.id,)).fetchone()
        if numbers and not first <= numbers[0] <= numbers[-1] <= last:
            raise ConflictError(_NOT_OF_THE_BATCH)
        self.run_many(PUT_SIGNATURES, rows_of(batch.id, numbers, signatures))
        return True

    def sealed_batches(self) -> Iterator[tuple[int, Sequence[tuple[str, bytes]]]]:
        for entry, rows in groupby(self.run(_SEALED), lambda row: row[0]):
            yield entry, [(serial, digest) for _, serial, digest in rows]


def _token_row(intent: TokenIntent) -> tuple[Any, ...]:
    place = intent.place
    return (
        intent.handle,
        intent.coverage_id,
        intent.person_id,
        place.insurer,
        place.list_number,
        place.idx,
        place.ordinal,
        intent.kid,
        "token",
        None,
        intent.signing_input.decode("ascii"),
        intent.digest,
        intent.expires_on.isoformat(),
        to_micros(intent.intended_at),
    )


_NOT_OF_THE_BATCH = Words(
    "署名の前に、この組として記録されていません。",
    "It was not recorded as intended in this batch before it was signed.",
)
