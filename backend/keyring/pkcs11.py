"""Signing keys in a PKCS#11 token (HSM): it signs with them and never gives them out.

The package `python-pkcs11` is optional (extra `hsm`) and imported on first use. Open
the keyring in the process that signs: a token's session does not survive a fork.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, cast

from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.key_set import KeyPurpose
from backend.credentials.signing import PublicKey, Signer
from backend.domain.errors import NotFoundError
from backend.domain.words import Words
from backend.keyring.errors import KeyringError

if TYPE_CHECKING:
    from pkcs11 import Session
    from pkcs11.types import SignMixin

POINT_BYTES = 65  # an uncompressed P-256 point: 0x04, x, y (SEC 1 §2.3.3)


@dataclass(frozen=True, slots=True)
class Pkcs11Signer:
    """A private key inside the token; safe for threads (the session locks itself)."""

    kid: str
    public: PublicKey
    private_key: "SignMixin" = field(repr=False)

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes r||s over SHA-256 of `message` (CKM_ECDSA).

        The hash is made here: not every token has CKM_ECDSA_SHA256.

        Raises `KeyringError` when the token refuses or is gone.
        """
        return self.sign_digest(hashlib.sha256(message).digest())

    def sign_digest(self, digest: bytes) -> bytes:
        """The same, given the SHA-256 of the message."""
        from pkcs11 import Mechanism

        with _token_errors("署名できません", "the token does not sign"):
            return self.private_key.sign(digest, mechanism=Mechanism.ECDSA)


class Pkcs11Keyring:
    """Makes keys in a token, and hands out the signer of a key by its kid.

    `library`: the vendor's PKCS#11 library; `token`: the token's label; `pin`: the
    user's. Raises `KeyringError` when the token cannot be opened.
    """

    def __init__(self, library: Path, token: str, pin: str) -> None:
        try:
            import pkcs11
        except ImportError:
            raise KeyringError(
                Words("python-pkcs11がありません", "python-pkcs11 is not installed"),
                Words("pip install 'shikaku[hsm]'", "pip install 'shikaku[hsm]'"),
            ) from None
        with _token_errors("HSMを開けません", "the token cannot be opened"):
            slot = pkcs11.lib(str(library)).get_token(token_label=token)
            self._session: Session = slot.open(rw=True, user_pin=pin)
        self._signers: dict[str, Signer] = {}

    def create(
        self, purpose: KeyPurpose, insurer: str | None, at: datetime
    ) -> tuple[str, dict[str, str]]:
        """Make a non-extractable key; return its kid and public JWK, to be recorded.

        Purpose, insurer and time are the database's to keep: a token has no place for
        them. Raises `KeyringError` when the token refuses.
        """
        from pkcs11 import Attribute, KeyType
        from pkcs11.util.ec import encode_named_curve_parameters

        curve = {Attribute.EC_PARAMS: encode_named_curve_parameters("secp256r1")}
        with _token_errors("鍵を作れません", "the token makes no key"):
            pair = self._session.create_domain_parameters(
                KeyType.EC, curve, local=True
            ).generate_keypair(
                store=True,
                private_template={
                    Attribute.SENSITIVE: True,
                    Attribute.EXTRACTABLE: False,
                },
            )
            public = _public_key(pair[0][Attribute.EC_POINT])
            for key in pair:  # the name is known only now
                key[Attribute.LABEL] = public.kid
        return public.kid, public.jwk

    def signer(self, kid: str) -> Signer:
        """The signer named `kid`; looked up in the token once.

        Raises `NotFoundError` when the token has no such key, `KeyringError` when it
        holds another key under this name.
        """
        if kid not in self._signers:
            self._signers[kid] = self._find(kid)
        return self._signers[kid]

    def has(self, kid: str) -> bool:
        """Whether the key named `kid` lives in the token."""
        try:
            self.signer(kid)
        except NotFoundError:
            return False
        return True

    def close(self) -> None:
        """Log out; the signers handed out sign no more."""
        self._session.close()

    def _find(self, kid: str) -> Pkcs11Signer:
        from pkcs11 import Attribute, KeyType, NoSuchKey, ObjectClass

        with _token_errors("HSMの鍵を読めません", "the token's key cannot be read"):
            try:
                private, public = (
                    self._session.get_key(kind, KeyType.EC, label=kid)
                    for kind in (ObjectClass.PRIVATE_KEY, ObjectClass.PUBLIC_KEY)
                )
            except NoSuchKey:
                raise NotFoundError("signing key") from None
            named = _public_key(public[Attribute.EC_POINT])
        if named.kid != kid:
            raise KeyringError(
                Words(
                    "HSMの鍵名が鍵と合いません",
                    "a key in the token bears another's name",
                ),
                Words("HSMの鍵名を確かめてください", "look at the labels in the token"),
            )
        return Pkcs11Signer(kid, named, cast("SignMixin", private))


def _public_key(point: bytes) -> PublicKey:
    """CKA_EC_POINT: an uncompressed point, in a DER OCTET STRING on most tokens."""
    try:
        key = ec.EllipticCurvePublicKey.from_encoded_point(
            ec.SECP256R1(), point[-POINT_BYTES:]
        )
    except ValueError:  # a key on another curve
        raise _mislabelled() from None
    return PublicKey.of(key)


def _mislabelled() -> KeyringError:
    return KeyringError(
        Words("HSMの鍵名が鍵と合いません", "a key in the token bears another's name"),
        Words("HSMの鍵名を確かめてください", "look at the labels in the token"),
    )


@contextmanager
def _token_errors(ja: str, en: str) -> Iterator[None]:
    """Turn the token's own errors, named after PKCS#11's CKR codes, into ours."""
    from pkcs11 import PKCS11Error

    try:
        yield
    except PKCS11Error as error:
        code = type(error).__name__
        raise KeyringError(
            Words(f"{ja} ({code})", f"{en} ({code})"),
            Words(
                "ライブラリの場所、トークン名、PINを確かめてください",
                "look at the library's path, the token's label and the PIN",
            ),
        ) from error
