"""A problem document (RFC 9457)."""

from backend.api.complaints import MOST_SHOWN
from backend.api.schemas.fields import Bilingual, Part, Several, Shape, Text, Whole


class ComplaintShape(Shape):
    """A field or line, why it was refused, and how to mend it."""

    field = Text(200, required=True)
    reason = Bilingual(required=True)
    fix = Bilingual(required=True)


class ProblemShape(Shape):
    """Why a request was refused; `type` is a page that explains it.

    `said` is `detail` in each language apart, `remedy` what to do about it.
    """

    type = Text(200, required=True)
    title = Text(200, required=True)
    status = Whole(400, 599, required=True)
    detail = Text(2_000, required=True)
    instance = Text(60, required=True)
    code = Text(40, required=True)
    said = Bilingual(required=True)
    remedy = Bilingual(required=True)
    errors = Several(Part(ComplaintShape()), MOST_SHOWN)
