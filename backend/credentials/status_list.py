"""失効・停止の一覧: Token Status List (draft-ietf-oauth-status-list-20), two bits each.

Where a list cannot be read, or is out of date, nothing is known: that is never "not
withdrawn".
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from backend.credentials import base64url, jose, strict_json
from backend.credentials.claims import as_object, as_text, as_whole, required
from backend.credentials.issuer_names import parse_status_list
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import FindRecord, KeyPurpose, KeyState, keys_for
from backend.credentials.signing import Signer
from backend.domain.errors import ShikakuError

STATUS_LIST_TYP = "statuslist+jwt"  # §5.1
BITS = 2
PER_BYTE = 8 // BITS
MAX_TOKEN = 2**21  # characters of a list of a million papers, however mixed
MAX_BYTES = 2**20  # four million papers
CLOCK_SKEW = timedelta(seconds=60)  # a reader's clock may be slow by so much


class StatusValue(Enum):
    """§7.1; 3 is application-specific and we never write it."""

    VALID = 0
    INVALID = 1
    SUSPENDED = 2


class StatusUnknownError(ShikakuError):
    """The list says nothing about this paper now: not that it is valid."""

    code = "status-unknown"


@dataclass(frozen=True, slots=True)
class StatusReference:
    """Where a paper's status stands: the list's address and the place in it (§6.2)."""

    uri: str
    index: int

    @property
    def list_number(self) -> int:
        """Which of its insurer's lists it is."""
        return parse_status_list(self.uri)[2]

    def claim(self) -> dict[str, Any]:
        """The value of the claim `status`."""
        return {"status_list": {"idx": self.index, "uri": self.uri}}


def read_reference(claims: Mapping[str, Any]) -> StatusReference:
    """The claim `status` of a paper of ours; raises `NotGenuineError`."""
    place = required(required(claims, "status", as_object), "status_list", as_object)
    uri, index = required(place, "uri", as_text), required(place, "idx", as_whole)
    required(place, "uri", parse_status_list)
    return StatusReference(uri, index)


class StatusList:
    """The statuses of `size` papers, all VALID to begin with.

    Packed four to a byte, the first in the lowest bits (§4.1).
    """

    def __init__(self, size: int) -> None:
        self.packed = bytearray(-(-size // PER_BYTE))
        self.size = size

    def get(self, index: int) -> StatusValue:
        """The status at `index`; `StatusUnknownError` outside the list (§8.3)."""
        byte, shift = self._place(index)
        try:
            return StatusValue(self.packed[byte] >> shift & 0b11)
        except ValueError:
            raise StatusUnknownError("a status that we never write") from None

    def set(self, index: int, value: StatusValue) -> None:
        """Put a status; `StatusUnknownError` outside the list."""
        byte, shift = self._place(index)
        self.packed[byte] = self.packed[byte] & ~(0b11 << shift) | value.value << shift

    def _place(self, index: int) -> tuple[int, int]:
        if not 0 <= index < self.size:
            raise StatusUnknownError("no such place in the list")
        return index // PER_BYTE, index % PER_BYTE * BITS


def encode_list(statuses: StatusList) -> str:
    """`lst`: the bytes in the zlib format, base64url (§4.2)."""
    return base64url.encode(zlib.compress(bytes(statuses.packed), level=9))


def decode_list(lst: str) -> StatusList:
    """The statuses in `lst`, at most `MAX_BYTES` of them unpacked, or `ValueError`."""
    inflating = zlib.decompressobj()
    try:
        packed = inflating.decompress(base64url.decode(lst), MAX_BYTES + 1)
    except zlib.error:
        raise ValueError("not zlib") from None
    if not inflating.eof or inflating.unused_data or len(packed) > MAX_BYTES:
        raise ValueError("too long, cut short or followed by something")
    statuses = StatusList(len(packed) * PER_BYTE)
    statuses.packed[:] = packed
    return statuses


def seal_status_list(
    statuses: StatusList,
    uri: str,
    issued_at: datetime,
    lifetime: timedelta,
    ttl: timedelta,
    signer: Signer,
) -> str:
    """The signed list, true from `issued_at` for `lifetime`; cacheable for `ttl`."""
    claims = {
        "sub": uri,
        "iat": int(issued_at.timestamp()),
        "exp": int((issued_at + lifetime).timestamp()),
        "ttl": int(ttl.total_seconds()),
        "status_list": {"bits": BITS, "lst": encode_list(statuses)},
    }
    return jose.seal(strict_json.write(claims), STATUS_LIST_TYP, signer)


def open_status_list(
    token: str, uri: str, find: FindRecord, at: datetime
) -> StatusList:
    """The list of the address `uri`, read at the instant `at` (§8.3).

    `uri` is what a genuine paper names; `find` is `KeySet.find`. Raises
    `NotGenuineError`: not signed by the insurer of `uri`, or another list;
    `StatusUnknownError`: out of date, or signed by a key that was stolen.
    """
    keys = keys_for(KeyPurpose.ISSUING, find)
    opened = jose.open_sealed(token, STATUS_LIST_TYP, keys, MAX_TOKEN)
    record = find(opened.kid)
    _, insurer, _ = required({"uri": uri}, "uri", parse_status_list)
    if record is None or record.insurer != insurer:
        raise NotGenuineError(NotGenuine.UNKNOWN_KEY, "another insurer's key")
    if required(opened.claims, "sub", as_text) != uri:
        raise NotGenuineError(NotGenuine.MISDIRECTED, "another list")
    if record.state is KeyState.COMPROMISED:
        raise StatusUnknownError("whoever stole the key could have signed it")
    issued_at = jose.instant(opened.claims, "iat")
    if not issued_at <= at + CLOCK_SKEW or at >= jose.instant(opened.claims, "exp"):
        raise StatusUnknownError("the list is out of date")
    status_list = required(opened.claims, "status_list", as_object)
    if required(status_list, "bits", as_whole) != BITS:
        raise NotGenuineError(NotGenuine.MALFORMED, "not two bits each")
    return required(status_list, "lst", lambda lst: decode_list(as_text(lst)))
