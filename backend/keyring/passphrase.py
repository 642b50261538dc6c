"""The passphrase that locks the key files: given by the settings, or kept beside them.

A passphrase kept beside the keys protects copies of a key file that travel alone
(a backup, a mail), not the machine; production gives SHIKAKU_KEY_PASSPHRASE from its
own secret store.
"""

from pathlib import Path

from backend.domain.words import Words
from backend.keyring.errors import KeyringError
from backend.keyring.private_file import read_private, write_private

FILE_NAME = "passphrase"
RANDOM_BYTES = 32
MAX_BYTES = 1023  # OpenSSL takes no longer one
# A key file stretches its passphrase by 2048 rounds of PBKDF2 only (cryptography's
# PKCS#8 writer offers no more), so what is easy to guess would soon be guessed.
MIN_BYTES = 20


def read_passphrase(given: str | None, directory: Path) -> bytes:
    """The passphrase `given` by the settings, or else that of `directory`/passphrase.

    A line end after the one in the file is not part of it.

    Raises `KeyringError` when there is none, or it has not 20 to 1023 bytes.
    """
    if given is None:
        passphrase = read_private(directory / FILE_NAME).rstrip(b"\r\n")
    else:
        passphrase = given.encode(errors="surrogateescape")
    if not MIN_BYTES <= len(passphrase) <= MAX_BYTES:
        raise KeyringError(
            Words(
                f"鍵のパスフレーズは{MIN_BYTES}〜{MAX_BYTES}バイトです",
                f"the key passphrase must have {MIN_BYTES} to {MAX_BYTES} bytes",
            ),
            Words(
                "SHIKAKU_KEY_PASSPHRASEかkeys/passphraseを"
                "直してください(例: openssl rand -hex 32)",
                "mend SHIKAKU_KEY_PASSPHRASE or keys/passphrase, for example with "
                "openssl rand -hex 32",
            ),
        )
    return passphrase


def create_passphrase(directory: Path, random: bytes) -> bytes:
    """Write `directory`/passphrase on first set-up and return the passphrase.

    `random`: 32 random bytes, spelled in hexadecimal so that they can be typed.

    Raises `KeyringError` when the file exists: the keys locked with it would be lost.
    """
    if len(random) != RANDOM_BYTES:
        raise ValueError("a passphrase is made of 32 random bytes")
    passphrase = random.hex().encode("ascii")
    write_private(directory / FILE_NAME, passphrase + b"\n")
    return passphrase
