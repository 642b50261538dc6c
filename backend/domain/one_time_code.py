"""The one-time code that a letter carries: twelve characters, made, read and digested.

Activation codes for members and enrolment codes for clinics and insurers are alike;
what a code is for stands in its record. Crockford's base32 leaves out I, L, O and U,
so whatever a reader takes for one of the first three is known to be 1, 1 and 0.
"""

import hmac
import unicodedata
from collections.abc import Callable

from backend.domain.look_alikes import HYPHENS

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHARACTERS = 12  # 60 bits: not to be guessed in the few tries that a door allows
_GROUP = 4
_LONGEST_TYPED = 64  # far above a code with its spaces; the rest is not looked at
_MAC_LABEL = b"shikaku one-time code v1:"
_SECRET_LABEL = b"shikaku letter's secret v1:"

_FOLDED = str.maketrans(
    dict.fromkeys(HYPHENS, "") | {" ": "", "\t": ""} | {"O": "0", "I": "1", "L": "1"}
)


def make_code(random_bytes: Callable[[int], bytes]) -> str:
    """A new code such as `7K2M-0QX4-9TZB`, 60 random bits."""
    bits = int.from_bytes(random_bytes(8), "big")
    letters = [_ALPHABET[bits >> 5 * place & 31] for place in range(_CHARACTERS)]
    groups = range(0, _CHARACTERS, _GROUP)
    return "-".join("".join(letters[start : start + _GROUP]) for start in groups)


def fold_code(text: str) -> str:
    """What was typed, in the one form that is digested; never raises.

    Either case and width, with or without spaces and any hyphen; O is 0, I and L
    are 1. A text that is no code at all folds to something that no code folds to.
    """
    typed = unicodedata.normalize("NFKC", text[:_LONGEST_TYPED])
    return typed.upper().translate(_FOLDED)


def secret_of_letter(mac_key: bytes, text: str, size: int) -> bytes:
    """The secret that a letter's code is exchanged for; always the same.

    HMAC-SHA-256 (RFC 2104) over the folded text, its first `size` bytes: whoever has
    the letter alone learns nothing of it, and nothing of the letter is in it.
    """
    folded = fold_code(text).encode("utf-8", "replace")
    return hmac.digest(mac_key, _SECRET_LABEL + folded, "sha256")[:size]


def code_mac(mac_key: bytes, text: str) -> bytes:
    """The keyed digest (32 bytes) under which a code is kept: never the code itself.

    HMAC-SHA-256 (RFC 2104) over the folded text; broken characters count as "?".
    """
    folded = fold_code(text).encode("utf-8", "replace")
    return hmac.digest(mac_key, _MAC_LABEL + folded, "sha256")
