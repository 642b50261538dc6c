"""Whose coverage a line of an order list speaks of; nobody is ever guessed."""

from collections.abc import Sequence

from backend.domain.errors import MalformedError
from backend.domain.person_name import PersonName
from backend.domain.words import Words
from backend.interchange.member_row import LineError
from backend.interchange.order_row import OrderLine
from backend.storage.run_rows import RegisterLine


def match(
    line: int, asked: OrderLine, found: Sequence[RegisterLine], day: str
) -> RegisterLine | LineError:
    """The one person of these numbers, branch and birth date, by one coverage.

    `found` are the coverages under symbol and number. Of several of one person it is
    the one that holds on the day, else the newest that was not undone.
    """
    terms, _, birth_on, kanji, kana = asked
    of_branch = [it for it in found if terms.branch in (None, it.branch)]
    named = [it for it in of_branch if it.birth_on == birth_on]
    if not named:
        return _nobody(line, found, of_branch)
    best = named[0]
    if len(named) > 1:
        if len({it.person_id for it in named}) > 1:
            return _error(line, "branch", _SEVERAL, _TELL_APART)
        best = max(named, key=lambda it: _rank(it, day))
    if kanji in (best.kanji, "") and kana in (best.kana, ""):
        return best
    return _by_name(line, kanji, kana, best)


def _nobody(
    line: int, found: Sequence[RegisterLine], of_branch: Sequence[RegisterLine]
) -> LineError:
    if not found:
        return _error(line, "number", _NO_NUMBER, _REGISTER)
    if not of_branch:
        return _error(line, "branch", _NO_BRANCH, _CHECK_BRANCH)
    return _error(line, "birth_on", _OTHER_BIRTH, _CHECK_BIRTH)


def _rank(it: RegisterLine, day: str) -> tuple[bool, bool, str]:
    return it.holds_on(day), it.acquired_on != it.lost_on, it.acquired_on


def _by_name(
    line: int, kanji: str, kana: str, best: RegisterLine
) -> RegisterLine | LineError:
    """The person, if nothing in the two names speaks against one (● and variants)."""
    try:
        name = PersonName.parse(kanji or best.kanji, kana or best.kana, "name")
    except MalformedError as error:
        return _error(line, error.field, error.reason, error.fix)
    if name.could_be(PersonName(best.kanji, best.kana)):
        return best
    return _error(line, "name", _OTHER_NAME, _CHECK_NAME)


def _error(line: int, field: str, reason: Words, fix: Words) -> LineError:
    return LineError(line, field, reason, fix)


_NO_NUMBER = Words(
    "この記号・番号の加入者は登録されていません。",
    "No member is registered under this symbol and number.",
)
_REGISTER = Words(
    "記号・番号を確かめるか、先に加入者一覧で登録してください。",
    "Check symbol and number, or register the member by a member list first.",
)
_NO_BRANCH = Words(
    "この記号・番号に、その枝番の加入者はいません。",
    "Nobody under this symbol and number has this branch.",
)
_CHECK_BRANCH = Words(
    "枝番を確かめてください。印字がなければ空欄にします。",
    "Check the branch; leave it empty if none is printed.",
)
_OTHER_BIRTH = Words(
    "生年月日が登録と違います。", "The birth date differs from the register."
)
_CHECK_BIRTH = Words(
    "生年月日を確かめてください。登録が誤りなら加入者一覧で訂正します。",
    "Check the birth date; if the register is wrong, correct it by a member list.",
)
_SEVERAL = Words(
    "この記号・番号・生年月日に2人以上が該当します（双子など）。",
    "Several people have these numbers and this birth date (twins, say).",
)
_TELL_APART = Words("枝番を入力してください。", "Enter the branch.")
_OTHER_NAME = Words("氏名が登録と違います。", "The name differs from the register.")
_CHECK_NAME = Words(
    "別の人の番号でないか確かめてください。改姓なら先に加入者一覧で登録を直します。",
    "See that the numbers are not another's; after a change of name, correct the "
    "register first.",
)
