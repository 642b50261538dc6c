"""An insurer's office in tests: lists made of lines, told and committed."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TypeVar

from backend.domain.coverage import Coverage
from backend.domain.insurer_number import InsurerNumber
from backend.interchange.columns import Column, column_of
from backend.interchange.member_row import MemberRow, RowRules
from backend.interchange.row_reading import read_row
from backend.registering.coverages import register_one
from backend.registering.list_plan import ListPlan
from backend.registering.lists import commit, preview
from backend.registering.registrar import Registrar, Teller
from backend.storage.rows import Member

T = TypeVar("T")

EMPLOYEES = InsurerNumber.parse("06990014")
RESIDENTS = InsurerNumber.parse("990010")
ELDERLY = InsurerNumber.parse("39990015")
STRANGERS = InsurerNumber.parse("06990022")  # not registered with us

# All numbers fail their check digit: they are nobody's.
HANAKO = {
    "保険者番号": "06990014",
    "記号": "1234",
    "番号": "567",
    "枝番": "01",
    "氏名": "資格　花子",
    "氏名カナ": "ｼｶｸ ﾊﾅｺ",
    "生年月日": "1990-04-01",
    "性別": "2",
    "住所": "〒100-0001 東京都千代田区千代田1-1",
    "本人家族": "1",
    "資格取得年月日": "2020-04-01",
    "資格喪失年月日": "",
    "資格喪失事由": "",
    "負担割合": "",
    "負担割合発効期日": "",
    "限度額区分": "",
    "限度額発効期日": "",
    "限度額有効期限": "",
    "特定疾病": "",
    "マイナ保険証": "NO_CARD",
    "不開示": "",
    "個人番号": "",
}
JIRO = HANAKO | {
    "枝番": "02",
    "氏名": "資格　次郎",
    "氏名カナ": "ｼｶｸ ｼﾞﾛｳ",
    "生年月日": "2015-06-07",
    "性別": "1",
    "本人家族": "2",
}
SABURO = JIRO | {
    "枝番": "03",
    "氏名": "資格　三郎",
    "氏名カナ": "ｼｶｸ ｻﾌﾞﾛｳ",
    "生年月日": "2018-09-10",
}
HANAKOS_NUMBER = {"個人番号": "123456789012"}
JIROS_NUMBER = {"個人番号": "123456789023"}


def list_bytes(*members: dict[str, str], encoding: str = "utf-8") -> bytes:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(members[0]), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(members)
    return text.getvalue().encode(encoding)


def without(member: dict[str, str], *headings: str) -> dict[str, str]:
    return {h: cell for h, cell in member.items() if h not in headings}


@dataclass(frozen=True, slots=True)
class Desk:
    """One insurer telling things at one instant."""

    registrar: Registrar
    teller: Teller

    def at(self, at: datetime) -> "Desk":
        return replace(self, teller=replace(self.teller, at=at))

    def of(self, insurer: InsurerNumber) -> "Desk":
        return replace(self, teller=replace(self.teller, insurer=insurer))

    def preview(self, *members: dict[str, str]) -> tuple[str, ListPlan]:
        return preview(self.registrar, self.teller, self._own(members))

    def commit(self, list_id: str) -> ListPlan:
        return commit(self.registrar, self.teller, list_id)

    def send(self, *members: dict[str, str]) -> ListPlan:
        """Preview and commit: the plan, with the numbers that it was shown with."""
        list_id, plan = self.preview(*members)
        assert self.commit(list_id).counts == plan.counts
        return plan

    def row(self, member: dict[str, str]) -> MemberRow:
        told = {column_of(heading): cell for heading, cell in member.items()}
        cells = {column: cell for column, cell in told.items() if column is not None}
        cells[Column.INSURER_NUMBER] = self.teller.insurer.digits
        rules = RowRules(self.teller.insurer, date(2026, 11, 23), sample_data=True)
        row = read_row(1, cells, rules)
        assert isinstance(row, MemberRow), row
        return row

    def members(self) -> dict[str, tuple[Member, Coverage]]:
        """Everyone of the insurer by name; the newest description and coverage."""
        with self.registrar.store.reading() as tx:
            pairs = list(tx.members_of(self.teller.insurer.digits))
        return {member.person.name.kanji: (member, c) for member, c in pairs}

    def coverage_of(self, name: str) -> Coverage:
        return self.members()[name][1]

    def history(self, coverage: Coverage) -> list[Coverage]:
        with self.registrar.store.reading() as tx:
            return list(tx.coverage_history(coverage.id))

    def _own(self, members: tuple[dict[str, str], ...]) -> bytes:
        digits = self.teller.insurer.digits
        return list_bytes(*(m | {"保険者番号": digits} for m in members))


def tell(desk: Desk, use_case: Callable[..., T], *told: object) -> T:
    return use_case(desk.registrar, desk.teller, *told)


def registered(desk: Desk, member: dict[str, str] = HANAKO) -> str:
    """The id of the coverage that was registered for a member."""
    return tell(desk, register_one, desk.row(member)).coverage_id


def newest(desk: Desk, coverage_id: str) -> Coverage:
    with desk.registrar.store.reading() as tx:
        coverage = tx.coverage(coverage_id)
    assert coverage is not None
    return coverage


def member_of(desk: Desk, coverage_id: str) -> Member:
    person_id = newest(desk, coverage_id).person_id
    with desk.registrar.store.reading() as tx:
        member = tx.member(person_id, desk.teller.insurer.digits)
    assert member is not None
    return member


def versions(desk: Desk, coverage_id: str) -> int:
    return len(desk.history(newest(desk, coverage_id)))
