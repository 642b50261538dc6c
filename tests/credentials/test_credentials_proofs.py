"""Proofs of clients: for this request, this server, this code, and no other."""

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.credentials import base64url, jose, strict_json
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.making_proofs import (
    make_client_assertion,
    make_dpop,
    make_possession,
)
from backend.credentials.proofs import (
    CLIENT_ASSERTION_TYP,
    DPOP_TYP,
    POSSESSION_TYP,
    ClientAssertion,
    DPoPProof,
    read_client_assertion,
    read_dpop,
    read_possession,
)
from backend.credentials.signing import LocalSigner, PublicKey

URL = "https://shikaku.example/clinic/checks"
ISSUER = "https://shikaku.example"

# RFC 9449 §4.1, the example proof, and §7.1 with `ath` for its access token.
RFC_PROOF = (
    "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZy"
    "aHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpi"
    "VFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19.eyJqdGkiOiItQndDM0V"
    "TYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3R"
    "va2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ.2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4Pt"
    "FLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg"
)


def refusal(read: Callable[[], object]) -> NotGenuine:
    with pytest.raises(NotGenuineError) as raised:
        read()
    return raised.value.reason


# ---- DPoP ----


def test_the_proof_of_the_standard_is_read() -> None:
    proof = read_dpop(RFC_PROOF, "POST", "https://server.example.com/token", None)
    assert proof.jkt == "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I"
    assert proof.jti == "-BwC3ESc6acc2lTc"
    assert int(proof.issued_at.timestamp()) == 1_562_262_616


@pytest.mark.parametrize("access_token", [None, "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE"])
def test_a_proof_is_read_as_made(
    phone: LocalSigner, at: datetime, access_token: str | None
) -> None:
    proof = make_dpop(phone, "POST", URL, at, "a-jti", access_token)
    assert read_dpop(proof, "POST", URL, access_token) == DPoPProof(
        phone.public, phone.public.thumbprint(), "a-jti", at
    )


def test_query_and_fragment_do_not_count(phone: LocalSigner, at: datetime) -> None:
    proof = make_dpop(phone, "GET", URL + "?q=1#top", at, "a-jti")
    assert read_dpop(proof, "GET", URL + "?q=2", None)
    assert jose.peek_claims(proof)["htu"] == URL


@pytest.mark.parametrize(
    ("method", "url", "access_token"),
    [
        ("GET", URL, "token"),
        ("post", URL, "token"),
        ("POST", URL + "/", "token"),
        ("POST", URL.replace("https", "http"), "token"),
        ("POST", URL.replace("shikaku", "evil"), "token"),
        ("POST", URL[:-1], "token"),
        ("POST", URL, "token2"),
        ("POST", URL, ""),
    ],
)
def test_a_proof_for_another_request_is_misdirected(
    phone: LocalSigner, at: datetime, method: str, url: str, access_token: str
) -> None:
    proof = make_dpop(phone, "POST", URL, at, "a-jti", "token")
    reason = refusal(lambda: read_dpop(proof, method, url, access_token))
    assert reason is NotGenuine.MISDIRECTED


def test_a_token_needs_a_proof_that_names_it(phone: LocalSigner, at: datetime) -> None:
    proof = make_dpop(phone, "POST", URL, at, "a-jti")
    reason = refusal(lambda: read_dpop(proof, "POST", URL, "token"))
    assert reason is NotGenuine.MISSING_CLAIM


def test_the_digest_of_the_token_is_the_standards(
    phone: LocalSigner, at: datetime
) -> None:
    proof = make_dpop(
        phone, "GET", URL, at, "j", "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU"
    )  # RFC 9449 §7.1
    expected = "fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo"
    assert jose.peek_claims(proof)["ath"] == expected


DPOP_CLAIMS: dict[str, Any] = {"jti": "j", "htm": "POST", "htu": URL, "iat": 1}


@pytest.mark.parametrize("name", DPOP_CLAIMS)
def test_a_proof_lacks_nothing(phone: LocalSigner, name: str) -> None:
    claims = strict_json.write({k: v for k, v in DPOP_CLAIMS.items() if k != name})
    proof = jose.seal_self_signed(claims, DPOP_TYP, phone)
    reason = refusal(lambda: read_dpop(proof, "POST", URL, None))
    assert reason is NotGenuine.MISSING_CLAIM


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("jti", ""),
        ("jti", 7),
        ("jti", "j" * 129),
        ("htm", ["POST"]),
        ("htu", [URL]),
        ("iat", "1"),
        ("iat", True),
    ],
)
def test_a_proof_is_well_formed(phone: LocalSigner, name: str, value: object) -> None:
    claims = strict_json.write(DPOP_CLAIMS | {name: value})
    proof = jose.seal_self_signed(claims, DPOP_TYP, phone)
    reason = refusal(lambda: read_dpop(proof, "POST", URL, None))
    assert reason is NotGenuine.MALFORMED


def test_a_proof_with_another_key_put_in_fails(
    phone: LocalSigner, stranger: LocalSigner, at: datetime
) -> None:
    mine = make_dpop(phone, "POST", URL, at, "j").split(".")
    theirs = make_dpop(stranger, "POST", URL, at, "j").split(".")
    mixed = ".".join((theirs[0], *mine[1:]))
    reason = refusal(lambda: read_dpop(mixed, "POST", URL, None))
    assert reason is NotGenuine.BAD_SIGNATURE


@pytest.mark.parametrize(
    "jwk",
    [
        {"kty": "oct", "k": "AAAA"},
        {"kty": "RSA", "n": "AAAA", "e": "AQAB"},
        {"d": "A" * 43},
        {"x": "A" * 43},
    ],
    ids=str,
)
def test_a_proof_carries_a_public_key_only(
    phone: LocalSigner, jwk: dict[str, str]
) -> None:
    header = {"alg": "ES256", "jwk": phone.public.jwk | jwk, "typ": DPOP_TYP}
    signing_input = ".".join(
        base64url.encode(strict_json.write(part)) for part in (header, DPOP_CLAIMS)
    ).encode()
    proof = jose.attach(signing_input, phone.sign(signing_input))
    reason = refusal(lambda: read_dpop(proof, "POST", URL, None))
    assert reason is NotGenuine.MALFORMED


# ---- Client assertions ----


@pytest.fixture
def clients(phone: LocalSigner) -> Callable[[str], PublicKey | None]:
    return {"clinic-1": phone.public}.get


def test_an_assertion_is_read_as_made(
    phone: LocalSigner, at: datetime, clients: jose.FindKey
) -> None:
    text = make_client_assertion(phone, "clinic-1", ISSUER, at, "j")
    assert read_client_assertion(text, ISSUER, clients) == ClientAssertion(
        "clinic-1", "j", at + timedelta(seconds=60), None
    )


def assertion(signer: LocalSigner, **changes: Any) -> str:
    claims = {
        "iss": "clinic-1",
        "sub": "clinic-1",
        "aud": ISSUER,
        "jti": "j",
        "exp": 1_795_000_000,
    } | changes
    claims = {name: value for name, value in claims.items() if value is not None}
    return jose.seal(strict_json.write(claims), CLIENT_ASSERTION_TYP, signer)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"aud": [ISSUER]}, NotGenuine.MALFORMED),
        ({"aud": [ISSUER, "https://evil.example"]}, NotGenuine.MALFORMED),
        ({"aud": ISSUER + "/token"}, NotGenuine.MISDIRECTED),
        ({"aud": ISSUER + "/"}, NotGenuine.MISDIRECTED),
        ({"aud": ISSUER[:-1]}, NotGenuine.MISDIRECTED),
        ({"aud": None}, NotGenuine.MISSING_CLAIM),
        ({"iss": "clinic-2"}, NotGenuine.MISDIRECTED),
        ({"iss": "clinic"}, NotGenuine.MISDIRECTED),
        ({"iss": None}, NotGenuine.MISSING_CLAIM),
        ({"sub": "clinic-2"}, NotGenuine.UNKNOWN_KEY),
        ({"sub": None}, NotGenuine.MISSING_CLAIM),
        ({"exp": None}, NotGenuine.MISSING_CLAIM),
        ({"exp": "1795000000"}, NotGenuine.MALFORMED),
        ({"jti": None}, NotGenuine.MISSING_CLAIM),
    ],
    ids=str,
)
def test_an_assertion_for_another_end_is_refused(
    phone: LocalSigner,
    clients: jose.FindKey,
    changes: dict[str, Any],
    reason: NotGenuine,
) -> None:
    text = assertion(phone, **changes)
    assert refusal(lambda: read_client_assertion(text, ISSUER, clients)) is reason


def test_another_clients_key_does_not_speak_for_it(
    stranger: LocalSigner, clients: jose.FindKey
) -> None:
    text = assertion(stranger)
    reason = refusal(lambda: read_client_assertion(text, ISSUER, clients))
    assert reason is NotGenuine.BAD_SIGNATURE


# ---- Possession ----


def test_possession_is_proven_for_one_code_at_one_place(
    phone: LocalSigner, at: datetime
) -> None:
    text = make_possession(phone, ISSUER, "ABCD-EFGH-IJKL", at)
    assert read_possession(text, ISSUER, "ABCD-EFGH-IJKL") == phone.public
    for audience, code in (
        (ISSUER, "ABCD-EFGH-IJKM"),
        ("https://evil.example", "ABCD-EFGH-IJKL"),
    ):
        reason = refusal(lambda a=audience, c=code: read_possession(text, a, c))
        assert reason is NotGenuine.MISDIRECTED


def test_a_proof_of_possession_does_not_carry_the_code(
    phone: LocalSigner, at: datetime
) -> None:
    claims = jose.peek_claims(make_possession(phone, ISSUER, "ABCD", at))
    assert claims == {
        "aud": ISSUER,
        "code": base64url.encode(hashlib.sha256(b"ABCD").digest()),
        "iat": int(at.timestamp()),
    }


@pytest.mark.parametrize("name", ["aud", "code", "iat"])
def test_a_proof_of_possession_lacks_nothing(
    phone: LocalSigner, at: datetime, name: str
) -> None:
    claims = jose.peek_claims(make_possession(phone, ISSUER, "ABCD", at))
    del claims[name]
    text = jose.seal_self_signed(strict_json.write(claims), POSSESSION_TYP, phone)
    reason = refusal(lambda: read_possession(text, ISSUER, "ABCD"))
    assert reason is NotGenuine.MISSING_CLAIM
