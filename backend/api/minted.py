"""Doors at which the server makes a code for somebody without a working key."""

from flask import request

from backend.admitting.attempts import Gate
from backend.admitting.minting import Minted, mint_by_letter, mint_for_phone
from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.rooms import rooms
from backend.api.schemas.minted import LetterShape, MintedShape
from backend.storage.rows import Client, ClientKind

minted = Doorway(
    "minted",
    __name__,
    url_prefix="/v1",
    description="サーバー発行コード: 鍵が使えないとき / where no key works",
)


@minted.route("/one-time-codes", methods=["POST"])
@minted.response(201, MintedShape())
@minted.arguments(LetterShape())
@minted.doc(responses={"403": "FORBIDDEN", "429": "TOO_MANY_REQUESTS"})
def mint_once(shown: dict[str, str]) -> Minted:
    """手紙のコードで5分間のコード / A letter's code for one of five minutes."""
    house = rooms()
    gate = Gate(house.store, house.code_key, house.base_url, house.random_bytes)
    return mint_by_letter(gate, shown["code"], request.remote_addr or "", house.clock())


@minted.route("/patient/one-time-codes", methods=["POST"])
@admits(ClientKind.PATIENT)
@minted.response(201, MintedShape())
@minted.doc(responses={"429": "TOO_MANY_REQUESTS"})
def mint(client: Client) -> Minted:
    """別のスマホから5分間のコード / A code of five minutes, by another phone."""
    house = rooms()
    return mint_for_phone(house.store, client, house.clock(), house.random_bytes)
