"""My Numbers on the insurer's side: sealed column by column, found by a keyed index.

AES-256-GCM (NIST SP 800-38D) bound to the cell it stands in, and an HMAC-SHA-256 blind
index under a key of its own: a plain hash of twelve digits is broken in minutes. Both
keys come by HKDF-SHA-256 (RFC 5869) from one master secret of 32 bytes, `keys/master`.
"""

import hmac
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from backend.domain.words import Words
from backend.keyring.errors import KeyringError
from backend.keyring.private_file import read_private, write_private

FILE_NAME = "master"
MASTER_BYTES = 32
NONCE_BYTES = 12
_TAG_BYTES = 16


def create_master(directory: Path, random: bytes) -> bytes:
    """Write `directory`/master on first set-up from 32 random bytes, and return it.

    Raises `KeyringError` when the file exists: what it sealed would be lost.
    """
    if len(random) != MASTER_BYTES:
        raise ValueError("the master secret is 32 random bytes")
    write_private(directory / FILE_NAME, random)
    return random


def read_master(directory: Path) -> bytes:
    """The 32 bytes of `directory`/master; `KeyringError` when they cannot be had."""
    master = read_private(directory / FILE_NAME)
    if len(master) != MASTER_BYTES:
        raise KeyringError(
            Words("keys/masterが壊れています", "keys/master is damaged"),
            Words("バックアップから戻してください", "restore it from the backup"),
        )
    return master


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a sealed value stands; it opens nowhere else."""

    table: str
    row: str
    column: str


@dataclass(frozen=True, slots=True)
class ColumnKeys:
    """The keys of one version: seal with the newest, open with the one that sealed.

    The index key is the same for all versions, so that an old row is still found.
    """

    version: int
    encryption: bytes = field(repr=False)
    index: bytes = field(repr=False)

    @classmethod
    def derive(cls, master: bytes, version: int) -> Self:
        """The keys of `version` (1, 2, …) from the master secret of 32 bytes."""
        return cls(
            version,
            derived(master, f"shikaku column encryption v{version}"),
            derived(master, "shikaku blind index"),
        )


def seal(keys: ColumnKeys, cell: Cell, content: bytes, nonce: bytes) -> bytes:
    """Encrypt `content` for `cell`: nonce, ciphertext, tag; 40 bytes for 12 digits.

    `nonce`: 12 random bytes, new for every call; the same twice under one key gives
    both contents away. Store `keys.version` beside the result.
    """
    if len(nonce) != NONCE_BYTES:
        raise ValueError("a nonce is 12 random bytes")
    sealed = AESGCM(keys.encryption).encrypt(nonce, content, _bound(keys, cell))
    return nonce + sealed


def unseal(keys: ColumnKeys, cell: Cell, sealed: bytes) -> bytes:
    """The content that was sealed for this cell under this version of the keys.

    Raises `KeyringError` on anything else: another cell, key or version, or a change.
    """
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        if len(ciphertext) < _TAG_BYTES:
            raise InvalidTag
        return AESGCM(keys.encryption).decrypt(nonce, ciphertext, _bound(keys, cell))
    except InvalidTag:
        raise KeyringError(
            Words(
                f"{cell.table}.{cell.column}の暗号化された値を開けません",
                f"the sealed value in {cell.table}.{cell.column} does not open",
            ),
            Words(
                "keys/masterが正しいか、行が書き換えられていないか調べてください",
                "see that keys/master is the right one and that no row was moved",
            ),
        ) from None


def blind_index(key: bytes, text: str) -> bytes:
    """32 bytes by which equal texts are found, without the key telling nothing.

    `key` is `ColumnKeys.index`. HMAC-SHA-256 (RFC 2104).
    """
    return hmac.digest(key, text.encode(), "sha256")


def _bound(keys: ColumnKeys, cell: Cell) -> bytes:
    """The associated data; a JSON list, so that no two cells are spelled alike."""
    return json.dumps([cell.table, cell.row, cell.column, keys.version]).encode()


def derived(master: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose (RFC 5869; no salt: the master is uniformly random)."""
    return HKDF(SHA256(), length=32, salt=None, info=purpose.encode()).derive(master)
