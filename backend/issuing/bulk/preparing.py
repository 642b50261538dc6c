"""A chunk of an order list made ready: read, matched, judged and drawn up.

Nothing is written here, so chunks can be prepared ahead and in other processes. What
was read may be old when it is noted: `Prepared` says as of when it was true.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import NamedTuple

from backend.credentials.certificate import Form
from backend.domain.entitlement import CardStatus, Entitled, entitlement
from backend.domain.errors import MalformedError, NotFoundError
from backend.domain.identifiers import new_serials
from backend.domain.japan_time import japan_day
from backend.domain.paper_order import PaperOrder
from backend.interchange.member_row import LineError
from backend.interchange.order_row import OrderLine, OrderReader, OrderTerms
from backend.issuing.bulk.matching import match
from backend.issuing.bulk.outcomes import (
    TWICE,
    Outcome,
    done,
    lines_of,
    rejected,
    skipped,
)
from backend.issuing.due import Due, is_due
from backend.issuing.issuer import Issuer
from backend.issuing.mould import Moulds
from backend.issuing.paper import Press, Wishes, draw_up
from backend.storage.aside import Aside
from backend.storage.batch_rows import Draft
from backend.storage.run_rows import RegisterLine, RegisterRow, Run, values_of
from backend.storage.store import Transaction

Row = tuple[int, Sequence[str]]
"""A line's number and the cells of the columns that are read."""

_described = values_of("branch", "birth_on", "kanji", "kana")
_judged = values_of("is_plain", "acquired_on", "lost_on", "card_status")
_AT_ONCE = 250  # lines: they are in the processor's cache from reading to drawing up


class Prepared(NamedTuple):
    """What is to be noted for a chunk, true as of a version of the register.

    `outcomes` tell what becomes of each line once that is done; `replaced` are serials
    of papers that are to be withdrawn for new ones, and why.
    """

    version: int
    last_intent: int
    drafts: list[Draft]
    outcomes: list[Outcome]
    replaced: list[tuple[str, PaperOrder]]


class Preparing:
    """Prepares the chunks of one run; remembers from one to the next what recurs."""

    def __init__(self, issuer: Issuer, run: Run, reader: OrderReader) -> None:
        self._issuer, self._run, self._reader = issuer, run, reader
        self._moulds: Moulds | None = None

    def press_at(self, tx: Transaction, at: datetime) -> Press:
        """What all papers of this run and day have in common."""
        return self._moulds_at(tx, at).press

    def _moulds_at(self, tx: Transaction, at: datetime) -> Moulds:
        insurer = tx.insurer(self._run.insurer)
        if insurer is None:
            raise NotFoundError("insurer")
        form, names = Form(self._run.asked), self._issuer.names
        press = Press.of(insurer, form, japan_day(at), names)
        if self._moulds is None or self._moulds.press != press:
            self._moulds = Moulds(press)
        return self._moulds

    def prepare(
        self,
        tx: Transaction,
        rows: Sequence[Row],
        at: datetime,
        served: Aside | None = None,
    ) -> Prepared:
        """Read, match, judge and draw up some lines, as `tx` sees the register.

        `served` are the people of lines before these, by id; who is served now is
        added.
        """
        prepared = Prepared(tx.register_version(), tx.last_intent(), [], [], [])
        moulds = self._moulds_at(tx, at)
        serials = new_serials(self._issuer.random_bytes)
        served = {} if served is None else served
        drawing = _Drawing(tx, self._run.id, moulds, at, serials, served, prepared)
        for start in range(0, len(rows), _AT_ONCE):
            asked = self._read(rows[start : start + _AT_ONCE], prepared.outcomes)
            found = self._found(tx, [it for _, it in asked], moulds.press.on)
            drawing.take(asked, found)
        return prepared

    def _read(
        self, rows: Sequence[Row], outcomes: list[Outcome]
    ) -> list[tuple[int, OrderLine]]:
        asked = []
        for line, cells in rows:
            order = self._reader.read(line, cells)
            if isinstance(order, list):
                outcomes.append(rejected(line, order))
            else:
                asked.append((line, order))
        return asked

    def _found(
        self, tx: Transaction, asked: Sequence[OrderLine], on: date
    ) -> Sequence[Sequence[RegisterRow]]:
        """For each line the coverages under its numbers."""
        keys = [(terms.symbol_key, number) for terms, number, _, _, _ in asked]
        found: list[list[RegisterRow]] = [[] for _ in asked]
        for row in tx.registered_numbers(self._run.insurer, keys, on):
            found[row[0]].append(row)  # by `asked`
        return found


class _Drawing:
    """The lines of one chunk, matched, judged and drawn up one after another."""

    def __init__(
        self,
        tx: Transaction,
        run_id: str,
        moulds: Moulds,
        at: datetime,
        serials: Iterator[str],
        served: Aside,
        prepared: Prepared,
    ) -> None:
        self._tx, self._run_id, self._moulds, self._at = tx, run_id, moulds, at
        self._press, self._day = moulds.press, moulds.press.on.isoformat()
        self._serials, self._served = serials, served
        _, _, self._drafts, self._outcomes, self._replaced = prepared
        self._issued: dict[int, dict[str, int]] = {}  # lines by serial, by chunk
        self._simple: dict[tuple[OrderTerms, str], bool] = {}

    def take(
        self,
        asked: Sequence[tuple[int, OrderLine]],
        found: Sequence[Sequence[RegisterRow]],
    ) -> None:
        """Draw up what is due to each line, or tell why nothing is."""
        is_usual, cast, served = self._is_usual, self._moulds.cast, self._served
        for (line, order), rows in zip(asked, found, strict=True):
            paper = None
            if len(rows) == 1 and is_usual(order, rows[0]):
                paper = cast(rows[0])
            if paper is None or paper[1] in served:
                self._judge(line, order, rows)
            else:
                self._put(line, (next(self._serials), *paper), None)

    def _judge(self, line: int, order: OrderLine, found: Sequence[RegisterRow]) -> None:
        registered = match(line, order, list(map(RegisterLine._make, found)), self._day)
        if isinstance(registered, LineError):
            self._outcomes.append(rejected(line, [registered]))
            return
        earlier = self._served.get(registered.person_id)
        if earlier is not None:
            self._outcomes.append(skipped(line, TWICE, None, earlier))
            return
        due = self._due(line, order[0], registered)
        if isinstance(due, Due):
            self._draw(line, order[0], registered, due.replaces)
        else:
            self._outcomes.append(due)

    def _is_usual(self, order: OrderLine, row: RegisterRow) -> bool:
        """Whether the line's words are the register's, and a paper is due; mostly so.

        A short way to what `match` and `is_due` would say.
        """
        terms, _, birth_on, kanji, kana = order
        its_branch, its_birth, its_kanji, its_kana = _described(row)
        is_plain, acquired_on, lost_on, card_status = _judged(row)
        return (
            is_plain
            and birth_on == its_birth
            and (kanji == its_kanji or not kanji)
            and (kana == its_kana or not kana)
            and (terms.branch is None or terms.branch == its_branch)
            and acquired_on <= self._day
            and (lost_on is None or lost_on > self._day)
            and self._is_simple(terms, card_status)
        )

    def _is_simple(self, terms: OrderTerms, card_status: str) -> bool:
        """Whether whoever has this status gets a paper, and wishes nothing on it."""
        kind = terms, card_status
        known = self._simple.get(kind)
        if known is None:
            status = terms.status or CardStatus(card_status)
            found = entitlement(status, terms.order.has_applied)
            has_wishes = terms.wants_limit or terms.wants_diseases
            known = isinstance(found, Entitled) and not has_wishes
            self._simple[kind] = known
        return known

    def _due(
        self, line: int, terms: OrderTerms, registered: RegisterLine
    ) -> Due | Outcome:
        status = terms.status or CardStatus(registered.card_status)
        tx, on = self._tx, self._press.on
        due = is_due(tx, registered, status, terms.order, on, self._at)
        serial = due.replaces if isinstance(due, Due) else due.serial
        earlier = self._line_of(serial) if serial else None
        if earlier is not None:
            return skipped(line, TWICE, serial, earlier)
        return due if isinstance(due, Due) else skipped(line, due.code, serial)

    def _draw(
        self,
        line: int,
        terms: OrderTerms,
        registered: RegisterLine,
        replaced: str | None,
    ) -> None:
        try:
            draft = self._drawn(terms, registered)
        except MalformedError as error:
            told = LineError(line, error.field, error.reason, error.fix)
            self._outcomes.append(rejected(line, [told]))
            return
        self._put(line, draft, replaced)
        if replaced:
            self._replaced.append((replaced, terms.order))

    def _drawn(self, terms: OrderTerms, registered: RegisterLine) -> Draft:
        serial = next(self._serials)
        wishes = Wishes(terms.wants_limit, terms.wants_diseases)
        paper = None if any(wishes) else self._moulds.cast(registered)
        if paper is not None:
            return serial, *paper
        return draw_up(self._tx, self._press, registered, wishes, serial)

    def _put(self, line: int, draft: Draft, replaced: str | None) -> None:
        self._served[draft[2]] = line  # by person
        self._drafts.append(draft)
        self._outcomes.append(done(line, draft[0], replaced))

    def _line_of(self, serial: str) -> int | None:
        """The line of this run that a certificate was issued to, if it was this run."""
        number = self._tx.chunk_of_paper(self._run_id, serial)
        if number is None:
            return None
        if number not in self._issued:
            _, stored = next(self._tx.outcomes(self._run_id, number - 1))
            self._issued[number] = lines_of(stored)
        return self._issued[number][serial]
