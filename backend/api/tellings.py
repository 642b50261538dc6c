"""What an insurer tells over HTTP, read into the domain's words."""

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from backend.api.complaints import Complaint, FieldComplaint, InvalidFieldsError
from backend.domain.charge import Effective, SpecificDisease, may_end_on
from backend.domain.insured_identity import InsuredIdentity
from backend.domain.insurer_number import InsurerNumber
from backend.domain.person_name import PersonName
from backend.domain.plain_text import parse_text
from backend.domain.words import Words
from backend.interchange.columns import Column
from backend.interchange.member_row import MemberRow, RowRules
from backend.interchange.row_reading import read_row
from backend.registering.revisions import Change

T = TypeVar("T")

_ONLY_LINE = 1
_LONGEST_ADDRESS = 60
_TOGETHER = Complaint(
    Words(
        "組になる項目が足りません", "it is missing beside a field that it belongs to"
    ),
    Words(
        "番号、氏名とカナ、値と発効期日は組で送ってください",
        "send numbers together, a name with its kana, a value with its first day",
    ),
)
_UNTIL_BEFORE_FROM = Complaint(
    Words("発効期日より前です", "it lies before the day on which it takes effect"),
    Words(
        "日付を確かめてください。取り消すときは発効期日の前日を送ります",
        "check the days; to take the period back, send the day before it takes effect",
    ),
)


def row_of(told: Mapping[str, str], rules: RowRules) -> MemberRow:
    """One line of a list, told as JSON. Raises InvalidFieldsError with all errors."""
    cells = {Column(name): text for name, text in told.items()}
    cells[Column.INSURER_NUMBER] = rules.insurer.digits
    row = read_row(_ONLY_LINE, cells, rules)
    if isinstance(row, MemberRow):
        return row
    raise InvalidFieldsError(
        [FieldComplaint(it.field, Complaint(it.reason, it.fix)) for it in row]
    )


def change_of(told: Mapping[str, Any], insurer: InsurerNumber) -> Change:
    """A change. Raises InvalidFieldsError or MalformedError."""
    return Change(
        identity=_identity(told, insurer),
        relation=told.get("relation"),
        classification=told.get("classification"),
        copay=_period(told, "copay_ratio", "copay_from_on"),
        limit=_period(told, "limit_category", "limit_from_on", "limit_until_on"),
        diseases=_diseases(told),
        name=_name(told),
        address=_address(told),
        is_undisclosed=told.get("is_undisclosed"),
        card_status=told.get("card_status"),
        continuation_ends_on=told.get("continuation_ends_on"),
    )


def _identity(
    told: Mapping[str, Any], insurer: InsurerNumber
) -> InsuredIdentity | None:
    if not {"symbol", "number", "branch"} & told.keys():
        return None
    number = _beside(told, "number")
    return InsuredIdentity.parse(
        told.get("symbol"), number, told.get("branch"), insurer
    )


def _name(told: Mapping[str, Any]) -> PersonName | None:
    if not {"name", "kana"} & told.keys():
        return None
    return PersonName.parse(_beside(told, "name"), _beside(told, "kana"))


def _address(told: Mapping[str, Any]) -> str | None:
    if "address" not in told:
        return None
    return parse_text(told["address"], "address", _LONGEST_ADDRESS)


def _period(
    told: Mapping[str, Any], value: str, from_on: str, until_on: str = ""
) -> Effective[Any] | None:
    if not {value, from_on, until_on} & told.keys():
        return None
    first: date = _beside(told, from_on)
    last: date | None = told.get(until_on)
    if not may_end_on(first, last):
        raise InvalidFieldsError([FieldComplaint(until_on, _UNTIL_BEFORE_FROM)])
    return Effective(_beside(told, value), first, last)


def _diseases(told: Mapping[str, Any]) -> tuple[Effective[SpecificDisease], ...]:
    days = _period(told, "diseases", "diseases_from_on", "diseases_until_on")
    if days is None:
        return ()
    return tuple(Effective(it, days.from_on, days.until_on) for it in days.value)


def _beside(told: Mapping[str, Any], field: str) -> Any:
    if field not in told:
        raise InvalidFieldsError([FieldComplaint(field, _TOGETHER)])
    return told[field]
