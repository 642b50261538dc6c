"""The status list: packed as the specification says, and never silently stale."""

import json
import zlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from credentials_examples import INSURER
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.credentials import base64url, jose, strict_json
from backend.credentials.issuer_names import IssuerNames
from backend.credentials.jose import NotGenuine, NotGenuineError
from backend.credentials.key_set import KeyRecord, KeySet, KeyState
from backend.credentials.signing import LocalSigner
from backend.credentials.status_list import (
    MAX_BYTES,
    PER_BYTE,
    STATUS_LIST_TYP,
    StatusList,
    StatusReference,
    StatusUnknownError,
    StatusValue,
    decode_list,
    encode_list,
    open_status_list,
    read_reference,
    seal_status_list,
)

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
SOME = {0: StatusValue.INVALID, 5: StatusValue.SUSPENDED, 9_999: StatusValue.INVALID}


@pytest.fixture
def statuses() -> StatusList:
    some = StatusList(10_000)
    for index, value in SOME.items():
        some.set(index, value)
    return some


@pytest.fixture
def uri(names: IssuerNames) -> str:
    return names.status_list(INSURER, 3)


@pytest.fixture
def claims(
    statuses: StatusList, uri: str, at: datetime, insurer_signer: LocalSigner
) -> dict[str, Any]:
    token = seal_status_list(statuses, uri, at, DAY, HOUR, insurer_signer)
    return jose.peek_claims(token)


def test_a_list_is_read_as_written(
    statuses: StatusList,
    uri: str,
    at: datetime,
    insurer_signer: LocalSigner,
    keys: KeySet,
) -> None:
    token = seal_status_list(statuses, uri, at, DAY, HOUR, insurer_signer)
    read = open_status_list(token, uri, keys.find, at)
    assert {i: read.get(i) for i in SOME} == SOME
    assert all(read.get(i) is StatusValue.VALID for i in range(10_000) if i not in SOME)


def test_the_token_has_the_claims_of_the_specification(
    claims: dict[str, Any], uri: str, at: datetime
) -> None:
    seconds = int(at.timestamp())
    assert claims == {
        "sub": uri,
        "iat": seconds,
        "exp": seconds + 86_400,
        "ttl": 3_600,
        "status_list": {"bits": 2, "lst": claims["status_list"]["lst"]},
    }


def test_a_large_list_fits(
    uri: str, at: datetime, insurer_signer: LocalSigner, keys: KeySet
) -> None:
    many = StatusList(MAX_BYTES * PER_BYTE)
    for index in range(0, 100_000, 7):
        many.set(index * index % many.size, StatusValue.INVALID)
    token = seal_status_list(many, uri, at, DAY, HOUR, insurer_signer)
    assert len(token) > jose.MAX_TOKEN
    assert open_status_list(token, uri, keys.find, at).packed == many.packed


@settings(max_examples=60)
@given(st.dictionaries(st.integers(0, 99), st.sampled_from(StatusValue)))
def test_setting_one_status_changes_no_other(chosen: dict[int, StatusValue]) -> None:
    some = StatusList(100)
    for index, value in chosen.items():
        some.set(index, StatusValue.SUSPENDED)
        some.set(index, value)
    again = decode_list(encode_list(some))
    expected = [chosen.get(i, StatusValue.VALID) for i in range(100)]
    assert [again.get(i) for i in range(100)] == expected


@pytest.mark.parametrize("index", [-1, 10_000, 10**9])
def test_outside_the_list_nothing_is_known(statuses: StatusList, index: int) -> None:
    with pytest.raises(StatusUnknownError) as raised:
        statuses.get(index)
    assert raised.value.code == "status-unknown"
    with pytest.raises(StatusUnknownError):
        statuses.set(index, StatusValue.INVALID)


def test_a_status_that_we_never_write_is_not_known() -> None:
    odd = StatusList(4)
    odd.packed[0] = 0b11
    with pytest.raises(StatusUnknownError):
        odd.get(0)
    assert odd.get(1) is StatusValue.VALID


@pytest.mark.parametrize(
    ("later", "is_known"),
    [
        (-61, False),
        (-60, True),
        (0, True),
        (86_399, True),
        (86_400, False),
        (10**7, False),
    ],
)
def test_a_list_that_is_out_of_date_says_nothing(
    statuses: StatusList,
    uri: str,
    at: datetime,
    insurer_signer: LocalSigner,
    keys: KeySet,
    later: int,
    is_known: bool,
) -> None:
    token = seal_status_list(statuses, uri, at, DAY, HOUR, insurer_signer)
    instant = at + timedelta(seconds=later)
    if is_known:
        assert open_status_list(token, uri, keys.find, instant).get(0)
    else:
        with pytest.raises(StatusUnknownError):
            open_status_list(token, uri, keys.find, instant)


def reason_of(token: str, uri: str, keys: KeySet, at: datetime) -> NotGenuine:
    with pytest.raises(NotGenuineError) as raised:
        open_status_list(token, uri, keys.find, at)
    return raised.value.reason


def test_another_list_does_not_answer(
    statuses: StatusList,
    names: IssuerNames,
    uri: str,
    at: datetime,
    insurer_signer: LocalSigner,
    keys: KeySet,
) -> None:
    other = names.status_list(INSURER, 4)
    token = seal_status_list(statuses, other, at, DAY, HOUR, insurer_signer)
    assert reason_of(token, uri, keys, at) is NotGenuine.MISDIRECTED


def test_only_the_lists_own_insurer_signs_it(
    statuses: StatusList,
    uri: str,
    at: datetime,
    other_insurer_signer: LocalSigner,
    service_signer: LocalSigner,
    stranger: LocalSigner,
    keys: KeySet,
) -> None:
    for signer in (other_insurer_signer, service_signer, stranger):
        token = seal_status_list(statuses, uri, at, DAY, HOUR, signer)
        assert reason_of(token, uri, keys, at) is NotGenuine.UNKNOWN_KEY


def test_a_stolen_key_says_nothing(
    statuses: StatusList,
    uri: str,
    at: datetime,
    insurer_signer: LocalSigner,
    a_record: Callable[..., KeyRecord],
) -> None:
    token = seal_status_list(statuses, uri, at, DAY, HOUR, insurer_signer)
    stolen = KeySet([a_record(insurer_signer, INSURER, KeyState.COMPROMISED)])
    with pytest.raises(StatusUnknownError):
        open_status_list(token, uri, stolen.find, at)


def bomb() -> str:
    return base64url.encode(zlib.compress(bytes(MAX_BYTES + 1)))


@pytest.mark.parametrize(
    "change",
    [
        lambda lst: lst[:-4],
        lambda lst: lst + "AAAA",
        lambda lst: lst + "==",
        lambda lst: "AAAA",
        lambda lst: "",
        lambda lst: 7,
        lambda lst: bomb(),
    ],
)
def test_a_spoilt_list_is_refused(
    claims: dict[str, Any],
    uri: str,
    at: datetime,
    insurer_signer: LocalSigner,
    keys: KeySet,
    change: Callable[[str], object],
) -> None:
    claims["status_list"]["lst"] = change(claims["status_list"]["lst"])
    token = jose.seal(strict_json.write(claims), STATUS_LIST_TYP, insurer_signer)
    assert reason_of(token, uri, keys, at) is NotGenuine.MALFORMED


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("status_list", {"bits": 1, "lst": "eNrbuRgAAhcBXQ"}),
        ("status_list", {"bits": "2", "lst": "eNo76fITAAPfAgc"}),
        ("status_list", []),
        ("exp", "1800000000"),
        ("iat", True),
    ],
)
def test_ill_formed_claims_are_refused(
    claims: dict[str, Any],
    uri: str,
    at: datetime,
    insurer_signer: LocalSigner,
    keys: KeySet,
    name: str,
    value: object,
) -> None:
    payload = strict_json.write(claims | {name: value})
    token = jose.seal(payload, STATUS_LIST_TYP, insurer_signer)
    assert reason_of(token, uri, keys, at) is NotGenuine.MALFORMED


@pytest.mark.parametrize("name", ["sub", "iat", "exp", "status_list"])
def test_a_list_without_an_end_or_an_address_is_refused(
    claims: dict[str, Any],
    uri: str,
    at: datetime,
    insurer_signer: LocalSigner,
    keys: KeySet,
    name: str,
) -> None:
    del claims[name]
    token = jose.seal(strict_json.write(claims), STATUS_LIST_TYP, insurer_signer)
    assert reason_of(token, uri, keys, at) is NotGenuine.MISSING_CLAIM


def test_a_reference_names_list_and_place(uri: str) -> None:
    reference = StatusReference(uri, 77)
    claims = {"status": reference.claim()}
    assert json.loads(json.dumps(claims)) == {
        "status": {"status_list": {"idx": 77, "uri": uri}}
    }
    assert read_reference(claims) == reference
    assert reference.list_number == 3


@pytest.mark.parametrize(
    "uri",
    [
        "https://shikaku.example/status/33120015",
        "https://shikaku.example/status/33120015/",
        "https://shikaku.example/status/33120015/-1",
        "https://shikaku.example/status/33120015/1/2",
        "https://shikaku.example/status/33120015/１",
        "https://shikaku.example/status/../1",
        "",
    ],
)
def test_another_address_is_no_reference(uri: str) -> None:
    with pytest.raises(NotGenuineError) as raised:
        read_reference({"status": StatusReference(uri, 1).claim()})
    assert raised.value.reason is NotGenuine.MALFORMED
