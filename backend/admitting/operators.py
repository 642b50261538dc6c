"""担当者: an insurer's operators, each known by a word and by passkeys of their own.

Whoever begins a large run and whoever approves it must be two people (docs/bulk.md).
The word is for the terminal, the code opens the console to a passkey. Both are made
here, shown once and kept as keyed digests: nobody can read them again.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from backend.admitting.enrolled_keys import end_in
from backend.admitting.enrolment_codes import EnrolmentCode, put_operator_code
from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.domain.errors import NotFoundError, RefusedError
from backend.domain.identifiers import new_id
from backend.domain.one_time_code import code_mac, make_code
from backend.domain.words import Words
from backend.storage.rows import ClientKind, Operator
from backend.storage.store import Store, Transaction

RandomBytes = Callable[[int], bytes]


@dataclass(frozen=True, slots=True)
class EnrolledOperator:
    """A new operator, their word for the terminal and their code for the console."""

    operator: Operator
    word: str = field(repr=False)
    code: EnrolmentCode


def enrol_operator(
    store: Store,
    mac_key: bytes,
    insurer: str,
    name: str,
    at: datetime,
    random_bytes: RandomBytes,
) -> EnrolledOperator:
    """A new operator; the word has 120 random bits, the code sixty and fourteen days.

    Raises NotFoundError for an insurer that is not enrolled.
    """
    operator = Operator(new_id("opr", at, random_bytes), insurer, name, at)
    word = f"{make_code(random_bytes)}-{make_code(random_bytes)}"

    def put(tx: Transaction) -> EnrolledOperator:
        if tx.insurer(insurer) is None:
            raise NotFoundError("insurer")
        tx.put_operator(operator, code_mac(mac_key, word))
        _note(tx, operator, AuditKind.ENROLLED, "", at)
        code = put_operator_code(tx, mac_key, operator, at, random_bytes)
        return EnrolledOperator(operator, word, code)

    return store.write(put)


def operator_of(store: Store, mac_key: bytes, insurer: str, word: str) -> Operator:
    """Whose word it is; raises RefusedError for none of this insurer that is active."""
    with store.reading() as tx:
        operator = tx.operator_by_mac(code_mac(mac_key, word))
    if operator is None or operator.ended_at or operator.insurer != insurer:
        raise RefusedError(_NOBODY)
    return operator


def renew_operator(
    store: Store,
    mac_key: bytes,
    operator_id: str,
    at: datetime,
    random_bytes: RandomBytes,
) -> EnrolmentCode:
    """A new code for the console, for whoever lost their passkey.

    Their passkeys, sessions and unused codes end at once. Raises NotFoundError for an
    operator that is not active.
    """

    def renew(tx: Transaction) -> EnrolmentCode:
        operator = tx.operator(operator_id)
        if operator is None or operator.ended_at:
            raise NotFoundError("operator")
        _close_console(tx, operator, at)
        _note(tx, operator, AuditKind.KEY_CHANGED, "renewed", at)
        return put_operator_code(tx, mac_key, operator, at, random_bytes)

    return store.write(renew)


def end_operator(store: Store, operator_id: str, at: datetime) -> None:
    """End an operator at once, with their passkeys, sessions and unused codes.

    Raises NotFoundError for none that is active.
    """

    def end(tx: Transaction) -> None:
        operator = tx.operator(operator_id)
        if operator is None or not tx.end_operator(operator_id, at):
            raise NotFoundError("operator")
        _close_console(tx, operator, at)
        _note(tx, operator, AuditKind.KEY_CHANGED, "ended", at)

    store.write(end)


def _close_console(tx: Transaction, operator: Operator, at: datetime) -> None:
    tx.void_codes(ClientKind.OPERATOR, operator.id, operator.insurer, at)
    tx.end_passkeys(operator.id, at)
    for session in tx.sessions_of(operator.id):
        if session.is_live(at):
            end_in(tx, session, ActorKind.OPERATOR, at)


def _note(
    tx: Transaction, operator: Operator, kind: AuditKind, outcome: str, at: datetime
) -> None:
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=kind,
            actor_kind=ActorKind.OPERATOR,
            actor=operator.insurer,
            terminal=operator.id,
            outcome=outcome,
        )
    )


_NOBODY = Words(
    "担当者コードが正しくありません。shikaku operators list で確かめるか、"
    "shikaku enrol operator で作り直してください。",
    "The operator's code is not good: see shikaku operators list, or make a new one "
    "with shikaku enrol operator.",
)
