"""Names that we give: certificate serials with a check character, and internal ids."""

from base64 import b32encode
from collections.abc import Callable

from stdnum.exceptions import ValidationError
from stdnum.iso7064 import mod_37_36

from backend.domain.errors import MalformedError
from backend.domain.words import Words

_SERIAL_RANDOM_CHARACTERS = 15  # 75 bits: cannot be guessed, never sequential


def new_serial(random_bytes: Callable[[int], bytes]) -> str:
    """A certificate's serial, `XXXX-XXXX-XXXX-XXXX`; the last character checks.

    Fifteen random base32 letters and one ISO/IEC 7064 MOD 37,36 check character,
    so that a slip of a typing hand is found before anything is looked up.
    """
    body = b32encode(random_bytes(10)).decode()[:_SERIAL_RANDOM_CHARACTERS]
    return _grouped(body + mod_37_36.calc_check_digit(body))


def parse_serial(text: str) -> str:
    """The serial that was typed, with or without hyphens, in either case.

    Raises MalformedError when its length or check character is wrong.
    """
    plain = text.strip().upper().replace("-", "")
    try:
        if len(plain) != _SERIAL_RANDOM_CHARACTERS + 1 or not plain.isascii():
            raise ValidationError
        mod_37_36.validate(plain)
    except ValidationError:
        raise MalformedError(
            "serial",
            Words("発行番号の検査文字が合いません", "its check character is wrong"),
            Words("16文字を入力し直してください", "key the sixteen characters again"),
        ) from None
    return _grouped(plain)


def new_id(kind: str, random_bytes: Callable[[int], bytes]) -> str:
    """An internal id such as `cov-0123-4567-89ab-cdef-0123` (80 random bits)."""
    return f"{kind}-{random_bytes(10).hex('-', 2)}"


def _grouped(text: str) -> str:
    return "-".join(text[start : start + 4] for start in range(0, len(text), 4))
