"""A key that cannot be had, with what to do about it."""

from backend.domain.errors import ShikakuError
from backend.domain.words import Words


class KeyringError(ShikakuError):
    """A key, or what protects it, is missing, unsafe or unreadable.

    Neither a secret nor a passphrase is ever part of it; the file's name may be.
    """

    code = "keyring"

    def __init__(self, reason: Words, fix: Words) -> None:
        super().__init__(f"{reason.en}; {fix.en}")
        self.reason = reason
        self.fix = fix
