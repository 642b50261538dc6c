"""監査記録の確認点: the signed head of the audit tree, kept outside the database."""

from dataclasses import dataclass
from datetime import datetime

from backend.credentials import base64url, jose, strict_json
from backend.credentials.claims import as_octets, as_whole, required
from backend.credentials.key_set import FindRecord, KeyPurpose, keys_for
from backend.credentials.signing import Signer

CHECKPOINT_TYP = "shikaku-checkpoint+jwt"
ROOT_BYTES = 32  # SHA-256, RFC 9162 §2.1


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """At the instant `at` the log had `size` entries and this root hash (32 bytes)."""

    size: int
    root: bytes
    at: datetime


def seal_checkpoint(checkpoint: Checkpoint, signer: Signer) -> str:
    """The signed head, a compact JWT."""
    claims = {
        "size": checkpoint.size,
        "root": base64url.encode(checkpoint.root),
        "iat": int(checkpoint.at.timestamp()),
    }
    return jose.seal(strict_json.write(claims), CHECKPOINT_TYP, signer)


def open_checkpoint(token: str, find: FindRecord) -> Checkpoint | None:
    """Read a head of ours; `find` is `KeySet.find_ever`, since heads are kept for ever.

    None for a head of a compromised key from its compromise on: it counts for nothing.
    An earlier one counts by its place: in a file that only grows, whose instants never
    fall, a thief cannot put one before heads that stand. Raises `NotGenuineError`.
    """
    opened = jose.open_sealed(token, CHECKPOINT_TYP, keys_for(KeyPurpose.SERVICE, find))
    head = Checkpoint(
        required(opened.claims, "size", as_whole),
        required(opened.claims, "root", as_octets(ROOT_BYTES)),
        jose.instant(opened.claims, "iat"),
    )
    record = find(opened.kid)
    stolen_at = record.compromised_at if record else None
    return None if stolen_at and stolen_at <= head.at else head
