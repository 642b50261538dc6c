"""The contract of finding members: by what an insurer's clerk has at hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class MemberQuery:
    """Whom to look for: everything given must fit; None is not asked for.

    `name` is a part of the name in kanji without spaces, `kana` of it in the form in
    which kana are compared (`domain/kana.py`): either may fit. `symbol` and `number`
    are folded (`domain/insured_identity.py`). `after` is the person that the page
    before ended with.
    """

    name: str | None = field(default=None, repr=False)
    kana: str | None = field(default=None, repr=False)
    symbol: str | None = field(default=None, repr=False)
    number: str | None = field(default=None, repr=False)
    birth_on: date | None = field(default=None, repr=False)
    serial: str | None = None
    after: str | None = None
    limit: int = 50


class Members(Protocol):
    """Finding an insurer's members."""

    def find_members(self, insurer: str, wanted: MemberQuery) -> Sequence[str]:
        """Ids of the people that fit, in the order of their kana.

        By the newest description of each; by any number and serial that they ever
        had with this insurer. The erased are nobody.
        """
        ...
