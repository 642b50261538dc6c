"""Access tokens and the proofs that must come with them."""

from collections.abc import Callable
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from admitting_desk import AT, DOOR_URL, ISSUER, TOKEN_URL, Desk, a_desk, numbers
from cryptography.hazmat.primitives.asymmetric import ec

from backend.admitting.access_tokens import LIFETIME, Granted, grant
from backend.admitting.attempts import Gate
from backend.admitting.calling import PROOF_AGE, prove
from backend.admitting.enrolling import Attempt, enrol
from backend.admitting.errors import (
    BadProofError,
    InvalidClientError,
    UnauthenticatedError,
)
from backend.credentials import base64url, jose, strict_json
from backend.credentials.making_proofs import make_client_assertion, make_dpop
from backend.credentials.proofs import CLIENT_ASSERTION_TYP
from backend.credentials.signing import LocalSigner
from backend.storage.rows import Client, ClientKind
from backend.storage.sqlite.store import SqliteStore
from backend.storage.store import Transaction

SECOND = timedelta(seconds=1)
_draw = numbers()


def granted(store: SqliteStore, desk: Desk, **other: object) -> Granted:
    told = {
        "issuer": ISSUER,
        "token_url": TOKEN_URL,
        "assertion": desk.assertion(),
        "dpop": desk.proof(),
        "at": AT,
        "random_bytes": _draw,
    }
    return grant(store, **(told | other))


def call(store: SqliteStore, desk: Desk, token: str, **other: object) -> Client:
    told = {
        "authorization": f"DPoP {token}",
        "dpop": desk.proof(url=DOOR_URL, method="GET", token=token),
        "method": "GET",
        "url": DOOR_URL,
        "at": AT,
    }
    return store.write(prove(**(told | other)).recognise)


def assertion_of(desk: Desk, **changed: object) -> str:
    claims = {
        "iss": desk.client_id,
        "sub": desk.client_id,
        "aud": ISSUER,
        "jti": desk.jti(),
        "exp": int(AT.timestamp()) + 60,
    } | changed
    told = {name: value for name, value in claims.items() if value is not None}
    return jose.seal(strict_json.write(told), CLIENT_ASSERTION_TYP, desk.signer)


def test_a_proven_client_gets_a_token_for_five_minutes(
    store: SqliteStore, terminal: Desk
) -> None:
    given = granted(store, terminal)
    assert given.expires_at == AT + LIFETIME == AT + timedelta(minutes=5)
    assert len(given.token) == 43  # 256 bits
    assert given.token not in repr(given)
    assert call(store, terminal, given.token).id == terminal.client_id


def test_the_token_itself_is_not_kept(store: SqliteStore, terminal: Desk) -> None:
    given = granted(store, terminal)
    with store.reading() as tx:
        assert tx.access_token(given.token.encode()) is None


def test_an_assertion_counts_once(store: SqliteStore, terminal: Desk) -> None:
    assertion = terminal.assertion()
    granted(store, terminal, assertion=assertion)
    with pytest.raises(InvalidClientError):
        granted(store, terminal, assertion=assertion)


def test_a_tokens_proof_counts_once(store: SqliteStore, terminal: Desk) -> None:
    proof = terminal.proof()
    granted(store, terminal, dpop=proof)
    with pytest.raises(BadProofError, match="used before"):
        granted(store, terminal, dpop=proof)


def test_a_name_that_another_key_used_is_still_free(
    store: SqliteStore, terminal: Desk, gate: Gate, a_code: Callable[..., str]
) -> None:
    """Nobody can spend somebody else's `jti` beforehand."""
    other, code = a_desk(), a_code()
    shown = Attempt(code, "受付2", other.possession(code), "192.0.2.1")
    other.client_id = enrol(gate, shown, frozenset({ClientKind.CLINIC}), AT).id
    for desk in (terminal, other):
        token = granted(store, desk).token
        dpop = make_dpop(desk.signer, "GET", DOOR_URL, AT, "jti-alike", token)
        assert call(store, desk, token, dpop=dpop).id == desk.client_id


def test_a_clients_name_for_its_assertion_is_its_own(
    store: SqliteStore, terminal: Desk, gate: Gate, a_code: Callable[..., str]
) -> None:
    other, code = a_desk(), a_code()
    shown = Attempt(code, "受付2", other.possession(code), "192.0.2.1")
    other.client_id = enrol(gate, shown, frozenset({ClientKind.CLINIC}), AT).id
    for desk in (terminal, other):
        assertion = assertion_of(desk, jti="jti-alike")
        given = granted(store, desk, assertion=assertion)
        assert given.expires_at == AT + LIFETIME
    with pytest.raises(InvalidClientError):
        granted(store, other, assertion=assertion_of(other, jti="jti-alike"))


def test_a_late_assertion_counts_also_after_the_proofs_before_it_were_forgotten(
    store: SqliteStore, terminal: Desk
) -> None:
    just_now = AT - 5 * SECOND
    with store.transaction() as tx:
        assert tx.spend_once("dpop", b"another's", just_now)
        tx.forget_transients(AT)
    exp = int(AT.timestamp()) - 20
    given = granted(store, terminal, assertion=assertion_of(terminal, exp=exp))
    assert given.expires_at == AT + LIFETIME


def test_a_refused_grant_spends_nothing(store: SqliteStore, terminal: Desk) -> None:
    used, proof = terminal.assertion(), terminal.proof()
    granted(store, terminal, assertion=used)
    with pytest.raises(InvalidClientError):
        granted(store, terminal, assertion=used, dpop=proof)
    assert granted(store, terminal, dpop=proof).expires_at == AT + LIFETIME


@pytest.mark.parametrize(
    "changed",
    [
        {"aud": TOKEN_URL},
        {"aud": [ISSUER]},
        {"aud": ISSUER + "/"},
        {"aud": None},
        {"iss": "terminal-other"},
        {"iss": None},
        {"sub": "terminal-other", "iss": "terminal-other"},
        {"sub": None},
        {"jti": None},
        {"jti": "x" * 200},
        {"exp": None},
        {"exp": str(int(AT.timestamp()) + 30)},
        {"exp": 10**12},
        {"exp": int(AT.timestamp()) + 91},
        {"exp": int(AT.timestamp()) - 30},
        {"exp": True},
        {"nbf": int(AT.timestamp()) + 31},
        {"nbf": str(int(AT.timestamp()))},
        {"nbf": -1},
    ],
)
def test_an_assertion_with_another_claim_is_refused(
    store: SqliteStore, terminal: Desk, changed: dict[str, object]
) -> None:
    with pytest.raises(InvalidClientError):
        granted(store, terminal, assertion=assertion_of(terminal, **changed))


@pytest.mark.parametrize("left", [-29, 1, 60, 90])
def test_half_a_minute_of_wrong_clock_is_borne(
    store: SqliteStore, terminal: Desk, left: int
) -> None:
    exp = int(AT.timestamp()) + left
    given = granted(store, terminal, assertion=assertion_of(terminal, exp=exp))
    assert given.expires_at == AT + LIFETIME


@pytest.mark.parametrize("ahead", [-3600, 0, 30])
def test_an_assertion_counts_from_its_own_first_instant(
    store: SqliteStore, terminal: Desk, ahead: int
) -> None:
    """RFC 7523 §3: before `nbf` it must not be accepted; half a minute is borne."""
    nbf = int(AT.timestamp()) + ahead
    given = granted(store, terminal, assertion=assertion_of(terminal, nbf=nbf))
    assert given.expires_at == AT + LIFETIME


def test_an_assertion_by_another_key_is_refused(
    store: SqliteStore, terminal: Desk
) -> None:
    forged = make_client_assertion(
        a_desk().signer, terminal.client_id, ISSUER, AT, "jti-x"
    )
    with pytest.raises(InvalidClientError):
        granted(store, terminal, assertion=forged)


def test_a_proof_is_no_assertion(store: SqliteStore, terminal: Desk) -> None:
    for text in (terminal.proof(), "", "a.b.c", "x" * 20_000):
        with pytest.raises(InvalidClientError):
            granted(store, terminal, assertion=text)


def test_a_token_is_given_only_with_a_proof_by_the_same_key(
    store: SqliteStore, terminal: Desk
) -> None:
    for dpop in (None, "", a_desk().proof(), terminal.proof(url=DOOR_URL)):
        with pytest.raises(BadProofError):
            granted(store, terminal, dpop=dpop)


def test_a_revoked_client_gets_no_token_and_its_token_dies(
    store: SqliteStore, terminal: Desk
) -> None:
    given = granted(store, terminal)
    with store.transaction() as tx:
        tx.revoke_client(terminal.client_id, AT)
    with pytest.raises(UnauthenticatedError):
        call(store, terminal, given.token)
    with pytest.raises(InvalidClientError):
        granted(store, terminal)


def test_a_token_dies_at_its_last_instant(store: SqliteStore, terminal: Desk) -> None:
    given = granted(store, terminal)
    for at, is_alive in (
        (given.expires_at - SECOND, True),
        (given.expires_at, False),
    ):
        dpop = terminal.proof(at, DOOR_URL, "GET", given.token)
        if is_alive:
            client = call(store, terminal, given.token, dpop=dpop, at=at)
            assert client.id == terminal.client_id
        else:
            with pytest.raises(UnauthenticatedError) as refusal:
                call(store, terminal, given.token, dpop=dpop, at=at)
            assert refusal.value.has_token


@pytest.mark.parametrize(
    "authorization",
    [None, "", "DPoP", "DPoP ", "Bearer {}", "Basic {}", "{}", "DPoP \xe9"],
)
def test_what_is_no_dpop_token_is_no_token(
    store: SqliteStore, terminal: Desk, authorization: str | None
) -> None:
    token = granted(store, terminal).token
    header = authorization.format(token) if authorization else authorization
    with pytest.raises(UnauthenticatedError) as refusal:
        call(store, terminal, token, authorization=header)
    assert not refusal.value.has_token


def test_an_unknown_token_is_refused(store: SqliteStore, terminal: Desk) -> None:
    for token in ("x" * 43, "x" * 5000, "' OR 1=1 --"):
        with pytest.raises(UnauthenticatedError):
            call(store, terminal, token)


def test_a_proof_counts_once(store: SqliteStore, terminal: Desk) -> None:
    token = granted(store, terminal).token
    dpop = terminal.proof(AT, DOOR_URL, "GET", token)
    call(store, terminal, token, dpop=dpop)
    with pytest.raises(BadProofError):
        call(store, terminal, token, dpop=dpop)


def test_the_signatures_twin_is_the_same_proof(
    store: SqliteStore, terminal: Desk
) -> None:
    """ECDSA: (r, n-s) verifies as well; the proof is known by its `jti`."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    token = granted(store, terminal).token
    dpop = terminal.proof(AT, DOOR_URL, "GET", token)
    signed, _, signature = dpop.rpartition(".")
    octets = base64url.decode(signature)
    twin_s = order - int.from_bytes(octets[32:])
    twin = octets[:32] + twin_s.to_bytes(32)
    call(store, terminal, token, dpop=dpop)
    with pytest.raises(BadProofError, match="used before"):
        call(
            store,
            terminal,
            token,
            dpop=f"{signed}.{base64url.encode(twin)}",
        )


def test_of_many_at_once_one_proof_gets_in(store: SqliteStore, terminal: Desk) -> None:
    token = granted(store, terminal).token
    dpop = terminal.proof(AT, DOOR_URL, "GET", token)
    start, let_in = Barrier(8), []

    def knock() -> None:
        start.wait()
        try:
            let_in.append(call(store, terminal, token, dpop=dpop))
        except BadProofError:
            pass

    threads = [Thread(target=knock) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(let_in) == 1


@pytest.mark.parametrize(
    "other",
    [
        {"method": "POST"},
        {"url": DOOR_URL + "/x"},
        {"url": DOOR_URL.replace("https", "http")},
        {"dpop": None},
        {"dpop": ""},
        {"dpop": "not a proof"},
    ],
)
def test_a_proof_for_another_request_is_refused(
    store: SqliteStore, terminal: Desk, other: dict[str, object]
) -> None:
    token = granted(store, terminal).token
    with pytest.raises(BadProofError):
        call(store, terminal, token, **other)


def test_a_query_does_not_count(store: SqliteStore, terminal: Desk) -> None:
    token = granted(store, terminal).token
    dpop = make_dpop(terminal.signer, "GET", DOOR_URL + "?a=1", AT, "jti-q", token)
    client = call(store, terminal, token, dpop=dpop)
    assert client.id == terminal.client_id


def test_two_proofs_in_one_header_are_none(store: SqliteStore, terminal: Desk) -> None:
    token = granted(store, terminal).token
    one = terminal.proof(AT, DOOR_URL, "GET", token)
    with pytest.raises(BadProofError):
        call(store, terminal, token, dpop=f"{one},{one}")


def test_a_proof_for_another_token_is_refused(
    store: SqliteStore, terminal: Desk
) -> None:
    token, other = granted(store, terminal).token, granted(store, terminal).token
    for told in (other, None):
        dpop = terminal.proof(AT, DOOR_URL, "GET", told)
        with pytest.raises(BadProofError):
            call(store, terminal, token, dpop=dpop)


def test_a_stolen_token_is_worth_nothing_with_another_key(
    store: SqliteStore, terminal: Desk
) -> None:
    token = granted(store, terminal).token
    dpop = a_desk().proof(AT, DOOR_URL, "GET", token)
    with pytest.raises(BadProofError, match="another key"):
        call(store, terminal, token, dpop=dpop)


def test_the_key_mirrored_at_the_axis_is_another_key(
    store: SqliteStore, terminal: Desk
) -> None:
    """d and n-d give points of one x: a key is known by both coordinates."""
    order = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    mirrored = order - terminal.signer.private_key.private_numbers().private_value
    key = ec.derive_private_key(mirrored, ec.SECP256R1())
    mirror = Desk(LocalSigner.of(key))
    assert mirror.signer.public.x == terminal.signer.public.x
    token = granted(store, terminal).token
    dpop = mirror.proof(AT, DOOR_URL, "GET", token)
    with pytest.raises(BadProofError, match="another key"):
        call(store, terminal, token, dpop=dpop)


@pytest.mark.parametrize("age", [-60, 0, 60])
def test_a_proof_within_a_minute_is_fresh(
    store: SqliteStore, terminal: Desk, age: int
) -> None:
    token = granted(store, terminal).token
    dpop = terminal.proof(AT - age * SECOND, DOOR_URL, "GET", token)
    client = call(store, terminal, token, dpop=dpop)
    assert client.id == terminal.client_id


@pytest.mark.parametrize("age", [-61, 61, 3600])
def test_a_proof_further_away_is_stale(
    store: SqliteStore, terminal: Desk, age: int
) -> None:
    token = granted(store, terminal).token
    dpop = terminal.proof(AT - age * SECOND, DOOR_URL, "GET", token)
    with pytest.raises(BadProofError, match="60 seconds"):
        call(store, terminal, token, dpop=dpop)


def test_a_spent_proof_is_remembered_as_long_as_it_is_fresh(
    store: SqliteStore, terminal: Desk
) -> None:
    token = granted(store, terminal).token
    made_at = AT + PROOF_AGE  # the terminal's clock runs a minute ahead
    dpop = terminal.proof(made_at, DOOR_URL, "GET", token)
    call(store, terminal, token, dpop=dpop)
    last = made_at + PROOF_AGE
    with store.transaction() as tx:
        tx.forget_transients(last)
    with pytest.raises(BadProofError, match="used before"):
        call(store, terminal, token, dpop=dpop, at=last)


def test_a_proof_is_not_taken_again_after_the_clock_went_forward_and_back(
    store: SqliteStore, terminal: Desk
) -> None:
    token = granted(store, terminal).token
    dpop = terminal.proof(AT, DOOR_URL, "GET", token)
    call(store, terminal, token, dpop=dpop)
    with store.transaction() as tx:
        tx.forget_transients(AT + LIFETIME - SECOND)
    with pytest.raises(BadProofError, match="no longer be told"):
        call(store, terminal, token, dpop=dpop)


def test_a_proof_spent_in_a_failed_transaction_is_not_spent(
    store: SqliteStore, terminal: Desk
) -> None:
    token = granted(store, terminal).token
    proof = terminal.proof(AT, DOOR_URL, "GET", token)
    proven = prove(f"DPoP {token}", proof, "GET", DOOR_URL, AT)

    def fail_after_spending(tx: Transaction) -> None:
        proven.recognise(tx)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        store.write(fail_after_spending)
    assert store.write(proven.recognise).id == terminal.client_id
    with pytest.raises(BadProofError, match="used before"):
        store.write(proven.recognise)
