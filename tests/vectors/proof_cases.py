"""Cases of what phones, clients and the service itself sign."""

import json
from collections.abc import Iterator
from datetime import date, timedelta

from paper_cases import AT, FIELDS, Case, question, refused
from vector_keys import (
    BASE_URL,
    CLIENTS,
    CLINIC,
    HANDLE,
    ISSUING,
    NAMES,
    OUR_KEYS,
    PHONE,
    PHONES,
    SERVICE,
    STRANGER,
    octets,
    twin,
)

from backend.credentials import jose, strict_json, transport
from backend.credentials.certificate import Form, seal_certificate
from backend.credentials.checkpoint import Checkpoint, seal_checkpoint
from backend.credentials.making_proofs import (
    make_client_assertion,
    make_dpop,
    make_possession,
)
from backend.credentials.presentation import make_copy, make_presentation
from backend.credentials.proofs import CLIENT_ASSERTION_TYP
from backend.credentials.receipt import Receipt, seal_receipt
from backend.credentials.server_time import ServerTime, seal_server_time
from backend.domain.codes import QualificationValidity
from backend.domain.outcome import Outcome

URL = f"{BASE_URL}/clinic/checks"
CHALLENGE = octets("challenge", 16)
PAPER = seal_certificate(FIELDS, Form.A4, NAMES, ISSUING)


def presentations() -> Iterator[Case]:
    """The phone's codes."""
    text = make_presentation(HANDLE, AT, PHONE.sign)
    answering = make_presentation(HANDLE, AT, PHONE.sign, CHALLENGE)
    good = {"verdict": "good", "handle": HANDLE, "instant": question()["at"]}
    kind, payload = transport.unpack(text)
    again = transport.pack(kind, payload[:-64] + twin(payload[-64:]))
    later = payload[:16] + bytes([payload[16] ^ 1]) + payload[17:]
    wide = "".join(chr(ord(c) + 0xFEE0) for c in text)
    damaged = text[:60] + ("A" if text[60] != "A" else "B") + text[61:]
    paper = transport.pack(transport.CodeKind.CERTIFICATE, payload)
    online = {"kind": "challenged", "challenge": CHALLENGE.hex()}
    for name, shown in (
        ("good-offline", text),
        ("twin-signature", again),
        ("typed-in-lower-case", f"{text.lower()}\t"),
        ("typed-in-full-width", f"\u3000{wide}\n"),
    ):
        yield name, shown, question(), good | {"kind": "offline"}
    yield "good-challenged", answering, question(), good | online
    copy = make_copy(HANDLE, AT, FIELDS.serial, PHONE.sign)
    copied = {"kind": "copy", "serial": FIELDS.serial}
    yield "good-copy", copy, question(), good | copied
    for name, seconds, verdict in (
        ("oldest", 90, good | {"kind": "offline"}),
        ("stale", 91, {"verdict": "stale"}),
        ("newest", -30, good | {"kind": "offline"}),
        ("early", -31, {"verdict": "early"}),
    ):
        yield name, text, question(AT + timedelta(seconds=seconds)), verdict
    for name, shown, reason in (
        (
            "another-phone",
            make_presentation(HANDLE, AT, STRANGER.sign),
            "bad-signature",
        ),
        ("altered-instant", transport.pack(kind, later), "bad-signature"),
        ("kind-changed", transport.pack(kind, b"\x02" + payload[1:]), "malformed"),
        ("copy-as-challenged", _as_kind(copy, 2), "bad-signature"),
        ("challenged-as-copy", _as_kind(answering, 3), "malformed"),
        (
            "copy-by-another-phone",
            make_copy(HANDLE, AT, FIELDS.serial, STRANGER.sign),
            "bad-signature",
        ),
        ("damaged-checksum", damaged, "malformed"),
        ("cut-short", text[:-1], "malformed"),
        ("run-together", text + text, "malformed"),
        ("wrong-kind", paper, "wrong-kind"),
        ("foreign", "4901234567894", "wrong-kind"),
    ):
        yield name, shown, question(), refused(reason)


def _as_kind(code: str, kind: int) -> str:
    """The same bytes, said to be of another kind."""
    prefix, payload = transport.unpack(code)
    return transport.pack(prefix, bytes([kind]) + payload[1:])


def receipts() -> Iterator[Case]:
    """Receipts of checks."""
    receipt = Receipt(
        check_id="chk-abcd-efgh",
        clinic="1311234567",
        terminal="ter-abcd-efgh",
        outcome=Outcome.LAPSED,
        on=date(2026, 11, 23),
        at=AT,
        validity=QualificationValidity.INVALID,
        object_id=HANDLE,
        presentation_kind=1,
    )
    text = seal_receipt(receipt, SERVICE)
    good = {"verdict": "good", "claims": jose.peek_claims(text)}
    yield "good", text, question(), good
    forged = seal_receipt(receipt, ISSUING)
    yield "an-insurers-key", forged, question(), refused("unknown-key")
    yield "wrong-kind", PAPER, question(), refused("wrong-kind")


def checkpoints() -> Iterator[Case]:
    """Heads of the audit log."""
    text = seal_checkpoint(Checkpoint(1_234, octets("root", 32), AT), SERVICE)
    good = {"verdict": "good", "size": 1_234, "root": octets("root", 32).hex()}
    yield "good", text, question(), good
    yield "wrong-kind", PAPER, question(), refused("wrong-kind")


def server_times() -> Iterator[Case]:
    """The server's time."""
    text = seal_server_time(ServerTime(AT, CHALLENGE), SERVICE)
    bare = seal_server_time(ServerTime(AT), SERVICE)
    good = {"verdict": "good", "instant": question()["at"]}
    yield "good", bare, question(), good | {"challenge": None}
    yield "good-challenge", text, question(), good | {"challenge": CHALLENGE.hex()}
    yield "wrong-kind", PAPER, question(), refused("wrong-kind")


def dpop_proofs() -> Iterator[Case]:
    """DPoP proofs of requests."""
    text = make_dpop(CLINIC, "POST", URL, AT, "j-1", "a-token")
    asked = {"method": "POST", "url": URL, "access_token": "a-token"}
    jkt = CLINIC.public.thumbprint()
    yield "good", text, question(**asked), {"verdict": "good", "jkt": jkt, "jti": "j-1"}
    for name, changes in (
        ("another-method", {"method": "GET"}),
        ("another-address", {"url": f"{BASE_URL}/insurer/members"}),
        ("another-token", {"access_token": "b-token"}),
    ):
        yield name, text, question(**asked | changes), refused("misdirected")
    bare = make_dpop(CLINIC, "POST", URL, AT, "j-1")
    yield "no-token-digest", bare, question(**asked), refused("missing-claim")
    yield "padding", f"{text}=", question(**asked), refused("malformed")
    yield "wrong-kind", PAPER, question(**asked), refused("wrong-kind")


def client_assertions() -> Iterator[Case]:
    """What clients sign to get an access token."""
    text = make_client_assertion(CLINIC, "clinic-1", BASE_URL, AT, "j-1")
    asked = question(issuer=BASE_URL)
    yield "good", text, asked, {"verdict": "good", "client_id": "clinic-1"}
    claims = jose.peek_claims(text)
    for name, changes, reason in (
        ("audience-list", {"aud": [BASE_URL]}, "malformed"),
        ("audience-token-endpoint", {"aud": f"{BASE_URL}/token"}, "misdirected"),
        ("audience-prefix", {"aud": BASE_URL[:-1]}, "misdirected"),
        ("string-exp", {"exp": "soon"}, "malformed"),
        ("another-issuer", {"iss": "clinic-2"}, "misdirected"),
        ("unknown-client", {"iss": "clinic-2", "sub": "clinic-2"}, "unknown-key"),
    ):
        odd = jose.seal(
            strict_json.write(claims | changes), CLIENT_ASSERTION_TYP, CLINIC
        )
        yield name, odd, asked, refused(reason)
    forged = make_client_assertion(STRANGER, "clinic-1", BASE_URL, AT, "j-1")
    yield "another-key", forged, asked, refused("bad-signature")
    yield "wrong-kind", PAPER, asked, refused("wrong-kind")


def possessions() -> Iterator[Case]:
    """Proofs of a new key, bound to a one-time code."""
    text = make_possession(PHONE, BASE_URL, "ABCD-EFGH-IJKL", AT)
    asked = {"audience": BASE_URL, "code": "ABCD-EFGH-IJKL"}
    good = {"verdict": "good", "jwk": PHONE.public.jwk}
    yield "good", text, question(**asked), good
    for name, changes in (
        ("another-code", {"code": "ABCD-EFGH-IJKM"}),
        ("another-place", {"audience": "https://evil.example"}),
    ):
        yield name, text, question(**asked | changes), refused("misdirected")
    yield "wrong-kind", PAPER, question(**asked), refused("wrong-kind")


def encoded_lists() -> Iterator[Case]:
    """draft-ietf-oauth-status-list-20: §4 (bytes) and §4.2 (`lst`), two bits each."""
    statuses = [1, 2, 0, 3, 0, 1, 0, 1, 1, 2, 3, 3]
    given = {"bits": 2, "lst": "eNo76fITAAPfAgc"}
    read = {"verdict": "good", "bytes": "c944f9", "statuses": statuses}
    yield "section-4-two-bits", json.dumps(given), question(), read


PROOFS = {
    "presentation": (presentations, PHONES),
    "receipt": (receipts, OUR_KEYS),
    "checkpoint": (checkpoints, OUR_KEYS),
    "server-time": (server_times, OUR_KEYS),
    "dpop-proof": (dpop_proofs, []),
    "client-assertion": (client_assertions, CLIENTS),
    "possession": (possessions, []),
    "status-list-encoding": (encoded_lists, []),
}
