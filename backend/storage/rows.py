"""The things remembered that are not rules of eligibility: parties, keys, papers."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import NamedTuple

from backend.domain.delegation import Delegate, Delegation
from backend.domain.insured_person import InsuredPerson


class ClientKind(Enum):
    """Who stands behind an enrolled key."""

    INSURER = "insurer"
    CLINIC = "clinic"
    PATIENT = "patient"
    OPERATOR = "operator"
    """Somebody at an insurer's console: the key is a passkey, no client of its own."""


@dataclass(frozen=True, slots=True)
class Insurer:
    """保険者 with whom to speak and how its papers are dated.

    `certificate_until_on` is the insurer's own last day for certificates (None: five
    years); `requires_challenge` refuses offline phone codes (kind 1).
    """

    number: str
    name: str
    contact: str
    certificate_until_on: date | None = None
    requires_challenge: bool = False
    delivered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Clinic:
    """医療機関: its ten-digit code and name; `requires_challenge` as for insurers."""

    code: str
    name: str
    requires_challenge: bool = False


@dataclass(frozen=True, slots=True)
class Client:
    """An enrolled key: a clinic's terminal, an insurer's system, a person's phone.

    `party` is the medical institution code, the insurer number or the person id;
    `name` is what people call the terminal or phone; `jwk` is the public key. With an
    `operator` it is their session at the insurer's console, until `expires_at`;
    `delegate` is who holds the phone, where that is not the person themselves.
    """

    id: str
    kind: ClientKind
    party: str
    name: str
    jwk: dict[str, str]
    enrolled_at: datetime
    revoked_at: datetime | None = None
    operator: str | None = None
    expires_at: datetime | None = None
    delegate: Delegate | None = None

    def is_live(self, at: datetime) -> bool:
        """Whether the key still speaks for its party: neither revoked nor over."""
        has_expired = self.expires_at is not None and self.expires_at <= at
        is_over = self.delegate is not None and self.delegate.has_ended(at)
        return self.revoked_at is None and not has_expired and not is_over


@dataclass(frozen=True, slots=True)
class OneTimeCode:
    """An enrolment or activation code: kept only as a keyed digest (`mac`).

    `grants` is what a person's own phone gave with it: whom it lets in is a delegate.
    """

    mac: bytes
    kind: ClientKind
    party: str
    insurer: str
    expires_at: datetime
    used_at: datetime | None = None
    grants: Delegation | None = None


@dataclass(frozen=True, slots=True)
class Operator:
    """担当者: somebody at an insurer, at its console or at the terminal."""

    id: str
    insurer: str
    name: str
    enrolled_at: datetime
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Passkey:
    """パスキー: an operator's WebAuthn credential.

    `id` is the credential id, `public_key` the COSE key; `sign_count` is what the
    authenticator counted at its last signature.
    """

    id: bytes
    operator: str
    public_key: bytes = field(repr=False)
    sign_count: int
    enrolled_at: datetime
    used_at: datetime | None = None
    ended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A short-lived right to call, bound to the client's key; kept as a digest."""

    digest: bytes
    client: Client
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Member:
    """A person as one insurer describes them, with what decides on their paper.

    `card_status` is the wire value of `domain.entitlement.CardStatus`;
    `continuation_ends_on` is the last day of voluntary continuation (任継), if any.
    """

    person: InsuredPerson
    insurer: str
    card_status: str
    recorded_at: datetime
    continuation_ends_on: date | None = None


class WithdrawalKind(Enum):
    """失効・停止: revoked is final, suspended can be reinstated."""

    REVOKED = "revoked"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """A step in the life of a certificate or token; `object_id` is serial or handle."""

    object_id: str
    kind: WithdrawalKind
    reason: str
    at: datetime


class StatusPlace(NamedTuple):
    """Where a paper's status stands: an insurer's list and a never-reused index `idx`.

    `ordinal` is its turn in the list's random order: no two intents have one turn.
    """

    insurer: str
    list_number: int
    idx: int
    ordinal: int


class TokenIntent(NamedTuple):
    """A token about to be signed: committed before the signature is made.

    `digest` is the SHA-256 of `signing_input`, which goes with an erased person.
    """

    handle: str
    coverage_id: str
    person_id: str
    place: StatusPlace
    kid: str
    signing_input: bytes
    digest: bytes
    expires_on: date
    intended_at: datetime


@dataclass(frozen=True, slots=True)
class IssuedCertificate:
    """A signed certificate as recorded.

    `mould` and `words` are its claims (`credentials/certificate_mould.py`); "" both
    once the person is erased. `digest` is the SHA-256 of its signing input: it stays,
    so that their paper is still told from a forgery.
    """

    serial: str
    coverage_id: str
    person_id: str
    insurer: str
    place: StatusPlace
    kid: str
    digest: bytes
    mould: str
    words: str = field(repr=False)
    signature: bytes = field(repr=False)
    issued_at: datetime
    expires_on: date
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """An eligibility token as recorded: its handle, its phone, its times.

    The token's text stays on the phone; `digest` is its SHA-256.
    """

    handle: str
    client: Client
    person_id: str
    coverage_id: str
    insurer: str
    place: StatusPlace
    kid: str
    digest: bytes
    issued_at: datetime
    expires_at: datetime
    withdrawal: Withdrawal | None = None


@dataclass(frozen=True, slots=True)
class ShownToken:
    """Of an issued token, what a check of its phone's code asks, and nothing else.

    `jwk` is the phone's key, `has_phone_ended` whether it was revoked; `withdrawal` is
    the newest; `audit_key` ties the log to the person, None once they are erased;
    `client_id` and `delegation` are those of a delegate's phone.
    """

    handle: str
    person_id: str
    insurer: str
    expires_at: datetime
    jwk: dict[str, str]
    has_phone_ended: bool
    withdrawal: WithdrawalKind | None
    audit_key: bytes | None = field(repr=False)
    client_id: str
    delegation: Delegation | None


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A signing key's public half and its life; purpose and state are wire names."""

    kid: str
    purpose: str
    insurer: str | None
    jwk: dict[str, str]
    state: str
    activated_at: datetime | None = None
    last_expiry_at: datetime | None = None
    compromised_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class SavedAnswer:
    """The answer given under an idempotency key: returned again, byte for byte."""

    client_party: str
    idempotency_key: str
    question_digest: bytes
    body: bytes
    answered_at: datetime


@dataclass(frozen=True, slots=True)
class MemberList:
    """An uploaded list: its plan is what would change; once committed, what did.

    From `begun_at` to `committed_at` it is under way; `decision` says whose line is
    whose, once that is settled.
    """

    id: str
    insurer: str
    digest: bytes
    plan: bytes
    uploaded_at: datetime
    begun_at: datetime | None = None
    decision: bytes | None = None
    committed_at: datetime | None = None
