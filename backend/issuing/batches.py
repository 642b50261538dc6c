"""Certificates that are signed together: noted, signed, then recorded and sealed."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from backend.audit.batch_seal import batch_seal
from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.credentials import jose
from backend.credentials.certificate import CERTIFICATE_TYP
from backend.credentials.certificate_mould import poured
from backend.credentials.key_set import KeySet
from backend.domain.japan_time import start_of_day
from backend.issuing.issuer import Issuer
from backend.issuing.keys import note_expiry
from backend.issuing.paper import Press
from backend.storage.batch_rows import CertificateIntents, Draft, OpenBatch
from backend.storage.rows import StatusPlace
from backend.storage.store import Transaction

RandomBytes = Callable[[int], bytes]


def note_batch(
    tx: Transaction,
    press: Press,
    keys: KeySet,
    kid: str,
    drafts: Sequence[Draft],
    at: datetime,
    random_bytes: RandomBytes,
) -> OpenBatch:
    """Give each draft its place, and note what the key `kid` is about to sign."""
    insurer = press.insurer.number
    places = tx.allocate_status(insurer, len(drafts), random_bytes)
    digests = _digests(kid, drafts, places)
    last_on = date.fromisoformat(max(expires_on for _, _, _, expires_on, *_ in drafts))
    note_expiry(tx, keys, kid, start_of_day(last_on + timedelta(days=1)))
    intents = CertificateIntents(drafts, places, digests)
    return tx.open_batch(insurer, kid, intents, at)


def _digests(
    kid: str, drafts: Sequence[Draft], places: Sequence[StatusPlace]
) -> list[bytes]:
    """SHA-256 of what is signed for each draft at its place."""
    return [
        sha256(
            jose.signing_input(
                poured(mould, serial, index, list_number, words), CERTIFICATE_TYP, kid
            )
        ).digest()
        for (serial, _, _, _, mould, words), (_, list_number, index, _) in zip(
            drafts, places, strict=True
        )
    ]


def sign_batch(issuer: Issuer, batch: OpenBatch) -> list[bytes]:
    """A signature for each paper of the batch, in their order."""
    sign = issuer.signer_of(batch.kid).sign_digest
    return [sign(digest) for digest in batch.digests]


def close_batch(
    tx: Transaction,
    insurer: str,
    batch: OpenBatch,
    signatures: Sequence[bytes],
    at: datetime,
) -> bool:
    """Record the signatures and seal them in the log; False if it was done before."""
    if not tx.close_batch(batch, signatures, at, tx.audit_size()):
        return False
    seal = batch_seal(zip(batch.serials, batch.digests, strict=True))
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=AuditKind.CERTIFICATES_ISSUED,
            actor_kind=ActorKind.INSURER,
            actor=insurer,
            object=f"batch/{batch.id}",
            note=seal,
        )
    )
    return True


def finish_batches(issuer: Issuer, insurer: str, at: datetime) -> list[str]:
    """Sign and record whatever was noted before and not signed; the serials."""
    with issuer.store.reading() as tx:
        batches = tx.open_batches(insurer)
    return [
        serial for batch in batches for serial in _finish(issuer, insurer, batch, at)
    ]


def _finish(
    issuer: Issuer, insurer: str, batch: OpenBatch, at: datetime
) -> Sequence[str]:
    signatures = sign_batch(issuer, batch)

    def close(tx: Transaction) -> bool:
        return close_batch(tx, insurer, batch, signatures, at)

    if not issuer.store.write(close):
        return ()
    return batch.serials
