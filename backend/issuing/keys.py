"""Our signing keys as the store remembers them: made, rotated, declared compromised."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.credentials.key_set import KeyPurpose, KeyRecord, KeySet, KeyState
from backend.credentials.signing import PublicKey
from backend.domain.errors import NotFoundError
from backend.domain.japan_time import japan_day, start_of_day
from backend.keyring import life
from backend.storage.rows import KeyRow
from backend.storage.store import Store, Transaction


class KnownKeys:
    """The key set, read anew whenever a key has changed."""

    def __init__(self) -> None:
        self._version = -1
        self._keys = KeySet(())

    def at(self, tx: Transaction) -> KeySet:
        """The keys as this transaction sees them; costs one small look-up."""
        version = tx.keys_version()
        if version != self._version:
            keys = KeySet(records_of(tx))
            self._version, self._keys = version, keys
            return keys
        return self._keys


def key_set(store: Store) -> KeySet:
    """All keys, with their states, as of now."""
    with store.reading() as tx:
        return KeySet(records_of(tx))


def records_of(tx: Transaction) -> list[KeyRecord]:
    """Every key ever recorded, retired ones included."""
    return [_record(row) for row in tx.keys()]


def add_key(
    store: Store,
    create: Callable[[], Mapping[str, str]],
    purpose: KeyPurpose,
    insurer: str | None,
    at: datetime,
) -> KeyRecord:
    """Make a key: active where there was none yet, else next (see `rotate_key`).

    `create` makes the private half where it will live and returns the public JWK.
    """
    public = PublicKey.from_jwk(create())

    def add(tx: Transaction) -> KeyRecord:
        keys = KeySet(records_of(tx))
        is_first = keys.active(purpose, insurer) is None
        record = KeyRecord(
            kid=public.kid,
            purpose=purpose,
            insurer=insurer,
            public=public,
            state=KeyState.ACTIVE if is_first else KeyState.NEXT,
            activated_at=at if is_first else None,
        )
        _remember(tx, record, at)
        return record

    return store.write(add)


def rotate_key(
    store: Store, purpose: KeyPurpose, insurer: str | None, at: datetime
) -> KeySet:
    """The next key signs from now on; the active one retires slowly."""

    def turn(tx: Transaction) -> KeySet:
        for record in life.rotate(records_of(tx), purpose, insurer, at):
            _remember(tx, record, at)
        return KeySet(records_of(tx))

    return store.write(turn)


def declare_compromised(
    store: Store, kid: str, since: datetime, at: datetime
) -> KeyRecord:
    """From `since` on nothing that this key signed counts; raises NotFoundError."""

    def declare(tx: Transaction) -> KeyRecord:
        for known in records_of(tx):
            if known.kid == kid:
                record = life.compromise(known, since)
                _remember(tx, record, at)
                return record
        raise NotFoundError("key")

    return store.write(declare)


def note_expiry(tx: Transaction, keys: KeySet, kid: str, expires_at: datetime) -> None:
    """Remember the last `exp` that a key signed: so long it must stay published.

    Rounded up to the end of its day, so that tokens do not change the key each time.
    """
    last_at = start_of_day(japan_day(expires_at) + timedelta(days=1))
    record = keys.find(kid)
    if record and (record.last_expiry_at is None or record.last_expiry_at < last_at):
        tx.put_key(_row(replace(record, last_expiry_at=last_at)))


def _remember(tx: Transaction, record: KeyRecord, at: datetime) -> None:
    tx.put_key(_row(record))
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=AuditKind.KEY_CHANGED,
            actor_kind=ActorKind.OPERATOR,
            actor=record.insurer or "",
            object=record.kid,
            outcome=record.state.value,
        )
    )


def _record(row: KeyRow) -> KeyRecord:
    return KeyRecord(
        kid=row.kid,
        purpose=KeyPurpose(row.purpose),
        insurer=row.insurer,
        public=PublicKey.from_jwk(row.jwk),
        state=KeyState(row.state),
        activated_at=row.activated_at,
        last_expiry_at=row.last_expiry_at,
        compromised_at=row.compromised_at,
    )


def _row(record: KeyRecord) -> KeyRow:
    return KeyRow(
        kid=record.kid,
        purpose=record.purpose.value,
        insurer=record.insurer,
        jwk=record.public.jwk,
        state=record.state.value,
        activated_at=record.activated_at,
        last_expiry_at=record.last_expiry_at,
        compromised_at=record.compromised_at,
    )


def retire_keys(store: Store, at: datetime) -> tuple[KeyRecord, ...]:
    """Retire every retiring key of which nothing can still be valid."""

    def retire(tx: Transaction) -> tuple[KeyRecord, ...]:
        due = life.retire_due(records_of(tx), at)
        for record in due:
            _remember(tx, record, at)
        return due

    return store.write(retire)
