"""Can what is told be true, beside what the same insurer has told already?"""

from collections.abc import Sequence

from backend.domain.coverage import Coverage
from backend.domain.errors import ConflictError
from backend.domain.insurer_number import Scheme
from backend.domain.words import Words
from backend.interchange.columns import Column
from backend.registering.descriptions import Told
from backend.registering.people import is_numbered_alike, own_coverages
from backend.registering.periods import overlaps
from backend.storage.store import Transaction

_LOST_BEFORE = Words(
    "資格喪失年月日が資格取得年月日より前です。",
    "The day of loss lies before the day of acquisition.",
)
_UNBORN = Words(
    "資格取得年月日が生年月日より前です。",
    "The day of acquisition lies before the birth date.",
)
_NO_RELATION = Words(
    "後期高齢者医療に本人・家族の別はありません。",
    "The late-stage elderly are not told apart as insured and family.",
)
_OVERLAPPING = Words(
    "同じ人の別の資格と期間が重なります。",
    "It would overlap another coverage of the same person.",
)
_NUMBERS_TAKEN = Words(
    "同じ期間に、別の人がこの記号・番号・枝番で登録されています。",
    "Another person has these numbers on the same days.",
)
_DAYS = frozenset({Column.ACQUIRED_ON.value, Column.LOST_ON.value})
_NUMBERS = frozenset({Column.SYMBOL.value, Column.NUMBER.value, Column.BRANCH.value})


def require_possible(tx: Transaction, told: Told, fields: Sequence[str]) -> None:
    """Raise ConflictError if what is told contradicts itself or the register.

    `fields` are the wire names of what it changes: only that can be to blame.
    """
    coverage = told.coverage
    if coverage.lost_on is not None and coverage.lost_on < coverage.acquired_on:
        raise ConflictError(_LOST_BEFORE)
    if coverage.acquired_on < told.member.person.birth_on:
        raise ConflictError(_UNBORN)
    if coverage.relation and coverage.insurer.scheme is Scheme.LATE_ELDERLY:
        raise ConflictError(_NO_RELATION)
    if not _DAYS.isdisjoint(fields) and _overlaps_own(tx, coverage):
        raise ConflictError(_OVERLAPPING)
    if not (_DAYS | _NUMBERS).isdisjoint(fields) and _is_numbered_like_another(
        tx, coverage
    ):
        raise ConflictError(_NUMBERS_TAKEN)


def _overlaps_own(tx: Transaction, told: Coverage) -> bool:
    """Does it share days with another coverage of the person at this insurer?"""
    return any(
        other.id != told.id and overlaps(other, told.acquired_on, told.lost_on)
        for other in own_coverages(tx, told.insurer, told.person_id)
    )


def _is_numbered_like_another(tx: Transaction, told: Coverage) -> bool:
    found = tx.coverages_numbered(told.insurer.digits, *told.identity.search_key)
    return any(
        other.person_id != told.person_id
        and is_numbered_alike(other, told.identity)
        and overlaps(other, told.acquired_on, told.lost_on)
        for other in found
    )
