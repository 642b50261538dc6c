"""鍵の一覧: our keys and their lives: next, active, retiring, retired, compromised."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from backend.credentials.signing import PublicKey
from backend.domain.errors import ConflictError
from backend.domain.words import Words


class KeyPurpose(Enum):
    """What a key may sign; a key of one purpose proves nothing of the other."""

    ISSUING = "issuing"
    """One insurer's tokens, certificates and status lists."""
    SERVICE = "service"
    """Receipts, checkpoints, the server's time."""


class KeyState(Enum):
    """Where in its life a key stands."""

    NEXT = "next"
    """Published ahead of use, so that readers know it in time; verifies nothing yet."""
    ACTIVE = "active"
    """Signs and verifies."""
    RETIRING = "retiring"
    """Verifies only, until the last expiry that it signed."""
    RETIRED = "retired"
    """Nothing that it signed can still be valid: not found any more."""
    COMPROMISED = "compromised"
    """Found, so that papers recorded before the theft can be told from forgeries."""


@dataclass(frozen=True, slots=True)
class KeyRecord:
    """A public key and its life.

    `insurer` is the insurer's number for ISSUING, None for SERVICE. `last_expiry_at` is
    the latest `exp` that the key signed; of a service key, the end of the life of its
    last receipt, set when it retires. What a key signed from `compromised_at` on
    counts for nothing; what it signed before counts only if our record knows it.
    """

    kid: str
    purpose: KeyPurpose
    insurer: str | None
    public: PublicKey
    state: KeyState
    activated_at: datetime | None = None
    last_expiry_at: datetime | None = None
    compromised_at: datetime | None = None

    def jwk(self) -> dict[str, str]:
        """The key as published; `insurer` (ours) says whose papers it may sign."""
        published = self.public.jwk | {"kid": self.kid, "use": "sig", "alg": "ES256"}
        return published | ({"insurer": self.insurer} if self.insurer else {})


FindRecord = Callable[[str], KeyRecord | None]
"""`KeySet.find`, or the like of it."""


def keys_for(
    purpose: KeyPurpose, find: FindRecord
) -> Callable[[str], PublicKey | None]:
    """Finds public keys by name, but only those that may sign for `purpose`."""

    def key(kid: str) -> PublicKey | None:
        record = find(kid)
        return record.public if record and record.purpose is purpose else None

    return key


_FOUND = frozenset({KeyState.ACTIVE, KeyState.RETIRING, KeyState.COMPROMISED})
_PUBLISHED = frozenset({KeyState.NEXT, KeyState.ACTIVE, KeyState.RETIRING})


class KeySet:
    """All our keys, at one moment.

    Raises `ConflictError`: two keys of one name, a name that is not its key's, an
    issuing key without an insurer (or the reverse), two active keys for one purpose,
    a compromised key without the time of its compromise.
    """

    def __init__(self, records: Iterable[KeyRecord]) -> None:
        self._records = tuple(records)
        self._found: dict[str, KeyRecord] = {}
        self._signed: dict[str, KeyRecord] = {}
        self._active: dict[tuple[KeyPurpose, str | None], KeyRecord] = {}
        names = set()
        for record in self._records:
            _check(record)
            if record.kid in names:
                raise _conflict("鍵名が重複しています", "two keys have one name")
            names.add(record.kid)
            self._keep(record)

    def _keep(self, record: KeyRecord) -> None:
        if record.state in _FOUND:
            self._found[record.kid] = record
        if record.state is not KeyState.NEXT:
            self._signed[record.kid] = record
        if record.state is KeyState.ACTIVE:
            role = record.purpose, record.insurer
            if role in self._active:
                raise _conflict(
                    "有効な署名鍵が二つあります", "two active keys for one purpose"
                )
            self._active[role] = record

    def find(self, kid: str) -> KeyRecord | None:
        """The key that may have signed something still worth judging.

        Active, retiring and compromised keys are found; next and retired ones are not.
        The caller must look at the state: a compromised key proves nothing alone.
        """
        return self._found.get(kid)

    def find_ever(self, kid: str) -> KeyRecord | None:
        """The key that ever signed, retired ones included.

        For what is kept for ever (checkpoints) alone; see `find` for all else.
        """
        return self._signed.get(kid)

    def active(self, purpose: KeyPurpose, insurer: str | None) -> KeyRecord | None:
        """The key that signs now."""
        return self._active.get((purpose, insurer))

    def published(self) -> list[dict[str, str]]:
        """JWKs for `/.well-known/jwks.json`: next, active and retiring keys."""
        return [r.jwk() for r in self._records if r.state in _PUBLISHED]


def _check(record: KeyRecord) -> None:
    if record.kid != record.public.kid:
        raise _conflict("鍵名が鍵と合いません", "a key's name is not its own")
    if (record.purpose is KeyPurpose.ISSUING) != (record.insurer is not None):
        raise _conflict(
            "発行鍵にだけ保険者番号が必要です",
            "issuing keys, and only they, belong to an insurer",
        )
    is_compromised = record.state is KeyState.COMPROMISED
    if is_compromised != (record.compromised_at is not None):
        raise _conflict(
            "危殆化の時刻と状態が合いません",
            "compromised keys, and only they, have a time of compromise",
        )


def _conflict(ja: str, en: str) -> ConflictError:
    return ConflictError(Words(ja, en))
