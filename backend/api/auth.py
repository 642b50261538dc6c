"""Who calls: the access token and its proof, and whether the door is theirs."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from flask import request

from backend.admitting.calling import Caller, prove
from backend.api.doorway import Doorway
from backend.api.rooms import rooms
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
    """Let only clients of this kind in; the view gets the `Caller` first."""

    def decorate(view: View) -> Any:
        @wraps(view)
        def admitted(*args: Any, **kwargs: Any) -> Any:
            client = rooms().store.write(recogniser(kind))
            return view(Caller(client), *args, **kwargs)

        return Doorway.doc(security=[{"dpop": []}], responses=_REFUSALS)(admitted)

    return decorate


def recogniser(kind: ClientKind) -> Callable[[Transaction], Client]:
    """Who makes the present request, to be asked in a transaction: uses the proof up.

    Raises, here, UnauthenticatedError or BadProofError for a request that is no good
    by itself; in the transaction, the same or WrongActorError.
    """
    house = rooms()
    call = prove(
        request.headers.get("Authorization"),
        request.headers.get("DPoP"),
        request.method,
        house.base_url + request.path,
        house.clock(),
    )

    def recognise(tx: Transaction) -> Client:
        client = call.recognise(tx)
        if client.kind is not kind:
            raise WrongActorError(kind.value)
        return client

    return recognise
