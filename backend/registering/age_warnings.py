"""What a person's age speaks against: shown to the insurer, who may know better.

The rules are [MEM] (docs/glossary.md), so nothing here refuses a line.
"""

from collections.abc import Iterator
from datetime import date

from backend.domain.age import allows_limit, default_copay, is_late_elderly
from backend.domain.charge import period_in_force
from backend.domain.insurer_number import Scheme
from backend.domain.recorded_copay import recorded_copay
from backend.domain.words import Words
from backend.interchange.columns import Column
from backend.interchange.member_row import LineError, MemberRow
from backend.registering.descriptions import Told


def age_warnings(row: MemberRow, told: Told, on: date) -> Iterator[LineError]:
    """What the age of the person told speaks against, on the day `on` in Japan."""
    coverage, birth_on = told.coverage, told.member.person.birth_on
    scheme = coverage.insurer.scheme
    if coverage.holds_on(on):
        yield from _of_scheme(row, birth_on, scheme, on)
        has_ratio = period_in_force(coverage.copay, on) is not None
        if has_ratio and not recorded_copay(coverage.copay, scheme, birth_on, on):
            yield _warning(row, Column.COPAY_FROM_ON, _OUTLIVED, _TELL_ANEW)
    ratio, limit = row.copay, row.limit
    if ratio and ratio.value not in default_copay(birth_on, ratio.from_on, scheme):
        yield _warning(row, Column.COPAY_RATIO, _NO_SUCH_RATIO, _CHECK)
    if limit and not allows_limit(limit.value, birth_on, limit.from_on, scheme):
        yield _warning(row, Column.LIMIT_CATEGORY, _NO_SUCH_LIMIT, _CHECK)


def _of_scheme(
    row: MemberRow, birth_on: date, scheme: Scheme, on: date
) -> Iterator[LineError]:
    is_of_75 = is_late_elderly(birth_on, on)
    if is_of_75 and scheme is not Scheme.LATE_ELDERLY:
        yield _warning(row, Column.BIRTH_ON, _TOO_OLD, _END_IT)
    if not is_of_75 and scheme is Scheme.LATE_ELDERLY:
        yield _warning(row, Column.BIRTH_ON, _TOO_YOUNG, _CHECK)


def _warning(row: MemberRow, column: Column, reason: Words, fix: Words) -> LineError:
    return LineError(row.line, column.value, reason, fix)


_CHECK = Words(
    "生年月日と値を確かめてください。正しければこのまま登録できます。",
    "Check the birth date and the value; if both are right, commit it as it is.",
)
_END_IT = Words(
    "75歳の誕生日を資格喪失年月日として、喪失を登録してください。",
    "Register the loss, with the 75th birthday as its day.",
)
_TELL_ANEW = Words(
    "今の負担割合を、区切り以後の発効期日で登録してください。",
    "Register the present ratio, with a day of effect after the border.",
)
_TOO_OLD = Words(
    "75歳以上の人の医療保険は後期高齢者医療です。",
    "From 75 on, a person is insured as late-stage elderly.",
)
_TOO_YOUNG = Words(
    "後期高齢者医療の加入者ですが、75歳になっていません。",
    "Insured as late-stage elderly, but not yet 75.",
)
_OUTLIVED = Words(
    "登録済みの負担割合は年齢の区切り（就学・70歳・75歳）より前のもので、回答に"
    "使われません。",
    "The ratio registered is from before a border of age (school, 70, 75) and is no "
    "longer told.",
)
_NO_SUCH_RATIO = Words(
    "この年齢の負担割合ではありません。", "It is no ratio of this age."
)
_NO_SUCH_LIMIT = Words(
    "この年齢の限度額区分ではありません。", "It is no limit category of this age."
)
