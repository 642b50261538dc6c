"""A clinic's question and its answer."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from backend.api.complaints import Complaint
from backend.api.schemas.fields import (
    Bilingual,
    Choice,
    Day,
    Flag,
    Part,
    Several,
    Shape,
    Text,
    Whole,
)
from backend.credentials.transport import MAX_TYPED, DamagedCodeError, refuse_kana
from backend.domain.codes import QualificationValidity, Relation, Sex
from backend.domain.delegation import DelegateRelation
from backend.domain.outcome import DocumentState, Outcome
from backend.domain.verdict import Reason
from backend.domain.words import Words
from backend.verifying.question import Agreement, ClaimReason

_LONGEST_JWT = 4_000
_ONE_OF_THREE = Complaint(
    Words(
        "code（スマホ）、certificate（資格確認書）、numbers（番号入力）のどれか一つを"
        "送ってください",
        "send exactly one of code (phone), certificate (paper) and numbers (keyed)",
    ),
    Words("一つだけにしてください", "keep one of them"),
)


class Scanned(Text):
    """A code as a scanner typed it: Enter or Tab after it is no part of it.

    One that became kana is refused here, with what to do: scanned again it would come
    out alike.
    """

    def _deserialize(self, value: Any, *rest: Any, **more: Any) -> str:
        typed = value.strip() if isinstance(value, str) else value
        code = super()._deserialize(typed, *rest, **more)
        try:
            refuse_kana(code)
        except DamagedCodeError as error:
            raise ValidationError([Complaint(error.reason, error.fix)]) from None
        return code


class NumbersShape(Shape):
    """番号入力: the national key of a keyed check; what is not printed may be empty."""

    insurer_number = Text(16, required=True)
    symbol = Text(20, shortest=0, allow_none=True)
    number = Text(20, required=True)
    branch = Text(2, shortest=0, allow_none=True)
    birth_on = Day(required=True)


class ShownShape(Shape):
    """What was shown: one of three."""

    code = Scanned(MAX_TYPED)
    certificate = Scanned(_LONGEST_JWT)
    numbers = Part(NumbersShape())

    def complaint(self, loaded: Mapping[str, Any]) -> Complaint | None:
        """Exactly one member."""
        return None if len(loaded) == 1 else _ONE_OF_THREE


class QuestionShape(Shape):
    """資格確認の問い合わせ."""

    shown = Part(ShownShape(), required=True)
    on = Day(metadata={"description": "受診日 / day of service; today if absent"})
    claim_reason = Choice(ClaimReason)
    agreed = Several(Choice(Agreement), 2)


class ShownByShape(Shape):
    """代理: somebody else's phone showed it; the desk is told the relation alone."""

    kind = Text(20, required=True)
    relation = Choice(DelegateRelation, required=True)
    relation_words = Bilingual(required=True)


class DocumentShape(Shape):
    """Is the thing shown genuine and alive?"""

    kind = Text(20, required=True)
    state = Choice(DocumentState, required=True)
    serial = Text(64, required=True, allow_none=True)
    presentation_kind = Whole(1, 4, required=True, allow_none=True)
    is_copy = Flag(required=True)
    shown_by = Part(ShownByShape(), required=True, allow_none=True)


class LabelledShape(Shape):
    """A code of the national tables with its label."""

    code = Text(8, required=True)
    label = Text(40, required=True)


class LossShape(Shape):
    """資格喪失事由."""

    code = Text(2, required=True)
    label = Bilingual(required=True)


class QualificationShape(Shape):
    """Does coverage hold on the day asked, and why (not)?"""

    validity = Choice(QualificationValidity, required=True)
    label = Text(40, required=True)
    reason = Choice(Reason, required=True)
    since = Day(required=True, allow_none=True)
    loss_reason = Part(LossShape(), required=True, allow_none=True)
    expected_on = Day(
        required=True,
        allow_none=True,
        metadata={"description": "登録予定日 / when a registration in progress is due"},
    )
    has_overlap = Flag(required=True)


class PersonShape(Shape):
    """The person as a clinic may see them."""

    name = Text(40, required=True)
    kana = Text(40, required=True)
    birth_on = Day(required=True)
    sex = Choice(Sex, required=True)
    has_unsupported_characters = Flag(required=True)


class CoverageShape(Shape):
    """The coverage that the answer speaks of."""

    insurer_number = Text(8, required=True)
    insurer_name = Text(40, required=True, allow_none=True)
    symbol = Text(20, required=True, allow_none=True)
    number = Text(20, required=True)
    branch = Text(2, required=True, allow_none=True)
    classification = Part(LabelledShape(), required=True)
    relation = Choice(Relation, required=True, allow_none=True)
    acquired_on = Day(required=True)
    lost_on = Day(required=True, allow_none=True)


class ChargeShape(Shape):
    """What to charge on the day asked."""

    ratio_tenths = Whole(1, 3, required=True, allow_none=True)
    ratio_label = Text(4, required=True, allow_none=True)
    ratio_from = Text(10, required=True)
    limit_category = Part(LabelledShape(), required=True, allow_none=True)
    diseases = Several(Part(LabelledShape()), 8, required=True)


class AskShape(Shape):
    """Who can answer further questions."""

    name = Text(40, required=True)
    contact = Text(40, required=True)


class AnswerShape(Shape):
    """資格確認の回答."""

    check_id = Text(40, required=True)
    checked_at = Text(32, required=True)
    on = Day(required=True)
    outcome = Choice(Outcome, required=True)
    headline = Bilingual(required=True)
    document = Part(DocumentShape(), required=True)
    qualification = Part(QualificationShape(), required=True, allow_none=True)
    person = Part(PersonShape(), required=True, allow_none=True)
    coverage = Part(CoverageShape(), required=True, allow_none=True)
    charge = Part(ChargeShape(), required=True, allow_none=True)
    next_step = Bilingual(required=True)
    ask = Part(AskShape(), required=True, allow_none=True)
    data_as_of = Text(32, required=True, allow_none=True)
    receipt = Text(_LONGEST_JWT, required=True)
