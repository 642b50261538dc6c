"""Receiving a request's body whole, within bounds of size and time, before any thread.

A body that trickles in holds nothing but its own connection: threads are few, and
only get requests that are complete. Large bodies are few at a time.
"""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from backend.api.limits import LARGEST_BODY, USUAL_BODY
from backend.domain.errors import ShikakuError

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

SECONDS = 10.0
"""For a body of the usual size; one as large as a member list gets `LARGE_SECONDS`."""
LARGE_SECONDS = 120.0
LARGE_AT_ONCE = 4


class SlowBodyError(ShikakuError):
    """A body that did not arrive in time."""

    code = "slow-body"


class GoneError(Exception):
    """The caller hung up before the body was there; nobody waits for an answer."""


class Bodies:
    """Receives bodies for one server; only a few large ones at a time."""

    def __init__(
        self, seconds: float = SECONDS, large_seconds: float = LARGE_SECONDS
    ) -> None:
        self._seconds = seconds
        self._large_seconds = large_seconds
        self._large = asyncio.Semaphore(LARGE_AT_ONCE)

    async def receive(self, receive: Receive) -> bytes:
        """The whole body; of one larger than any door takes, a part that shows it.

        Raises SlowBodyError or GoneError.
        """
        message = await _next(receive, self._seconds)
        if not message.get("more_body"):
            octets: bytes = message.get("body", b"")
            return octets
        parts = bytearray(message.get("body", b""))
        try:
            async with asyncio.timeout(self._seconds):
                if await _gather(receive, parts, USUAL_BODY):
                    return bytes(parts)
            async with asyncio.timeout(self._large_seconds), self._large:
                await _gather(receive, parts, LARGEST_BODY)
        except TimeoutError:
            raise SlowBodyError from None
        return bytes(parts)


async def _next(receive: Receive, seconds: float) -> MutableMapping[str, Any]:
    try:
        async with asyncio.timeout(seconds):
            message = await receive()
    except TimeoutError:
        raise SlowBodyError from None
    if message["type"] != "http.request":
        raise GoneError
    return message


async def _gather(receive: Receive, parts: bytearray, most: int) -> bool:
    """Add what comes until it is all there, or more than `most` bytes are."""
    while len(parts) <= most:
        message = await receive()
        if message["type"] != "http.request":
            raise GoneError
        parts += message.get("body", b"")
        if not message.get("more_body"):
            return True
    return False
