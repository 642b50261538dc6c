"""One test for each past mistake that touches tokens, named after where it happened.

The list is that of the safety study: advisories of the libraries below us, and faults
of systems of our kind.
"""

import ast
import hashlib
import hmac
import json
import time
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from credentials_examples import BASE_URL, INSURER, OTHER_INSURER, a_signer
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

import backend.credentials
from backend.credentials import base64url, jose, strict_json, transport
from backend.credentials.certificate import (
    CERTIFICATE_TYP,
    CertificateFields,
    Form,
    open_certificate,
    seal_certificate,
)
from backend.credentials.certificate_qr import from_qr
from backend.credentials.certificate_template import write_fields
from backend.credentials.eligibility_token import TOKEN_TYP, open_token
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import KeyRecord, KeySet, KeyState
from backend.credentials.making_proofs import make_client_assertion, make_dpop
from backend.credentials.presentation import make_presentation, read_presentation
from backend.credentials.proofs import read_client_assertion, read_dpop
from backend.credentials.signing import LocalSigner, PublicKey
from backend.credentials.status_list import (
    StatusList,
    StatusUnknownError,
    open_status_list,
    seal_status_list,
)
from backend.domain.errors import MalformedError

TYP = "shikaku-trial+jwt"
SIGNER = a_signer(41)
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
ROOM = Path(backend.credentials.__file__).parent


def find(kid: str) -> PublicKey | None:
    return SIGNER.public if kid == SIGNER.kid else None


def refusal(opening: Callable[[], object]) -> NotGenuine:
    with pytest.raises(NotGenuineError) as raised:
        opening()
    return raised.value.reason


def token(header: dict[str, Any], sign: Callable[[bytes], bytes]) -> str:
    parts = {"alg": "ES256", "kid": SIGNER.kid, "typ": TYP} | header, {"a": 1}
    signing_input = ".".join(base64url.encode(strict_json.write(p)) for p in parts)
    return jose.attach(signing_input.encode(), sign(signing_input.encode()))


def test_cve_2022_29217_and_2026_48526_a_public_key_is_no_hmac_secret() -> None:
    public = SIGNER.private_key.public_key()
    secrets = [
        public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
        public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo),
        public.public_bytes(Encoding.OpenSSH, PublicFormat.OpenSSH),
        json.dumps(SIGNER.public.jwk).encode(),
        strict_json.write(SIGNER.public.jwk),
    ]
    for secret in secrets:
        for alg in ("HS256", "ES256"):

            def mac(message: bytes, secret: bytes = secret) -> bytes:
                return hmac.digest(secret, message, "sha256") * 2

            forged = token({"alg": alg}, mac)
            assert refusal(lambda t=forged: jose.open_sealed(t, TYP, find))


def test_eudi_ios_wallet_kit_472_an_unsigned_token_is_nothing() -> None:
    for alg in ("none", "None", "NONE", "", None):
        for signature in (b"", bytes(64)):
            forged = token({"alg": alg}, lambda _, s=signature: s)
            reason = refusal(lambda t=forged: jose.open_sealed(t, TYP, find))
            assert reason is NotGenuine.MALFORMED


def test_cve_2022_21449_a_signature_of_zeros_is_nothing() -> None:
    for numbers in (0, 0), (1, 0), (0, 1), (ORDER, ORDER), (ORDER, 1):
        zeros = b"".join(n.to_bytes(32) for n in numbers)
        reason = refusal(
            lambda z=zeros: jose.open_sealed(token({}, lambda _: z), TYP, find)
        )
        assert reason is NotGenuine.BAD_SIGNATURE


def test_cve_2026_32597_a_critical_extension_that_we_do_not_know_is_refused() -> None:
    for header in ({"crit": ["exp"]}, {"crit": ["x"], "x": 1}, {"crit": []}):
        forged = token(header, SIGNER.sign)
        assert refusal(lambda t=forged: jose.open_sealed(t, TYP, find))


def test_cve_2026_48525_an_unencoded_payload_is_refused() -> None:
    header = {"b64": False, "crit": ["b64"]}
    assert refusal(lambda: jose.open_sealed(token(header, SIGNER.sign), TYP, find))


def test_cve_2026_48522_no_key_is_ever_fetched() -> None:
    for name in ("jku", "x5u"):
        for address in ("file:///etc/passwd", "ftp://evil.example/", "http://[::1]/"):
            forged = token({name: address}, SIGNER.sign)
            reason = refusal(lambda t=forged: jose.open_sealed(t, TYP, find))
            assert reason is NotGenuine.MALFORMED
    imported = {
        name
        for file in ROOM.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else
                     [alias.name for alias in node.names])
        if name
    }  # fmt: skip
    roots = {name.partition(".")[0] for name in imported}
    assert not roots & {"urllib", "requests", "http", "socket", "subprocess", "os"}


def test_cve_2018_0114_a_key_in_the_header_opens_only_self_signed_proofs(
    stranger: LocalSigner,
) -> None:
    forged = jose.seal_self_signed(b'{"a":1}', TYP, stranger)
    assert refusal(lambda: jose.open_sealed(forged, TYP, find)) is NotGenuine.MALFORMED
    both = token({"jwk": stranger.public.jwk}, stranger.sign)
    assert refusal(lambda: jose.open_sealed(both, TYP, find)) is NotGenuine.MALFORMED


@pytest.mark.parametrize(
    "kid",
    [
        "../../keys/service.pem",
        "/dev/null",
        "' OR '1'='1",
        "AAAAAAAA'; DROP TABLE keys;--",
        "A\u0000B",
        "",
        "x" * 9_000,
        "https://evil.example/key",
    ],
)
def test_kid_injection_a_key_name_is_only_looked_up(keys: KeySet, kid: str) -> None:
    forged = token({"kid": kid, "typ": CERTIFICATE_TYP}, SIGNER.sign)
    reason = refusal(lambda: open_certificate(forged, keys.find))
    is_readable = len(forged) <= jose.MAX_TOKEN and "\0" not in kid
    assert reason is (NotGenuine.UNKNOWN_KEY if is_readable else NotGenuine.MALFORMED)


def test_ghsa_75c5_an_issuer_is_compared_whole(
    phone: LocalSigner, at: datetime
) -> None:
    text = make_client_assertion(phone, "clinic-1", BASE_URL[:-1], at, "j")
    reason = refusal(
        lambda: read_client_assertion(text, BASE_URL, lambda _: phone.public)
    )
    assert reason is NotGenuine.MISDIRECTED


def test_rfc7523bis_an_audience_is_one_string_and_our_name(
    phone: LocalSigner, at: datetime
) -> None:
    for audience in (f"{BASE_URL}/oauth/token", f"{BASE_URL},https://evil.example"):
        text = make_client_assertion(phone, "clinic-1", audience, at, "j")
        reason = refusal(
            lambda t=text: read_client_assertion(t, BASE_URL, lambda _: phone.public)
        )
        assert reason is NotGenuine.MISDIRECTED


def test_cve_2026_26007_only_points_of_p256_are_keys() -> None:
    off = {"kty": "EC", "crv": "P-256", "x": "A" * 43, "y": "A" * 42 + "E"}
    infinity = {"kty": "EC", "crv": "P-256", "x": "", "y": ""}
    sect = {"kty": "EC", "crv": "sect233r1", "x": "A" * 43, "y": "A" * 43}
    for jwk in (off, infinity, sect):
        with pytest.raises(MalformedError):
            PublicKey.from_jwk(jwk)
    for curve in (ec.SECP384R1(), ec.SECP256K1()):
        with pytest.raises(MalformedError):
            PublicKey.of(ec.generate_private_key(curve).public_key())


def test_the_libraries_are_those_in_which_these_were_mended() -> None:
    def at_least(name: str, floor: tuple[int, ...]) -> bool:
        found = version(name).split(".")[: len(floor)]
        return tuple(int(part) for part in found) >= floor

    assert at_least("pyjwt", (2, 15, 1))
    assert at_least("cryptography", (50, 0, 2))


# ---- What PyJWT 2.15.1 still takes (safety study, finding 6) ----


def resealed(fields: CertificateFields, names: IssuerNames, signer: LocalSigner,
             change: Callable[[str], str]) -> str:  # fmt: skip
    sealed = seal_certificate(fields, Form.A4, names, signer)
    claims = change(strict_json.write(jose.peek_claims(sealed)).decode())
    return jose.seal(claims.encode(), CERTIFICATE_TYP, signer)


@pytest.mark.parametrize(
    "exp",
    ['"soon"', '"1817046000"', "1" + "0" * 30, "true", "1817046000.5", "null", "-1"],
)
def test_pyjwt_an_expiry_that_is_no_instant_is_refused(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    keys: KeySet,
    exp: str,
) -> None:
    odd = resealed(
        fields, names, insurer_signer, lambda c: c.replace("1817046000", exp)
    )
    assert refusal(lambda: open_certificate(odd, keys.find))


def test_pyjwt_a_claim_given_twice_is_refused(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    keys: KeySet,
) -> None:
    twice = resealed(
        fields, names, insurer_signer, lambda c: c[:-1] + ',"copay_ratio":"010"}'
    )
    reason = refusal(lambda: open_certificate(twice, keys.find))
    assert reason is NotGenuine.MALFORMED


def test_pyjwt_a_header_given_twice_is_refused() -> None:
    members = f'"alg":"none","alg":"ES256","kid":"{SIGNER.kid}","typ":"{TYP}"'
    header = f"{{{members}}}".encode()
    signing_input = f"{base64url.encode(header)}.{base64url.encode(b'{}')}".encode()
    odd = jose.attach(signing_input, SIGNER.sign(signing_input))
    assert refusal(lambda: jose.open_sealed(odd, TYP, find)) is NotGenuine.MALFORMED


def test_pyjwt_padding_is_refused() -> None:
    good = jose.seal(b'{"a":1}', TYP, SIGNER)
    assert jose.open_sealed(good, TYP, find)
    for odd in (good + "==", good + "=", good.replace(".", "=.", 1)):
        assert refusal(lambda t=odd: jose.open_sealed(t, TYP, find))


def test_pyjwt_a_twin_signature_is_no_second_presentation(
    handle: str, phone: LocalSigner, at: datetime
) -> None:
    """A code is spent by handle and instant, a proof by `jti`, never by its bytes."""
    payload = transport.unpack(make_presentation(handle, at, phone.sign))[1]
    twin = payload[:-32] + (ORDER - int.from_bytes(payload[-32:])).to_bytes(32)
    shown = read_presentation(transport.pack(transport.CodeKind.PHONE, twin))
    assert shown.is_signed_by(phone.public)
    assert (shown.handle, shown.at) == (handle, at)
    head, body, signature = make_dpop(phone, "GET", BASE_URL, at, "j").split(".")
    raw = base64url.decode(signature)
    other = raw[:32] + (ORDER - int.from_bytes(raw[32:])).to_bytes(32)
    twin_proof = f"{head}.{body}.{base64url.encode(other)}"
    assert read_dpop(twin_proof, "GET", BASE_URL, None).jti == "j"


def test_pyjwt_a_token_without_an_end_is_refused(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    keys: KeySet,
) -> None:
    endless = resealed(
        fields, names, insurer_signer, lambda c: c.replace('"exp":1817046000,', "")
    )
    assert refusal(lambda: open_certificate(endless, keys.find))


# ---- Bounds ----


def test_a_deep_or_long_token_is_refused_quickly() -> None:
    started = time.perf_counter()
    for claims in (b"[" * 8_000, b'{"a":' * 2_000, b"9" * 9_000, b'{"a":1e99999}'):
        odd = jose.seal(claims, TYP, SIGNER)
        reason = refusal(lambda t=odd: jose.open_sealed(t, TYP, find))
        assert reason is NotGenuine.MALFORMED
    huge = "A" * 10_000_000 + ".A.A"
    assert refusal(lambda: jose.open_sealed(huge, TYP, find)) is NotGenuine.MALFORMED
    assert time.perf_counter() - started < 2


def test_jwcrypto_a_small_token_does_not_grow_large(
    fields: CertificateFields, names: IssuerNames
) -> None:
    deflating = zlib.compressobj(level=9, wbits=-15)
    bomb = deflating.compress(bytes(500_000)) + deflating.flush()
    numbers = write_fields(fields, Form.A4)[:38]
    code = transport.pack(
        transport.CodeKind.CERTIFICATE, b"\x11" + bytes(69) + numbers + bomb
    )
    assert refusal(lambda: from_qr(code, names)) is NotGenuine.MALFORMED
    packed = token({"zip": "DEF"}, SIGNER.sign)
    assert refusal(lambda: jose.open_sealed(packed, TYP, find)) is NotGenuine.MALFORMED


# ---- Systems of our kind ----


def test_eu_dcc_2021_a_signer_vouches_only_for_its_own(
    fields: CertificateFields,
    names: IssuerNames,
    other_insurer_signer: LocalSigner,
    keys: KeySet,
) -> None:
    """Per-insurer keys: one that is misused cannot speak for another insurer."""
    record = keys.find(other_insurer_signer.kid)
    assert record is not None
    assert record.insurer == OTHER_INSURER
    sealed = seal_certificate(fields, Form.A4, names, other_insurer_signer)
    reason = refusal(lambda: open_certificate(sealed, keys.find))
    assert reason is NotGenuine.UNKNOWN_KEY


def test_eu_dcc_2021_a_compromised_key_is_told_apart_not_lost(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    a_record: Callable[..., KeyRecord],
) -> None:
    """It is found, with the time of its compromise, for whoever has our records."""
    stolen = a_record(insurer_signer, INSURER, KeyState.COMPROMISED)
    keys = KeySet([stolen])
    sealed = seal_certificate(fields, Form.A4, names, insurer_signer)
    paper = open_certificate(sealed, keys.find)
    found = keys.find(paper.kid)
    assert found is not None
    assert found.compromised_at is not None
    assert keys.published() == []


def test_medicare_express_plus_2021_what_is_shown_is_signed(
    fields: CertificateFields,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    keys: KeySet,
) -> None:
    sealed = seal_certificate(fields, Form.A4, names, insurer_signer)
    head, body, signature = sealed.split(".")
    claims = base64url.decode(body).replace("花子".encode(), "桃子".encode())
    forged = f"{head}.{base64url.encode(claims)}.{signature}"
    reason = refusal(lambda: open_certificate(forged, keys.find))
    assert reason is NotGenuine.BAD_SIGNATURE


def test_eudi_ios_324_every_part_of_a_token_is_verified(
    eligibility_token: str, keys: KeySet
) -> None:
    jwt, *disclosures, _ = eligibility_token.split("~")
    salt = base64url.encode(bytes(16))
    added = base64url.encode(strict_json.write([salt, "copay_ratio", "010"]))
    kept = [d for d in disclosures if b"copay" not in base64url.decode(d)]
    forged = "~".join((jwt, *kept, added, ""))
    assert refusal(lambda: open_token(forged, keys.find)) is NotGenuine.BAD_SIGNATURE
    unsigned = token({"typ": TOKEN_TYP, "alg": "none"}, lambda _: b"") + "~"
    assert refusal(lambda: open_token(unsigned, keys.find)) is NotGenuine.MALFORMED


def test_verifier_plus_138_could_not_check_is_not_valid(
    names: IssuerNames, insurer_signer: LocalSigner, at: datetime, keys: KeySet
) -> None:
    uri, hour = names.status_list(INSURER, 1), timedelta(hours=1)
    sealed = seal_status_list(StatusList(4), uri, at, hour, hour, insurer_signer)
    with pytest.raises(StatusUnknownError):
        open_status_list(sealed, uri, keys.find, at + hour)
    with pytest.raises(StatusUnknownError):
        open_status_list(sealed, uri, keys.find, at).get(4)


def test_eudi_verifier_302_a_status_list_is_verified_too(
    names: IssuerNames, stranger: LocalSigner, at: datetime, keys: KeySet
) -> None:
    uri, hour = names.status_list(INSURER, 1), timedelta(hours=1)
    sealed = seal_status_list(StatusList(4), uri, at, hour, hour, stranger)
    reason = refusal(lambda: open_status_list(sealed, uri, keys.find, at))
    assert reason is NotGenuine.UNKNOWN_KEY


def test_a_digest_of_a_code_is_not_the_code(phone: LocalSigner, at: datetime) -> None:
    """`ath`: a proof shows which access token it goes with, and never the token."""
    proof = make_dpop(phone, "GET", BASE_URL, at, "j", "secret-token")
    claims = jose.peek_claims(proof)
    expected = base64url.encode(hashlib.sha256(b"secret-token").digest())
    assert claims["ath"] == expected
    assert "secret-token" not in json.dumps(claims)
