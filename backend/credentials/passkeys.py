"""パスキー: operators' WebAuthn credentials, asked for and verified (W3C WebAuthn L3).

The ceremonies are the library's; here stands what we demand of them: our host and
origin, a verified user, a passkey that is found without a user name, no attestation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from webauthn import (
    base64url_to_bytes,
    generate_authentication_options,
    generate_registration_options,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import (
    options_to_json_dict,
    parse_authentication_credential_json,
    parse_client_data_json,
)
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from backend.credentials.jose import NotGenuine, NotGenuineError

TIMEOUT_MS = 300_000  # the person's time to find their key: as long as the challenge
LONGEST_ID = 1_023  # octets (WebAuthn L3 §4, credential id)
_RP_NAME = "資格 Shikaku"


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Us, as a browser knows us: host (the RP id) and origin."""

    id: str
    origin: str


@dataclass(frozen=True, slots=True)
class Registered:
    """A new passkey: credential id, COSE public key, signatures counted so far."""

    id: bytes
    public_key: bytes = field(repr=False)
    sign_count: int


@dataclass(frozen=True, slots=True)
class Shown:
    """What an assertion says of itself; nothing of it is proven."""

    passkey_id: bytes
    user: bytes | None
    challenge: bytes


def creation_options(
    party: RelyingParty,
    user: bytes,
    name: str,
    known: Sequence[bytes],
    challenge: bytes,
) -> dict[str, Any]:
    """What `PublicKeyCredential.parseCreationOptionsFromJSON()` takes (§5.1.3).

    `user` is an opaque id, `name` what the person reads; `known` are credential ids
    of which no second passkey is made on the same device.
    """
    options = generate_registration_options(
        rp_id=party.id,
        rp_name=_RP_NAME,
        user_id=user,
        user_name=name,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=it) for it in known],
    )
    return options_to_json_dict(options)


def request_options(party: RelyingParty, challenge: bytes) -> dict[str, Any]:
    """What `PublicKeyCredential.parseRequestOptionsFromJSON()` takes (§5.1.3)."""
    options = generate_authentication_options(
        rp_id=party.id,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def challenge_answered(credential: Mapping[str, Any]) -> bytes:
    """The challenge that a credential says it answers, unproven.

    Raises NotGenuineError: unreadable, or made in a page framed by another's.
    """
    try:
        told = base64url_to_bytes(credential["response"]["clientDataJSON"])
        client = parse_client_data_json(told)
    except Exception as error:  # the library raises whatever its parsers raise
        raise _refused(error) from None
    if client.cross_origin:
        raise NotGenuineError(NotGenuine.MISDIRECTED, "made in a framed page")
    return client.challenge


def read_registration(
    party: RelyingParty, credential: Mapping[str, Any], challenge: bytes
) -> Registered:
    """The passkey that was made for this challenge (§7.1). Raises NotGenuineError."""
    try:
        made = verify_registration_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    except Exception as error:  # the library raises whatever its parsers raise
        raise _refused(error) from None
    if not 0 < len(made.credential_id) <= LONGEST_ID:
        raise NotGenuineError(NotGenuine.MALFORMED, "a credential id of no such length")
    return Registered(made.credential_id, made.credential_public_key, made.sign_count)


def read_shown(credential: Mapping[str, Any]) -> Shown:
    """Which passkey an assertion speaks of, and whose it says it is, unproven.

    Raises NotGenuineError.
    """
    challenge = challenge_answered(credential)
    try:
        parsed = parse_authentication_credential_json(dict(credential))
    except Exception as error:  # the library raises whatever its parsers raise
        raise _refused(error) from None
    return Shown(parsed.raw_id, parsed.response.user_handle, challenge)


def read_assertion(
    party: RelyingParty,
    credential: Mapping[str, Any],
    challenge: bytes,
    public_key: bytes,
    sign_count: int,
) -> int:
    """The signatures that the passkey has counted, this one included (§7.2).

    Raises NotGenuineError, also for a count that did not grow: the passkey may have a
    copy (§6.1.1).
    """
    try:
        verified = verify_authentication_response(
            credential=dict(credential),
            expected_challenge=challenge,
            expected_rp_id=party.id,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    except Exception as error:  # the library raises whatever its parsers raise
        raise _refused(error) from None
    return verified.new_sign_count


def _refused(error: Exception) -> NotGenuineError:
    """Never quotes what was shown."""
    return NotGenuineError(NotGenuine.MALFORMED, type(error).__name__)
