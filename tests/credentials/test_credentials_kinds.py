"""Kinds never mix: each opener takes its own kind and tells any other as such."""

import json
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from credentials_examples import BASE_URL, INSURER
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backend.credentials import jose
from backend.credentials.certificate import (
    CertificateFields,
    Form,
    open_certificate,
    seal_certificate,
)
from backend.credentials.certificate_qr import from_qr, to_qr
from backend.credentials.checkpoint import Checkpoint, open_checkpoint, seal_checkpoint
from backend.credentials.eligibility_token import open_token
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import KeySet
from backend.credentials.making_proofs import (
    make_client_assertion,
    make_dpop,
    make_possession,
)
from backend.credentials.presentation import make_presentation, read_presentation
from backend.credentials.proofs import (
    read_client_assertion,
    read_dpop,
    read_possession,
)
from backend.credentials.receipt import Receipt, open_receipt, seal_receipt
from backend.credentials.server_time import (
    ServerTime,
    open_server_time,
    seal_server_time,
)
from backend.credentials.signing import LocalSigner
from backend.credentials.status_list import (
    StatusList,
    StatusUnknownError,
    open_status_list,
    seal_status_list,
)
from backend.domain.outcome import Outcome

URL = f"{BASE_URL}/clinic/checks"
KINDS = [
    "certificate",
    "certificate code",
    "checkpoint",
    "client assertion",
    "dpop proof",
    "eligibility token",
    "possession",
    "presentation",
    "receipt",
    "server time",
    "status list",
]


@pytest.fixture
def shown(
    fields: CertificateFields,
    eligibility_token: str,
    handle: str,
    names: IssuerNames,
    insurer_signer: LocalSigner,
    service_signer: LocalSigner,
    phone: LocalSigner,
    at: datetime,
) -> dict[str, str]:
    """One genuine thing of every kind."""
    paper = seal_certificate(
        fields._replace(address=None), Form.A4, names, insurer_signer
    )
    receipt = Receipt(
        check_id="chk-1",
        clinic="1311234567",
        terminal="ter-1",
        outcome=Outcome.VALID,
        on=date(2026, 11, 23),
        at=at,
    )
    hour = timedelta(hours=1)
    uri = names.status_list(INSURER, 3)
    return {
        "certificate": paper,
        "certificate code": to_qr(paper),
        "checkpoint": seal_checkpoint(Checkpoint(1, bytes(32), at), service_signer),
        "client assertion": make_client_assertion(phone, "c-1", BASE_URL, at, "j"),
        "dpop proof": make_dpop(phone, "POST", URL, at, "j"),
        "eligibility token": eligibility_token,
        "possession": make_possession(phone, BASE_URL, "code", at),
        "presentation": make_presentation(handle, at, phone.sign),
        "receipt": seal_receipt(receipt, service_signer),
        "server time": seal_server_time(ServerTime(at), service_signer),
        "status list": seal_status_list(
            StatusList(8), uri, at, hour, hour, insurer_signer
        ),
    }


@pytest.fixture
def opened_by(
    names: IssuerNames, keys: KeySet, phone: LocalSigner, at: datetime
) -> dict[str, Callable[[str], object]]:
    """The opener of every kind, given all that it could want."""
    uri = names.status_list(INSURER, 3)
    return {
        "certificate": lambda text: open_certificate(text, keys.find),
        "certificate code": lambda text: from_qr(text, names),
        "checkpoint": lambda text: open_checkpoint(text, keys.find),
        "client assertion": lambda text: read_client_assertion(
            text, BASE_URL, lambda client: phone.public
        ),
        "dpop proof": lambda text: read_dpop(text, "POST", URL, None),
        "eligibility token": lambda text: open_token(text, keys.find),
        "possession": lambda text: read_possession(text, BASE_URL, "code"),
        "presentation": read_presentation,
        "receipt": lambda text: open_receipt(text, keys.find),
        "server time": lambda text: open_server_time(text, keys.find),
        "status list": lambda text: open_status_list(text, uri, keys.find, at),
    }


@pytest.mark.parametrize("kind", KINDS)
def test_each_opener_takes_its_own_kind(
    shown: dict[str, str], opened_by: dict[str, Callable[[str], object]], kind: str
) -> None:
    assert shown.keys() == opened_by.keys() == set(KINDS)
    assert opened_by[kind](shown[kind])


@pytest.mark.parametrize("kind", KINDS)
def test_each_opener_tells_every_other_kind(
    shown: dict[str, str], opened_by: dict[str, Callable[[str], object]], kind: str
) -> None:
    for other in KINDS:
        if other != kind:
            with pytest.raises(NotGenuineError) as raised:
                opened_by[kind](shown[other])
            assert raised.value.reason is NotGenuine.WRONG_KIND, other


any_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=4,
)
SIGNED_JSON = [
    kind for kind in KINDS if kind not in ("certificate code", "presentation")
]


@pytest.mark.parametrize("kind", SIGNED_JSON)
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_whatever_is_signed_is_read_or_refused(
    shown: dict[str, str],
    opened_by: dict[str, Callable[[str], object]],
    insurer_signer: LocalSigner,
    service_signer: LocalSigner,
    phone: LocalSigner,
    kind: str,
    data: st.DataObject,
) -> None:
    """A claim of any JSON type, well signed: an answer or a refusal, no crash."""
    jwt, tilde, disclosures = shown[kind].partition("~")
    header, claims = jose.peek_header(jwt), jose.peek_claims(jwt)
    place = claims
    name = data.draw(st.sampled_from(sorted(place)))
    if isinstance(place[name], dict) and data.draw(st.booleans()):
        place = place[name]
        name = data.draw(st.sampled_from(sorted(place)))
    place[name] = data.draw(any_json)
    payload = json.dumps(claims).encode()
    signers = {s.kid: s for s in (insurer_signer, service_signer, phone)}
    if header.kid is None:
        changed = jose.seal_self_signed(payload, header.typ, phone)
    else:
        changed = jose.seal(payload, header.typ, signers[header.kid])
    try:
        answer = opened_by[kind](changed + tilde + disclosures)
    except (NotGenuineError, StatusUnknownError) as refusal:
        answer = refusal.code
    assert answer
