"""Doors at which an insurer issues and withdraws papers, invites and ends phones."""

from collections.abc import Sequence
from typing import Any

from flask import Response

from backend.admitting.enrolled_keys import end_phones
from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.office import insurer_of
from backend.api.patient_answers import paper_state
from backend.api.rooms import rooms
from backend.api.schemas.papers import (
    ActivateShape,
    ActivationCodesShape,
    CertificateShape,
    IssueRunShape,
    IssueShape,
    StateShape,
    WithdrawShape,
)
from backend.credentials.certificate_qr import to_qr
from backend.domain.errors import MalformedError, NotFoundError
from backend.domain.identifiers import parse_serial
from backend.domain.japan_time import japan_day
from backend.issuing.certificates import issue_certificates
from backend.issuing.showing import text_to_show
from backend.issuing.withdrawals import withdraw
from backend.registering.activations import activation_codes, current_members
from backend.storage.rows import Client, ClientKind, IssuedCertificate, WithdrawalKind
from backend.storage.store import Transaction

insurer_papers = Doorway(
    "insurer_papers",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: 資格確認書と有効化コード / certificates, activation codes",
)

_STEPS = {
    "revoke": WithdrawalKind.REVOKED,
    "suspend": WithdrawalKind.SUSPENDED,
    "reinstate": WithdrawalKind.REINSTATED,
}


@insurer_papers.route("/certificates", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_papers.response(201, IssueRunShape())
@insurer_papers.arguments(IssueShape())
@insurer_papers.doc(responses={"404": "NOT_FOUND", "409": "CONFLICT"})
def issue(client: Client, order: dict[str, Any]) -> dict[str, Any]:
    """資格確認書の交付 / Issue to everyone entitled, or to certain people.

    Nobody gets a second valid certificate; who gets none is listed with the reason.
    """
    house = rooms()
    run = issue_certificates(
        house.issuer,
        client.party,
        order["whom"],
        order["form"],
        house.clock(),
        house.bulk.approval_above,
    )
    with house.store.reading() as tx:
        issued = [
            {
                "person_id": paper.person_id,
                "serial": paper.serial,
                "expires_on": paper.expires_on,
            }
            | _texts(tx, paper)
            for paper in run.issued
        ]
    return {"issued": issued, "skipped": run.skipped}


@insurer_papers.route("/certificates/<name:serial>", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_papers.response(200, CertificateShape())
@insurer_papers.doc(responses={"404": "NOT_FOUND"})
def show_certificate(client: Client, serial: str) -> dict[str, Any]:
    """資格確認書 / One of the insurer's certificates.

    Without `qr` and `jwt` if the person is erased, or if they carry an address that
    is withheld by now (不開示): revoke it and issue another.
    """
    with rooms().store.reading() as tx:
        paper = tx.certificate(_serial(serial))
        if paper is None or paper.insurer != client.party:
            raise NotFoundError("certificate")
        texts = _texts(tx, paper)
    return texts | {
        "serial": paper.serial,
        "person_id": paper.person_id,
        "coverage_id": paper.coverage_id,
        "issued_on": japan_day(paper.issued_at),
        "expires_on": paper.expires_on,
        "state": paper_state(paper),
        "reason": _reason(paper),
    }


@insurer_papers.route(
    "/certificates/<name:serial>/<any(revoke, suspend, reinstate):step>",
    methods=["POST"],
)
@admits(ClientKind.INSURER)
@insurer_papers.response(200, StateShape())
@insurer_papers.arguments(WithdrawShape())
@insurer_papers.doc(responses={"404": "NOT_FOUND", "409": "CONFLICT"})
def withdraw_certificate(
    client: Client, told: dict[str, Any], serial: str, step: str
) -> dict[str, str]:
    """失効・停止 / Revoke for good, suspend, or reinstate what was suspended."""
    house = rooms()
    paper = withdraw(
        house.store,
        client.party,
        _serial(serial),
        _STEPS[step],
        told["reason"],
        house.clock(),
    )
    return {"state": paper_state(paper)}


@insurer_papers.route("/activations", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_papers.response(201, ActivationCodesShape())
@insurer_papers.arguments(ActivateShape())
@insurer_papers.doc(responses={"404": "NOT_FOUND"})
def activate(client: Client, whom: dict[str, Any]) -> dict[str, Any]:
    """スマホの有効化コード / One-time codes for members' phones, for their letters."""
    house, insurer, at = rooms(), insurer_of(client), rooms().clock()
    persons: Sequence[str] | None = whom.get("person_ids")
    if persons is None:
        persons = current_members(house.store, insurer, japan_day(at))
    codes = activation_codes(
        house.store, insurer, persons, at, house.random_bytes, house.code_key
    )
    return {"codes": codes}


@insurer_papers.route("/members/<name:person_id>/phones", methods=["DELETE"])
@admits(ClientKind.INSURER)
@insurer_papers.response(204)
@insurer_papers.doc(responses={"404": "NOT_FOUND"})
def end_members_phones(client: Client, person_id: str) -> Response:
    """紛失・盗難時のスマホの停止 / End all phones of a member, at once and for good.

    Their codes are refused from the next check on; a new activation code lets the
    member begin again. A second time changes nothing.
    """
    house = rooms()
    end_phones(house.store, client.party, person_id, house.clock())
    return Response(status=204, mimetype="application/json")


def _serial(text: str) -> str:
    """A serial that cannot be one is a serial that nobody has."""
    try:
        return parse_serial(text)
    except MalformedError:
        raise NotFoundError("certificate") from None


def _texts(tx: Transaction, paper: IssuedCertificate) -> dict[str, Any]:
    signed = text_to_show(tx, paper)
    return {"qr": to_qr(signed), "jwt": signed} if signed else {}


def _reason(paper: IssuedCertificate) -> str | None:
    return paper.withdrawal.reason if paper.withdrawal else None
