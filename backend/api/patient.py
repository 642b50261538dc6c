"""Doors of a person's own phone (本人のスマホ)."""

from typing import Any

from flask import Response

from backend.admitting.enrolled_keys import end_phone, phones_of
from backend.admitting.trusted_phones import require_reader, require_trusted
from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.patient_answers import (
    entry_told,
    newest_token,
    phone_told,
    status_told,
)
from backend.api.rooms import rooms
from backend.api.schemas.enrolment import TokenShape
from backend.api.schemas.patient import (
    ChallengeShape,
    HistoryQueryShape,
    HistoryShape,
    OwnStatusShape,
    PhonesShape,
)
from backend.issuing.server_time import server_time
from backend.issuing.tokens import issue_token
from backend.storage.rows import Client, ClientKind
from backend.verifying.history import history
from backend.verifying.own_status import own_status

patient = Doorway(
    "patient",
    __name__,
    url_prefix="/v1/patient",
    description="本人のスマホ: 資格・更新・閲覧履歴 / a person's own phone",
)


@patient.route("/status", methods=["GET"])
@admits(ClientKind.PATIENT)
@patient.response(200, OwnStatusShape())
def show_status(client: Client) -> dict[str, Any]:
    """本人の資格 / The person's own coverage, papers and token today."""
    house = rooms()
    at = house.clock()
    return status_told(own_status(house.store, client.party, at), client, at)


@patient.route("/tokens", methods=["POST"])
@admits(ClientKind.PATIENT)
@patient.response(201, TokenShape())
@patient.doc(responses={"409": "CONFLICT"})
def renew_token(client: Client) -> dict[str, Any]:
    """スマホ保険証の更新 / A new eligibility token for this phone."""
    house = rooms()
    token = issue_token(house.issuer, client, house.clock())
    return {
        "handle": token.handle,
        "token": token.text,
        "expires_at": token.expires_at,
    }


@patient.route("/challenges", methods=["POST"])
@admits(ClientKind.PATIENT)
@patient.response(200, ChallengeShape())
def challenge(client: Client) -> dict[str, str]:
    """サーバーの時刻とチャレンジ / The server's time and the next code's challenge."""
    house = rooms()
    with house.store.reading() as tx:
        tokens = tx.tokens_of(client.party)
    token = newest_token(tokens, client.id)
    handle = token.handle if token else None
    return {"server_time": server_time(house.issuer, handle, house.clock())}


@patient.route("/history", methods=["GET"])
@admits(ClientKind.PATIENT)
@patient.response(200, HistoryShape())
@patient.arguments(HistoryQueryShape(), location="query")
def show_history(client: Client, page: dict[str, Any]) -> dict[str, Any]:
    """閲覧履歴 / Who looked, when, and what they were shown; refusals included."""
    house = rooms()
    require_reader(house.store, client)
    limit = page["limit"]
    lines = history(house.store, client, house.clock(), page.get("before"), limit)
    is_full = len(lines) == limit
    return {
        "entries": [entry_told(line) for line in lines],
        "next": lines[-1].entry.sequence if is_full else None,
    }


@patient.route("/phones", methods=["GET"])
@admits(ClientKind.PATIENT)
@patient.response(200, PhonesShape())
def list_phones(client: Client) -> dict[str, Any]:
    """登録済みのスマホ / The person's phones."""
    store = rooms().store
    require_trusted(store, client)
    with store.reading() as tx:
        tokens = tx.tokens_of(client.party)
    phones = phones_of(store, client.party)
    return {"phones": [phone_told(it, tokens, client) for it in phones]}


@patient.route("/phones/<name:phone_id>", methods=["DELETE"])
@admits(ClientKind.PATIENT)
@patient.response(204)
@patient.doc(responses={"404": "NOT_FOUND"})
def remove_phone(client: Client, phone_id: str) -> Response:
    """スマホの登録解除 / End one of the person's phones; its key dies at once."""
    house = rooms()
    if phone_id != client.id:
        require_trusted(house.store, client)
    end_phone(house.store, client.party, phone_id, house.clock())
    return Response(status=204, mimetype="application/json")
