"""Doors at which an insurer's operators get a passkey, sign in and sign out."""

from typing import Any

from flask import Response, request

from backend.admitting.attempts import Gate
from backend.admitting.passkeys import NewPasskey, passkey_options, register_passkey
from backend.admitting.signing_in import SignIn, sign_in, sign_in_options, sign_out
from backend.api.auth import admits
from backend.api.doorway import Doorway
from backend.api.rooms import rooms
from backend.api.schemas.operators import (
    NewPasskeyShape,
    PasskeyKeptShape,
    PasskeyOptionsAskedShape,
    PasskeyOptionsShape,
    SessionShape,
    SignInOptionsAskedShape,
    SignInOptionsShape,
    SignInShape,
)
from backend.storage.rows import Client, ClientKind

operators = Doorway(
    "operators",
    __name__,
    url_prefix="/v1/operators",
    description="担当者: パスキーとサインイン / operators' passkeys, sessions",
)

_ERRORS = {"403": "FORBIDDEN", "429": "TOO_MANY_REQUESTS"}


@operators.route("/passkeys/options", methods=["POST"])
@operators.response(200, PasskeyOptionsShape())
@operators.arguments(PasskeyOptionsAskedShape())
@operators.doc(responses=_ERRORS)
def ask_for_passkey(shown: dict[str, str]) -> dict[str, Any]:
    """パスキーの準備 / What the browser needs to make a passkey for this code."""
    return passkey_options(_gate(), shown["code"], _place(), rooms().clock())


@operators.route("/passkeys", methods=["POST"])
@operators.response(201, PasskeyKeptShape())
@operators.arguments(NewPasskeyShape())
@operators.doc(responses=_ERRORS)
def keep_passkey(shown: dict[str, Any]) -> dict[str, str]:
    """パスキーの登録 / Spend the code and keep the passkey that the browser made."""
    new = NewPasskey(**shown, place=_place())
    operator = register_passkey(_gate(), new, rooms().clock())
    return {
        "operator_id": operator.id,
        "name": operator.name,
        "insurer_number": operator.insurer,
    }


@operators.route("/sign-ins/options", methods=["POST"])
@operators.response(200, SignInOptionsShape())
@operators.arguments(SignInOptionsAskedShape())
@operators.doc(responses={"403": "FORBIDDEN"})
def ask_for_sign_in(asked: dict[str, str]) -> dict[str, Any]:
    """サインインの準備 / What the browser needs to ask for any passkey of ours."""
    return sign_in_options(_gate(), asked["jkt"], rooms().clock())


@operators.route("/sign-ins", methods=["POST"])
@operators.response(201, SessionShape())
@operators.arguments(SignInShape())
@operators.doc(responses=_ERRORS)
def begin_session(shown: dict[str, Any]) -> dict[str, Any]:
    """サインイン / Open a session of eight hours for the browser's fresh key.

    The session is a client of the operator's insurer: with its id and key it gets
    access tokens at POST /oauth/token.
    """
    session = sign_in(_gate(), SignIn(**shown, place=_place()), rooms().clock())
    return {
        "client_id": session.id,
        "insurer_number": session.party,
        "name": session.name,
        "expires_at": session.expires_at,
    }


@operators.route("/sign-ins/current", methods=["DELETE"])
@admits(ClientKind.INSURER)
@operators.response(204)
@operators.doc(responses={"404": "NOT_FOUND"})
def end_session(client: Client) -> Response:
    """サインアウト / End the session that calls; its tokens end with it."""
    sign_out(rooms().store, client, rooms().clock())
    return Response(status=204, mimetype="application/json")


def _gate() -> Gate:
    house = rooms()
    return Gate(house.store, house.code_key, house.base_url, house.random_bytes)


def _place() -> str:
    return request.remote_addr or ""
