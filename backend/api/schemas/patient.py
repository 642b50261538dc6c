"""What a person's own phone reads: status, history, phones."""

from backend.admitting.enrolling import LONGEST_NAME
from backend.api.schemas.checks import (
    AskShape,
    ChargeShape,
    CoverageShape,
    LossShape,
)
from backend.api.schemas.delegations import DelegationShape
from backend.api.schemas.fields import (
    Bilingual,
    Choice,
    Day,
    Flag,
    Instant,
    Part,
    Several,
    Shape,
    Text,
    Whole,
)
from backend.audit.events import AuditKind
from backend.domain.codes import QualificationValidity
from backend.domain.delegation import LONGEST_NAME as LONGEST_DELEGATE
from backend.domain.delegation import DelegateRelation
from backend.domain.reminder import ReminderKind
from backend.domain.verdict import Reason

MOST_ENTRIES = 100
LAST_SEQUENCE = 2**53
_MOST_PAPERS = 1_000


class OwnQualificationShape(Shape):
    """Does coverage hold today, and why (not)?"""

    validity = Choice(QualificationValidity, required=True)
    label = Text(40, required=True)
    reason = Choice(Reason, required=True)
    reason_words = Bilingual(required=True)
    since = Day(required=True, allow_none=True)
    loss_reason = Part(LossShape(), required=True, allow_none=True)
    has_overlap = Flag(required=True)


class PaperStateShape(Shape):
    """One of the person's certificates."""

    serial = Text(19, required=True)
    issued_on = Day(required=True)
    expires_on = Day(required=True)
    state = Text(10, required=True)


class OwnTokenShape(Shape):
    """The token that this phone holds."""

    handle = Text(32, required=True)
    expires_at = Instant(required=True)


class ReminderShape(Shape):
    """Something lapses soon; `on` is the last good day, of a coverage the first bad."""

    kind = Choice(ReminderKind, required=True)
    on = Day(required=True)
    words = Bilingual(required=True)


class OwnStatusShape(Shape):
    """The person's own view of their coverage today; a delegate's phone sees it too."""

    qualification = Part(OwnQualificationShape(), required=True)
    coverage = Part(CoverageShape(), required=True, allow_none=True)
    charge = Part(ChargeShape(), required=True, allow_none=True)
    next_step = Bilingual(required=True)
    ask = Part(AskShape(), required=True, allow_none=True)
    certificates = Several(Part(PaperStateShape()), _MOST_PAPERS, required=True)
    token = Part(OwnTokenShape(), required=True, allow_none=True)
    as_of = Instant(required=True, allow_none=True)
    delegation = Part(DelegationShape(), required=True, allow_none=True)
    reminders = Several(Part(ReminderShape()), _MOST_PAPERS, required=True)


class ChallengeShape(Shape):
    """The server's signed time with a challenge for this phone's token."""

    server_time = Text(2_000, required=True)


class HistoryQueryShape(Shape):
    """Which page of the history."""

    before = Whole(
        0,
        LAST_SEQUENCE,
        from_text=True,
        metadata={"description": "`next` of the page before"},
    )
    limit = Whole(1, MOST_ENTRIES, from_text=True, load_default=50)


class WhoShape(Shape):
    """Who looked: a clinic or insurer by name, and at which terminal."""

    kind = Text(10, required=True)
    name = Text(60, required=True, shortest=0)
    code = Text(10, required=True, shortest=0)
    terminal = Text(LONGEST_NAME, required=True, shortest=0)


class WhatShape(Shape):
    """What was shown to them, where the log can tell."""

    kind = Text(20, required=True)
    serial = Text(64, required=True, allow_none=True)
    is_copy = Flag(required=True)


class DelegateSeenShape(Shape):
    """The delegate who showed the code, or did it; the name that they gave."""

    name = Text(LONGEST_DELEGATE, required=True, shortest=0)
    relation = Choice(DelegateRelation, required=True)
    relation_words = Bilingual(required=True)


class HistoryEntryShape(Shape):
    """One thing that happened, refused attempts included."""

    sequence = Whole(0, LAST_SEQUENCE, required=True)
    at = Instant(required=True)
    kind = Choice(AuditKind, required=True)
    who = Part(WhoShape(), required=True)
    outcome = Text(40, required=True, shortest=0)
    outcome_words = Bilingual(required=True, allow_none=True)
    on = Day(required=True, allow_none=True)
    shown = Several(Text(40), 20, required=True)
    what = Part(WhatShape(), required=True, allow_none=True)
    delegate = Part(DelegateSeenShape(), required=True, allow_none=True)


class HistoryShape(Shape):
    """The newest entries first; `next` pages on."""

    entries = Several(Part(HistoryEntryShape()), MOST_ENTRIES, required=True)
    next = Whole(0, LAST_SEQUENCE, required=True, allow_none=True)


class PhoneShape(Shape):
    """One of the person's phones."""

    id = Text(40, required=True)
    name = Text(LONGEST_NAME, required=True)
    enrolled_at = Instant(required=True)
    renewed_at = Instant(
        required=True,
        allow_none=True,
        metadata={"description": "最後にトークンを受け取った時 / its newest token"},
    )
    ended_at = Instant(required=True, allow_none=True)
    is_this_one = Flag(required=True)


class PhonesShape(Shape):
    """All of the person's phones."""

    phones = Several(Part(PhoneShape()), 1_000, required=True)
