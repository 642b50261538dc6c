"""本人の資格: what a person's own phone says of their coverage today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from backend.domain.errors import NotFoundError
from backend.domain.japan_time import japan_day
from backend.domain.judgement import PhoneShown, judge
from backend.domain.verdict import Verdict
from backend.storage.rows import Insurer, IssuedCertificate, IssuedToken, Member
from backend.storage.store import Store
from backend.verifying.answer import Charge
from backend.verifying.charging import charge_on
from backend.verifying.question import Agreement


@dataclass(frozen=True, slots=True)
class OwnStatus:
    """Verdict, charge and papers; the person themselves may see all of it."""

    verdict: Verdict
    member: Member | None
    insurer: Insurer | None
    charge: Charge | None
    certificates: Sequence[IssuedCertificate]
    tokens: Sequence[IssuedToken]


def own_status(store: Store, person_id: str, at: datetime) -> OwnStatus:
    """The person's status on the present day in Japan. Raises NotFoundError."""
    on = japan_day(at)
    with store.reading() as tx:
        if tx.audit_key(person_id) is None:
            raise NotFoundError("person")
        verdict = judge(PhoneShown(person_id), tx.record_of_person(person_id), on, at)
        coverage = verdict.coverage
        insurer = tx.insurer(coverage.insurer.digits) if coverage else None
        member = tx.member(person_id, insurer.number) if insurer else None
        return OwnStatus(
            verdict=verdict,
            member=member,
            insurer=insurer,
            charge=charge_on(coverage, member.person.birth_on, on, frozenset(Agreement))
            if coverage and member and verdict.is_valid
            else None,
            certificates=tx.certificates_of(person_id),
            tokens=tx.tokens_of(person_id),
        )
