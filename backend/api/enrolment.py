"""Doors at which a one-time code and a new key become an enrolled client."""

from datetime import date
from typing import Any

from flask import request

from backend.admitting.attempts import Gate
from backend.admitting.delegations import DelegateOffer
from backend.admitting.enrolling import Attempt, enrol
from backend.api.doorway import Doorway
from backend.api.patient_answers import delegation_told
from backend.api.rooms import Rooms, rooms
from backend.api.schemas.enrolment import (
    ActivatedShape,
    ActivationShape,
    EnrolledShape,
    EnrolmentShape,
)
from backend.domain.delegation import DelegateRelation
from backend.domain.errors import ConflictError
from backend.issuing.server_time import server_time
from backend.issuing.tokens import issue_token
from backend.storage.rows import Client, ClientKind

enrolment = Doorway(
    "enrolment",
    __name__,
    url_prefix="/v1",
    description="登録: 通知書の有効化コードと新しい鍵 / a letter's code and a new key",
)

_PARTIES = frozenset({ClientKind.CLINIC, ClientKind.INSURER})
_PEOPLE = frozenset({ClientKind.PATIENT})
_ERRORS = {"403": "FORBIDDEN", "429": "TOO_MANY_REQUESTS"}


@enrolment.route("/enrolments", methods=["POST"])
@enrolment.response(201, EnrolledShape())
@enrolment.arguments(EnrolmentShape())
@enrolment.doc(responses=_ERRORS)
def enrol_system(shown: dict[str, str]) -> Client | dict[str, Any]:
    """端末の登録 / Enrol a clinic's terminal or an insurer's system."""
    client = _enrol(rooms(), shown, _PARTIES)
    return {"client_id": client.id, "kind": client.kind, "party": client.party}


@enrolment.route("/activations", methods=["POST"])
@enrolment.response(201, ActivatedShape())
@enrolment.arguments(ActivationShape())
@enrolment.doc(responses={**_ERRORS, "409": "CONFLICT"})
def activate_phone(shown: dict[str, Any]) -> dict[str, Any]:
    """スマホの有効化 / Activate a person's phone and give it its first token.

    A person whom no coverage covers today is activated without a token: the phone can
    read status and history, and fetches a token once coverage begins. Whoever keeps
    the key for somebody else says so in `delegate`.
    """
    house = rooms()
    delegate = shown.pop("delegate", None)
    client = _enrol(house, shown, _PEOPLE, delegate and _offer(**delegate))
    told = client.delegate and delegation_told(client.delegate.delegation)
    return {"client_id": client.id, "delegation": told} | _first_token(house, client)


def _offer(
    name: str, relation: DelegateRelation | None = None, until: date | None = None
) -> DelegateOffer:
    return DelegateOffer(name, relation, until)


def _enrol(
    house: Rooms,
    shown: dict[str, str],
    kinds: frozenset[ClientKind],
    delegate: DelegateOffer | None = None,
) -> Client:
    gate = Gate(house.store, house.code_key, house.base_url, house.random_bytes)
    attempt = Attempt(**shown, place=request.remote_addr or "", delegate=delegate)
    return enrol(gate, attempt, kinds, house.clock())


def _first_token(house: Rooms, client: Client) -> dict[str, Any]:
    at = house.clock()
    told: dict[str, Any] = {"handle": None, "token": None, "expires_at": None}
    told["no_token"] = None
    try:
        token = issue_token(house.issuer, client, at)
    except ConflictError as error:
        told["no_token"] = error.reason
    else:
        told |= {"handle": token.handle, "token": token.text}
        told["expires_at"] = token.expires_at
    handle = told["handle"]
    return told | {"server_time": server_time(house.issuer, handle, at)}
