"""An insurer's night desk: members by the dozen, lists, runs, and what they told."""

import csv
import io
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import date

from backend.domain.insured_identity import InsuredIdentity
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list
from backend.issuing.bulk.bulk import Bulk
from backend.issuing.bulk.carrier import Carrier
from backend.issuing.bulk.carrying import carry_on
from backend.issuing.bulk.intake import Order, receive
from backend.issuing.bulk.outcomes import LineOutcome, read_outcomes
from backend.keyring.column_safe import ColumnSafe
from backend.keyring.secrets_box import ColumnKeys
from backend.storage.run_rows import Run, RunKind
from tests.house_of_glass import OLD, House

HEADINGS = (
    "保険者番号",
    "記号",
    "番号",
    "枝番",
    "生年月日",
    "マイナ保険証",
    "交付事由",
)


@dataclass
class Desk:
    """Runs over a house; `lines` are the members' own, in order."""

    house: House
    bulk: Bulk
    lines: list[dict[str, str]] = field(default_factory=list)
    people: list[str] = field(default_factory=list)

    def member(self, card_status="NO_CARD", line=None, coverage=None, **person):
        """Somebody registered and covered, with the line that orders their paper."""
        person_id = self.house.person(card_status=card_status, **person)
        covered = self.house.cover(person_id, **(coverage or {}))
        self.people.append(person_id)
        self.lines.append(
            {
                "保険者番号": OLD.digits,
                "記号": covered.identity.symbol or "",
                "番号": covered.identity.number,
                "枝番": covered.identity.branch or "",
                "生年月日": person.get("birth_on", date(1980, 5, 5)).isoformat(),
                "マイナ保険証": "",
                "交付事由": "",
            }
            | (line or {})
        )
        return person_id

    def order(self, key="key", form="a4", by="opr-1", kind=RunKind.ISSUE):
        return Order(OLD.digits, kind, form, key, by, self.house.at)

    def receive(self, content=None, **order):
        content = list_bytes(self.lines) if content is None else content
        listed = open_list(io.BytesIO(content), ListLimits())
        return receive(self.bulk, self.order(**order), listed)

    def carry_on(self, run: Run, carrier=Carrier, watch=lambda counts: None) -> Run:
        def crew(run, numbers, tell):
            one = carrier(self.bulk, run, lambda: self.house.at)
            one.carry(numbers, lambda number: nullcontext(), tell)

        return carry_on(self.bulk, crew, run.id, lambda: self.house.at, watch)

    def run(self, content=None, **order) -> Run:
        return self.carry_on(self.receive(content, **order))

    def outcomes(self, run: Run) -> dict[int, LineOutcome]:
        with self.house.store.reading() as tx:
            chunks = [stored for _, stored in tx.outcomes(run.id)]
        told = [it for stored in chunks for it in read_outcomes(stored)]
        assert len({it.line for it in told}) == len(told)
        return {it.line: it for it in told}

    def papers(self, person_id: str):
        with self.house.store.reading() as tx:
            return list(tx.certificates_of(person_id))


def a_desk(house: House, approval_above: int = 1_000_000) -> Desk:
    safe = ColumnSafe(ColumnKeys.derive(bytes(32), 1), house.random_bytes)
    return Desk(house, Bulk(house.issuer, safe, approval_above, house.random_bytes))


def list_bytes(lines, headings=None, encoding="utf-8") -> bytes:
    headings = headings or tuple(lines[0] if lines else HEADINGS)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([line.get(name, "") for name in headings] for line in lines)
    return text.getvalue().encode(encoding)


def identity(number: str, branch: str | None = "01") -> InsuredIdentity:
    return InsuredIdentity("見本", number, branch)
