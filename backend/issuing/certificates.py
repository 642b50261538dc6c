"""資格確認書の交付: reserve a serial, note the intent, sign, record.

1. In one transaction: who is due, a serial and a status place each, the intent.
2. Sign what was noted.
3. In one transaction: the signed certificates and their audit entries.
After a crash the intents without a signature are finished first (docs/issuance.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from backend.audit.events import ActorKind, AuditEntry, AuditKind, pseudonym
from backend.credentials import jose
from backend.credentials.certificate import Form
from backend.credentials.key_set import KeyPurpose, KeySet
from backend.domain.coverage import Coverage
from backend.domain.errors import MalformedError, NotFoundError
from backend.domain.japan_time import japan_day
from backend.domain.words import Words
from backend.issuing.due import why_not_due
from backend.issuing.issuer import Issuer, active_signer
from backend.issuing.keys import key_set, note_expiry
from backend.issuing.paper import Paper, draw_up
from backend.storage.rows import (
    Insurer,
    Intent,
    IssuedCertificate,
    Member,
    PaperKind,
)
from backend.storage.store import Transaction

CHUNK = 100  # people a transaction, so that the write lock is held only briefly


@dataclass(frozen=True, slots=True)
class Skipped:
    """Someone who got no certificate, and why."""

    person_id: str
    reason: Words


@dataclass(frozen=True, slots=True)
class CertificateRun:
    """What a run issued and whom it left out."""

    issued: tuple[IssuedCertificate, ...]
    skipped: tuple[Skipped, ...]


@dataclass(frozen=True, slots=True)
class _Reserved:
    serials: list[str]
    skipped: list[Skipped]


def issue_certificates(
    issuer: Issuer,
    insurer_number: str,
    persons: Sequence[str] | None,
    form: Form,
    at: datetime,
) -> CertificateRun:
    """Issue to everyone due (`persons` None), or to these people as they applied.

    Nobody gets a second valid paper. Raises NotFoundError for an unknown insurer or a
    person who is not its member.
    """
    with issuer.store.reading() as tx:
        insurer = tx.insurer(insurer_number)
        if insurer is None:
            raise NotFoundError("insurer")
        asked = _asked(tx, insurer_number, persons, japan_day(at))
    serials = [it.serial for it in finish_intents(issuer, insurer_number, at)]
    skipped: list[Skipped] = []
    for start in range(0, len(asked), CHUNK):
        chunk = asked[start : start + CHUNK]
        reserved = _reserve(issuer, insurer, chunk, persons is not None, form, at)
        finish_intents(issuer, insurer_number, at)
        serials += reserved.serials
        skipped += reserved.skipped
    return CertificateRun(tuple(_recorded(issuer, serials)), tuple(skipped))


def finish_intents(
    issuer: Issuer, insurer: str, at: datetime
) -> list[IssuedCertificate]:
    """Sign and record every intent that has no signature yet."""
    with issuer.store.reading() as tx:
        intents = tx.unsigned_intents(insurer)
    signed = [(it, issuer.signer_of(it.kid).sign(it.signing_input)) for it in intents]

    def record(tx: Transaction) -> list[IssuedCertificate]:
        waiting = {it.object_id for it in tx.unsigned_intents(insurer)}
        return [
            _record(tx, intent, signature, at)
            for intent, signature in signed
            if intent.object_id in waiting
        ]

    return issuer.store.write(record) if signed else []


def _asked(
    tx: Transaction, insurer: str, persons: Sequence[str] | None, on: date
) -> list[tuple[Member, Coverage]]:
    """The insurer's people, all or those named, each with one of their coverages.

    The one that holds on the day `on`; where none does, the newest that was not undone:
    a next one told ahead, or one taken back, keeps nobody from their paper.
    """
    chosen: dict[str, tuple[Member, Coverage]] = {}
    for member, coverage in tx.members_of(insurer):
        earlier = chosen.get(member.person.id)
        if earlier is None or _rank(earlier[1], on) <= _rank(coverage, on):
            chosen[member.person.id] = member, coverage
    if persons is None:
        return list(chosen.values())
    if set(persons) - chosen.keys():
        raise NotFoundError("member")
    return [chosen[person_id] for person_id in dict.fromkeys(persons)]


def _rank(coverage: Coverage, on: date) -> tuple[bool, bool, date]:
    return coverage.holds_on(on), not coverage.is_undone, coverage.acquired_on


def _reserve(
    issuer: Issuer,
    insurer: Insurer,
    chunk: Sequence[tuple[Member, Coverage]],
    has_applied: bool,
    form: Form,
    at: datetime,
) -> _Reserved:
    """Note an intent for each of the chunk who is due."""
    keys = key_set(issuer.store)
    kid = active_signer(issuer, keys, KeyPurpose.ISSUING, insurer.number).kid

    def reserve(tx: Transaction) -> _Reserved:
        serials, skipped = [], []
        under_way = {it.coverage_id for it in tx.unsigned_intents(insurer.number)}
        for member, coverage in chunk:
            reason = (
                _UNDER_WAY
                if coverage.id in under_way
                else why_not_due(tx, member, coverage, has_applied, at)
            )
            if reason is None:
                try:
                    paper = draw_up(issuer, tx, insurer, member, coverage, form, at)
                    _intend(tx, keys, kid, paper, at)
                    serials.append(paper.fields.serial)
                except MalformedError as error:
                    reason = _words(error)
            if reason is not None:
                skipped.append(Skipped(member.person.id, reason))
        return _Reserved(serials, skipped)

    return issuer.store.write(reserve)


def _recorded(issuer: Issuer, serials: Sequence[str]) -> list[IssuedCertificate]:
    """What was signed, by this run or by another that found its intents first."""
    with issuer.store.reading() as tx:
        found = [tx.certificate(serial) for serial in serials]
    return [certificate for certificate in found if certificate is not None]


def _intend(
    tx: Transaction, keys: KeySet, kid: str, paper: Paper, at: datetime
) -> None:
    """Note what is about to be signed; refuses a paper too long for its code."""
    signing_input = paper.signing_input(kid)
    tx.put_intent(
        Intent(
            kind=PaperKind.CERTIFICATE,
            object_id=paper.fields.serial,
            coverage_id=paper.coverage.id,
            person_id=paper.coverage.person_id,
            place=paper.place,
            kid=kid,
            signing_input=signing_input,
            expires_on=paper.fields.expires_on,
            intended_at=at,
        )
    )
    note_expiry(tx, keys, kid, paper.expires_at)


def _record(
    tx: Transaction, intent: Intent, signature: bytes, at: datetime
) -> IssuedCertificate:
    certificate = IssuedCertificate(
        serial=intent.object_id,
        coverage_id=intent.coverage_id,
        person_id=intent.person_id,
        insurer=intent.place.insurer,
        place=intent.place,
        kid=intent.kid,
        digest=intent.digest,
        signed=jose.attach(intent.signing_input, signature),
        issued_at=at,
        expires_on=intent.expires_on,
    )
    tx.put_certificate(certificate)
    key = tx.audit_key(intent.person_id)
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=AuditKind.CERTIFICATE_ISSUED,
            actor_kind=ActorKind.INSURER,
            actor=intent.place.insurer,
            subject=pseudonym(key) if key else "",
            object=intent.object_id,
        )
    )
    return certificate


_UNDER_WAY = Words(
    "ほかの処理が交付の途中です。少し待ってから確かめてください。",
    "Another run is issuing it now: wait a little and look again.",
)


def _words(error: MalformedError) -> Words:
    return Words(
        f"{error.field}: {error.reason.ja} {error.fix.ja}",
        f"{error.field}: {error.reason.en} {error.fix.en}",
    )
