"""Cases of what insurers sign: certificates, their codes, tokens, status lists."""

import hmac
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from vector_keys import (
    BASE_URL,
    HANDLE,
    INSURER,
    ISSUING,
    NAMES,
    OTHER,
    OUR_KEYS,
    PHONE,
    RETIRED,
    SERVICE,
    STRANGER,
    FixedSigner,
    forge,
    octets,
    twin,
)

from backend.credentials import base64url, certificate_template, transport
from backend.credentials.certificate import (
    CERTIFICATE_TYP,
    Form,
    certificate_payload,
    seal_certificate,
)
from backend.credentials.certificate_qr import to_qr
from backend.credentials.eligibility_token import draft_token, seal_token
from backend.credentials.status_list import (
    StatusList,
    StatusReference,
    StatusValue,
    seal_status_list,
)
from backend.domain.charge import CopayRatio
from tests.whole_certificate import WHOLE, on_a_phone

Case = tuple[str, str, dict[str, Any], dict[str, Any]]  # name, input, question, verdict

AT = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
FIELDS = WHOLE._replace(limit_from_on=date(2026, 8, 1), is_special_expenses=False)
CARD = FIELDS._replace(address=None, name="𠮷田　ﾊﾅ子", insured_name=None, symbol=None)
LAST_SECOND = datetime(2027, 7, 31, 14, 59, 59, tzinfo=UTC)


def question(at: datetime = AT, **more: Any) -> dict[str, Any]:
    return {"at": at.isoformat().replace("+00:00", "Z"), "base_url": BASE_URL} | more


def refused(reason: str) -> dict[str, Any]:
    return {"verdict": "not-genuine", "reason": reason}


def attacks(token: str, typ: str) -> Iterator[Case]:
    """What must be refused whatever the kind."""
    head, body, signature = token.split(".")
    claims = base64url.decode(body).decode()
    header = {"alg": "ES256", "kid": ISSUING.kid, "typ": typ}
    secret = json.dumps(ISSUING.public.jwk, separators=(",", ":")).encode()
    unsigned = forge(header | {"alg": "none"}, claims, ISSUING).rpartition(".")[0]
    hs256 = forge(header | {"alg": "HS256"}, claims, ISSUING).rpartition(".")[0]
    mac = base64url.encode(hmac.digest(secret, hs256.encode(), "sha256"))
    own_key = {"alg": "ES256", "jwk": STRANGER.public.jwk, "typ": typ}
    twice = f'{{"alg":"none","alg":"ES256","kid":"{ISSUING.kid}","typ":"{typ}"}}'
    soon = claims.replace(f'"exp":{json.loads(claims)["exp"]}', '"exp":"soon"')
    twice_jti = claims[:-1] + ',"jti":"x"}'

    def by(key: FixedSigner, **changes: object) -> str:
        return forge(header | {"kid": key.kid} | changes, claims, key)

    for name, text, reason in (
        ("alg-none", f"{unsigned}.", "malformed"),
        ("hs256-confusion", f"{hs256}.{mac}", "malformed"),
        ("kid-injection", by(STRANGER, kid="../../keys/insurer"), "unknown-key"),
        ("jku-header", by(STRANGER, jku="https://evil.example/"), "malformed"),
        ("jwk-header", forge(own_key, claims, STRANGER), "malformed"),
        ("crit-header", by(ISSUING, crit=["exp"]), "malformed"),
        ("duplicate-header", forge(twice, claims, ISSUING), "malformed"),
        ("wrong-kind", by(ISSUING, typ="JWT"), "wrong-kind"),
        ("string-exp", forge(header, soon, ISSUING), "malformed"),
        ("duplicate-keys", forge(header, twice_jti, ISSUING), "malformed"),
        ("padding", f"{token}==", "malformed"),
        ("unknown-key", by(STRANGER), "unknown-key"),
        ("another-keys-name", by(STRANGER, kid=ISSUING.kid), "bad-signature"),
        ("retired-key", by(RETIRED), "unknown-key"),
        ("service-key", by(SERVICE), "unknown-key"),
        ("other-insurers-key", by(OTHER), "unknown-key"),
        ("cut-signature", f"{head}.{body}.{signature[:-2]}", "bad-signature"),
    ):
        yield name, text, question(), refused(reason)


def certificates() -> Iterator[Case]:
    """Signed certificates."""
    paper = seal_certificate(FIELDS, Form.A4, NAMES, ISSUING)
    claims = json.loads(certificate_payload(FIELDS, Form.A4, NAMES))
    good = {"verdict": "good", "claims": claims}
    head, body, signature = paper.split(".")
    other = base64url.encode(
        base64url.decode(body).replace(b'"copay_ratio":"020"', b'"copay_ratio":"010"')
    )
    again = base64url.encode(twin(base64url.decode(signature)))
    card = json.loads(certificate_payload(CARD, Form.CARD, NAMES))
    header = {"alg": "ES256", "kid": ISSUING.kid, "typ": CERTIFICATE_TYP}
    yield "good", paper, question(), good
    yield (
        "good-card",
        seal_certificate(CARD, Form.CARD, NAMES, ISSUING),
        question(),
        {"verdict": "good", "claims": card},
    )
    yield "last-second", paper, question(LAST_SECOND), good
    midnight = LAST_SECOND + timedelta(seconds=1)
    yield "expired", paper, question(midnight), {"verdict": "expired"}
    yield "twin-signature", f"{head}.{body}.{again}", question(), good
    altered = f"{head}.{other}.{signature}"
    yield "altered-field", altered, question(), refused("bad-signature")
    shuffled = forge(header, dict(sorted(claims.items())), ISSUING)
    yield "another-order", shuffled, question(), refused("malformed")
    yield from attacks(paper, CERTIFICATE_TYP)


def certificate_codes() -> Iterator[Case]:
    """Codes of certificates, as scanners give them."""
    paper = seal_certificate(FIELDS, Form.A4, NAMES, ISSUING)
    text = to_qr(paper)
    good = {"verdict": "good", "jwt": paper}
    card = seal_certificate(CARD, Form.CARD, NAMES, ISSUING)
    wide = "".join(chr(ord(c) + 0xFEE0) for c in text)
    kind, payload = transport.unpack(text)
    forged = certificate_template.write_fields(
        FIELDS._replace(copay_ratio=CopayRatio.ONE_TENTH), Form.A4
    )
    altered = transport.pack(kind, payload[:70] + forged)
    template = transport.pack(kind, b"\x7f" + payload[1:])
    damaged = text[:90] + ("A" if text[90] != "A" else "B") + text[91:]
    elsewhere = question(base_url="https://evil.example")
    bare = transport.pack(transport.CodeKind.PHONE, bytes(81))
    yield "good-a4", text, question(), good
    yield "good-card", to_qr(card), question(), {"verdict": "good", "jwt": card}
    yield "typed-in-full-width", f"{wide.lower()}\r\n", question(), good
    yield (
        "expired",
        text,
        question(LAST_SECOND + timedelta(days=1)),
        {"verdict": "expired"},
    )
    yield "altered-field", altered, question(), refused("bad-signature")
    yield "elsewhere", text, elsewhere, refused("bad-signature")
    yield "unknown-template", template, question(), refused("malformed")
    yield "damaged-checksum", damaged, question(), refused("malformed")
    yield "cut-short", text[:-20], question(), refused("malformed")
    yield "wrong-kind", bare, question(), refused("wrong-kind")
    yield "foreign", "https://example.com/", question(), refused("wrong-kind")


def tokens() -> Iterator[Case]:
    """Eligibility tokens."""
    draft = draft_token(
        on_a_phone(FIELDS),
        handle=HANDLE,
        holder=PHONE.public,
        status=StatusReference(NAMES.status_list(INSURER, 3), 77),
        issued_at=AT - timedelta(days=1),
        expires_at=AT + timedelta(days=6),
        names=NAMES,
        random_bytes=lambda count: octets("salts", count),
    )
    text = seal_token(draft, ISSUING)
    jwt, *disclosures, _ = text.split("~")
    said = [json.loads(base64url.decode(d)) for d in disclosures]
    everything = {name: value for _, name, value in said}
    ratio = next(
        d for d, s in zip(disclosures, said, strict=True) if s[1] == "copay_ratio"
    )
    lower = json.dumps([said[0][0], "copay_ratio", "010"]).encode()
    good = {"verdict": "good", "handle": HANDLE, "holder": PHONE.public.jwk}
    yield "good", text, question(), good | {"disclosed": everything}
    one = {"copay_ratio": everything["copay_ratio"]}
    yield "one-disclosed", f"{jwt}~{ratio}~", question(), good | {"disclosed": one}
    yield "none-disclosed", f"{jwt}~", question(), good | {"disclosed": {}}
    yield "expired", text, question(AT + timedelta(days=6)), {"verdict": "expired"}
    for name, odd in (
        ("altered-disclosure", f"{jwt}~{base64url.encode(lower)}~"),
        ("repeated-disclosure", f"{jwt}~{ratio}~{ratio}~"),
        ("no-end", f"{jwt}~{ratio}"),
    ):
        yield name, odd, question(), refused("bad-signature")
    for name, bad, asked, verdict in attacks(jwt, "dc+sd-jwt"):
        yield name, f"{bad}~", asked, verdict


def status_lists() -> Iterator[Case]:
    """Signed status lists, asked for one place."""
    statuses = StatusList(1_000)
    statuses.set(77, StatusValue.INVALID)
    statuses.set(78, StatusValue.SUSPENDED)
    uri, day = NAMES.status_list(INSURER, 3), timedelta(days=1)
    text = seal_status_list(statuses, uri, AT, day, timedelta(hours=1), ISSUING)
    foreign = seal_status_list(statuses, uri, AT, day, day, OTHER)
    for name, index, status in (
        ("good-valid", 76, "valid"),
        ("good-invalid", 77, "invalid"),
        ("good-suspended", 78, "suspended"),
    ):
        asked = question(uri=uri, index=index)
        yield name, text, asked, {"verdict": "good", "status": status}
    unknown = {"verdict": "status-unknown"}
    yield "outside", text, question(uri=uri, index=1_000), unknown
    yield "expired", text, question(AT + day, uri=uri, index=76), unknown
    elsewhere = question(uri=NAMES.status_list(INSURER, 4), index=76)
    yield "another-list", text, elsewhere, refused("misdirected")
    asked = question(uri=uri, index=76)
    yield "other-insurers-key", foreign, asked, refused("unknown-key")
    paper = seal_certificate(FIELDS, Form.A4, NAMES, ISSUING)
    yield "wrong-kind", paper, asked, refused("wrong-kind")


PAPERS = {
    "certificate": (certificates, OUR_KEYS),
    "certificate-code": (certificate_codes, OUR_KEYS),
    "eligibility-token": (tokens, OUR_KEYS),
    "status-list": (status_lists, OUR_KEYS),
}
