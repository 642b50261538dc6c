"""Member lists: previewed first, which writes nothing to the register, then committed.

1. Begin: from now on the insurer tells nothing else.
2. Decide: what was previewed still holds, and whose line is whose is settled.
3. Carry out line by line, some at a time, so that checks go on in between.
4. Commit: the list is delivered, and what was uploaded is gone with it: whoever is
   erased from the register is nowhere else.
A commitment that was broken off goes on when the server starts, or where it is asked
for again. A line, once decided, is written once however often it is carried out, so
nobody is told by halves.
A list whose commitment nobody began is deleted a day later.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import date, datetime

from backend.audit.events import AuditKind
from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.identifiers import new_id
from backend.domain.insurer_number import InsurerNumber
from backend.domain.japan_time import japan_day
from backend.domain.words import Words
from backend.interchange.member_list import ParsedList, parse_member_list
from backend.interchange.member_row import RowRules
from backend.registering.list_plan import ListPlan, plan_list
from backend.registering.registrar import (
    Registrar,
    Teller,
    require_insurer,
    require_no_list_under_way,
)
from backend.registering.steps import Decision, carry_out, decide
from backend.registering.stored_list import StoredList
from backend.registering.trail import note
from backend.storage.rows import MemberList
from backend.storage.store import Transaction

CHUNK = 25  # lines a transaction, so that the write lock is held only briefly

_HAS_ERRORS = Words(
    "誤りのある一覧は登録できません。直して送り直してください。",
    "A list with errors cannot be committed. Mend it and send it again.",
)
_HAS_CHANGED = Words(
    "確認の後に登録内容が変わりました。同じ一覧をもう一度送って確認してください。",
    "The register has changed since the preview. Send the list again to preview it.",
)


def preview(
    registrar: Registrar, teller: Teller, content: bytes
) -> tuple[str, ListPlan]:
    """Keep the upload and say what it would do: its id for `commit`, and the plan.

    Raises MalformedError when the file as a whole cannot be read (then nothing is
    kept), and NotFoundError for an insurer that is not registered.
    """
    received_on = japan_day(teller.at)
    parsed = _parse(registrar, teller, content, received_on)
    with registrar.store.reading() as tx:
        require_insurer(tx, teller)
        plan, _ = plan_list(tx, registrar, teller, parsed, received_on)
    list_id = new_id("lst", teller.at, registrar.random_bytes)
    kept = MemberList(
        id=list_id,
        insurer=teller.insurer.digits,
        digest=hashlib.sha256(content).digest(),
        plan=StoredList(content, plan).sealed(registrar.safe, list_id),
        uploaded_at=teller.at,
    )
    registrar.store.write(lambda tx: tx.put_list(kept))
    return list_id, plan


def commit(registrar: Registrar, teller: Teller, list_id: str) -> ListPlan:
    """Do what was previewed, to the end; done before, only answer again.

    The answer is the plan without the members' numbers: only that much is kept.
    Raises NotFoundError for a list that is not this insurer's, ConflictError for one
    with errors, when the register has changed so that another plan would result, and
    while another list of the insurer is under way. Then nothing was written.
    """
    kept = _begin(registrar, teller, list_id)
    stored = StoredList.unseal(registrar.safe, list_id, kept.plan)
    if kept.committed_at is None:
        received_on = japan_day(kept.uploaded_at)
        parsed = _parse(registrar, teller, stored.upload, received_on)
        if kept.decision is None:
            kept = _decide(registrar, teller, kept, stored.plan, parsed)
        _carry_out(registrar, teller, kept, parsed)
        _finish(registrar, teller, list_id, stored)
    return stored.plan.without_numbers()


def go_on(registrar: Registrar, at: datetime) -> Sequence[str]:
    """Finish every list whose commitment was broken off; the ids of those finished.

    A list that was begun but not decided, and that the register has outrun since, is
    given up: its insurer previews it again.
    """
    finished = []
    with registrar.store.reading() as tx:
        under_way = tx.lists_under_way()
    for insurer, list_id in under_way:
        try:
            commit(registrar, Teller(InsurerNumber(insurer), at), list_id)
            finished.append(list_id)
        except ConflictError:
            continue
    return finished


def _begin(registrar: Registrar, teller: Teller, list_id: str) -> MemberList:
    def work(tx: Transaction) -> MemberList:
        kept = tx.member_list(list_id)
        if kept is None or kept.insurer != teller.insurer.digits:
            raise NotFoundError("list")
        if kept.committed_at is None:
            require_no_list_under_way(tx, teller, but=list_id)
            tx.begin_list(list_id, teller.at)
        return kept

    return registrar.store.write(work)


def _decide(
    registrar: Registrar,
    teller: Teller,
    kept: MemberList,
    shown: ListPlan,
    parsed: ParsedList,
) -> MemberList:
    """Settle whose line is whose, if the plan is still what was shown.

    The same commitment may be asked for twice at once: the first decision stands, and
    a list that another call has decided is not given up.
    """
    received_on = japan_day(kept.uploaded_at)
    with registrar.store.reading() as tx:
        plan, steps = plan_list(tx, registrar, teller, parsed, received_on)
    is_as_shown = plan == shown and not shown.error_count
    decision = _spelled([decide(registrar, teller, step) for step in steps])

    def settle(tx: Transaction) -> MemberList | None:
        if is_as_shown:
            tx.decide_list(kept.id, decision)
        else:
            tx.abandon_list(kept.id)
        return tx.member_list(kept.id)

    settled = registrar.store.write(settle)
    if settled is None or not (settled.decision or settled.committed_at):
        raise ConflictError(_HAS_ERRORS if shown.error_count else _HAS_CHANGED)
    return settled


def _carry_out(
    registrar: Registrar, teller: Teller, kept: MemberList, parsed: ParsedList
) -> None:
    """Write line after line, for as long as the list is under way."""
    if kept.decision is None:  # another call has committed it meanwhile
        return
    decisions = [Decision(*pair) for pair in json.loads(kept.decision)]
    decided = list(zip(parsed.rows, decisions, strict=True))
    for start in range(0, len(decided), CHUNK):

        def step(tx: Transaction, start: int = start) -> None:
            if tx.list_under_way(kept.insurer) == kept.id:
                for row, decision in decided[start : start + CHUNK]:
                    carry_out(tx, registrar, teller, row, decision)

        registrar.store.write(step)


def _finish(
    registrar: Registrar, teller: Teller, list_id: str, stored: StoredList
) -> None:
    done = stored.committed().sealed(registrar.safe, list_id)

    def work(tx: Transaction) -> None:
        if tx.commit_list(list_id, done, teller.at):
            tx.note_delivery(teller.insurer.digits, teller.at)
            note(tx, teller, AuditKind.LIST_COMMITTED, list_id)

    registrar.store.write(work)


def confirm(registrar: Registrar, teller: Teller) -> None:
    """Note that nothing has changed: all that was told holds as of now.

    Raises NotFoundError for an insurer that is not registered.
    """

    def work(tx: Transaction) -> None:
        require_insurer(tx, teller)
        tx.note_delivery(teller.insurer.digits, teller.at)

    registrar.store.write(work)


def _spelled(decisions: list[Decision]) -> bytes:
    return json.dumps([astuple(it) for it in decisions]).encode()


def _parse(
    registrar: Registrar, teller: Teller, content: bytes, received_on: date
) -> ParsedList:
    """The list in the order of its coverages: a loss comes before what follows it."""
    rules = RowRules(teller.insurer, received_on, registrar.sample_data)
    parsed = parse_member_list(content, rules, registrar.limits)
    rows = sorted(parsed.rows, key=lambda row: row.acquired_on)
    return replace(parsed, rows=tuple(rows))
