"""本人へのお知らせ: what lapses soon, as far as one phone can act on it."""

from datetime import date, datetime

from backend.domain.japan_time import japan_day
from backend.domain.reminder import Reminder, ReminderKind, due
from backend.storage.rows import Client, IssuedToken, WithdrawalKind
from backend.verifying.own_status import OwnStatus


def reminders(
    found: OwnStatus, phone: Client, token: IssuedToken | None, at: datetime
) -> list[Reminder]:
    """Of the person's papers and coverage, and of this phone's token and delegation."""
    known: list[tuple[ReminderKind, date | None]] = [
        (ReminderKind.CERTIFICATE_EXPIRES, paper.expires_on)
        for paper in found.certificates
        if paper.withdrawal is None
        or paper.withdrawal.kind is not WithdrawalKind.REVOKED
    ]
    verdict = found.verdict
    if verdict.is_valid and verdict.coverage:
        known.append((ReminderKind.COVERAGE_ENDS, verdict.coverage.lost_on))
    if token is not None:
        known.append((ReminderKind.TOKEN_EXPIRES, japan_day(token.expires_at)))
    if phone.delegate is not None:
        ends_on = phone.delegate.delegation.until_on
        known.append((ReminderKind.DELEGATION_ENDS, ends_on))
    return due(known, japan_day(at))
