"""From a verdict to what the clinic is told: never more than it may see."""

from datetime import date, datetime

from backend.credentials.receipt import Bearer, Receipt, seal_receipt
from backend.credentials.signing import Signer
from backend.domain.coverage import Coverage
from backend.domain.outcome import outcome_of
from backend.domain.verdict import Verdict
from backend.storage.rows import Client, Member
from backend.storage.store import Transaction
from backend.verifying.answer import Answer, Charge, PersonSeen
from backend.verifying.charging import charge_on
from backend.verifying.examined import Examined
from backend.verifying.question import Agreement
from backend.verifying.shown_by import DelegateShowed


def tell(
    tx: Transaction,
    check_id: str,
    found: Examined,
    verdict: Verdict | None,
    agreed: frozenset[Agreement],
    on: date,
    at: datetime,
) -> Answer:
    """The answer without its receipt.

    The person is named only where a verdict names one coverage (1, 2 and 3); for 3
    it is the coverage shown, never the newer one. There is no address to tell.
    """
    coverage = verdict.coverage if verdict else None
    insurer, member = (
        tx.described(coverage.person_id, coverage.insurer.digits)
        if coverage
        else (None, None)
    )
    charge = _charge(verdict, coverage, member, agreed, on)
    return Answer(
        check_id=check_id,
        checked_at=at,
        on=on,
        outcome=outcome_of(found.document.state, verdict),
        document=found.document,
        verdict=verdict,
        person=_seen(member) if member else None,
        coverage=coverage,
        charge=charge,
        insurer_name=insurer.name if insurer else None,
        insurer_contact=insurer.contact if insurer else None,
        shown=_groups(verdict, member, coverage, charge, agreed),
    )


def receipt_of(answer: Answer, terminal: Client, signer: Signer) -> str:
    """Evidence for the claim: which clinic was told what, about which paper, when."""
    verdict, shown = answer.verdict, answer.document
    return seal_receipt(
        Receipt(
            check_id=answer.check_id,
            clinic=terminal.party,
            terminal=terminal.id,
            outcome=answer.outcome,
            on=answer.on,
            at=answer.checked_at,
            validity=verdict.validity if verdict else None,
            object_id=shown.object_id,
            presentation_kind=shown.presentation_kind.value
            if shown.presentation_kind
            else None,
            is_copy=shown.is_copy,
            shown_by=_bearer(shown.shown_by),
        ),
        signer,
    )


def _bearer(delegate: DelegateShowed | None) -> Bearer | None:
    return Bearer(delegate.phone, delegate.relation) if delegate else None


def _seen(member: Member) -> PersonSeen:
    person = member.person
    return PersonSeen(
        name=person.name.kanji,
        kana=person.name.kana,
        birth_on=person.birth_on,
        sex=person.sex,
        has_unsupported=person.name.has_unsupported,
    )


def _charge(
    verdict: Verdict | None,
    coverage: Coverage | None,
    member: Member | None,
    agreed: frozenset[Agreement],
    on: date,
) -> Charge | None:
    if not (verdict and verdict.is_valid and coverage and member):
        return None
    return charge_on(coverage, member.person.birth_on, on, agreed)


def _groups(
    verdict: Verdict | None,
    member: Member | None,
    coverage: Coverage | None,
    charge: Charge | None,
    agreed: frozenset[Agreement],
) -> tuple[str, ...]:
    """Which groups of fields the clinic was shown, for the person's own history.

    Who agreed to a group was asked for it: that there is nothing in it is told too.
    """
    groups = {
        "qualification": verdict is not None,
        "person": member is not None,
        "numbers": coverage is not None,
        "ratio": charge is not None,
        "limit": charge is not None and Agreement.LIMIT in agreed,
        "diseases": charge is not None and Agreement.DISEASES in agreed,
    }
    return tuple(name for name, is_shown in groups.items() if is_shown)
