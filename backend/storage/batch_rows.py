"""Certificates that are signed together, as they are remembered."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from backend.storage.rows import StatusPlace

Paper = tuple[str, str, str, str, str]
"""A certificate to be: coverage and person by id, last day, mould, words.

The day is ISO text; mould and words are its claims, as
`credentials/certificate_mould.py` puts them together. No class of its own: a run has a
million of them.
"""

Draft = tuple[str, str, str, str, str, str]
"""A paper behind its serial: not yet placed in a status list, and not signed."""


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
