"""Certificates that are signed together: noted, signed, then recorded and sealed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from hashlib import sha256

from backend.audit.batch_seal import batch_seal
from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.credentials import jose
from backend.credentials.certificate import CERTIFICATE_TYP, payload_at
from backend.credentials.key_set import KeySet
from backend.domain.japan_time import start_of_day
from backend.issuing.issuer import Issuer
from backend.issuing.keys import note_expiry
from backend.issuing.paper import Draft, Press
from backend.storage.rows import Intent, OpenBatch, PaperKind, StatusPlace
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
    intents = [
        _intent(press, kid, draft, place, at)
        for draft, place in zip(drafts, places, strict=True)
    ]
    last_on = date.fromisoformat(max(draft.expires_on for draft in drafts))
    note_expiry(tx, keys, kid, start_of_day(last_on + timedelta(days=1)))
    return tx.open_batch(insurer, intents)


def _intent(
    press: Press, kid: str, draft: Draft, place: StatusPlace, at: datetime
) -> Intent:
    uri = press.names.status_list(place.insurer, place.list_number)
    payload = payload_at(draft.before, draft.after, uri, place.index)
    signing_input = jose.signing_input(payload, CERTIFICATE_TYP, kid)
    return Intent(
        PaperKind.CERTIFICATE,
        draft.serial,
        draft.coverage_id,
        draft.person_id,
        place,
        kid,
        signing_input,
        sha256(signing_input).digest(),
        date.fromisoformat(draft.expires_on),
        at,
    )


def sign_batch(issuer: Issuer, batch: OpenBatch) -> dict[int, bytes]:
    """A signature for each intent of the batch, made in this process."""
    return {
        number: issuer.signer_of(intent.kid).sign_digest(intent.digest)
        for number, intent in batch.intents.items()
    }


def close_batch(
    tx: Transaction,
    insurer: str,
    batch: OpenBatch,
    signatures: Mapping[int, bytes],
    at: datetime,
) -> bool:
    """Record the signatures and seal them in the log; False if it was done before."""
    if not tx.close_batch(batch.id, signatures, at, tx.audit_size()):
        return False
    signed = [batch.intents[number] for number in signatures]
    seal = batch_seal([(intent.object_id, intent.digest) for intent in signed])
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
    return [intent.object_id for intent in batch.intents.values()]
