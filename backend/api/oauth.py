"""OAuth: access tokens for enrolled keys, and the documents that say how."""

from typing import Any

from flask import Response, jsonify, request

from backend.admitting.access_tokens import LIFETIME, grant
from backend.api.doorway import Doorway
from backend.api.headers import make_public
from backend.api.oauth_errors import UnsupportedGrantError
from backend.api.problem_answers import METADATA_PATH
from backend.api.rooms import rooms
from backend.api.schemas.oauth import (
    OAuthErrorShape,
    ResourceMetadataShape,
    ServerMetadataShape,
    TokenAnswerShape,
    TokenRequestShape,
)

oauth = Doorway(
    "oauth",
    __name__,
    description="アクセストークン: private_key_jwt と DPoP (RFC 6749, 7523, 9449)",
)

_TOKEN_PATH = "/oauth/token"  # noqa: S105 - an address
_GRANT = "client_credentials"
_KEPT_FOR = 3600
_REFUSAL = {
    "description": "OAuth の形のエラー / an error in OAuth's own shape",
    "content": {"application/json": {"schema": OAuthErrorShape}},
}


@oauth.route(_TOKEN_PATH, methods=["POST"])
@oauth.response(200, TokenAnswerShape())
@oauth.arguments(TokenRequestShape(), location="form", error_status_code=400)
@oauth.doc(responses=dict.fromkeys(("400", "401", "default"), _REFUSAL))
def give_token(asked: dict[str, str]) -> dict[str, Any]:
    """Five minutes of calling, bound to the key of the DPoP proof."""
    if asked["grant_type"] != _GRANT:
        raise UnsupportedGrantError
    house = rooms()
    granted = grant(
        house.store,
        house.base_url,
        house.base_url + _TOKEN_PATH,
        asked["client_assertion"],
        request.headers.get("DPoP"),
        house.clock(),
        house.random_bytes,
    )
    return {
        "access_token": granted.token,
        "token_type": "DPoP",
        "expires_in": int(LIFETIME.total_seconds()),
    }


@oauth.route("/.well-known/oauth-authorization-server", methods=["GET"])
@oauth.response(200, ServerMetadataShape())
def server_metadata() -> Response:
    """What this authorisation server does (RFC 8414)."""
    base = rooms().base_url
    return _public(
        {
            "issuer": base,
            "token_endpoint": base + _TOKEN_PATH,
            "jwks_uri": f"{base}/.well-known/jwks.json",
            "grant_types_supported": [_GRANT],
            "response_types_supported": [],
            "token_endpoint_auth_methods_supported": ["private_key_jwt"],
            "token_endpoint_auth_signing_alg_values_supported": ["ES256"],
            "dpop_signing_alg_values_supported": ["ES256"],
            "status_list_aggregation_endpoint": f"{base}/status",
            "service_documentation": f"{base}/docs",
        }
    )


@oauth.route(METADATA_PATH, methods=["GET"])
@oauth.response(200, ResourceMetadataShape())
def resource_metadata() -> Response:
    """How to call the doors under /v1 (RFC 9728)."""
    base = rooms().base_url
    return _public(
        {
            "resource": base,
            "authorization_servers": [base],
            "jwks_uri": f"{base}/.well-known/jwks.json",
            "dpop_signing_alg_values_supported": ["ES256"],
            "dpop_bound_access_tokens_required": True,
            "resource_documentation": f"{base}/docs",
        }
    )


def _public(document: dict[str, Any]) -> Response:
    return make_public(jsonify(document), _KEPT_FOR)
