"""Two made-up places that check: a clinic, and a pharmacy across the street.

Their ten-digit codes have valid check digits; institution 999… is taken to be
nobody's. [MEM]
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MadeUpClinic:
    """A medical institution code, a name, and the name of the terminal at its desk."""

    code: str
    name: str
    terminal: str


CLINIC = MadeUpClinic("1319999015", "架空中央医院", "窓口1")
PHARMACY = MadeUpClinic("1349999027", "見本調剤薬局", "受付")
