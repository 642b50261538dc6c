"""Doors at which an insurer finds a member and sees what is told of them."""

from collections.abc import Sequence
from typing import Any

from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.patient_answers import delegation_told, entry_told, paper_state
from backend.api.register_answers import member_told
from backend.api.rooms import rooms
from backend.api.schemas.patient import HistoryQueryShape, HistoryShape
from backend.api.schemas.register import (
    FoundShape,
    MembersPhonesShape,
    SearchShape,
)
from backend.domain.errors import MalformedError, NotFoundError
from backend.domain.identifiers import parse_serial
from backend.domain.insured_identity import fold
from backend.domain.kana import comparison_key, is_half_width_kana, to_half_width
from backend.storage.members import MemberQuery
from backend.storage.rows import Client, ClientKind, IssuedToken
from backend.verifying.members_history import members_history

insurer_members = Doorway(
    "insurer_members",
    __name__,
    url_prefix="/v1/insurer",
    description="保険者: 加入者を探す・見る / finding and seeing members",
)

_SPACES = str.maketrans({" ": "", "\u3000": ""})


@insurer_members.route("/members/search", methods=["POST"])
@admits(ClientKind.INSURER)
@insurer_members.response(200, FoundShape())
@insurer_members.arguments(SearchShape())
def search_members(client: Client, wanted: dict[str, Any]) -> dict[str, Any]:
    """加入者を探す / Find members by part of a name, number, birth date or serial."""
    limit = wanted["limit"]
    query = _query(wanted)
    if query is None:
        return {"members": [], "next": None}
    with rooms().store.reading() as tx:
        people = tx.find_members(client.party, query)
        found = [tx.member(person_id, client.party) for person_id in people]
        told = [member_told(tx, it) for it in found if it is not None]
    return {"members": told, "next": people[-1] if len(people) == limit else None}


@insurer_members.route("/members/<name:person_id>/phones", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_members.response(200, MembersPhonesShape())
@insurer_members.doc(responses={"404": "NOT_FOUND"})
def show_members_phones(client: Client, person_id: str) -> dict[str, Any]:
    """加入者のスマホ / Phones that show a member, with this insurer's tokens."""
    with rooms().store.reading() as tx:
        if tx.member(person_id, client.party) is None:
            raise NotFoundError("member")
        phones = tx.clients_of(ClientKind.PATIENT, person_id)
        every = tx.tokens_of(person_id)
    tokens = [it for it in every if it.insurer == client.party]
    return {"phones": [_phone_told(phone, tokens) for phone in phones]}


@insurer_members.route("/members/<name:person_id>/history", methods=["GET"])
@admits(ClientKind.INSURER)
@insurer_members.response(200, HistoryShape())
@insurer_members.arguments(HistoryQueryShape(), location="query")
@insurer_members.doc(responses={"404": "NOT_FOUND"})
def show_members_history(
    client: Client, page: dict[str, Any], person_id: str
) -> dict[str, Any]:
    """加入者の履歴 / What was issued, withdrawn and checked; the member sees who reads.

    Checks of this insurer's papers and phones, and by numbers on days that it covers.
    """
    house, limit, before = rooms(), page["limit"], page.get("before")
    at = house.clock()
    lines = members_history(house.store, client, person_id, at, before, limit)
    is_full = len(lines) == limit
    return {
        "entries": [entry_told(line) for line in lines],
        "next": lines[-1].entry.sequence if is_full else None,
    }


def _phone_told(phone: Client, tokens: Sequence[IssuedToken]) -> dict[str, Any]:
    return {
        "id": phone.id,
        "enrolled_at": phone.enrolled_at,
        "ended_at": phone.revoked_at,
        "delegation": phone.delegate and delegation_told(phone.delegate.delegation),
        "tokens": [
            {
                "handle": it.handle,
                "issued_at": it.issued_at,
                "expires_at": it.expires_at,
                "state": paper_state(it),
            }
            for it in tokens
            if it.client.id == phone.id
        ],
    }


def _query(wanted: dict[str, Any]) -> MemberQuery | None:
    """What to look for; None where nothing can be found by it."""
    name = wanted.get("name", "").translate(_SPACES) or None
    if name is None and "name" in wanted:
        return None
    try:
        serial = parse_serial(wanted["serial"]) if "serial" in wanted else None
    except MalformedError:
        return None
    symbol, number = wanted.get("symbol"), wanted.get("number")
    return MemberQuery(
        name=name,
        kana=_kana(name) if name else None,
        symbol=None if symbol is None else fold(symbol),
        number=None if number is None else fold(number),
        birth_on=wanted.get("birth_on"),
        serial=serial,
        after=wanted.get("after"),
        limit=wanted["limit"],
    )


def _kana(name: str) -> str | None:
    """A name that is all kana, in the form in which kana are compared."""
    is_kana = is_half_width_kana(to_half_width(name))
    return (comparison_key(name) or None) if is_kana else None
