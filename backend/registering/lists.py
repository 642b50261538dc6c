"""Member lists: previewed first, which writes nothing to the register, then committed.

A commitment happens whole or not at all, does only what was previewed, and can be
repeated safely. What was uploaded is gone with it: whoever is erased from the register
is nowhere else. A list that is not committed is deleted a day later.
"""

import hashlib
from collections.abc import Sequence
from datetime import date

from backend.audit.events import AuditKind
from backend.domain.errors import ConflictError, NotFoundError
from backend.domain.identifiers import new_id
from backend.domain.japan_time import japan_day
from backend.domain.words import Words
from backend.interchange.member_list import ParsedList, parse_member_list
from backend.interchange.member_row import RowRules
from backend.registering.list_plan import ListPlan, plan_list
from backend.registering.registrar import Registrar, Teller, require_insurer
from backend.registering.steps import Step, carry_out, named
from backend.registering.stored_list import StoredList
from backend.registering.trail import has_changed, note
from backend.storage.rows import MemberList
from backend.storage.store import Transaction

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
    list_id = new_id("lst", registrar.random_bytes)
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
    """Do what was previewed, in one transaction; done before, only answer again.

    The answer is the plan without the members' numbers: only that much is kept.
    Raises NotFoundError for a list that is not this insurer's, ConflictError for one
    with errors or when the register has changed so that another plan would result.
    """
    with registrar.store.reading() as tx:
        kept = _own(tx, teller, list_id)
    stored = StoredList.unseal(registrar.safe, list_id, kept.plan)
    if kept.committed_at is None:
        _commit(registrar, teller, kept, stored)
    return stored.plan.without_numbers()


def _commit(
    registrar: Registrar, teller: Teller, kept: MemberList, stored: StoredList
) -> None:
    """Read and plan while others write; hold the pen only to carry it out."""
    if stored.plan.error_count:
        raise ConflictError(_HAS_ERRORS)
    parsed = _parse(registrar, teller, stored.upload, japan_day(kept.uploaded_at))

    def planned(tx: Transaction) -> Sequence[Step]:
        return _as_shown(tx, registrar, teller, kept, stored, parsed)

    with registrar.store.reading() as tx:
        seen, steps = tx.audit_size(), planned(tx)
    done = stored.committed().sealed(registrar.safe, kept.id)
    with registrar.store.transaction() as tx:
        if _own(tx, teller, kept.id).committed_at is not None:
            return
        if has_changed(tx, seen):
            steps = planned(tx)
        for step in steps:
            carry_out(tx, teller, step)
        tx.note_delivery(teller.insurer.digits, teller.at)
        tx.commit_list(kept.id, done, teller.at)
        note(tx, teller, AuditKind.LIST_COMMITTED, kept.id)


def _as_shown(
    tx: Transaction,
    registrar: Registrar,
    teller: Teller,
    kept: MemberList,
    stored: StoredList,
    parsed: ParsedList,
) -> Sequence[Step]:
    """The steps, ready to be written, if they are still those that were shown."""
    received_on = japan_day(kept.uploaded_at)
    plan, steps = plan_list(tx, registrar, teller, parsed, received_on)
    if plan != stored.plan:
        raise ConflictError(_HAS_CHANGED)
    return [named(registrar, step) for step in steps]


def _own(tx: Transaction, teller: Teller, list_id: str) -> MemberList:
    kept = tx.member_list(list_id)
    if kept is None or kept.insurer != teller.insurer.digits:
        raise NotFoundError("list")
    return kept


def confirm(registrar: Registrar, teller: Teller) -> None:
    """Note that nothing has changed: all that was told holds as of now.

    Raises NotFoundError for an insurer that is not registered.
    """

    def work(tx: Transaction) -> None:
        require_insurer(tx, teller)
        tx.note_delivery(teller.insurer.digits, teller.at)

    registrar.store.write(work)


def _parse(
    registrar: Registrar, teller: Teller, content: bytes, received_on: date
) -> ParsedList:
    rules = RowRules(teller.insurer, received_on, registrar.sample_data)
    return parse_member_list(content, rules, registrar.limits)
