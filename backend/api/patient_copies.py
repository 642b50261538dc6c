"""The door to a certificate's copy (写し) on its holder's own phone."""

from typing import Any

from backend.admitting.trusted_phones import NotOnThisPhoneError, require_trusted
from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.patient_answers import paper_state
from backend.api.rooms import rooms
from backend.api.schemas.copies import CopyShape
from backend.credentials.certificate import CertificateFields
from backend.domain.charge import CopayRatio, LimitCategory, SpecificDisease
from backend.issuing.copies import copy_of
from backend.storage.rows import Client, ClientKind

patient_copies = Doorway(
    "patient_copies",
    __name__,
    url_prefix="/v1/patient",
    description="資格確認書の写し / a certificate's copy on the phone",
)

_UNPRINTED = ("serial", "status_list", "status_index")


@patient_copies.route("/certificates/<name:serial>", methods=["GET"])
@admits(ClientKind.PATIENT)
@patient_copies.response(200, CopyShape())
@patient_copies.doc(responses={"404": "NOT_FOUND"})
def show_copy(client: Client, serial: str) -> dict[str, Any]:
    """資格確認書の写し / What is printed on one of the person's certificates.

    The person's own phone only: the paper may bear an address.
    """
    store = rooms().store
    require_trusted(store, client)
    found = copy_of(store, client.party, serial)
    if found is None:
        raise NotOnThisPhoneError
    return {
        "serial": found.paper.serial,
        "state": paper_state(found.paper),
        "form": found.form,
        "printed": _printed(found.fields),
    }


def _printed(fields: CertificateFields) -> dict[str, Any]:
    told = {
        name: value
        for name, value in fields._asdict().items()
        if name not in _UNPRINTED
    }
    return told | {
        "insurer_number": fields.insurer_number.digits,
        "copay_ratio": fields.copay_ratio and _labelled(fields.copay_ratio),
        "limit_category": fields.limit_category and _labelled(fields.limit_category),
        "specific_diseases": [_labelled(it) for it in fields.specific_diseases],
    }


def _labelled(code: CopayRatio | LimitCategory | SpecificDisease) -> dict[str, str]:
    return {"code": code.value, "label": code.label}
