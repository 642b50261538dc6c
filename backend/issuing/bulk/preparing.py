"""A chunk of an order list made ready: read, matched, judged and drawn up.

Nothing is written here, so chunks can be prepared ahead and in other processes. What
was read may be old when it is noted: `Prepared` says as of when it was true.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from backend.credentials.certificate import Form
from backend.domain.entitlement import CardStatus
from backend.domain.errors import MalformedError, NotFoundError
from backend.domain.identifiers import new_serials
from backend.domain.japan_time import japan_day
from backend.interchange.member_row import LineError
from backend.interchange.order_row import OrderLine, OrderReader
from backend.issuing.bulk.matching import match
from backend.issuing.bulk.outcomes import (
    TWICE,
    Outcome,
    lines_of,
    rejected,
    skipped,
)
from backend.issuing.due import Due, is_due
from backend.issuing.issuer import Issuer
from backend.issuing.paper import Draft, Press, Wishes, draw_up
from backend.storage.run_rows import RegisterLine, Run
from backend.storage.store import Transaction

Row = tuple[int, list[str]]
"""A line's number and the cells of the columns that are read."""


class Prepared(NamedTuple):
    """What is to be noted for a chunk, true as of a version of the register.

    Each draft stands beside its line, the serial that it replaces, if any, and why;
    `outcomes` are those of all other lines.
    """

    version: int
    last_intent: int
    drafts: list[Draft]
    lines: list[tuple[int, str | None, str]]
    outcomes: list[Outcome]


class Preparing:
    """Prepares the chunks of one run on one day in Japan."""

    def __init__(
        self,
        issuer: Issuer,
        tx: Transaction,
        run: Run,
        reader: OrderReader,
        at: datetime,
    ) -> None:
        insurer = tx.insurer(run.insurer)
        if insurer is None:
            raise NotFoundError("insurer")
        on = japan_day(at)
        self._run, self._reader, self._at = run, reader, at
        self._press = Press.of(insurer, Form(run.asked), on, issuer.names)
        self._day = on.isoformat()
        self._serials = new_serials(issuer.random_bytes)
        self._issued: dict[int, dict[str, int]] = {}  # lines by serial, by chunk

    @property
    def press(self) -> Press:
        """What all papers of this run and day have in common."""
        return self._press

    def prepare(
        self,
        tx: Transaction,
        rows: Sequence[Row],
        served: dict[str, int] | None = None,
    ) -> Prepared:
        """Read, match, judge and draw up some lines, as `tx` sees the register.

        `served` are the people of lines before these, by id; who is served now is
        added.
        """
        prepared = Prepared(tx.register_version(), tx.last_intent(), [], [], [])
        asked = self._read(rows, prepared.outcomes)
        found = self._found(tx, [it for _, it in asked])
        served = {} if served is None else served
        for place, (line, order) in enumerate(asked):
            self._take(tx, prepared, served, line, order, found[place])
        return prepared

    def _read(
        self, rows: Sequence[Row], outcomes: list[Outcome]
    ) -> list[tuple[int, OrderLine]]:
        asked = []
        for line, cells in rows:
            order = self._reader.read(line, cells)
            if isinstance(order, OrderLine):
                asked.append((line, order))
            else:
                outcomes.append(rejected(line, order))
        return asked

    def _found(
        self, tx: Transaction, asked: Sequence[OrderLine]
    ) -> dict[int, list[RegisterLine]]:
        keys = [(it.symbol_key, it.number_key) for it in asked]
        found: dict[int, list[RegisterLine]] = defaultdict(list)
        for one in tx.registered_numbers(self._run.insurer, keys, self._press.on):
            found[one.asked].append(one)
        return found

    def _take(
        self,
        tx: Transaction,
        prepared: Prepared,
        served: dict[str, int],
        line: int,
        order: OrderLine,
        found: Sequence[RegisterLine],
    ) -> None:
        registered = match(line, order, found, self._day)
        if isinstance(registered, LineError):
            prepared.outcomes.append(rejected(line, [registered]))
            return
        earlier = served.get(registered.person_id)
        if earlier is not None:
            prepared.outcomes.append(skipped(line, TWICE, None, earlier))
            return
        due = self._due(tx, line, order, registered)
        if not isinstance(due, Due):
            prepared.outcomes.append(due)
            return
        draft = self._draw(tx, line, order, registered)
        if not isinstance(draft, Draft):
            prepared.outcomes.append(draft)
            return
        served[registered.person_id] = line
        prepared.drafts.append(draft)
        prepared.lines.append((line, due.replaces, order.order.value))

    def _due(
        self, tx: Transaction, line: int, order: OrderLine, registered: RegisterLine
    ) -> Due | Outcome:
        status = order.status or _STATUS[registered.card_status]
        due = is_due(tx, registered, status, order.order, self._press.on, self._at)
        serial = due.replaces if isinstance(due, Due) else due.serial
        earlier = self._line_of(tx, serial) if serial else None
        if earlier is not None:
            return skipped(line, TWICE, serial, earlier)
        return due if isinstance(due, Due) else skipped(line, due.code, serial)

    def _draw(
        self, tx: Transaction, line: int, order: OrderLine, registered: RegisterLine
    ) -> Draft | Outcome:
        wishes = Wishes(order.wants_limit, order.wants_diseases)
        try:
            serial = next(self._serials)
            return draw_up(tx, self._press, registered, wishes, serial)
        except MalformedError as error:
            told = LineError(line, error.field, error.reason, error.fix)
            return rejected(line, [told])

    def _line_of(self, tx: Transaction, serial: str) -> int | None:
        """The line of this run that a certificate was issued to, if it was this run."""
        number = tx.chunk_of_paper(self._run.id, serial)
        if number is None:
            return None
        if number not in self._issued:
            _, stored = next(tx.outcomes(self._run.id, number - 1))
            self._issued[number] = lines_of(stored)
        return self._issued[number][serial]


_STATUS = {status.value: status for status in CardStatus}
