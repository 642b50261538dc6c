"""The phone keeps its own key and clock, and trusts only what it can verify."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from sim_desk import Answer, Desk, Heard

from backend.credentials.eligibility_token import (
    TokenClaims,
    draft_token,
    seal_token,
)
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuineError
from backend.credentials.presentation import (
    PresentationKind,
    make_handle,
    read_presentation,
)
from backend.credentials.proofs import read_possession
from backend.credentials.server_time import ServerTime, seal_server_time
from backend.credentials.signing import LocalSigner, PublicKey
from backend.credentials.status_list import StatusReference
from backend.domain.codes import Sex
from backend.domain.insurer_number import InsurerNumber
from mobile_sim.phone import Phone

NOW = datetime(2026, 11, 23, 1, 2, 3, tzinfo=UTC)
HANDLE = make_handle(bytes)
INSURER = InsurerNumber.parse("01139997")


@dataclass
class Issuer:
    """What stands behind the desk: two keys, and a clock that is right."""

    desk: Desk
    service: LocalSigner
    issuing: LocalSigner

    def jwks(self) -> Answer:
        keys = [
            key.public.jwk | {"kid": key.kid} | more
            for key, more in (
                (self.service, {}),
                (self.issuing, {"insurer": INSURER.digits}),
            )
        ]
        return 200, {"keys": keys}

    def activation(self, heard: Heard) -> Answer:
        sent = json.loads(heard.body)
        holder = read_possession(sent["possession"], self.desk.url, sent["code"])
        return 201, self.activated(holder)

    def activated(self, holder: PublicKey) -> dict[str, Any]:
        names = IssuerNames(self.desk.url)
        draft = draft_token(
            TokenClaims(
                insurer_number=INSURER,
                insurer_name="架空協会けんぽ",
                number="101",
                name="甲野　花子",
                kana="ｺｳﾉ ﾊﾅｺ",
                birth_on=date(1988, 1, 2),
                sex=Sex.FEMALE,
                acquired_on=date(2020, 4, 1),
            ),
            handle=HANDLE,
            holder=holder,
            status=StatusReference(names.status_list(INSURER.digits, 1), 5),
            issued_at=NOW,
            expires_at=NOW + timedelta(days=14),
            names=names,
            random_bytes=bytes,
        )
        return {
            "client_id": "phone-1",
            "handle": HANDLE,
            "token": seal_token(draft, self.issuing),
            "server_time": self.time(),
        }

    def time(self, challenge: bytes | None = None) -> str:
        return seal_server_time(ServerTime(NOW, challenge), self.service)


def a_key() -> LocalSigner:
    return LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))


@pytest.fixture
def issuer(desk: Desk) -> Issuer:
    return Issuer(desk, a_key(), a_key())


@pytest.fixture
def fast_phone(desk: Desk, issuer: Issuer) -> Iterator[Phone]:
    """A phone whose clock runs ten minutes ahead."""
    desk.answers = [issuer.jwks()]
    phone = Phone(desk.url, "スマホ", clock=lambda: NOW + timedelta(minutes=10))
    yield phone
    phone.close()


def test_a_wrong_clock_is_set_right_by_the_signed_time(
    desk: Desk, issuer: Issuer, fast_phone: Phone
) -> None:
    desk.answers = [issuer.activation]
    fast_phone.activate("AAAA-BBBB-CCCC")
    assert fast_phone.now() == NOW
    assert read_presentation(fast_phone.show_code()).at == NOW


def test_a_time_that_the_house_did_not_sign_is_refused(
    desk: Desk, issuer: Issuer, fast_phone: Phone
) -> None:
    def with_forged_time(heard: Heard) -> Answer:
        status, told = issuer.activation(heard)
        return status, told | {
            "server_time": seal_server_time(ServerTime(NOW), a_key())
        }

    desk.answers = [with_forged_time]
    with pytest.raises(NotGenuineError):
        fast_phone.activate("AAAA-BBBB-CCCC")


def test_a_token_bound_to_another_key_is_refused(
    desk: Desk, issuer: Issuer, fast_phone: Phone
) -> None:
    desk.answers = [(201, issuer.activated(a_key().public))]
    with pytest.raises(ValueError, match="not this phone's"):
        fast_phone.activate("AAAA-BBBB-CCCC")
    assert fast_phone.token == ""


def test_no_two_codes_bear_one_second(
    desk: Desk, issuer: Issuer, fast_phone: Phone
) -> None:
    desk.answers = [issuer.activation]
    fast_phone.activate("AAAA-BBBB-CCCC")
    shown = [read_presentation(fast_phone.show_code()) for _ in range(3)]
    assert [p.at - NOW for p in shown] == [timedelta(seconds=n) for n in range(3)]
    assert {(p.kind, p.handle) for p in shown} == {(PresentationKind.OFFLINE, HANDLE)}


def test_an_online_code_answers_the_challenge(
    desk: Desk, issuer: Issuer, fast_phone: Phone
) -> None:
    challenge = bytes(range(16))
    desk.answers = [issuer.activation, (200, {"server_time": issuer.time(challenge)})]
    fast_phone.activate("AAAA-BBBB-CCCC")
    shown = read_presentation(fast_phone.show_code_online())
    assert (shown.kind, shown.challenge) == (PresentationKind.CHALLENGED, challenge)


def test_history_is_read_to_its_last_page(
    desk: Desk, issuer: Issuer, fast_phone: Phone
) -> None:
    desk.answers = [
        issuer.activation,
        (200, {"entries": [{"sequence": 9}], "next": 9}),
        (200, {"entries": [{"sequence": 2}], "next": None}),
    ]
    fast_phone.activate("AAAA-BBBB-CCCC")
    assert [e["sequence"] for e in fast_phone.history()] == [9, 2]
    assert desk.calls("/v1/patient/history")[1].path.endswith("before=9")
