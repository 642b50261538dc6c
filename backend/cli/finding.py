"""One finding of `shikaku doctor`."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: is it well, what was found, and how to mend it."""

    name: str
    is_well: bool
    found: str
    cure: str
    is_grave: bool = True
    """Whether it must be mended; else it only keeps something from being used."""


def finding(name: str, is_well: bool, found: str, cure: str) -> Finding:
    """A finding; what is well needs no cure."""
    return Finding(name, is_well, found, "" if is_well else cure)


def warning(name: str, found: str, cure: str) -> Finding:
    """A finding that one may live with; no cure: there is nothing to warn of."""
    return Finding(name, cure == "", found, cure, is_grave=False)
