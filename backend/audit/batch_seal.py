"""What seals the certificates of one batch in the log: one digest for all of them.

An entry for each would cost as much as a third of a signature. One entry with the
digest of every serial and signing input proves the same of each.
"""

import hashlib
from base64 import b32encode
from collections.abc import Iterable


def batch_seal(signed: Iterable[tuple[str, bytes]]) -> str:
    """SHA-256 over serial and digest of each, in their order: base32 in groups of four.

    A serial has no line end and a digest 32 bytes, so no two batches spell alike. In
    groups it never has the twelve digits in a row that no entry may have.
    """
    spelled = [
        b"%b\n%b" % (serial.encode("ascii"), digest) for serial, digest in signed
    ]
    whole = hashlib.sha256(b"".join(spelled))
    letters = b32encode(whole.digest()).decode("ascii").rstrip("=")
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))
