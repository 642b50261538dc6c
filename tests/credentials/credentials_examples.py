"""Names and keys that the tests of this room share."""

from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.signing import LocalSigner

BASE_URL = "https://shikaku.example"
INSURER, OTHER_INSURER = "33120015", "138057"


def a_signer(scalar: int) -> LocalSigner:
    """A key that is the same in every run, and no secret."""
    return LocalSigner.of(ec.derive_private_key(scalar, ec.SECP256R1()))
