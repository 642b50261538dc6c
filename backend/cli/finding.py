"""One finding of `shikaku doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: is it well, what was found, and how to mend it."""

    name: str
    is_well: bool
    found: str
    cure: str


def finding(name: str, is_well: bool, found: str, cure: str) -> Finding:
    """A finding; what is well needs no cure."""
    return Finding(name, is_well, found, "" if is_well else cure)
