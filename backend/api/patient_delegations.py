"""Doors at which a person lets somebody else's phone stand for them (代理)."""

from typing import Any

from flask import Response

from backend.admitting.delegations import (
    GrantedCode,
    delegates_of,
    end_delegation,
    grant_delegation,
)
from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.patient_answers import delegation_told
from backend.api.rooms import rooms
from backend.api.schemas.delegations import (
    DelegationsShape,
    GrantedShape,
    GrantShape,
)
from backend.domain.delegation import Delegate
from backend.storage.rows import Client, ClientKind

patient_delegations = Doorway(
    "patient_delegations",
    __name__,
    url_prefix="/v1/patient",
    description="代理: 家族や介護者のスマホ / somebody else's phone for a person",
)


@patient_delegations.route("/delegations", methods=["POST"])
@admits(ClientKind.PATIENT)
@patient_delegations.response(201, GrantedShape())
@patient_delegations.arguments(GrantShape())
@patient_delegations.doc(responses={"409": "CONFLICT"})
def grant(client: Client, told: dict[str, Any]) -> GrantedCode:
    """代理の登録コード / A ten-minute code for a delegate's phone."""
    house = rooms()
    return grant_delegation(
        house.store,
        house.code_key,
        client,
        told["relation"],
        told["until"],
        told["may_see_history"],
        house.clock(),
        house.random_bytes,
    )


@patient_delegations.route("/delegations", methods=["GET"])
@admits(ClientKind.PATIENT)
@patient_delegations.response(200, DelegationsShape())
def list_delegations(client: Client) -> dict[str, Any]:
    """代理の一覧 / Whose phones stand for the person, ended ones included."""
    listed = delegates_of(rooms().store, client)
    return {"delegations": [_told(it, it.delegate) for it in listed if it.delegate]}


@patient_delegations.route("/delegations/<name:delegate_id>", methods=["DELETE"])
@admits(ClientKind.PATIENT)
@patient_delegations.response(204)
@patient_delegations.doc(responses={"404": "NOT_FOUND"})
def remove_delegation(client: Client, delegate_id: str) -> Response:
    """代理の解除 / End a delegate's phone, or give the delegation up."""
    house = rooms()
    end_delegation(house.store, client, delegate_id, house.clock())
    return Response(status=204, mimetype="application/json")


def _told(phone: Client, delegate: Delegate) -> dict[str, Any]:
    return delegation_told(delegate.delegation) | {
        "id": phone.id,
        "name": delegate.name,
        "phone_name": phone.name,
        "is_by_letter": not delegate.delegation.granted_by,
        "enrolled_at": phone.enrolled_at,
        "ended_at": phone.revoked_at,
    }
