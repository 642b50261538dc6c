"""Doors of clinics, hospitals and pharmacies (医療機関・薬局)."""

from flask import Response, request

from backend.api.auth import admits, knock_of, recogniser
from backend.api.clinic_checks import CHECK_DOC, question_of
from backend.api.doorway import Doorway
from backend.api.limits import JSON, require_media_type
from backend.api.rooms import rooms
from backend.api.schemas.clinic import ClinicShape
from backend.domain.errors import NotFoundError
from backend.storage.rows import Client, ClientKind

clinic = Doorway(
    "clinic",
    __name__,
    url_prefix="/v1/clinic",
    description="医療機関・薬局: 資格確認 / clinics and pharmacies check eligibility",
)


@clinic.route("/me", methods=["GET"])
@admits(ClientKind.CLINIC)
@clinic.response(200, ClinicShape())
def who_am_i(client: Client) -> dict[str, str]:
    """この端末の医療機関 / The clinic that this terminal speaks for."""
    with rooms().store.reading() as tx:
        found = tx.clinic(client.party)
    if found is None:
        raise NotFoundError("clinic")
    return {"code": found.code, "name": found.name, "terminal": client.name}


@clinic.route("/checks", methods=["POST"])
@clinic.doc(security=[{"dpop": []}], **CHECK_DOC)
def check() -> Response:
    """資格確認 / Check what was presented; the answer is recorded before it is given"""
    house = rooms()
    recognise = recogniser(house, ClientKind.CLINIC, knock_of(request))
    require_media_type(request, JSON)
    key = request.headers.get("Idempotency-Key", "")
    question = question_of(request.get_data(), key)
    body = house.online.check(question, recognise, house.clock())
    return Response(body, mimetype=JSON)
