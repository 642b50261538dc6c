"""Reads one line of a member list, and says everything that is wrong with it at once.

Rules across columns stand here and in `charge_cells`: which day may not precede which,
and which cells mean something only together.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from backend.domain.codes import LossReason, Relation
from backend.domain.insurer_number import InsurerNumber, Scheme
from backend.domain.kana import parse_kana
from backend.domain.person_name import PersonName
from backend.domain.plain_text import parse_text
from backend.domain.words import Words
from backend.interchange import choices
from backend.interchange.charge_cells import read_charge
from backend.interchange.columns import Column
from backend.interchange.member_row import LineError, MemberRow, RowRules
from backend.interchange.number_cells import (
    check_insurer,
    read_identity,
    read_my_number,
)
from backend.interchange.reading import CHECK_DATES, ENTER_BOTH, Reading

_LONGEST_ADDRESS = 60  # characters: the room that a certificate's code has for it


def read_row(
    line: int, cells: Mapping[Column, str], rules: RowRules
) -> MemberRow | tuple[LineError, ...]:
    """The row, or all of its errors. `cells` has a key for each column of the list."""
    reading = Reading(line, cells)
    check_insurer(reading, rules.insurer)
    person = _person(reading, rules)
    period = _period(reading, rules.insurer)
    _check_order(reading, rules, person["birth_on"], period)
    charge = read_charge(reading, period["acquired_on"])
    if reading.errors:
        return tuple(reading.errors)
    return MemberRow(line=line, told=frozenset(cells), **person, **period, **charge)


def _person(reading: Reading, rules: RowRules) -> dict[str, Any]:
    is_undisclosed = reading.choice(Column.IS_UNDISCLOSED, choices.IS_UNDISCLOSED)
    address = reading.optional(
        Column.ADDRESS, lambda text: parse_text(text, "address", _LONGEST_ADDRESS)
    )
    return {
        "identity": read_identity(reading, rules.insurer),
        "name": _name(reading),
        "birth_on": reading.required_day(Column.BIRTH_ON),
        "sex": reading.required_choice(Column.SEX, choices.SEX),
        "card_status": reading.required_choice(Column.CARD_STATUS, choices.CARD_STATUS),
        "is_undisclosed": bool(is_undisclosed),
        "address": None if is_undisclosed else address,
        "continuation_ends_on": reading.day(Column.CONTINUATION_ENDS_ON),
        "my_number": read_my_number(reading, rules),
    }


def _name(reading: Reading) -> PersonName | None:
    """Each form is judged apart, so that a row with two bad ones is told of both."""
    kana = reading.required(
        Column.KANA, lambda text: parse_kana(text, Column.KANA.value)
    )
    return reading.required(
        Column.NAME, lambda text: PersonName.parse(text, kana or "ｱ", "name")
    )


def _period(reading: Reading, insurer: InsurerNumber) -> dict[str, Any]:
    lost_on, loss_reason = _loss(reading)
    return {
        "relation": _relation(reading, insurer),
        "acquired_on": reading.required_day(Column.ACQUIRED_ON),
        "lost_on": lost_on,
        "loss_reason": loss_reason,
    }


def _relation(reading: Reading, insurer: InsurerNumber) -> Relation | None:
    relation = reading.choice(Column.RELATION, choices.RELATION)
    if relation and insurer.scheme is Scheme.LATE_ELDERLY:
        reading.refuse(
            Column.RELATION,
            Words(
                "後期高齢者医療に本人・家族の別はありません。",
                "The late-stage elderly are not told apart as insured and family.",
            ),
            Words("空欄にしてください。", "Leave it empty."),
        )
    return relation


def _loss(reading: Reading) -> tuple[date | None, LossReason | None]:
    """The first day not covered, and why: neither is told without the other."""
    lost_on = reading.day(Column.LOST_ON)
    reason = reading.choice(Column.LOSS_REASON, choices.LOSS_REASON)
    if reason and not reading.cell(Column.LOST_ON):
        reading.refuse(
            Column.LOST_ON,
            Words(
                "喪失事由があるのに喪失年月日が空欄です。",
                "There is a reason of loss, but no day of loss.",
            ),
            ENTER_BOTH,
        )
    if reading.cell(Column.LOST_ON) and not reading.cell(Column.LOSS_REASON):
        reading.refuse(
            Column.LOSS_REASON,
            Words(
                "喪失年月日があるのに喪失事由が空欄です。",
                "There is a day of loss, but no reason of loss.",
            ),
            Words(
                "01 死亡・02 生活保護受給開始・03 医療保険等の資格取得・99 その他 の"
                "どれかを入力してください。",
                "Enter 01 death, 02 public assistance, 03 joined another insurance or"
                " 99 other.",
            ),
        )
    return lost_on, reason


def _check_order(
    reading: Reading, rules: RowRules, birth_on: date | None, period: dict[str, Any]
) -> None:
    acquired_on, lost_on = period["acquired_on"], period["lost_on"]
    if birth_on and birth_on > rules.received_on:
        reading.refuse(
            Column.BIRTH_ON,
            Words("生年月日が未来です。", "The birth date lies in the future."),
            CHECK_DATES,
        )
    if birth_on and acquired_on and acquired_on < birth_on:
        reading.refuse(
            Column.ACQUIRED_ON,
            Words("生年月日より前です。", "It lies before the birth date."),
            CHECK_DATES,
        )
    if acquired_on and lost_on and lost_on < acquired_on:
        reading.refuse(
            Column.LOST_ON,
            Words("資格取得年月日より前です。", "It lies before the acquisition."),
            CHECK_DATES,
        )
