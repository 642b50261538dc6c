"""Doors to an insurer's own register: members and their coverages (資格)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from flask import Response

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.office import insurer_of, teller_of
from backend.api.register_answers import coverage_told, member_told
from backend.api.rooms import rooms
from backend.api.schemas.operators import CallerShape
from backend.api.schemas.register import (
    COVERAGE_ROW,
    ChangeShape,
    CorrectShape,
    EndShape,
    FiledShape,
    FilingShape,
    MemberShape,
    MembersQueryShape,
    MembersShape,
    RegisteredCoverageShape,
    RegisteredShape,
)
from backend.api.tellings import change_of, row_of
from backend.domain.coverage import Coverage
from backend.domain.errors import NotFoundError
from backend.domain.insured_identity import InsuredIdentity, fold
from backend.domain.japan_time import japan_day
from backend.interchange.member_row import RowRules
from backend.registering import coverages, filings
from backend.registering.revisions import Correction
from backend.storage.rows import Client, ClientKind, Member
from backend.storage.store import Transaction

insurer_register = Doorway(
    "insurer_register",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: 加入者と資格 / insurers' members and coverages",
)

_REFUSALS = {"404": "NOT_FOUND", "409": "CONFLICT"}
_COVERAGE = RegisteredCoverageShape()


@insurer_register.route("/me", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_register.response(200, CallerShape())
def show_caller(client: Client) -> dict[str, Any]:
    """自分の情報 / Which insurer this is, and which operator or system calls."""
    with rooms().store.reading() as tx:
        insurer = tx.insurer(client.party)
    is_operator = client.operator is not None
    return {
        "insurer_number": client.party,
        "insurer_name": insurer.name if insurer else "",
        "kind": ClientKind.OPERATOR if is_operator else client.kind,
        "id": client.operator or client.id,
        "name": client.name,
        "session_ends_at": client.expires_at,
    }


@insurer_register.route("/members", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_register.response(200, MembersShape())
@insurer_register.arguments(MembersQueryShape(), location="query")
def find_members(client: Client, wanted: dict[str, Any]) -> dict[str, Any]:
    """加入者の検索 / The insurer's members with these numbers."""
    insurer = client.party
    with rooms().store.reading() as tx:
        if "number" in wanted:
            found = _numbered(tx, insurer, wanted["symbol"], wanted["number"])
        else:
            found = (member for member, _ in tx.members_of(insurer))
        people = islice(_once(found), wanted["limit"])
        return {"members": [member_told(tx, member) for member in people]}


@insurer_register.route("/members/<name:person_id>", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_register.response(200, MemberShape())
@insurer_register.doc(responses={"404": "NOT_FOUND"})
def show_member(client: Client, person_id: str) -> dict[str, Any]:
    """加入者 / One member with coverages and certificates."""
    with rooms().store.reading() as tx:
        member = tx.member(person_id, client.party)
        if member is None:
            raise NotFoundError("member")
        return member_told(tx, member)


@insurer_register.route("/coverages", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_register.response(201, RegisteredShape())
@insurer_register.arguments(COVERAGE_ROW)
@insurer_register.doc(responses={"409": "CONFLICT"})
def register_coverage(client: Client, told: dict[str, str]) -> dict[str, Any]:
    """資格取得 / Register one person's coverage, as a line of a list would."""
    teller = teller_of(client, rooms().clock())
    rules = RowRules(
        teller.insurer, japan_day(teller.at), rooms().registrar.sample_data
    )
    done = coverages.register_one(rooms().registrar, teller, row_of(told, rules))
    return {
        "person_id": done.person_id,
        "coverage_id": done.coverage_id,
        "is_hidden": done.is_held,
    }


@insurer_register.route("/coverages/<name:coverage_id>/end", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_register.response(200, _COVERAGE)
@insurer_register.arguments(EndShape())
@insurer_register.doc(responses=_REFUSALS)
def end_coverage(
    client: Client, told: dict[str, Any], coverage_id: str
) -> dict[str, Any]:
    """資格喪失 / Report a loss; the next check already says so."""
    teller = teller_of(client, rooms().clock())
    ended = coverages.end(
        rooms().registrar, teller, coverage_id, told["lost_on"], told["loss_reason"]
    )
    return _told(ended)


@insurer_register.route("/coverages/<name:coverage_id>/change", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_register.response(200, _COVERAGE)
@insurer_register.arguments(ChangeShape())
@insurer_register.doc(responses=_REFUSALS)
def change_coverage(
    client: Client, told: dict[str, Any], coverage_id: str
) -> dict[str, Any]:
    """変更 / Tell what has changed: a ratio, a name, a number, a move."""
    teller = teller_of(client, rooms().clock())
    change = change_of(told, insurer_of(client))
    return _told(coverages.change(rooms().registrar, teller, coverage_id, change))


@insurer_register.route("/coverages/<name:coverage_id>/correct", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_register.response(200, _COVERAGE)
@insurer_register.arguments(CorrectShape())
@insurer_register.doc(responses=_REFUSALS)
def correct_coverage(
    client: Client, told: dict[str, Any], coverage_id: str
) -> dict[str, Any]:
    """訂正 / Tell what was told wrongly: a day, a birth date, a sex."""
    teller = teller_of(client, rooms().clock())
    return _told(
        coverages.correct(rooms().registrar, teller, coverage_id, Correction(**told))
    )


@insurer_register.route("/coverages/<name:coverage_id>/reopen", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_register.response(200, _COVERAGE)
@insurer_register.doc(responses=_REFUSALS)
def reopen_coverage(client: Client, coverage_id: str) -> dict[str, Any]:
    """喪失の取消し / Take back a loss that was reported by mistake."""
    teller = teller_of(client, rooms().clock())
    return _told(coverages.reopen(rooms().registrar, teller, coverage_id))


@insurer_register.route("/coverages/<name:coverage_id>/release", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_register.response(200, _COVERAGE)
@insurer_register.doc(responses=_REFUSALS)
def release_coverage(client: Client, coverage_id: str) -> dict[str, Any]:
    """点検の終了 / End an inspection: clinics see the coverage again."""
    teller = teller_of(client, rooms().clock())
    return _told(coverages.release_hold(rooms().registrar, teller, coverage_id))


@insurer_register.route("/filings", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_register.response(201, FiledShape())
@insurer_register.arguments(FilingShape())
def file_coverage(client: Client, told: dict[str, Any]) -> dict[str, str]:
    """届出受付 / A filing has arrived: until it is registered, clinics read so."""
    teller = teller_of(client, rooms().clock())
    identity = InsuredIdentity.parse(
        told.get("symbol"), told["number"], told.get("branch"), teller.insurer
    )
    expected_on = told.get("expected_on")
    filing_id = filings.file(
        rooms().registrar, teller, identity, told["birth_on"], expected_on
    )
    return {"filing_id": filing_id}


@insurer_register.route("/filings/<name:filing_id>", methods=["DELETE"])
@admits(ClientKind.INSURER)
@insurer_register.response(204)
@insurer_register.doc(responses={"404": "NOT_FOUND"})
def end_filing(client: Client, filing_id: str) -> Response:
    """届出の取下げ / Take a filing back: nothing will be registered."""
    teller = teller_of(client, rooms().clock())
    filings.end_filing(rooms().registrar, teller, filing_id)
    return Response(status=204, mimetype="application/json")


def _told(coverage: Coverage) -> dict[str, Any]:
    with rooms().store.reading() as tx:
        return coverage_told(tx, coverage)


def _numbered(
    tx: Transaction, insurer: str, symbol: str, number: str
) -> Iterator[Member]:
    for coverage in tx.coverages_numbered(insurer, fold(symbol), fold(number)):
        member = tx.member(coverage.person_id, insurer)
        if member is not None:
            yield member


def _once(members: Iterable[Member]) -> Iterator[Member]:
    """Each person once, though they have several coverages."""
    seen: set[str] = set()
    for member in members:
        if member.person.id not in seen:
            seen.add(member.person.id)
            yield member
