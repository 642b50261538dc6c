"""Receiving a request's body whole, within bounds of size and time, before any thread.

A body that trickles in holds nothing but its own connection: threads are few, and
only get requests that are complete. Large bodies are few at a time. How large a body
will be must be said beforehand: one that ends early is then told from a whole one.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from granian.rsgi import ProtocolClosed
from werkzeug.exceptions import (
    ClientDisconnected,
    LengthRequired,
    RequestEntityTooLarge,
)

from backend.api.limits import LARGEST_BODY, USUAL_BODY
from backend.domain.errors import ShikakuError

if TYPE_CHECKING:
    from granian.rsgi import Headers

SECONDS = 10.0
"""For a body of the usual size; one as large as a member list gets `LARGE_SECONDS`."""
LARGE_SECONDS = 120.0
LARGE_AT_ONCE = 4


class SlowBodyError(ShikakuError):
    """A body that did not arrive in time."""

    code = "slow-body"


class Bodies:
    """Receives bodies for one server; only a few large ones at a time."""

    def __init__(
        self, seconds: float = SECONDS, large_seconds: float = LARGE_SECONDS
    ) -> None:
        self._seconds = seconds
        self._large_seconds = large_seconds
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def receive(self, length: int, body: Callable[[], Awaitable[bytes]]) -> bytes:
        """The whole body; `body` waits for it: ProtocolClosed if it ends early.

        Raises SlowBodyError, and ClientDisconnected for one that was cut off.
        """
        if length == 0:
            return b""
        try:
            if not is_large(length):
                async with asyncio.timeout(self._seconds):
                    return await body()
            async with asyncio.timeout(self._large_seconds), self._large:
                return await body()
        except TimeoutError:
            raise SlowBodyError from None
        except ProtocolClosed:
            raise ClientDisconnected from None


def declared_length(headers: "Headers") -> int:
    """How many octets the body will have.

    Raises LengthRequired (RFC 9110 §15.5.12), and RequestEntityTooLarge for a body
    that no door takes.
    """
    if "transfer-encoding" in headers:  # outweighs a length (RFC 9112 §6.3)
        raise LengthRequired
    length = int(headers.get("content-length", "0"))  # the server lets pass digits only
    if length > LARGEST_BODY:
        raise RequestEntityTooLarge
    return length


def is_large(length: int) -> bool:
    """Whether a body is one of those that are taken a few at a time."""
    return length > USUAL_BODY
