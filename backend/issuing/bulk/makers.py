"""Who made or approved a run: a system, or an operator, wherever they sat.

An operator who signed in twice, or sits at console and terminal, is one person.
"""

from dataclasses import dataclass

from backend.storage.store import Transaction


@dataclass(frozen=True, slots=True)
class Maker:
    """One who can be told from another: the id of an operator, else of a system.

    `name` is what they are called, "" for whoever never said who they are.
    """

    id: str
    name: str


def maker_of(tx: Transaction, by: str) -> Maker:
    """Whoever stands behind the id that a run bears: session, operator or system."""
    client = tx.client(by)
    operator = tx.operator(client.operator or "" if client else by)
    if operator is not None:
        return Maker(operator.id, operator.name)
    return Maker(by, client.name if client else "")


def is_one_person(tx: Transaction, one: str, other: str) -> bool:
    """Whether two ids that runs bear are the same operator or system."""
    return maker_of(tx, one).id == maker_of(tx, other).id
