"""The insurer's side of a request: who tells us something."""

from datetime import datetime

from backend.admitting.calling import Caller
from backend.domain.insurer_number import InsurerNumber
from backend.registering.registrar import Teller


def insurer_of(caller: Caller) -> InsurerNumber:
    """The insurer that the caller's key was enrolled for; nothing else says who."""
    return InsurerNumber.parse(caller.client.party)


def teller_of(caller: Caller, at: datetime) -> Teller:
    """The insurer as the one who tells, through the calling system."""
    return Teller(insurer_of(caller), at, caller.client.id)
