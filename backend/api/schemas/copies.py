"""写し: what a phone needs to draw a certificate's copy, exactly as it is printed."""

from backend.api.schemas.checks import LabelledShape
from backend.api.schemas.fields import (
    Choice,
    Day,
    Flag,
    Part,
    Several,
    Shape,
    Text,
)
from backend.credentials.certificate import Form
from backend.domain.codes import Relation, Sex


class PrintedShape(Shape):
    """Every field that the paper bears; null where it bears none."""

    insurer_number = Text(8, required=True)
    insurer_name = Text(40, required=True)
    symbol = Text(20, required=True, allow_none=True)
    number = Text(20, required=True)
    branch = Text(2, required=True, allow_none=True)
    name = Text(40, required=True)
    kana = Text(80, required=True)
    birth_on = Day(required=True)
    sex = Choice(Sex, required=True)
    relation = Choice(Relation, required=True, allow_none=True)
    insured_name = Text(40, required=True, allow_none=True)
    address = Text(60, required=True, allow_none=True)
    acquired_on = Day(required=True)
    issued_on = Day(required=True)
    expires_on = Day(required=True)
    copay_ratio = Part(LabelledShape(), required=True, allow_none=True)
    copay_from_on = Day(required=True, allow_none=True)
    limit_category = Part(LabelledShape(), required=True, allow_none=True)
    limit_from_on = Day(required=True, allow_none=True)
    specific_diseases = Several(Part(LabelledShape()), 8, required=True)
    is_special_expenses = Flag(required=True)


class CopyShape(Shape):
    """The copy: to draw in a red frame, beside the code that the phone makes for it."""

    serial = Text(19, required=True)
    state = Text(10, required=True)
    form = Choice(Form, required=True)
    printed = Part(PrintedShape(), required=True)
