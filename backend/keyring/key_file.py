"""One signing key in one file: PKCS#8, locked with the passphrase, named by its kid."""

from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    PrivateFormat,
    load_pem_private_key,
)

from backend.credentials.signing import LocalSigner
from backend.domain.words import Words
from backend.keyring.errors import KeyringError
from backend.keyring.private_file import read_private, write_private

SUFFIX = ".pem"


def create_key_file(directory: Path, passphrase: bytes, heading: str) -> LocalSigner:
    """Make a P-256 key and keep it as `directory`/<kid>.pem; return its signer.

    `heading`: lines in clear before the key (RFC 7468 §5.2), so that a file found in a
    backup says what it was for. The key is made from OpenSSL's own randomness.

    Raises `KeyringError` when the file cannot be written.
    """
    private_key = ec.generate_private_key(ec.SECP256R1())
    signer = LocalSigner.of(private_key)
    pem = private_key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(passphrase)
    )
    content = heading.encode("ascii") + b"\n" + pem
    write_private(directory / f"{signer.kid}{SUFFIX}", content)
    return signer


def load_signer(path: Path, passphrase: bytes) -> LocalSigner:
    """The signer of a key file.

    Raises `KeyringError` on a file that others may touch, another passphrase, a key
    that is not locked, not on P-256 or not the one that the file is named after.
    """
    signer = LocalSigner.of(_unlock(path, read_private(path), passphrase))
    if path.name != signer.kid + SUFFIX:
        raise _refused(path, "別の鍵が入っています", "holds another key than its name")
    return signer


def _unlock(path: Path, pem: bytes, passphrase: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        key = load_pem_private_key(pem, passphrase)
    except TypeError:  # cryptography's word for a password without encryption
        raise _refused(path, "暗号化されていません", "is not locked") from None
    except (ValueError, UnsupportedAlgorithm):
        raise KeyringError(
            Words(
                f"{path.name}を開けません: パスフレーズ違いか、壊れています",
                f"{path.name} does not open: another passphrase, or damaged",
            ),
            Words(
                "SHIKAKU_KEY_PASSPHRASEかkeys/passphraseを確かめてください",
                "look at SHIKAKU_KEY_PASSPHRASE or keys/passphrase",
            ),
        ) from None
    if isinstance(key, ec.EllipticCurvePrivateKey) and key.curve.name == "secp256r1":
        return key
    raise _refused(path, "P-256の鍵ではありません", "is not a key on P-256")


def _refused(path: Path, ja: str, en: str) -> KeyringError:
    return KeyringError(
        Words(f"{path.name}は{ja}", f"{path.name} {en}"),
        Words(
            "バックアップから戻すか、shikaku keysで作り直してください",
            "restore it from the backup, or make a new key with shikaku keys",
        ),
    )
