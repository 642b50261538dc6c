"""One headline from three answers: the paper or code shown, and the coverage behind.

Whether the thing shown is genuine and alive is one question, whether coverage holds
another. A forged paper is told as forged; lapsed coverage outweighs an expired paper;
"could not check" is an outcome of its own and never passes for valid.
"""

from enum import Enum

from backend.domain.verdict import Reason, Verdict


class DocumentState(Enum):
    """Is what was shown genuine and alive? The values are stable wire names."""

    GOOD = "good"
    NOT_SHOWN = "not-shown"
    EXPIRED = "expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    BAD_SIGNATURE = "bad-signature"
    UNKNOWN_ISSUER = "unknown-issuer"
    REPLAYED = "replayed"
    STALE = "stale"
    WRONG_KIND = "wrong-kind"
    UNREADABLE = "unreadable"
    COULD_NOT_CHECK = "could-not-check"

    @property
    def tells_of_coverage(self) -> bool:
        """Whether the register may be asked at all on the strength of this document.

        Keyed numbers (`NOT_SHOWN`) ask it by right of the clinic; an expired paper
        still names its coverage; everything else proves nobody's presence.
        """
        return self in _SPEAKING


_SPEAKING = (DocumentState.GOOD, DocumentState.NOT_SHOWN, DocumentState.EXPIRED)


class Outcome(Enum):
    """What fills the clinic's screen; the values are stable wire names."""

    VALID = "valid"
    LAPSED = "lapsed"
    NEWER_COVERAGE = "newer-coverage"
    NOT_YET_STARTED = "not-yet-started"
    REGISTRATION_UNDONE = "registration-undone"
    HIDDEN = "hidden"
    REGISTRATION_IN_PROGRESS = "registration-in-progress"
    NOT_KNOWN_THEN = "not-known-then"
    NONE_FOUND = "none-found"
    SEVERAL_PERSONS = "several-persons"
    SEVERAL_COVERAGES = "several-coverages"
    DOCUMENT_EXPIRED = "document-expired"
    SUSPENDED = "suspended"
    REVOKED = "revoked"
    BAD_SIGNATURE = "bad-signature"
    UNKNOWN_ISSUER = "unknown-issuer"
    REPLAYED = "replayed"
    STALE = "stale"
    WRONG_KIND = "wrong-kind"
    UNREADABLE = "unreadable"
    COULD_NOT_CHECK = "could-not-check"


def outcome_of(state: DocumentState, verdict: Verdict | None) -> Outcome:
    """Combine both answers.

    A document that may speak needs a verdict; without one nothing was checked.
    """
    if not state.tells_of_coverage:
        return Outcome(state.value)
    if verdict is None:
        return Outcome.COULD_NOT_CHECK
    if verdict.reason is not Reason.COVERED:
        return Outcome(verdict.reason.value)
    if state is DocumentState.EXPIRED:
        return Outcome.DOCUMENT_EXPIRED
    return Outcome.VALID
