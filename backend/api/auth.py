"""Who calls: the access token and its proof, and whether the door is theirs."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from flask import Request, request

from backend.admitting.calling import holder_of, prove
from backend.admitting.errors import UnauthenticatedError
from backend.api.doorway import Doorway
from backend.api.rooms import Rooms, rooms
from backend.domain.errors import ShikakuError
from backend.storage.rows import Client, ClientKind
from backend.storage.store import Transaction

View = TypeVar("View", bound=Callable[..., Any])

SECURITY_SCHEMES: dict[str, dict[str, str]] = {
    "dpop": {
        "type": "http",
        "scheme": "DPoP",
        "description": "RFC 9449: `Authorization: DPoP <token>` and a fresh proof in"
        " the header `DPoP` for every request.",
    }
}

_REFUSALS = {"401": "UNAUTHORIZED", "403": "FORBIDDEN"}


class WrongActorError(ShikakuError):
    """A known caller at a door of another actor."""

    code = "wrong-actor"


def admits(kind: ClientKind) -> Callable[[View], Any]:
    """Let only clients of this kind in; the view gets the `Client` first."""

    def decorate(view: View) -> Any:
        @wraps(view)
        def admitted(*args: Any, **kwargs: Any) -> Any:
            house = rooms()
            client = house.store.write(recogniser(house, kind, knock_of(request)))
            return view(client, *args, **kwargs)

        return Doorway.doc(security=[{"dpop": []}], responses=_REFUSALS)(admitted)

    return decorate


@dataclass(frozen=True, slots=True)
class Knock:
    """What a request says of who makes it."""

    method: str
    path: str
    authorization: str | None
    dpop: str | None


def knock_of(request: Request) -> Knock:
    """What the framework's request says of who makes it."""
    return Knock(
        request.method,
        request.path,
        request.headers.get("Authorization"),
        request.headers.get("DPoP"),
    )


def recogniser(
    house: Rooms, kind: ClientKind, knock: Knock
) -> Callable[[Transaction], Client]:
    """Who makes a request, to be asked in a transaction: uses the proof up.

    Raises, here, UnauthenticatedError or BadProofError for a request that is no good
    by itself; in the transaction, the same or WrongActorError.
    """
    call = prove(
        knock.authorization,
        knock.dpop,
        knock.method,
        house.base_url + knock.path,
        house.clock(),
    )

    def recognise(tx: Transaction) -> Client:
        client = call.recognise(tx)
        if client.kind is not kind:
            raise WrongActorError(kind.value)
        return client

    return recognise


def is_known(house: Rooms, authorization: str | None) -> bool:
    """Whether a request bears a token of ours that is still good; proves no more."""
    try:
        with house.store.reading() as tx:
            holder_of(tx, authorization, house.clock())
    except UnauthenticatedError:
        return False
    return True
