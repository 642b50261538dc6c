"""Signed JSON: what is opened, and the many things that are not."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.credentials import base64url, jose, strict_json
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.signing import LocalSigner, PublicKey

TYP = "shikaku-trial+jwt"
SIGNER = LocalSigner.of(ec.derive_private_key(21, ec.SECP256R1()))


def find(kid: str) -> PublicKey | None:
    return SIGNER.public if kid == SIGNER.kid else None


def signed(header: bytes, claims: bytes) -> str:
    """A token that is signed well, whatever its header and claims are."""
    signing_input = f"{base64url.encode(header)}.{base64url.encode(claims)}".encode()
    return jose.attach(signing_input, SIGNER.sign(signing_input))


def header(**changes: Any) -> bytes:
    members = {"alg": "ES256", "kid": SIGNER.kid, "typ": TYP} | changes
    return json.dumps({k: v for k, v in members.items() if v is not ...}).encode()


def reason_of(token: str, typ: str = TYP) -> NotGenuine:
    with pytest.raises(NotGenuineError) as raised:
        jose.open_sealed(token, typ, find)
    assert raised.value.code == "not-genuine"
    return raised.value.reason


def test_what_is_sealed_is_opened_byte_for_byte() -> None:
    claims = '{"z":1,"a":"髙橋　花子","n":[true,null,{"x":-1.5}]}'.encode()
    token = jose.seal(claims, TYP, SIGNER)
    opened = jose.open_sealed(token, TYP, find)
    assert opened.claims == json.loads(claims)
    assert opened.kid == SIGNER.kid
    head, _, rest = opened.signing_input.partition(b".")
    assert base64url.decode(rest.decode()) == claims
    assert base64url.decode(head.decode()) == (
        b'{"alg":"ES256","kid":"%s","typ":"shikaku-trial+jwt"}' % SIGNER.kid.encode()
    )


def test_what_will_be_signed_is_known_beforehand() -> None:
    signing_input = jose.signing_input(b'{"a":1}', TYP, SIGNER.kid)
    token = jose.attach(signing_input, SIGNER.sign(signing_input))
    assert jose.open_sealed(token, TYP, find).signing_input == signing_input
    assert jose.seal(b'{"a":1}', TYP, SIGNER).startswith(signing_input.decode() + ".")


def test_a_library_that_many_use_opens_it_too() -> None:
    token = jose.seal(b'{"a":1}', TYP, SIGNER)
    key = jwt.PyJWK(SIGNER.public.jwk)
    opened = jwt.decode_complete(token, key, algorithms=["ES256"])
    assert opened["payload"] == {"a": 1}
    assert opened["header"]["typ"] == TYP


def test_a_known_key_needs_no_finding(stranger: LocalSigner) -> None:
    token = jose.seal(b'{"a":1}', TYP, LocalSigner("a-client", SIGNER.private_key))
    assert jose.open_with(token, TYP, SIGNER.public).claims == {"a": 1}
    with pytest.raises(NotGenuineError) as raised:
        jose.open_with(token, TYP, stranger.public)
    assert raised.value.reason is NotGenuine.BAD_SIGNATURE


def test_a_self_signed_token_proves_the_key_that_it_carries() -> None:
    opened = jose.open_self_signed(jose.seal_self_signed(b"{}", TYP, SIGNER), TYP)
    assert opened.key == SIGNER.public
    assert opened.claims == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"kid": SIGNER.kid},
        {"crit": []},
        {"crit": ["b64"], "b64": False},
        {"jku": "https://evil.example/jwks.json"},
        {"jwk": SIGNER.public.jwk | {"d": "AAAA"}},
        {"jwk": [SIGNER.public.jwk]},
        {"jwk": ...},
    ],
    ids=str,
)
def test_a_header_that_carries_its_key_has_no_choice_either(
    changes: dict[str, Any],
) -> None:
    carries = {"kid": ..., "jwk": SIGNER.public.jwk}
    whole = signed(header(**carries), b"{}")
    assert jose.open_self_signed(whole, TYP).key == SIGNER.public
    with pytest.raises(NotGenuineError) as raised:
        jose.open_self_signed(signed(header(**(carries | changes)), b"{}"), TYP)
    assert raised.value.reason is NotGenuine.MALFORMED


def test_a_self_signed_token_is_nothing_more() -> None:
    carried = jose.seal_self_signed(b"{}", TYP, SIGNER)
    assert reason_of(carried) is NotGenuine.MALFORMED
    for opening in (
        lambda: jose.open_with(carried, TYP, SIGNER.public),
        lambda: jose.open_self_signed(jose.seal(b"{}", TYP, SIGNER), TYP),
    ):
        with pytest.raises(NotGenuineError):
            opening()


def test_a_header_can_be_looked_at_without_belief() -> None:
    token = jose.seal(b"{}", TYP, SIGNER)
    peeked = jose.peek_header(token[:-4] + "AAAA")
    assert (peeked.typ, peeked.kid, peeked.key) == (TYP, SIGNER.kid, None)
    assert jose.peek_claims(token) == {}


@pytest.mark.parametrize(
    "changes",
    [
        {"alg": "none"},
        {"alg": "HS256"},
        {"alg": "ES384"},
        {"alg": "es256"},
        {"alg": ...},
        {"alg": ["ES256"]},
        {"typ": ...},
        {"typ": None},
        {"kid": ...},
        {"kid": 7},
        {"kid": None, "jwk": SIGNER.public.jwk},
        {"jwk": SIGNER.public.jwk},
        {"crit": []},
        {"crit": ["b64"], "b64": False},
        {"b64": True},
        {"jku": "https://evil.example/jwks.json"},
        {"x5u": "https://evil.example/"},
        {"x5c": ["AAAA"]},
        {"zip": "DEF"},
        {"cty": "JWT"},
    ],
    ids=str,
)
def test_a_header_has_three_members_and_no_choice(changes: dict[str, Any]) -> None:
    assert reason_of(signed(header(**changes), b"{}")) is NotGenuine.MALFORMED


@pytest.mark.parametrize("typ", ["JWT", "Shikaku-Trial+JWT", TYP + " ", "", "kb+jwt"])
def test_another_kind_is_refused_as_such(typ: str) -> None:
    assert reason_of(signed(header(typ=typ), b"{}")) is NotGenuine.WRONG_KIND


@pytest.mark.parametrize(
    "claims",
    [
        b"",
        b"[]",
        b'"text"',
        b"null",
        b"{} {}",
        b"{'a':1}",
        b'{"a":1,}',
        b'{"a":1,"a":1}',
        b'{"a":{"b":1,"b":2}}',
        b'{"a":1,"\\u0061":1}',
        b'{"a":NaN}',
        b'{"a":Infinity}',
        b'{"a":-Infinity}',
        b'{"a":1e999}',
        b'{"a":9007199254740993}',
        b'{"a":-9007199254740993}',
        b'{"a":' + b"9" * 5000 + b"}",
        b'{"a":"\\ud800"}',
        b'{"\\udfff":1}',
        b'{"a":"\\u0000"}',
        b'{"a":"\n"}',
        b'{"a":"\xff"}',
        b'\xef\xbb\xbf{"a":1}',
        "{}".encode("utf-16"),
        b'{"a":' + b"[" * 65 + b"]" * 65 + b"}",
        b'{"a":' + b"[" * 5000 + b"]" * 5000 + b"}",
    ],
    ids=lambda claims: repr(claims[:30]),
)
def test_claims_are_strict_json(claims: bytes) -> None:
    assert reason_of(signed(header(), claims)) is NotGenuine.MALFORMED


def test_a_header_is_strict_json() -> None:
    twice = header().replace(b'{"alg"', b'{"alg":"none","alg"', 1)
    assert reason_of(signed(twice, b"{}")) is NotGenuine.MALFORMED
    deep = b"[" * 5000 + b"]" * 5000
    assert reason_of(signed(deep, b"{}")) is NotGenuine.MALFORMED


def test_ordinary_escapes_are_no_fault() -> None:
    claims = b'{"a":"\\u00e9 \\ud83d\\ude00 \\n"}'
    opened = jose.open_sealed(signed(header(), claims), TYP, find)
    assert opened.claims == {"a": "é 😀 \n"}


GOOD = jose.seal(b'{"a":"\xe3\x81\x82"}', TYP, SIGNER)
HEAD, BODY, SIGNATURE = GOOD.split(".")


@pytest.mark.parametrize(
    "token",
    [
        f"{HEAD}.{BODY}",
        f"{HEAD}.{BODY}.",
        f"{HEAD}.{BODY}.{SIGNATURE}.",
        f".{GOOD}",
        f"{HEAD}.{BODY}.{SIGNATURE}==",
        f"{HEAD}.{BODY}=.{SIGNATURE}",
        f"{HEAD}.{BODY}.{SIGNATURE}\n",
        f" {GOOD}",
        f"{HEAD}.{BODY}.{SIGNATURE[:-2]}",
        f"{HEAD}.{BODY}.{SIGNATURE}AA",
        f"{HEAD}.{BODY}.{SIGNATURE[:-1]}{chr(ord(SIGNATURE[-1]) + 1)}",
        f"{HEAD}.{BODY}.{SIGNATURE[:-1]}あ",
        "あ.い.う",
        "\ud800.a.b",
        "...",
        "..",
        ".",
    ],
)
def test_a_compact_token_has_one_spelling(token: str) -> None:
    assert reason_of(token) in (NotGenuine.MALFORMED, NotGenuine.BAD_SIGNATURE)


@pytest.mark.parametrize("text", ["", "token", "SK1PAAAA", "あ", "\0"])
def test_what_is_not_signed_json_is_of_another_kind(text: str) -> None:
    assert reason_of(text) is NotGenuine.WRONG_KIND


def test_a_token_has_a_bearable_size() -> None:
    claims = strict_json.write({"a": "x" * jose.MAX_TOKEN})
    token = jose.seal(claims, TYP, SIGNER)
    assert reason_of(token) is NotGenuine.MALFORMED
    assert jose.open_sealed(token, TYP, find, max_size=2 * jose.MAX_TOKEN).claims


def test_an_unknown_key_opens_nothing(stranger: LocalSigner) -> None:
    assert reason_of(jose.seal(b"{}", TYP, stranger)) is NotGenuine.UNKNOWN_KEY


def test_another_key_under_a_known_name_opens_nothing(stranger: LocalSigner) -> None:
    forged = jose.seal(b"{}", TYP, LocalSigner(SIGNER.kid, stranger.private_key))
    assert reason_of(forged) is NotGenuine.BAD_SIGNATURE


@settings(max_examples=150)
@given(st.integers(0, len(GOOD) - 1), st.characters(max_codepoint=0x17F))
def test_any_changed_character_is_found(place: int, character: str) -> None:
    if character != GOOD[place]:
        reason_of(GOOD[:place] + character + GOOD[place + 1 :])


def is_opened(open_it: Callable[[], Any]) -> bool:
    try:
        open_it()
    except (NotGenuineError, jwt.InvalidTokenError):
        return False
    return True


@settings(max_examples=150)
@given(
    st.dictionaries(st.sampled_from("alg kid typ jwk crit b64 zip".split()), st.text()),
    st.one_of(st.binary(max_size=20), st.sampled_from([b"{}", b'{"a":1}'])),
)
def test_we_open_nothing_that_pyjwt_refuses(
    members: dict[str, str], claims: bytes
) -> None:
    token = signed(header(**members), claims)
    key = jwt.PyJWK(SIGNER.public.jwk)
    if is_opened(lambda: jose.open_sealed(token, TYP, find)):
        assert is_opened(lambda: jwt.decode(token, key, algorithms=["ES256"]))


def test_an_instant_is_whole_seconds_of_utc() -> None:
    assert jose.instant({"exp": 0}, "exp") == datetime(1970, 1, 1, tzinfo=UTC)
    late = jose.instant({"exp": 2**33 - 1}, "exp")
    assert late.year == 2242
    assert late.tzinfo is UTC


@pytest.mark.parametrize(
    "value", ["1795000000", "soon", True, 1.5, 1795000000.0, -1, 2**33, 10**30, [1], {}]
)
def test_nothing_else_is_an_instant(value: object) -> None:
    with pytest.raises(NotGenuineError) as raised:
        jose.instant({"exp": value}, "exp")
    assert raised.value.reason is NotGenuine.MALFORMED


@pytest.mark.parametrize("claims", [{}, {"exp": None}, {"EXP": 1}])
def test_a_missing_instant_is_told_as_missing(claims: dict[str, Any]) -> None:
    with pytest.raises(NotGenuineError) as raised:
        jose.instant(claims, "exp")
    assert raised.value.reason is NotGenuine.MISSING_CLAIM


def test_an_error_never_quotes_what_was_shown() -> None:
    token = signed(header(), '{"name":"髙橋","name":"髙橋"}'.encode())
    with pytest.raises(NotGenuineError) as raised:
        jose.open_sealed(token, TYP, find)
    assert "髙橋" not in str(raised.value)
    assert raised.value.__cause__ is None
