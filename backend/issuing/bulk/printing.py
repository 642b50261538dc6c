"""A run printed: its certificates in the order of its list, some sheets at a time.

Printed is what may still be handed out: not what was withdrawn since, nor a paper with
an address that is withheld by now (不開示), nor one of a person who is erased.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from backend.credentials.certificate import Form
from backend.issuing.bulk.outcomes import LineResult, read_outcomes
from backend.issuing.showing import text_to_show
from backend.printing.sheets import (
    Layout,
    Printed,
    per_sheet,
    print_certificates,
    sheet_index,
)
from backend.storage.rows import WithdrawalKind
from backend.storage.run_rows import Run
from backend.storage.store import Store, Transaction

SHEETS = 25  # a part: the engine keeps what it laid out (docs/printing.md)


class Place(NamedTuple):
    """Where a certificate stands: sheet and place in the whole run, from 1."""

    sheet: int
    place: int
    serial: str


class PrintedPart(NamedTuple):
    """Some sheets of a run: the PDF (empty if nothing is left), and what is on them.

    `left_out` are the serials that may not be handed out any more.
    """

    pdf: bytes
    places: Sequence[Place]
    left_out: Sequence[str]


def print_run(store: Store, run: Run, layout: Layout) -> Iterator[PrintedPart]:
    """Print the certificates of a run of issuance, a part at a time."""
    form = Form(run.asked)
    papers = papers_a_part(run, layout)
    with store.reading() as tx:
        serials = _serials(tx, run)
        sheet = 1
        while some := list(islice(serials, papers)):
            part = _part(tx, some, form, layout, sheet)
            sheet += -(-len(part.places) // per_sheet(form, layout))
            yield part


def papers_a_part(run: Run, layout: Layout) -> int:
    """How many certificates of a run one part holds at most."""
    return SHEETS * per_sheet(Form(run.asked), layout)


def print_part(store: Store, run: Run, layout: Layout, number: int) -> PrintedPart:
    """One part of a run of issuance, from 1; its sheets are numbered from 1 as well.

    Nothing is on it where the run has fewer parts.
    """
    form, papers = Form(run.asked), papers_a_part(run, layout)
    with store.reading() as tx:
        some = islice(_serials(tx, run), (number - 1) * papers, number * papers)
        return _part(tx, list(some), form, layout, 1)


def _serials(tx: Transaction, run: Run) -> Iterator[str]:
    for _, stored in list(tx.outcomes(run.id)):
        for told in read_outcomes(stored):
            if told.result is LineResult.DONE and told.serial:
                yield told.serial


def _part(
    tx: Transaction, serials: Sequence[str], form: Form, layout: Layout, first: int
) -> PrintedPart:
    texts = {serial: _text(tx, serial) for serial in serials}
    shown = {serial: text for serial, text in texts.items() if text}
    papers = [Printed(text) for text in shown.values()]
    places = [Place(*it) for it in sheet_index(list(shown), form, layout, first)]
    left_out = [serial for serial in serials if serial not in shown]
    pdf = print_certificates(papers, layout) if papers else b""
    return PrintedPart(pdf, places, left_out)


def _text(tx: Transaction, serial: str) -> str | None:
    paper = tx.certificate(serial)
    if paper is None:
        return None
    last = paper.withdrawal
    if last is not None and last.kind is not WithdrawalKind.REINSTATED:
        return None
    return text_to_show(tx, paper)
