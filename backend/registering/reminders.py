"""スマホのない人へのお知らせ: whom an insurer reminds by letter, and of what."""

from collections.abc import Iterator
from datetime import date, datetime

from backend.domain.coverage import Coverage
from backend.domain.errors import NotFoundError
from backend.domain.japan_time import japan_day
from backend.domain.reminder import Reminder, ReminderKind, due
from backend.interchange.reminder_letters import ReminderLetter
from backend.registering.registrar import Teller
from backend.storage.rows import ClientKind, Member, WithdrawalKind
from backend.storage.store import Transaction

LONGEST_AHEAD = 366


def letters_due(tx: Transaction, teller: Teller, days: int) -> list[ReminderLetter]:
    """What lapses from today to `days` ahead, of members without a phone of their own.

    Whoever has one is told there; a delegate's phone is none of theirs. Raises
    NotFoundError for an insurer that is not registered.
    """
    insurer, at = teller.insurer.digits, teller.at
    if tx.insurer(insurer) is None:
        raise NotFoundError("insurer")
    lapsing = _lapsing(tx, insurer, japan_day(at), days)
    return [
        ReminderLetter(
            member.person.name.kanji,
            member.person.address,
            member.person.is_undisclosed,
            reminder,
        )
        for member, reminder in lapsing
        if not _has_phone(tx, member.person.id, at)
    ]


def _lapsing(
    tx: Transaction, insurer: str, today: date, days: int
) -> Iterator[tuple[Member, Reminder]]:
    told: set[str] = set()
    for member, coverage in tx.members_of(insurer):
        known = _of_coverage(coverage)
        if member.person.id not in told:  # papers once, however many coverages
            told.add(member.person.id)
            known += _of_papers(tx, member.person.id, insurer)
        for reminder in due(known, today, days):
            yield member, reminder


def _of_coverage(coverage: Coverage) -> list[tuple[ReminderKind, date | None]]:
    is_over = coverage.is_undone
    return [] if is_over else [(ReminderKind.COVERAGE_ENDS, coverage.lost_on)]


def _of_papers(
    tx: Transaction, person_id: str, insurer: str
) -> list[tuple[ReminderKind, date | None]]:
    return [
        (ReminderKind.CERTIFICATE_EXPIRES, paper.expires_on)
        for paper in tx.certificates_of(person_id, insurer)
        if paper.withdrawal is None
        or paper.withdrawal.kind is not WithdrawalKind.REVOKED
    ]


def _has_phone(tx: Transaction, person_id: str, at: datetime) -> bool:
    phones = tx.clients_of(ClientKind.PATIENT, person_id)
    return any(it.is_live(at) and it.delegate is None for it in phones)
