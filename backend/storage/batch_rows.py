"""Certificates that are signed together, as they are remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from backend.storage.rows import StatusPlace


class CertificateIntent(NamedTuple):
    """A certificate about to be signed, flat and as stored: the day is ISO text.

    `mould` and `words` are its claims (`credentials/certificate_mould.py`), `digest` is
    the SHA-256 of its signing input. What a batch has in common is told once for all.
    """

    serial: str
    coverage_id: str
    person_id: str
    place: StatusPlace
    mould: str
    words: str
    digest: bytes
    expires_on: str


@dataclass(frozen=True, slots=True)
class OpenBatch:
    """Certificates that were intended together and await the signatures of one key.

    The sequences go together; `numbers` are those by which `close_batch` takes the
    signatures.
    """

    id: int
    kid: str
    numbers: Sequence[int]
    serials: Sequence[str]
    digests: Sequence[bytes]
