"""A clinic's terminal about itself."""

from backend.admitting.enrolling import LONGEST_NAME
from backend.api.schemas.fields import Shape, Text


class ClinicShape(Shape):
    """Whose terminal it is, and what people call it."""

    code = Text(10, required=True)
    name = Text(40, required=True)
    terminal = Text(LONGEST_NAME, required=True)
