"""Enrolling a terminal or system, activating a phone."""

from backend.admitting.enrolling import LONGEST_NAME
from backend.api.schemas.delegations import DelegationShape
from backend.api.schemas.fields import (
    Bilingual,
    Choice,
    Day,
    Instant,
    Part,
    Shape,
    Text,
)
from backend.domain.delegation import LONGEST_NAME as LONGEST_DELEGATE
from backend.domain.delegation import DelegateRelation
from backend.storage.rows import ClientKind

LONGEST_PROOF = 2_000  # a possession proof has about 500 characters
LONGEST_CODE = 64  # a code has 14, and people add spaces
_LONGEST_TOKEN = 16_384


class EnrolmentShape(Shape):
    """What is shown to be let in once and for all."""

    code = Text(
        LONGEST_CODE,
        required=True,
        metadata={"description": "手紙の12文字 / the letter's twelve characters"},
    )
    name = Text(
        LONGEST_NAME,
        required=True,
        metadata={"description": "端末の呼び名 / what people call the terminal"},
    )
    possession = Text(
        LONGEST_PROOF,
        required=True,
        metadata={
            "description": "JWT (typ shikaku-possession+jwt) signed by the new key,"
            " which its header carries: aud (our base URL), code (base64url of the"
            " SHA-256 of `code` as sent), iat."
        },
    )


class DelegateShape(Shape):
    """Whoever keeps a key for somebody else: a parent for a child.

    With a letter's code, relation and until are required; with a code that the
    person's own phone granted, what was granted counts.
    """

    name = Text(
        LONGEST_DELEGATE,
        required=True,
        metadata={"description": "代理の方の名前 / what the delegate goes by"},
    )
    relation = Choice(DelegateRelation)
    until = Day(metadata={"description": "最後の日（1年以内）/ the last day"})


class ActivationShape(EnrolmentShape):
    """What a phone shows to be activated: a person's own, or a delegate's."""

    delegate = Part(DelegateShape())


class EnrolledShape(Shape):
    """The enrolled client."""

    client_id = Text(40, required=True)
    kind = Choice(ClientKind, required=True)
    party = Text(
        10,
        required=True,
        metadata={"description": "医療機関コードか保険者番号 / whose client it is"},
    )


class TokenShape(Shape):
    """スマホ保険証: a phone's eligibility token (SD-JWT VC)."""

    handle = Text(32, required=True)
    token = Text(_LONGEST_TOKEN, required=True)
    expires_at = Instant(required=True)


class ActivatedShape(Shape):
    """The activated phone; without coverage today it has no token yet, and why."""

    client_id = Text(40, required=True)
    handle = Text(32, required=True, allow_none=True)
    token = Text(_LONGEST_TOKEN, required=True, allow_none=True)
    expires_at = Instant(required=True, allow_none=True)
    no_token = Bilingual(required=True, allow_none=True)
    server_time = Text(2_000, required=True)
    delegation = Part(DelegationShape(), required=True, allow_none=True)
