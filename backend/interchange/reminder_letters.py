"""お知らせの郵送ファイル: one row for what lapses, for people without a phone."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from backend.domain.reminder import Reminder
from backend.domain.wareki import format_wareki
from backend.interchange.mailing import ADDRESS_HEADINGS, address_cells, mailing_file

HEADINGS = (*ADDRESS_HEADINGS, "種類", "期日", "ご案内")


@dataclass(frozen=True, slots=True)
class ReminderLetter:
    """Whom to remind, and of what."""

    name: str = field(repr=False)
    address: str | None = field(repr=False)
    is_undisclosed: bool
    reminder: Reminder


def reminder_letters(letters: Iterable[ReminderLetter], encoding: str) -> bytes:
    """The file as CSV. Raises MalformedError as `mailing_file` does."""
    return mailing_file(HEADINGS, (_cells(letter) for letter in letters), encoding)


def _cells(letter: ReminderLetter) -> tuple[str, ...]:
    on, kind = letter.reminder.on, letter.reminder.kind
    return (
        *address_cells(letter.name, letter.address, letter.is_undisclosed),
        kind.value,
        f"{format_wareki(on)}（{on.isoformat()}）",
        str(kind.words),
    )
