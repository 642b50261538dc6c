"""誰が何を提示したか: what the log's note of a check tells besides codes and days.

`phone`, `certificate/copy`, `late-claim/delegate/<key>`. The log names a delegate's
key, never the delegate: only the person's own history finds the name to it, and with
the person's erasure the name is gone.
"""

from dataclasses import dataclass

from backend.domain.delegation import DelegateRelation

_COPY = "copy"
_DELEGATE = "delegate"


@dataclass(frozen=True, slots=True)
class DelegateShowed:
    """A delegate's phone, by its client id, and what they are to the person."""

    phone: str
    relation: DelegateRelation


@dataclass(frozen=True, slots=True)
class CheckNote:
    """`about` is the claim reason, else the kind of what was shown.

    `is_copy` tells a certificate's copy; `delegate_phone` is the id of the delegate's
    key, "" where the person showed it.
    """

    about: str
    is_copy: bool
    delegate_phone: str

    def spelled(self) -> str:
        """As it stands in the log."""
        copy = f"/{_COPY}" if self.is_copy else ""
        by = f"/{_DELEGATE}/{self.delegate_phone}" if self.delegate_phone else ""
        return f"{self.about}{copy}{by}"


def read_note(note: str) -> CheckNote:
    """The note of a check, read from the log."""
    about, *more = note.split("/")
    phone = more[-1] if more[-2:-1] == [_DELEGATE] else ""
    return CheckNote(about, more[:1] == [_COPY], phone)
