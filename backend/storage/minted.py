"""The contract of codes that the server made (サーバー発行コード)."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from backend.storage.rows import Client


@dataclass(frozen=True, slots=True)
class MintedCode:
    """A code by its digest; `phone` asked for it, None: a letter did."""

    digest: bytes
    person_id: str
    phone: str | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ShownMinted:
    """What a check of such a code asks: whose it is, and by which phone."""

    person_id: str
    expires_at: datetime
    audit_key: bytes | None = field(repr=False)
    phone: Client | None


class Minted(Protocol):
    """Codes of the server's; forgotten with the codes that phones made."""

    def put_minted(self, code: MintedCode) -> None: ...
    def shown_minted(self, digest: bytes) -> ShownMinted | None: ...
