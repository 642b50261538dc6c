"""被保険者等: one human, as one insurer describes them."""

from dataclasses import dataclass
from datetime import date

from backend.domain.codes import Sex
from backend.domain.person_name import PersonName


@dataclass(frozen=True, slots=True)
class InsuredPerson:
    """What an insurer says of a person; two insurers may describe one `id` differently.

    `id` is internal and opaque. `address` never leaves the insurer's side.
    `is_undisclosed` (不開示) marks people whose whereabouts must stay hidden (DV and
    the like): no address anywhere, no history or delegation on another's phone.
    """

    id: str
    name: PersonName
    birth_on: date
    sex: Sex
    address: str | None = None
    is_undisclosed: bool = False
