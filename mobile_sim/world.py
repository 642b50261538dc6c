"""Everything that the story has at hand, and how it insists on what it shows."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from mobile_sim.house import House
from mobile_sim.insurer import Insurer
from mobile_sim.people import Cast, MadeUpMember, Population
from mobile_sim.phone import Phone
from mobile_sim.reader import Numbers, Reader
from mobile_sim.telling import Telling


class StoryError(Exception):
    """The story shows something else than it promises."""


def insist(what: str, expected: object, got: object) -> None:
    """Raise StoryError unless both are equal."""
    if expected != got:
        raise StoryError(f"{what}: expected {expected!r}, got {got!r}")


@dataclass(slots=True)
class World:
    """The actors, the people, and what they hold in their hands by now.

    `papers` are issued certificates by person id; `phones` by the owner's name.
    """

    house: House
    telling: Telling
    today: date
    population: Population
    employees: Insurer
    residents: Insurer
    elderly: Insurer
    clinic: Reader
    pharmacy: Reader
    papers: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    phones: dict[str, Phone] = field(default_factory=dict)

    @property
    def cast(self) -> Cast:
        """The people whom the story follows."""
        return self.population.cast

    @property
    def insurers(self) -> tuple[Insurer, Insurer, Insurer]:
        """All three offices, in the order of the population."""
        return self.employees, self.residents, self.elderly

    def paper_of(self, insurer: Insurer, made_up: MadeUpMember) -> dict[str, Any]:
        """The certificate that an insurer issued to a member."""
        person_id = insurer.member(made_up)["person_id"]
        try:
            return self.papers[insurer.insurer.number][person_id]
        except KeyError:
            raise StoryError(f"no certificate was issued to {made_up.name}") from None

    def coverage_of(self, insurer: Insurer, made_up: MadeUpMember) -> str:
        """The id of the coverage that bears a member's numbers."""
        wanted = made_up.identity
        for coverage in insurer.member(made_up)["coverages"]:
            shown = (coverage["number"], coverage["branch"] or "")
            if shown == (wanted.number, wanted.branch):
                return str(coverage["coverage_id"])
        raise StoryError(f"no coverage of {made_up.name} is registered")

    def check(
        self,
        reader: Reader,
        shown: str | Numbers,
        outcome: str,
        validity: str | None = None,
    ) -> dict[str, Any]:
        """Check at a desk, tell what its screen shows, insist on the outcome."""
        answer = reader.check(shown)
        self.telling.answer(answer, reader.place)
        insist("outcome", outcome, answer["outcome"])
        found = answer["qualification"]
        if validity is not None:
            insist("validity", validity, found and found["validity"])
        return answer


def numbers_of(insurer: Insurer, made_up: MadeUpMember, branch: str = "") -> Numbers:
    """What a desk keys from a member's paper; the branch only if given."""
    return Numbers(
        insurer_number=insurer.insurer.number,
        symbol=made_up.identity.symbol,
        number=made_up.identity.number,
        birth_on=made_up.birth_on.isoformat(),
        branch=branch,
    )
