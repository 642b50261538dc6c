"""Operators at the console: passkeys made and asked for, sessions opened."""

from marshmallow import EXCLUDE

from backend.api.schemas.enrolment import LONGEST_CODE, LONGEST_PROOF
from backend.api.schemas.fields import (
    Choice,
    Flag,
    Instant,
    Part,
    Several,
    Shape,
    Text,
    Whole,
)
from backend.storage.rows import ClientKind

_LONGEST_BINARY = 8_000  # base64url; an RSA key with its attestation object has 1,000
_LONGEST_WORD = 40
_MOST_PASSKEYS = 100
_BASE64URL = "[A-Za-z0-9_-]+=*"
_ALGORITHMS = 70_000  # COSE algorithms are small, some negative


class _FromBrowser(Shape):
    """What a browser says; of what it adds one day, nothing is read."""

    class Meta:
        unknown = EXCLUDE


def _binary() -> Text:
    return Text(_LONGEST_BINARY, pattern=_BASE64URL, required=True)


class MadePartShape(_FromBrowser):
    """AuthenticatorAttestationResponseJSON (WebAuthn L3 §5.1.8.1)."""

    clientDataJSON = _binary()
    attestationObject = _binary()


class MadeCredentialShape(_FromBrowser):
    """RegistrationResponseJSON: what `toJSON()` of a new passkey gives."""

    id = _binary()
    rawId = _binary()
    type = Text(_LONGEST_WORD, required=True)
    response = Part(MadePartShape(), required=True)


class AssertedPartShape(_FromBrowser):
    """AuthenticatorAssertionResponseJSON (WebAuthn L3 §5.1.8.2)."""

    clientDataJSON = _binary()
    authenticatorData = _binary()
    signature = _binary()
    userHandle = _binary()


class AssertedCredentialShape(_FromBrowser):
    """AuthenticationResponseJSON: what `toJSON()` of a passkey's answer gives."""

    id = _binary()
    rawId = _binary()
    type = Text(_LONGEST_WORD, required=True)
    response = Part(AssertedPartShape(), required=True)


class PasskeyOptionsAskedShape(Shape):
    """The code that `shikaku enrol operator` printed."""

    code = Text(LONGEST_CODE, required=True)


class NewPasskeyShape(Shape):
    """The code once more, and what the browser made."""

    code = Text(LONGEST_CODE, required=True)
    credential = Part(MadeCredentialShape(), required=True)


class PasskeyKeptShape(Shape):
    """Whose passkey it is now."""

    operator_id = Text(40, required=True)
    name = Text(40, required=True)
    insurer_number = Text(8, required=True)


class SignInOptionsAskedShape(Shape):
    """Which fresh key the session shall have."""

    jkt = Text(
        43,
        shortest=43,
        pattern="[A-Za-z0-9_-]{43}",
        required=True,
        metadata={"description": "RFC 7638 thumbprint (SHA-256) of the P-256 key"},
    )


class SignInShape(Shape):
    """The passkey's answer, and the proof that the fresh key is there."""

    credential = Part(AssertedCredentialShape(), required=True)
    possession = Text(
        LONGEST_PROOF,
        required=True,
        metadata={
            "description": "JWT (typ shikaku-possession+jwt) signed by the fresh key,"
            " which its header carries: aud (our base URL), code (base64url of the"
            " SHA-256 of `challenge` as it stood in the options), iat."
        },
    )


class SessionShape(Shape):
    """The session: a client that gets its tokens at POST /oauth/token."""

    client_id = Text(40, required=True)
    insurer_number = Text(8, required=True)
    name = Text(60, required=True)
    expires_at = Instant(required=True)


class _RelyingPartyShape(Shape):
    name = Text(40, required=True)
    id = Text(253, required=True)


class _UserShape(Shape):
    id = _binary()
    name = Text(40, required=True)
    displayName = Text(40, required=True)


class _AlgorithmShape(Shape):
    type = Text(_LONGEST_WORD, required=True)
    alg = Whole(-_ALGORITHMS, _ALGORITHMS, required=True)


class _KnownShape(Shape):
    type = Text(_LONGEST_WORD, required=True)
    id = _binary()


class _SelectionShape(Shape):
    residentKey = Text(_LONGEST_WORD, required=True)
    requireResidentKey = Flag(required=True)
    userVerification = Text(_LONGEST_WORD, required=True)


class PasskeyOptionsShape(Shape):
    """PublicKeyCredentialCreationOptionsJSON (WebAuthn L3 §5.1.9)."""

    rp = Part(_RelyingPartyShape(), required=True)
    user = Part(_UserShape(), required=True)
    challenge = _binary()
    pubKeyCredParams = Several(Part(_AlgorithmShape()), 10, required=True)
    timeout = Whole(0, 600_000, required=True)
    excludeCredentials = Several(Part(_KnownShape()), _MOST_PASSKEYS, required=True)
    authenticatorSelection = Part(_SelectionShape(), required=True)
    attestation = Text(_LONGEST_WORD, required=True)


class SignInOptionsShape(Shape):
    """PublicKeyCredentialRequestOptionsJSON (WebAuthn L3 §5.1.10): any passkey."""

    challenge = _binary()
    timeout = Whole(0, 600_000, required=True)
    rpId = Text(253, required=True)
    allowCredentials = Several(Part(_KnownShape()), 0, required=True)
    userVerification = Text(_LONGEST_WORD, required=True)


class CallerShape(Shape):
    """Who calls, and for which insurer."""

    insurer_number = Text(8, required=True)
    insurer_name = Text(40, required=True)
    kind = Choice(
        ClientKind,
        required=True,
        metadata={"description": "担当者 operator か、システム insurer"},
    )
    id = Text(40, required=True, metadata={"description": "operator or system"})
    name = Text(60, required=True)
    session_ends_at = Instant(required=True, allow_none=True)
