"""Intents, certificates and tokens in SQLite: what is signed is never changed."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import orjson

from backend.domain.errors import ConflictError
from backend.domain.words import Words
from backend.storage.rows import (
    IssuedCertificate,
    IssuedToken,
    ShownToken,
    StatusPlace,
    Withdrawal,
    WithdrawalKind,
)
from backend.storage.sqlite.access import CLIENT_COLUMNS, CLIENT_WIDTH, read_client
from backend.storage.sqlite.delegates import DELEGATION_COLUMNS, read_delegation
from backend.storage.sqlite.instants import (
    to_instant,
    to_micros,
)
from backend.storage.sqlite.signatures import COUNT, SIGNATURE, SIGNED
from backend.storage.sqlite.statements import Statements

# ruff: noqa: S608 - the columns put into these texts are ours

_KIND = {kind.value: kind for kind in WithdrawalKind}

# A signature is recorded only for what was intended, word for word.
_INTENDED = """
FROM intents WHERE object_id = ? AND
  (coverage_id, person_id, insurer, list_number, idx, kid, kind)
    = (?, ?, ?, ?, ?, ?, ?)
"""
_PUT_TOKEN = (
    "INSERT INTO tokens (handle, client_id, digest, issued_at, expires_at) "
    f"SELECT object_id, ?, ?, ?, ? {_INTENDED}"
)
_PAPER = (
    "i.object_id, i.coverage_id, i.person_id, i.insurer, i.list_number, i.idx, "
    "i.ordinal, i.kid, w.kind, w.reason, w.at"
)
_PAPER_WIDTH = 11
_NEWEST_WITHDRAWAL = """
LEFT JOIN withdrawals w
  ON w.id = (SELECT MAX(id) FROM withdrawals WHERE object_id = i.object_id)
"""
_CERTIFICATE = f"""
SELECT {_PAPER}, i.digest, m.text, i.words, {SIGNATURE}, b.closed_at, i.expires_on
FROM intents i {SIGNED}
  JOIN batches b ON b.id = s.batch LEFT JOIN moulds m ON m.id = i.mould
  {_NEWEST_WITHDRAWAL}
"""
_TOKEN = f"""
SELECT {_PAPER}, t.digest, t.issued_at, t.expires_at, {CLIENT_COLUMNS}
FROM intents i JOIN tokens t ON t.handle = i.object_id
  JOIN clients k ON k.id = t.client_id {_NEWEST_WITHDRAWAL}
"""
_ONE_CERTIFICATE = f"{_CERTIFICATE} WHERE i.object_id = ?"
_CERTIFICATES_OF = f"""
{_CERTIFICATE} WHERE i.person_id = ?1 AND (?2 IS NULL OR i.insurer = ?2) ORDER BY i.id
"""
_EXPIRING = """
SELECT COUNT(*) FROM (
  SELECT 1 FROM intents i
  WHERE i.insurer = ? AND i.kind = 'certificate' AND i.expires_on BETWEEN ? AND ?
    AND NOT EXISTS (
      SELECT 1 FROM withdrawals w
      WHERE w.object_id = i.object_id AND w.kind = 'revoked'
    )
  LIMIT ?
)
"""
_CERTIFICATES_BY_KEY = f"{_CERTIFICATE} WHERE i.kid = ? ORDER BY i.id"
_ALL_CERTIFICATES = f"{_CERTIFICATE} ORDER BY i.id"
_SHOWN = f"""
SELECT t.handle, i.person_id, i.insurer, t.expires_at, k.jwk, k.revoked_at,
  (SELECT kind FROM withdrawals WHERE object_id = t.handle ORDER BY id DESC LIMIT 1),
  (SELECT audit_key FROM persons WHERE id = i.person_id), k.id, {DELEGATION_COLUMNS}
FROM tokens t JOIN intents i ON i.object_id = t.handle
  JOIN clients k ON k.id = t.client_id
WHERE t.handle = ?
"""
_TOKENS_OF = f"{_TOKEN} WHERE i.person_id = ? ORDER BY i.id"


class SqlitePapers(Statements):
    """`Papers` but for the keys and the status lists."""

    __slots__ = ()

    def certificate(self, serial: str) -> IssuedCertificate | None:
        row = self.run(_ONE_CERTIFICATE, (serial,)).fetchone()
        return None if row is None else _certificate(row)

    def certificates_of(
        self, person_id: str, insurer: str | None = None
    ) -> Sequence[IssuedCertificate]:
        found = self.run(_CERTIFICATES_OF, (person_id, insurer))
        return [_certificate(row) for row in found]

    def certificates_expiring(
        self, insurer: str, first_on: date, last_on: date, at_most: int
    ) -> int:
        asked = insurer, first_on.isoformat(), last_on.isoformat(), at_most
        return int(self.run(_EXPIRING, asked).fetchone()[0])

    def certificates_by_key(self, kid: str) -> Sequence[IssuedCertificate]:
        found = self.run(_CERTIFICATES_BY_KEY, (kid,))
        return [_certificate(row) for row in found]

    def certificates(self) -> Iterator[IssuedCertificate]:
        for row in self.run(_ALL_CERTIFICATES):
            yield _certificate(row)

    def count_certificates(self) -> int:
        return int(self.run(COUNT).fetchone()[0])

    def put_token(self, token: IssuedToken) -> None:
        row = (
            token.client.id,
            token.digest,
            to_micros(token.issued_at),
            to_micros(token.expires_at),
            *_named(token),
        )
        if self.run(_PUT_TOKEN, row).rowcount != 1:
            raise ConflictError(_NOT_INTENDED)

    def shown_token(self, handle: str) -> ShownToken | None:
        row = self.run(_SHOWN, (handle,)).fetchone()
        if row is None:
            return None
        _, person_id, insurer, expires_at, jwk, revoked_at, withdrawal = row[:7]
        return ShownToken(
            handle,
            person_id,
            insurer,
            to_instant(expires_at),
            orjson.loads(jwk),
            revoked_at is not None,
            None if withdrawal is None else _KIND[withdrawal],
            row[7],
            row[8],
            read_delegation(row[9:]),
        )

    def tokens_of(self, person_id: str) -> Sequence[IssuedToken]:
        return [_token(row) for row in self.run(_TOKENS_OF, (person_id,))]


def _named(token: IssuedToken) -> tuple[Any, ...]:
    """What a token and its intent must agree on."""
    place = token.place
    return (
        token.handle,
        token.coverage_id,
        token.person_id,
        place.insurer,
        place.list_number,
        place.idx,
        token.kid,
        "token",
    )


def _certificate(row: tuple[Any, ...]) -> IssuedCertificate:
    serial, coverage_id, person_id, insurer = row[:4]
    digest, mould, words, signature, issued_at, expires_on = row[_PAPER_WIDTH:]
    return IssuedCertificate(
        serial,
        coverage_id,
        person_id,
        insurer,
        StatusPlace(insurer, *row[4:7]),
        row[7],
        digest,
        mould or "",
        words,
        signature,
        to_instant(issued_at),
        date.fromisoformat(expires_on),
        _withdrawal(row),
    )


def _token(row: tuple[Any, ...]) -> IssuedToken:
    handle, coverage_id, person_id, insurer = row[:4]
    digest, issued_at, expires_at = row[_PAPER_WIDTH:-CLIENT_WIDTH]
    return IssuedToken(
        handle,
        read_client(row[-CLIENT_WIDTH:]),
        person_id,
        coverage_id,
        insurer,
        StatusPlace(insurer, *row[4:7]),
        row[7],
        digest,
        to_instant(issued_at),
        to_instant(expires_at),
        _withdrawal(row),
    )


def _withdrawal(row: tuple[Any, ...]) -> Withdrawal | None:
    kind, reason, at = row[8:_PAPER_WIDTH]
    if kind is None:
        return None
    return Withdrawal(row[0], _KIND[kind], reason, to_instant(at))


_NOT_INTENDED = Words(
    "署名の前に、同じ内容の発行予定が記録されていません。",
    "Nothing of this kind was recorded as intended before it was signed.",
)
