"""OAuth's token endpoint and the two documents that describe it."""

from marshmallow import EXCLUDE

from backend.api.schemas.fields import Flag, Several, Shape, Text, Whole

_LONGEST_ASSERTION = 2_000


class TokenRequestShape(Shape):
    """RFC 6749 §4.4.2 with RFC 7523 §2.2; unknown parameters are not looked at."""

    class Meta:
        unknown = EXCLUDE

    grant_type = Text(100, required=True)
    client_assertion_type = Text(
        100,
        required=True,
        pattern="urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
    )
    client_assertion = Text(_LONGEST_ASSERTION, required=True)
    client_id = Text(100)


class TokenAnswerShape(Shape):
    """RFC 6749 §5.1, RFC 9449 §5."""

    access_token = Text(64, required=True)
    token_type = Text(4, required=True)
    expires_in = Whole(1, 300, required=True)


class OAuthErrorShape(Shape):
    """RFC 6749 §5.2."""

    error = Text(40, required=True)
    error_description = Text(2_000, required=True)


class ServerMetadataShape(Shape):
    """RFC 8414."""

    issuer = Text(200, required=True)
    token_endpoint = Text(200, required=True)
    jwks_uri = Text(200, required=True)
    grant_types_supported = Several(Text(40), 4, required=True)
    response_types_supported = Several(Text(40), 4, required=True)
    token_endpoint_auth_methods_supported = Several(Text(40), 4, required=True)
    token_endpoint_auth_signing_alg_values_supported = Several(
        Text(10), 4, required=True
    )
    dpop_signing_alg_values_supported = Several(Text(10), 4, required=True)
    status_list_aggregation_endpoint = Text(200, required=True)
    service_documentation = Text(200, required=True)


class ResourceMetadataShape(Shape):
    """RFC 9728."""

    resource = Text(200, required=True)
    authorization_servers = Several(Text(200), 4, required=True)
    jwks_uri = Text(200, required=True)
    dpop_signing_alg_values_supported = Several(Text(10), 4, required=True)
    dpop_bound_access_tokens_required = Flag(required=True)
    resource_documentation = Text(200, required=True)
