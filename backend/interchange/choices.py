"""Coded columns: the codes and words that an insurer may write, and what they mean."""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Protocol, TypeVar

from backend.domain.charge import LimitCategory, SpecificDisease
from backend.domain.codes import LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus
from backend.domain.errors import MalformedError
from backend.domain.paper_order import PaperOrder
from backend.domain.words import Words

T = TypeVar("T")
E = TypeVar("E", bound=Enum)


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "").casefold()


def _folded(options: Mapping[str, T]) -> dict[str, T]:
    return {_fold(spelling): meaning for spelling, meaning in options.items()}


def _by_code(members: Iterable[E]) -> dict[str, E]:
    """Each code, also without the leading zero that spreadsheets eat."""
    codes = [(str(member.value), member) for member in members]
    return {code.lstrip("0"): member for code, member in codes} | dict(codes)


SEX = _folded(
    _by_code(Sex)
    | {"男": Sex.MALE, "男性": Sex.MALE, "女": Sex.FEMALE, "女性": Sex.FEMALE}
    | {"未設定": Sex.UNSET}
)
RELATION = _folded(
    _by_code(Relation)
    | {"本人": Relation.INSURED, "被保険者": Relation.INSURED}
    | {"家族": Relation.FAMILY, "被扶養者": Relation.FAMILY}
)
LOSS_REASON = _folded(
    _by_code(LossReason)
    | {"死亡": LossReason.DEATH, "生活保護受給開始": LossReason.PUBLIC_ASSISTANCE}
    | {"医療保険等の資格取得": LossReason.OTHER_INSURANCE, "その他": LossReason.OTHER}
)
LIMIT_CATEGORY = _folded(
    _by_code(LimitCategory) | {category.label: category for category in LimitCategory}
)
DISEASE = _folded(
    _by_code(SpecificDisease) | {disease.label: disease for disease in SpecificDisease}
)
CARD_STATUS = _folded(
    _by_code(CardStatus) | {status.label: status for status in CardStatus}
)
IS_UNDISCLOSED = _folded({"1": True, "不開示": True, "0": False})
PAPER_ORDER = _folded(_by_code(PaperOrder) | {it.label: it for it in PaperOrder})
WISH = _folded(
    {"1": True, "希望": True, "希望する": True, "0": False, "希望しない": False}
)


class Named(Protocol):
    """A column: its wire name, and what a message calls it."""

    @property
    def value(self) -> str: ...
    @property
    def japanese(self) -> str: ...


def chooser(column: Named, options: Mapping[str, T]) -> Callable[[str], T]:
    """A reader of a coded column, for every width and case.

    It raises MalformedError that lists what may be written, never what was.
    """

    def choose(text: str) -> T:
        try:
            return options[_fold(text)]
        except KeyError:
            raise _not_among(column, options) from None

    return choose


def _not_among(column: Named, options: Mapping[str, object]) -> MalformedError:
    listed = "・".join(options)
    return MalformedError(
        column.value,
        Words(
            f"「{column.japanese}」に使えない値です。",
            f"It is none of the codes or words of the column {column.value}.",
        ),
        Words(f"次のいずれかにしてください: {listed}", f"Write one of: {listed}"),
    )
