"""The token on the phone: only what its insurer signed, and only what is disclosed."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from credentials_examples import INSURER
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from jwcrypto.jwk import JWK
from sd_jwt.common import SDObj
from sd_jwt.holder import SDJWTHolder
from sd_jwt.issuer import SDJWTIssuer
from sd_jwt.verifier import SDJWTVerifier

from backend.credentials import base64url, jose, strict_json
from backend.credentials.eligibility_token import (
    TOKEN_TYP,
    EligibilityToken,
    TokenClaims,
    TokenDraft,
    draft_token,
    open_token,
    seal_token,
)
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import KeySet
from backend.credentials.signing import LocalSigner
from backend.credentials.status_list import StatusReference

DISCLOSED = {
    "insurer_number": "33120015",
    "insurer_name": "架空市国民健康保険組合",
    "symbol": "架空２１",
    "number": "１２３４５６７",
    "branch": "02",
    "name": "髙橋　花子",
    "kana": "ﾀｶﾊｼ ﾊﾅｺ",
    "birth_on": "1954-02-28",
    "sex": "2",
    "relation": "2",
    "acquired_on": "2020-04-01",
    "copay_ratio": "020",
}


def disclosure(*parts: object) -> str:
    return base64url.encode(strict_json.write(list(parts)))


def digest(text: str) -> str:
    return base64url.encode(hashlib.sha256(text.encode()).digest())


SALT = base64url.encode(bytes(16))
THREE_NAMES = base64url.encode(strict_json.write({SALT: 1, "one": 2, "two": 3}))


@pytest.fixture
def payload(draft: TokenDraft) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(draft.payload)
    return loaded


@pytest.fixture
def reason_of(
    payload: dict[str, Any], insurer_signer: LocalSigner, keys: KeySet
) -> Callable[..., NotGenuine]:
    """Why a token of these claims (well signed) and disclosures is refused."""

    def reason(claims: dict[str, Any] | None = None, *disclosures: str) -> NotGenuine:
        jwt = jose.seal(strict_json.write(claims or payload), TOKEN_TYP, insurer_signer)
        with pytest.raises(NotGenuineError) as raised:
            open_token("~".join((jwt, *disclosures, "")), keys.find)
        return raised.value.reason

    return reason


def test_what_is_sealed_is_opened(
    eligibility_token: str,
    handle: str,
    phone: LocalSigner,
    insurer_signer: LocalSigner,
    names: IssuerNames,
    at: datetime,
    keys: KeySet,
) -> None:
    jwt = eligibility_token.partition("~")[0]
    assert open_token(eligibility_token, keys.find) == EligibilityToken(
        handle=handle,
        insurer=INSURER,
        issued_at=at,
        expires_at=at + timedelta(days=7),
        holder=phone.public,
        status=StatusReference(names.status_list(INSURER, 3), 77),
        disclosed=DISCLOSED,
        kid=insurer_signer.kid,
        signing_input=jwt.rpartition(".")[0].encode(),
    )


def test_the_token_is_an_sd_jwt_vc(
    eligibility_token: str, payload: dict[str, Any], phone: LocalSigner
) -> None:
    header = json.loads(
        base64.urlsafe_b64decode(eligibility_token.split(".")[0] + "==")
    )
    assert header["typ"] == "dc+sd-jwt"
    assert payload["vct"] == "https://shikaku.example/types/eligibility-token"
    assert payload["iss"] == "https://shikaku.example/insurers/33120015"
    assert payload["cnf"] == {"jwk": phone.public.jwk}
    assert payload["_sd_alg"] == "sha-256"
    assert payload["_sd"] == sorted(payload["_sd"])
    assert eligibility_token.endswith("~")


def test_nothing_personal_stands_open(payload: dict[str, Any]) -> None:
    assert payload.keys() == set("iss vct jti iat exp cnf status _sd_alg _sd".split())
    openly = json.dumps(payload, ensure_ascii=False)
    for name in ("insurer_name", "symbol", "number", "name", "kana", "birth_on"):
        assert DISCLOSED[name] not in openly


def test_what_is_absent_has_no_disclosure(
    token_claims: TokenClaims,
    handle: str,
    phone: LocalSigner,
    names: IssuerNames,
    at: datetime,
    insurer_signer: LocalSigner,
    keys: KeySet,
    random_bytes: Callable[[int], bytes],
) -> None:
    elderly = replace(token_claims, symbol=None, branch=None, relation=None)
    draft = draft_token(
        elderly,
        handle=handle,
        holder=phone.public,
        status=StatusReference(names.status_list(INSURER, 1), 0),
        issued_at=at,
        expires_at=at + timedelta(days=1),
        names=names,
        random_bytes=random_bytes,
    )
    token = open_token(seal_token(draft, insurer_signer), keys.find)
    assert DISCLOSED.keys() - token.disclosed.keys() == {"symbol", "branch", "relation"}


def test_every_salt_is_its_own_and_128_bits(draft: TokenDraft) -> None:
    salts = [json.loads(base64url.decode(d))[0] for d in draft.disclosures]
    assert len(set(salts)) == len(salts) == len(DISCLOSED)
    assert {len(base64url.decode(salt)) for salt in salts} == {16}


def test_a_holder_may_leave_any_disclosure_out(
    eligibility_token: str, keys: KeySet
) -> None:
    jwt, *disclosures, _ = eligibility_token.split("~")
    assert open_token(jwt + "~", keys.find).disclosed == {}
    for left_out in disclosures:
        rest = [d for d in disclosures if d != left_out]
        opened = open_token("~".join((jwt, *rest, "")), keys.find)
        name = json.loads(base64url.decode(left_out))[1]
        assert DISCLOSED.keys() - opened.disclosed.keys() == {name}


def test_disclosures_must_be_those_that_were_signed(
    draft: TokenDraft, reason_of: Callable[..., NotGenuine]
) -> None:
    first = draft.disclosures[0]
    altered = disclosure(SALT, "copay_ratio", "010")
    assert reason_of(None, altered) is NotGenuine.BAD_SIGNATURE  # unreferenced
    assert reason_of(None, first, first) is NotGenuine.BAD_SIGNATURE  # twice
    for text in ("", "%%%", "NQ", disclosure(1), disclosure([], {}, 5)):
        assert reason_of(None, text) is NotGenuine.BAD_SIGNATURE
    assert reason_of(None, "あ") is NotGenuine.MALFORMED


def test_a_text_must_end_where_it_ends(eligibility_token: str, keys: KeySet) -> None:
    for text in (
        eligibility_token[:-1],
        eligibility_token.partition("~")[0],
        eligibility_token + "eyJ0eXAiOiJrYitqd3QifQ.e30.AAAA",
    ):
        with pytest.raises(NotGenuineError) as raised:
            open_token(text, keys.find)
        assert raised.value.reason is NotGenuine.BAD_SIGNATURE


@pytest.mark.parametrize(
    "name",
    "iss nbf exp cnf vct vct#integrity aka_vcts status _sd ... jti iat _sd_alg".split(),
)
def test_no_disclosure_replaces_what_was_signed(
    payload: dict[str, Any], reason_of: Callable[..., NotGenuine], name: str
) -> None:
    sneaky = disclosure(SALT, name, "1")
    payload["_sd"].append(digest(sneaky))
    assert reason_of(payload, sneaky) in (
        NotGenuine.MALFORMED,
        NotGenuine.BAD_SIGNATURE,
    )


def test_no_name_is_disclosed_twice(
    payload: dict[str, Any], reason_of: Callable[..., NotGenuine]
) -> None:
    two = [disclosure(SALT, "name", text) for text in ("一郎", "次郎")]
    payload["_sd"] += map(digest, two)
    assert reason_of(payload, *two) is NotGenuine.BAD_SIGNATURE


@pytest.mark.parametrize(
    "parts",
    [
        (SALT, "one"),
        (SALT, "one", "1", "2"),
        (SALT, "one", 1),
        (SALT, "one", {"_sd": []}),
        (SALT, "one", None),
        (SALT, 1, "1"),
        (SALT, [], "1"),
        (SALT, {}, "1"),
        (7, "one", "1"),
        ("AAAA", "one", "1"),
        (SALT + "=", "one", "1"),
    ],
    ids=str,
)
def test_a_disclosure_is_salt_name_and_text(
    payload: dict[str, Any],
    reason_of: Callable[..., NotGenuine],
    parts: tuple[object, ...],
) -> None:
    odd = disclosure(*parts)
    payload["_sd"].append(digest(odd))
    assert reason_of(payload, odd) is NotGenuine.MALFORMED


@pytest.mark.parametrize(
    "text", ["%%%", "bm90IGpzb24", "e30", "NQ", "WyJhIl0=", THREE_NAMES]
)
def test_an_ill_spelt_disclosure_is_refused(
    payload: dict[str, Any], reason_of: Callable[..., NotGenuine], text: str
) -> None:
    payload["_sd"].append(digest(text))
    assert reason_of(payload, text) is NotGenuine.MALFORMED


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("_sd", ["A", "A"], NotGenuine.MALFORMED),
        ("_sd", [], NotGenuine.MALFORMED),
        ("_sd", [1], NotGenuine.MALFORMED),
        ("_sd", "A", NotGenuine.MALFORMED),
        ("_sd_alg", "md5", NotGenuine.BAD_SIGNATURE),
        ("_sd_alg", None, NotGenuine.BAD_SIGNATURE),
        ("vct", "https://evil.example/", NotGenuine.WRONG_KIND),
        ("iss", "https://shikaku.example/insurers/138057", NotGenuine.UNKNOWN_KEY),
        ("iss", "shikaku", NotGenuine.MALFORMED),
        ("jti", "AAAA", NotGenuine.MALFORMED),
        ("jti", 5, NotGenuine.MALFORMED),
        ("exp", "1800000000", NotGenuine.MALFORMED),
        ("iat", 1.5, NotGenuine.MALFORMED),
        ("cnf", {"jwk": {"kty": "oct", "k": "AAAA"}}, NotGenuine.MALFORMED),
        ("cnf", {"jku": "https://evil.example/"}, NotGenuine.MISSING_CLAIM),
        ("cnf", {"kid": "https://evil.example/"}, NotGenuine.MISSING_CLAIM),
        ("status", {"status_list": {"idx": True, "uri": "x"}}, NotGenuine.MALFORMED),
        ("status", {}, NotGenuine.MISSING_CLAIM),
    ],
)
def test_ill_formed_claims_are_refused(
    payload: dict[str, Any],
    reason_of: Callable[..., NotGenuine],
    name: str,
    value: object,
    reason: NotGenuine,
) -> None:
    assert reason_of(payload | {name: value}) is reason


@pytest.mark.parametrize(
    "name", ["iss", "vct", "jti", "iat", "exp", "cnf", "status", "_sd"]
)
def test_a_missing_claim_is_told(
    payload: dict[str, Any], reason_of: Callable[..., NotGenuine], name: str
) -> None:
    del payload[name]
    assert reason_of(payload) is NotGenuine.MISSING_CLAIM


def test_an_insurer_signs_only_for_itself(
    draft: TokenDraft,
    other_insurer_signer: LocalSigner,
    service_signer: LocalSigner,
    keys: KeySet,
) -> None:
    for signer in (other_insurer_signer, service_signer):
        with pytest.raises(NotGenuineError) as raised:
            open_token(seal_token(draft, signer), keys.find)
        assert raised.value.reason is NotGenuine.UNKNOWN_KEY


def test_a_token_has_a_bearable_size(
    payload: dict[str, Any], reason_of: Callable[..., NotGenuine], keys: KeySet
) -> None:
    long = disclosure(SALT, "note", "x" * jose.MAX_TOKEN)
    payload["_sd"].append(digest(long))
    assert reason_of(payload, long) is NotGenuine.MALFORMED
    with pytest.raises(NotGenuineError):
        open_token("a.b.c" + "~" * 5_000_000, keys.find)


# ---- With the reference library (PyPI sd-jwt) ----


def as_jwk(signer: LocalSigner) -> JWK:
    return JWK.from_json(json.dumps(signer.public.jwk))


def test_the_reference_library_verifies_our_token(
    eligibility_token: str, insurer_signer: LocalSigner, payload: dict[str, Any]
) -> None:
    verifier = SDJWTVerifier(eligibility_token, lambda *_: as_jwk(insurer_signer))
    said = verifier.get_verified_payload()
    assert {name: said[name] for name in DISCLOSED} == DISCLOSED
    assert said["status"] == payload["status"]


def test_we_open_what_the_reference_library_lets_a_holder_show(
    eligibility_token: str, keys: KeySet
) -> None:
    holder = SDJWTHolder(eligibility_token)
    holder.create_presentation({"name": True, "copay_ratio": True})
    shown = open_token(holder.sd_jwt_presentation, keys.find)
    assert shown.disclosed == {"name": "髙橋　花子", "copay_ratio": "020"}


def test_we_open_what_the_reference_library_issues(
    payload: dict[str, Any],
    insurer_signer: LocalSigner,
    phone: LocalSigner,
    keys: KeySet,
) -> None:
    plain = {k: v for k, v in payload.items() if k not in ("_sd", "_sd_alg", "cnf")}
    hidden = {SDObj(name): value for name, value in DISCLOSED.items()}
    pem = insurer_signer.private_key.private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
    issued = SDJWTIssuer(
        plain | hidden,
        JWK.from_pem(pem),
        holder_key=as_jwk(phone),
        sign_alg="ES256",
        extra_header_parameters={"typ": TOKEN_TYP, "kid": insurer_signer.kid},
    ).sd_jwt_issuance
    token = open_token(issued, keys.find)
    assert token.disclosed == DISCLOSED
    assert token.holder == phone.public
