"""担当者: operators at the terminal, each known by a word that only they have.

Whoever begins a large run and whoever approves it must be two people (docs/bulk.md).
The word is made here, shown once and kept as a keyed digest: nobody can read it again.
"""

from collections.abc import Callable
from datetime import datetime

from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.domain.errors import NotFoundError, RefusedError
from backend.domain.identifiers import new_id
from backend.domain.one_time_code import code_mac, make_code
from backend.domain.words import Words
from backend.storage.rows import Operator
from backend.storage.store import Store, Transaction

RandomBytes = Callable[[int], bytes]


def enrol_operator(
    store: Store,
    mac_key: bytes,
    insurer: str,
    name: str,
    at: datetime,
    random_bytes: RandomBytes,
) -> tuple[Operator, str]:
    """A new operator, and their word: 120 random bits, shown once.

    Raises NotFoundError for an insurer that is not enrolled.
    """
    operator = Operator(new_id("opr", at, random_bytes), insurer, name, at)
    word = f"{make_code(random_bytes)}-{make_code(random_bytes)}"

    def put(tx: Transaction) -> None:
        if tx.insurer(insurer) is None:
            raise NotFoundError("insurer")
        tx.put_operator(operator, code_mac(mac_key, word))
        _note(tx, operator, at)

    store.write(put)
    return operator, word


def operator_of(store: Store, mac_key: bytes, insurer: str, word: str) -> Operator:
    """Whose word it is; raises RefusedError for none of this insurer that is active."""
    with store.reading() as tx:
        operator = tx.operator_by_mac(code_mac(mac_key, word))
    if operator is None or operator.ended_at or operator.insurer != insurer:
        raise RefusedError(_NOBODY)
    return operator


def end_operator(store: Store, operator_id: str, at: datetime) -> None:
    """End an operator at once. Raises NotFoundError for none that is active."""

    def end(tx: Transaction) -> None:
        if not tx.end_operator(operator_id, at):
            raise NotFoundError("operator")

    store.write(end)


def _note(tx: Transaction, operator: Operator, at: datetime) -> None:
    tx.append_audit(
        lambda sequence: AuditEntry(
            sequence=sequence,
            at=at,
            kind=AuditKind.ENROLLED,
            actor_kind=ActorKind.OPERATOR,
            actor=operator.insurer,
            terminal=operator.id,
        )
    )


_NOBODY = Words(
    "担当者コードが正しくありません。shikaku operators list で確かめるか、"
    "shikaku enrol operator で作り直してください。",
    "The operator's code is not good: see shikaku operators list, or make a new one "
    "with shikaku enrol operator.",
)
