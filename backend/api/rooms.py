"""The rooms behind the doors, as `house.py` put them together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app

from backend.issuing.bulk.bulk import Bulk
from backend.issuing.issuer import Issuer
from backend.registering.registrar import Registrar
from backend.storage.store import Store
from backend.verifying.online import OnlineCheck


@dataclass(frozen=True, slots=True)
class Rooms:
    """Everything that a door may call; nothing here knows of HTTP.

    `code_key` keys the digests of one-time codes.
    """

    store: Store
    clock: Callable[[], datetime]
    random_bytes: Callable[[int], bytes]
    issuer: Issuer
    bulk: Bulk
    online: OnlineCheck
    code_key: bytes = field(repr=False)
    registrar: Registrar
    base_url: str


def rooms() -> Rooms:
    """The rooms of the application that answers the present request."""
    found: Rooms = current_app.extensions["shikaku"]
    return found
