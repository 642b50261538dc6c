"""代理 in SQLite: how a delegate stands beside a client, and a grant beside a code."""

from datetime import date
from typing import Any

from backend.domain.delegation import Delegate, DelegateRelation, Delegation

DELEGATION_COLUMNS = "k.relation, k.until_on, k.may_see_history, k.granted_by"
DELEGATE_COLUMNS = f"{DELEGATION_COLUMNS}, k.delegate_name"

_RELATION = {relation.value: relation for relation in DelegateRelation}
_NO_DELEGATE = (None, None, None, None, None)


def to_delegation_columns(delegation: Delegation) -> tuple[Any, ...]:
    """The values of `DELEGATION_COLUMNS`."""
    return (
        delegation.relation.value,
        delegation.until_on.isoformat(),
        int(delegation.may_see_history),
        delegation.granted_by,
    )


def to_delegate_columns(delegate: Delegate | None) -> tuple[Any, ...]:
    """The values of `DELEGATE_COLUMNS`."""
    if delegate is None:
        return _NO_DELEGATE
    return (*to_delegation_columns(delegate.delegation), delegate.name)


def read_delegation(row: tuple[Any, ...]) -> Delegation | None:
    """The delegation of `DELEGATION_COLUMNS`, if there is one."""
    relation, until_on, may_see_history, granted_by = row
    if relation is None:
        return None
    return Delegation(
        _RELATION[relation],
        date.fromisoformat(until_on),
        bool(may_see_history),
        granted_by,
    )


def read_delegate(row: tuple[Any, ...]) -> Delegate | None:
    """The delegate of `DELEGATE_COLUMNS`, if there is one; nameless once erased."""
    delegation = read_delegation(row[:-1])
    return None if delegation is None else Delegate(row[-1], delegation)
