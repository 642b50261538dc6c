"""What every signature needs: the store, the keys, our addresses, and randomness."""

from collections.abc import Callable
from dataclasses import dataclass

from backend.credentials.issuer_names import IssuerNames
from backend.credentials.key_set import KeyPurpose, KeySet
from backend.credentials.signing import Signer
from backend.domain.errors import UnavailableError
from backend.domain.words import Words
from backend.storage.store import Store


@dataclass(frozen=True, slots=True)
class Issuer:
    """The dependencies of issuing; `signer_of` turns a kid into something that signs.

    `signer_of` raises when the private key is not in this house.
    """

    store: Store
    signer_of: Callable[[str], Signer]
    names: IssuerNames
    random_bytes: Callable[[int], bytes]
    challenge_key: bytes


def active_signer(
    issuer: Issuer, keys: KeySet, purpose: KeyPurpose, insurer: str | None
) -> Signer:
    """The signer of the active key for a purpose.

    Raises UnavailableError when there is none: nothing may be signed then.
    """
    record = keys.active(purpose, insurer)
    if record is None:
        whose = insurer or "service"
        raise UnavailableError(
            Words(
                f"署名に使える鍵がありません（{whose}）。shikaku doctor を実行して"
                "ください。",
                f"No active signing key ({whose}). Run: shikaku doctor",
            )
        )
    return issuer.signer_of(record.kid)
