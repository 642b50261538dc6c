"""The insurer's side of a request: who tells us something."""

from datetime import datetime

from backend.domain.insurer_number import InsurerNumber
from backend.registering.registrar import Teller
from backend.storage.rows import Client


def insurer_of(client: Client) -> InsurerNumber:
    """The insurer that the caller's key was enrolled for; nothing else says who."""
    return InsurerNumber.parse(client.party)


def teller_of(client: Client, at: datetime) -> Teller:
    """The insurer as the one who tells, through the calling system."""
    return Teller(insurer_of(client), at, client.id)
