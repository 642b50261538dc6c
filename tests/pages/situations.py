"""For each outcome the situation that leads to it: people of our own, registered.

What a running house cannot be brought to (a paper that expired, a record of long ago, a
key that was stolen) is an answer of its own rendering instead.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from backend.api.answers import words
from backend.api.schemas.checks import AnswerShape
from backend.credentials.presentation import make_presentation
from backend.credentials.signing import LocalSigner
from backend.credentials.transport import CodeKind, pack
from backend.domain.codes import LossReason
from backend.domain.my_number import is_my_number
from backend.domain.next_step import HEADLINES, next_step
from backend.domain.outcome import DocumentState, Outcome
from mobile_sim.forger import with_a_later_expiry
from mobile_sim.http_client import system_clock
from mobile_sim.insurer import Insurer
from mobile_sim.list_files import list_file
from mobile_sim.people import Identity, MadeUpMember
from mobile_sim.phone import Phone
from mobile_sim.reader import Numbers
from mobile_sim.scenes_before import activate
from mobile_sim.world import World, numbers_of

_NUMBERS = count(8801)
_DAY = timedelta(days=1)


def register(world: World, insurer: Insurer, *members: MadeUpMember) -> None:
    """Tell an insurer's register of more people; nobody else is touched."""
    office = replace(insurer.insurer, members=members, encoding="utf-8")
    told = insurer.register_list(list_file(office))
    assert told["counts"]["errors"] == 0, told
    insurer.commit(told["list_id"])


def somebody(world: World, **changes: Any) -> MadeUpMember:
    """A worker without a card, with numbers that nobody has yet."""
    number = str(next(_NUMBERS))
    made = replace(
        world.cast.retired,
        identity=Identity("99000088", number, "00"),
        acquired_on=world.today - 900 * _DAY,
        my_number=_no_my_number(number),
    )
    return replace(made, **changes)


def _no_my_number(number: str) -> str:
    """Twelve digits that fail their check digit, as all of the demo's do."""
    wanted = (f"8800000{number}{last}" for last in range(2))
    return next(it for it in wanted if not is_my_number(it))


@dataclass(slots=True)
class Desk:
    """What the people of one table hold in their hands, and how each is shown."""

    world: World
    members: dict[Outcome, MadeUpMember]
    papers: dict[str, str]
    phones: dict[Outcome, Phone]

    def shown(self, outcome: Outcome) -> str | Numbers:
        """The code or the numbers that lead to this outcome, made now."""
        return _SHOWN[outcome](self, outcome)

    def paper(self, outcome: Outcome) -> str:
        """The code printed on the person's certificate."""
        member = self.world.employees.member(self.members[outcome])
        return self.papers[member["person_id"]]

    def numbers(self, outcome: Outcome) -> Numbers:
        """What is printed on the person's certificate, typed."""
        made_up = self.members[outcome]
        branch = made_up.identity.branch
        return numbers_of(self.world.employees, made_up, branch)

    def code(self, outcome: Outcome) -> str:
        """A fresh code of the person's phone."""
        return self.phones[outcome].show_code()


def _of_nobody(desk: Desk, outcome: Outcome) -> str:
    key = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
    return make_presentation("A" * 16, system_clock(), key.sign)


def _shown_before(desk: Desk, outcome: Outcome) -> str:
    code = desk.code(outcome)
    assert desk.world.pharmacy.check(code)["outcome"] == "valid"
    return code


_SHOWN: dict[Outcome, Callable[[Desk, Outcome], str | Numbers]] = {
    Outcome.VALID: Desk.paper,
    Outcome.LAPSED: Desk.paper,
    Outcome.NEWER_COVERAGE: Desk.paper,
    Outcome.SUSPENDED: Desk.paper,
    Outcome.REVOKED: Desk.paper,
    Outcome.NOT_YET_STARTED: Desk.numbers,
    Outcome.REGISTRATION_UNDONE: Desk.numbers,
    Outcome.HIDDEN: Desk.numbers,
    Outcome.REGISTRATION_IN_PROGRESS: Desk.numbers,
    Outcome.NONE_FOUND: Desk.numbers,
    Outcome.SEVERAL_COVERAGES: Desk.code,
    Outcome.SEVERAL_PERSONS: lambda desk, _: numbers_of(
        desk.world.employees, desk.world.cast.twins[0]
    ),
    Outcome.BAD_SIGNATURE: lambda desk, outcome: with_a_later_expiry(
        desk.paper(outcome), desk.world.house.base_url
    ),
    Outcome.UNKNOWN_ISSUER: _of_nobody,
    Outcome.REPLAYED: _shown_before,
    Outcome.STALE: lambda desk, outcome: desk.phones[outcome].show_code(
        at=system_clock() - timedelta(minutes=5)
    ),
    Outcome.UNREADABLE: lambda *_: pack(CodeKind.PHONE, b"x" * 80),
}

_STATES = {
    Outcome.DOCUMENT_EXPIRED: DocumentState.EXPIRED,
    Outcome.WRONG_KIND: DocumentState.WRONG_KIND,
    Outcome.COULD_NOT_CHECK: DocumentState.COULD_NOT_CHECK,
    Outcome.NOT_KNOWN_THEN: DocumentState.NOT_SHOWN,
}
TOLD = tuple(_STATES)
"""What a house of today cannot be brought to: its answer is rendered, not asked."""


def told(outcome: Outcome, like: dict[str, Any]) -> dict[str, Any]:
    """The document of an answer that the house cannot be brought to: one like another.

    What is said comes from the house's own words, and its own shape must fit.
    """
    document = {**like, "outcome": outcome.value}
    document["document"] = {**like["document"], "state": _STATES[outcome].value}
    document["headline"] = words(HEADLINES[outcome])
    document["next_step"] = words(next_step(outcome))
    if outcome is not Outcome.DOCUMENT_EXPIRED:
        nobody = ("qualification", "person", "coverage", "charge", "ask", "data_as_of")
        document |= dict.fromkeys(nobody)
    assert AnswerShape().validate(document) == {}
    return document


def a_full_desk(world: World) -> Desk:
    """Everyone whom the table needs, registered, with papers and phones."""
    today = world.today
    people = {outcome: somebody(world) for outcome in Outcome if outcome not in TOLD}
    changes: dict[Outcome, dict[str, Any]] = {
        Outcome.NOT_YET_STARTED: {"acquired_on": today + 10 * _DAY},
        Outcome.REGISTRATION_UNDONE: {
            "lost_on": people[Outcome.REGISTRATION_UNDONE].acquired_on,
            "loss_reason": LossReason.OTHER,
        },
    }
    people |= {it: replace(people[it], **more) for it, more in changes.items()}
    unregistered = (Outcome.NONE_FOUND, Outcome.REGISTRATION_IN_PROGRESS)
    _tell_residents(world, people[Outcome.NEWER_COVERAGE])
    hidden = people[Outcome.HIDDEN]
    _tell_residents(world, hidden, birth_on=hidden.birth_on - 40 * _DAY)
    known = [it for outcome, it in people.items() if outcome not in unregistered]
    register(world, world.employees, *known)
    issued = world.employees.issue_certificates()["issued"]
    desk = Desk(world, people, {it["person_id"]: it["qr"] for it in issued}, {})
    _afterwards(desk)
    return desk


def _tell_residents(world: World, member: MadeUpMember, **more: Any) -> None:
    """Another insurer registers the same person, perhaps with another birth date."""
    numbers = Identity("見本", f"880{next(_NUMBERS)}", "01")
    register(world, world.residents, replace(member, identity=numbers, **more))


def _afterwards(desk: Desk) -> None:
    """What happens to people and papers once they are issued."""
    world, people = desk.world, desk.members
    office, lost_on = world.employees, world.today - 2 * _DAY
    for outcome in (Outcome.LAPSED, Outcome.NEWER_COVERAGE):
        coverage = world.coverage_of(office, people[outcome])
        office.end_coverage(coverage, lost_on, LossReason.OTHER)
    for outcome, step in {
        Outcome.SUSPENDED: "suspend",
        Outcome.REVOKED: "revoke",
    }.items():
        papers = office.member(people[outcome])["certificates"]
        office.withdraw(papers[0]["serial"], step, "lost")
    due = people[Outcome.REGISTRATION_IN_PROGRESS]
    office.file(due.identity, due.birth_on, world.today + 5 * _DAY)
    for outcome in (Outcome.REPLAYED, Outcome.STALE, Outcome.SEVERAL_COVERAGES):
        desk.phones[outcome] = activate(world, office, people[outcome])
    _tell_residents(world, people[Outcome.SEVERAL_COVERAGES])


def papers_of(world: World, *members: MadeUpMember) -> list[str]:
    """Register people with the employees' insurer; the codes of their certificates."""
    register(world, world.employees, *members)
    issued = world.employees.issue_certificates()["issued"]
    codes = {it["person_id"]: str(it["qr"]) for it in issued}
    return [codes[world.employees.member(it)["person_id"]] for it in members]
