"""Members and coverages: as an insurer tells them, and as they are registered."""

from collections.abc import Mapping
from typing import Any

from backend.api.complaints import Complaint
from backend.api.schemas.delegations import DelegationShape
from backend.api.schemas.fields import (
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
from backend.api.schemas.patient import PaperStateShape
from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.domain.codes import CardClassification, LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus
from backend.domain.words import Words
from backend.interchange.columns import REQUIRED, Column

MOST_MEMBERS = 100
_NOBODY_WANTED = Complaint(
    Words("探す条件がありません", "there is nothing to look for"),
    Words(
        "氏名・番号・生年月日・発行番号のどれかを加えてください",
        "add name, number, birth_on or serial",
    ),
)
_NUMBER_TOO = Complaint(
    Words("記号だけでは探せません", "a symbol alone finds nobody"),
    Words("番号も加えてください", "add the number too"),
)
_LONGEST_CELL = 200
_LONGEST_ADDRESS = 60
_MOST_COVERAGES = 1_000

# The insurer is who calls; a row over HTTP never says whose it is.
COVERAGE_ROW = Shape.from_dict(
    {
        column.value: Text(
            _LONGEST_CELL,
            shortest=0,
            required=column in REQUIRED,
            metadata={"description": column.japanese},
        )
        for column in Column
        if column is not Column.INSURER_NUMBER
    },
    name="CoverageRowShape",
)()
"""One line of a member list: the same columns, the same spellings."""


class RegisteredShape(Shape):
    """Who and what was registered; hidden if it must be inspected first."""

    person_id = Text(40, required=True)
    coverage_id = Text(40, required=True)
    is_hidden = Flag(required=True)


class EndShape(Shape):
    """資格喪失."""

    lost_on = Day(
        required=True,
        metadata={"description": "資格喪失年月日 / the first day not covered"},
    )
    loss_reason = Choice(LossReason, required=True)


class ChangeShape(Shape):
    """What changed in the world; what is absent stays as it is.

    Numbers come together (`number` with `symbol` and `branch` as printed), a name with
    its kana, a ratio, limit or disease with the day from which it holds. A period is
    ended by its last day, and taken back by the day before its first.
    """

    symbol = Text(20, shortest=0, allow_none=True)
    number = Text(20)
    branch = Text(2, shortest=0, allow_none=True)
    relation = Choice(Relation)
    classification = Choice(CardClassification)
    copay_ratio = Choice(CopayRatio)
    copay_from_on = Day()
    limit_category = Choice(LimitCategory)
    limit_from_on = Day()
    limit_until_on = Day()
    diseases = Several(Choice(SpecificDisease), 3)
    diseases_from_on = Day()
    diseases_until_on = Day()
    name = Text(40)
    kana = Text(80)
    address = Text(_LONGEST_ADDRESS)
    is_undisclosed = Flag()
    card_status = Choice(CardStatus)
    continuation_ends_on = Day()


class FilingShape(Shape):
    """届出受付: the numbers that the coverage will have, and whose it will be."""

    symbol = Text(20, shortest=0, allow_none=True)
    number = Text(20, required=True)
    branch = Text(2, shortest=0, allow_none=True)
    birth_on = Day(required=True)
    expected_on = Day(
        metadata={"description": "登録予定日 / the day by which it will be registered"}
    )


class FiledShape(Shape):
    """The filing's name, to take it back by."""

    filing_id = Text(40, required=True)


class CorrectShape(Shape):
    """What was told wrongly; what is absent stays as it is."""

    acquired_on = Day()
    lost_on = Day()
    loss_reason = Choice(LossReason)
    birth_on = Day()
    sex = Choice(Sex)


class PeriodShape(Shape):
    """A code with the days on which it holds, both inclusive."""

    value = Text(8, required=True)
    from_on = Day(required=True)
    until_on = Day(required=True, allow_none=True)


class RegisteredCoverageShape(Shape):
    """A coverage as its insurer last told it."""

    coverage_id = Text(40, required=True)
    person_id = Text(40, required=True)
    symbol = Text(20, required=True, allow_none=True)
    number = Text(20, required=True)
    branch = Text(2, required=True, allow_none=True)
    relation = Choice(Relation, required=True, allow_none=True)
    classification = Choice(CardClassification, required=True)
    acquired_on = Day(required=True)
    lost_on = Day(required=True, allow_none=True)
    loss_reason = Choice(LossReason, required=True, allow_none=True)
    copay = Several(Part(PeriodShape()), 1_000, required=True)
    limits = Several(Part(PeriodShape()), 1_000, required=True)
    diseases = Several(Part(PeriodShape()), 1_000, required=True)
    is_hidden = Flag(required=True)
    recorded_at = Instant(required=True)


class MembersPaperShape(PaperStateShape):
    """One of the person's certificates, as its insurer sees it."""

    is_to_be_recalled = Flag(
        required=True,
        metadata={
            "description": "不開示の人の住所が印刷され、失効していない /"
            " not revoked, and bears an address that is withheld by now"
        },
    )


class MemberShape(Shape):
    """A person as this insurer describes them, with this insurer's coverages."""

    person_id = Text(40, required=True)
    name = Text(40, required=True)
    kana = Text(40, required=True)
    birth_on = Day(required=True)
    sex = Choice(Sex, required=True)
    address = Text(_LONGEST_ADDRESS, required=True, allow_none=True)
    is_undisclosed = Flag(required=True)
    card_status = Choice(CardStatus, required=True)
    continuation_ends_on = Day(required=True, allow_none=True)
    coverages = Several(Part(RegisteredCoverageShape()), _MOST_COVERAGES, required=True)
    certificates = Several(Part(MembersPaperShape()), _MOST_COVERAGES, required=True)


class MembersQueryShape(Shape):
    """Whom to look for; without a number, the first members of the register."""

    number = Text(20)
    symbol = Text(
        20,
        shortest=0,
        load_default="",
        metadata={"description": "記号; empty finds numbers that have none"},
    )
    limit = Whole(1, MOST_MEMBERS, from_text=True, load_default=50)


class MembersShape(Shape):
    """Members found."""

    members = Several(Part(MemberShape()), MOST_MEMBERS, required=True)


class SearchShape(Shape):
    """Whom to look for: everything given must fit. In the body, never in an address."""

    name = Text(
        40,
        metadata={"description": "氏名か氏名カナの一部 / a part of the name or kana"},
    )
    number = Text(20)
    symbol = Text(
        20,
        shortest=0,
        metadata={"description": "記号; with a number only; empty: it has none"},
    )
    birth_on = Day()
    serial = Text(40, metadata={"description": "資格確認書の発行番号"})
    after = Text(40, metadata={"description": "`next` of the page before"})
    limit = Whole(1, MOST_MEMBERS, load_default=50)

    def complaint(self, loaded: Mapping[str, Any]) -> Complaint | None:
        """Something to look for is needed, and a number where there is a symbol."""
        if not loaded.keys() & {"name", "number", "birth_on", "serial"}:
            return _NOBODY_WANTED
        is_half = "symbol" in loaded and "number" not in loaded
        return _NUMBER_TOO if is_half else None


class FoundShape(Shape):
    """Members in the order of their kana; `next` pages on."""

    members = Several(Part(MemberShape()), MOST_MEMBERS, required=True)
    next = Text(40, required=True, allow_none=True)


class MembersTokenShape(Shape):
    """スマホ保険証: a token that this insurer signed for the phone."""

    handle = Text(32, required=True)
    issued_at = Instant(required=True)
    expires_at = Instant(required=True)
    state = Text(10, required=True)


class MembersPhoneShape(Shape):
    """One of the member's phones; what they call it is theirs, so is a delegate's name.

    `delegation` where it is a delegate's.
    """

    id = Text(40, required=True)
    enrolled_at = Instant(required=True)
    ended_at = Instant(required=True, allow_none=True)
    delegation = Part(DelegationShape(), required=True, allow_none=True)
    tokens = Several(Part(MembersTokenShape()), 1_000, required=True)


class MembersPhonesShape(Shape):
    """All of a member's phones, ended ones included."""

    phones = Several(Part(MembersPhoneShape()), 1_000, required=True)


class ConfirmedShape(Shape):
    """As of when the insurer's data hold."""

    delivered_at = Instant(required=True)
