"""Certificates that are signed together, as they are remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from backend.storage.rows import StatusPlace


class Draft(NamedTuple):
    """A certificate with its serial, not yet placed in a status list and not signed.

    `mould` and `words` are its claims (`credentials/certificate_mould.py`). Flat and as
    stored, the day as ISO text, for there are many.
    """

    serial: str
    coverage_id: str
    person_id: str
    expires_on: str
    mould: str
    words: str


class CertificateIntents(NamedTuple):
    """Drafts, the place of each, and the SHA-256 of what will be signed for each."""

    drafts: Sequence[Draft]
    places: Sequence[StatusPlace]
    digests: Sequence[bytes]


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
