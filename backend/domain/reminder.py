"""お知らせ: what lapses soon, for the person to act in time.

`on` is the last good day, but for a coverage: its `lost_on`, the first day not covered.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from backend.domain.words import Words

DAYS_AHEAD = 30
TOKEN_DAYS_AHEAD = 3
"""A token is renewed by itself while the phone is online: later, something is wrong."""


class ReminderKind(Enum):
    """What lapses; the values are stable wire names."""

    CERTIFICATE_EXPIRES = "certificate-expires"
    COVERAGE_ENDS = "coverage-ends"
    TOKEN_EXPIRES = "token-expires"  # noqa: S105 - a word of the field, no secret
    DELEGATION_ENDS = "delegation-ends"

    @property
    def words(self) -> Words:
        """What to do about it."""
        return _WORDS[self]


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that lapses on a day."""

    kind: ReminderKind
    on: date


def due(
    known: Iterable[tuple[ReminderKind, date | None]],
    today: date,
    days: int = DAYS_AHEAD,
) -> list[Reminder]:
    """Of days that are known, those from today to `days` ahead; the nearest first."""
    found = [
        Reminder(kind, on)
        for kind, on in known
        if on is not None and today <= on <= today + timedelta(days=_ahead(kind, days))
    ]
    return sorted(found, key=lambda it: (it.on, it.kind.value))


def _ahead(kind: ReminderKind, days: int) -> int:
    is_token = kind is ReminderKind.TOKEN_EXPIRES
    return min(days, TOKEN_DAYS_AHEAD) if is_token else days


_WORDS = {
    ReminderKind.CERTIFICATE_EXPIRES: Words(
        "資格確認書の有効期限が近づいています。新しいものが届かないときは、保険者に"
        "問い合わせてください。",
        "Your certificate expires soon. If no new one arrives, ask your insurer.",
    ),
    ReminderKind.COVERAGE_ENDS: Words(
        "この日から、いまの資格は使えなくなります。次の保険の手続きを確かめてください。",
        "From this day your coverage ends. See that you join your next insurance.",
    ),
    ReminderKind.TOKEN_EXPIRES: Words(
        "スマホの資格情報の更新が必要です。通信できる場所でこの画面を開いてください。",
        "The phone's proof must be renewed: open this page where there is a network.",
    ),
    ReminderKind.DELEGATION_ENDS: Words(
        "代理の期限が近づいています。続けるときは、本人か保険者に新しいコードを"
        "求めてください。",
        "Your delegation ends soon. To go on, ask the person or the insurer for a new"
        " code.",
    ),
}
