"""One coverage at a time: registered, changed, ended, corrected, re-opened, released.

Each telling appends a version; nothing told before is overwritten. The same telling
again writes nothing. Another insurer's coverage is not found.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from backend.audit.events import AuditKind
from backend.domain.codes import LossReason
from backend.domain.coverage import Coverage
from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.words import Words
from backend.interchange.member_row import LineError, MemberRow
from backend.registering.appending import append, is_to_be_held
from backend.registering.descriptions import Before, Told, differences
from backend.registering.possible import require_possible
from backend.registering.registrar import (
    Registrar,
    Teller,
    require_insurer,
    require_no_list_under_way,
)
from backend.registering.revisions import Change, Correction, changed, corrected
from backend.registering.steps import Effect, Registered, carry_out, decide, plan_row
from backend.registering.trail import note
from backend.storage.store import Transaction

_REGISTERED_OTHERWISE = Words(
    "この人の資格は別の内容で登録済みです。変更か訂正をしてください。",
    "The person's coverage is registered with other details: change or correct it.",
)
_ENDED_OTHERWISE = Words(
    "別の喪失年月日か事由で喪失済みです。訂正してください。",
    "It has ended already, on another day or for another reason: correct it.",
)
_NOT_ENDED = Words(
    "喪失していない資格です。喪失日の訂正ではなく、喪失の登録をしてください。",
    "The coverage has not ended: report the loss instead of correcting it.",
)


def register_one(registrar: Registrar, teller: Teller, row: MemberRow) -> Registered:
    """Register one person's coverage, as a line of a list would.

    Raises NotFoundError for an unknown insurer, and ConflictError when the register
    says otherwise, of this person or of another with these numbers.
    """

    def work(tx: Transaction) -> Registered:
        require_insurer(tx, teller)
        require_no_list_under_way(tx, teller)
        step = plan_row(tx, registrar, teller, row)
        if isinstance(step, LineError):
            raise ConflictError(step.reason)
        if step.effect not in (Effect.ADDED, Effect.UNCHANGED):
            raise ConflictError(_REGISTERED_OTHERWISE)
        decision = decide(registrar, teller, step)
        return carry_out(tx, registrar, teller, row, decision)

    return registrar.store.write(work)


def end(
    registrar: Registrar,
    teller: Teller,
    coverage_id: str,
    lost_on: date,
    reason: LossReason,
) -> Coverage:
    """Report a loss; `lost_on` is the first day not covered.

    On the day of acquisition itself, the registration is undone. Raises NotFoundError,
    and ConflictError if it lies before or the coverage ended otherwise.
    """

    def ended(before: Told) -> Told:
        coverage = before.coverage
        is_other = (coverage.lost_on, coverage.loss_reason) != (lost_on, reason)
        if coverage.lost_on is not None and is_other:
            raise ConflictError(_ENDED_OTHERWISE)
        lost = replace(coverage, lost_on=lost_on, loss_reason=reason)
        return replace(before, coverage=lost)

    return _tell(registrar, teller, coverage_id, AuditKind.COVERAGE_ENDED, ended)


def change(
    registrar: Registrar, teller: Teller, coverage_id: str, told: Change
) -> Coverage:
    """Tell what has changed in the world: a new ratio, a new name, a move.

    Raises NotFoundError, and ConflictError where it contradicts the register.
    """
    return _tell(
        registrar,
        teller,
        coverage_id,
        AuditKind.COVERAGE_CHANGED,
        lambda before: changed(before, told),
    )


def correct(
    registrar: Registrar, teller: Teller, coverage_id: str, told: Correction
) -> Coverage:
    """Tell what was told wrongly: a day of acquisition or loss, a birth date, a sex.

    Raises NotFoundError, and ConflictError where it contradicts the register.
    """

    def correction(before: Told) -> Told:
        if before.coverage.lost_on is None and (told.lost_on or told.loss_reason):
            raise ConflictError(_NOT_ENDED)
        return corrected(before, told)

    return _tell(
        registrar, teller, coverage_id, AuditKind.COVERAGE_CORRECTED, correction
    )


def reopen(registrar: Registrar, teller: Teller, coverage_id: str) -> Coverage:
    """Take a loss back that was reported by mistake.

    Raises NotFoundError, and ConflictError if the person has been covered anew since.
    """

    def reopened(before: Told) -> Told:
        going_on = replace(before.coverage, lost_on=None, loss_reason=None)
        return replace(before, coverage=going_on)

    return _tell(registrar, teller, coverage_id, AuditKind.COVERAGE_REOPENED, reopened)


def release_hold(registrar: Registrar, teller: Teller, coverage_id: str) -> Coverage:
    """End an inspection: clinics see the coverage again. Raises NotFoundError."""

    def work(tx: Transaction) -> Coverage:
        coverage = _own(tx, teller, coverage_id).coverage
        holds = tx.record_of_coverages([coverage_id]).holds
        if any(h.coverage_id == coverage_id and h.released_at is None for h in holds):
            tx.release_hold(coverage_id, teller.at)
            kind, person_id = AuditKind.COVERAGE_CHANGED, coverage.person_id
            note(tx, teller, kind, coverage_id, person_id, ["hold-released"])
        return coverage

    return registrar.store.write(work)


def _tell(
    registrar: Registrar,
    teller: Teller,
    coverage_id: str,
    kind: AuditKind,
    telling: Callable[[Told], Told],
) -> Coverage:
    """Append what `telling` makes of the newest version, if that differs from it."""

    def work(tx: Transaction) -> Coverage:
        known = _own(tx, teller, coverage_id)
        before = Before(known.member, known.coverage)
        told = _dated(telling(known), known, teller)
        fields = differences(before, told)
        if fields:
            require_possible(tx, told, fields)
            is_held = is_to_be_held(tx, before, told, fields)
            append(tx, teller, kind, before, told, is_held)
        return told.coverage if fields else known.coverage

    return registrar.store.write(work)


def _own(tx: Transaction, teller: Teller, coverage_id: str) -> Told:
    """The newest version of the teller's own coverage, about to be told anew."""
    coverage = tx.coverage(coverage_id)
    if coverage is None or coverage.insurer != teller.insurer:
        raise NotFoundError("coverage")
    require_no_list_under_way(tx, teller)
    member = tx.member(coverage.person_id, teller.insurer.digits)
    if member is None:  # erased: nothing can be told of them any more
        raise NotFoundError("coverage")
    return Told(member, coverage)


def _dated(told: Told, known: Told, teller: Teller) -> Told:
    """As told now; a clock that was set back buries no version under an earlier one."""
    return Told(
        replace(told.member, recorded_at=max(teller.at, known.member.recorded_at)),
        replace(told.coverage, recorded_at=max(teller.at, known.coverage.recorded_at)),
    )
