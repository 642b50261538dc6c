"""The signing keys of one deployment, as files in one directory.

What a key is for and where in its life it stands is recorded in the database; here is
only what signs. `Pkcs11Keyring` answers the same three questions from a token.
"""

import re
from datetime import datetime
from pathlib import Path
from threading import Lock

from backend.credentials.key_set import KeyPurpose
from backend.credentials.signing import Signer
from backend.domain.errors import NotFoundError
from backend.keyring.key_file import SUFFIX, create_key_file, load_signer

# Asked of every kid before it becomes a file's name: base32, RFC 4648 §6.
_KID = re.compile(r"[A-Z2-7]{8}")


class Keyring:
    """Makes keys, and hands out the signer of a key by its kid."""

    def __init__(self, directory: Path, passphrase: bytes) -> None:
        self._directory = directory
        self._passphrase = passphrase
        self._signers: dict[str, Signer] = {}
        self._lock = Lock()

    def create(
        self, purpose: KeyPurpose, insurer: str | None, at: datetime
    ) -> tuple[str, dict[str, str]]:
        """Make a key and return its kid and public JWK, to be recorded as *next*.

        Raises `KeyringError` when the file cannot be written.
        """
        heading = (
            f"Purpose: {purpose.value}\n"
            f"Insurer: {insurer or 'none'}\n"
            f"Created: {at.isoformat()}"
        )
        signer = create_key_file(self._directory, self._passphrase, heading)
        return signer.kid, signer.public.jwk

    def signer(self, kid: str) -> Signer:
        """The signer named `kid`; its file is read and unlocked once.

        Raises `NotFoundError` when there is no such file, `KeyringError` when the file
        is unsafe or does not open.
        """
        with self._lock:
            if kid not in self._signers:
                if not self.has(kid):
                    raise NotFoundError("signing key")
                self._signers[kid] = load_signer(self._path(kid), self._passphrase)
            return self._signers[kid]

    def has(self, kid: str) -> bool:
        """Whether the key named `kid` lives here."""
        return _KID.fullmatch(kid) is not None and self._path(kid).exists()

    def _path(self, kid: str) -> Path:
        return self._directory / f"{kid}{SUFFIX}"
