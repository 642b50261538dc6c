"""Access: codes and proofs are spent once; a revoked key is seen at the next look."""

from dataclasses import replace
from datetime import timedelta

import pytest
from storage_samples import (
    AT,
    INSURER,
    LATER,
    OTHER_INSURER,
    a_client,
    a_delegate,
)

from backend.domain.errors import ConflictError
from backend.storage.rows import AccessToken, ClientKind, OneTimeCode

CODE = OneTimeCode(b"mac", ClientKind.PATIENT, "p1", INSURER, LATER)
SECOND = timedelta(seconds=1)


def test_a_code_is_spent_once(store):
    store.write(lambda tx: tx.put_code(CODE))

    with store.reading() as tx:
        assert tx.code(b"mac") == CODE
        assert tx.code(b"other") is None
    assert store.write(lambda tx: tx.use_code(b"mac", AT)) is True
    assert store.write(lambda tx: tx.use_code(b"mac", LATER)) is False
    assert store.write(lambda tx: tx.use_code(b"other", AT)) is False
    with store.reading() as tx:
        assert tx.code(b"mac").used_at == AT


def test_only_the_unused_codes_of_one_person_and_insurer_are_voided(store):
    def code(mac, **changes):
        return replace(CODE, mac=mac, **changes)

    used = code(b"used", used_at=AT)
    others = (
        code(b"of another insurer", insurer=OTHER_INSURER),
        code(b"of another person", party="p2"),
        code(b"of another kind", kind=ClientKind.CLINIC),
    )
    with store.transaction() as tx:
        for each in (CODE, used, *others):
            tx.put_code(each)
        tx.void_codes(ClientKind.PATIENT, "p1", INSURER, LATER)
        assert tx.code(CODE.mac).used_at == LATER
        assert tx.code(used.mac).used_at == AT
        assert [tx.code(it.mac) for it in others] == list(others)


def test_a_client_comes_back_and_its_id_is_never_given_again(store):
    store.write(lambda tx: tx.put_client(a_client()))

    with pytest.raises(ConflictError):
        store.write(lambda tx: tx.put_client(a_client(party="p2")))
    with store.reading() as tx:
        assert tx.client("phone1") == a_client()
        assert tx.client("phone2") is None


def test_a_delegate_comes_back_with_the_client_and_their_name_goes_with_the_person(
    peopled,
):
    delegate = a_delegate()
    phone = a_client(delegate=delegate)
    with peopled.transaction() as tx:
        tx.put_client(phone)
        tx.put_client(a_client("phone2"))
        tx.put_access_token(b"digest", "phone1", LATER)
    with peopled.reading() as tx:
        assert tx.client("phone1") == phone
        assert tx.client("phone2").delegate is None
        assert tx.clients_of(ClientKind.PATIENT, "p1")[0] == phone
        assert tx.access_token(b"digest").client == phone

    peopled.write(lambda tx: tx.erase_person("p1"))

    with peopled.reading() as tx:
        assert tx.client("phone1").delegate == replace(delegate, name="")
        assert tx.client("phone2").delegate is None


def test_a_code_comes_back_with_what_it_grants(store):
    granted = replace(CODE, grants=a_delegate().delegation)
    with store.transaction() as tx:
        tx.put_client(a_client())
        tx.put_code(granted)
        tx.put_code(replace(CODE, mac=b"plain"))
        assert tx.code(b"mac") == granted
        assert tx.code(b"plain").grants is None


def test_nobody_unknown_grants_anything(store):
    with pytest.raises(ConflictError):
        store.write(
            lambda tx: tx.put_code(replace(CODE, grants=a_delegate().delegation))
        )


def test_a_partys_clients_are_listed_oldest_first(store):
    clinic = ClientKind.CLINIC
    with store.transaction() as tx:
        tx.put_client(a_client("b", clinic, "1312345678", enrolled_at=LATER))
        tx.put_client(a_client("c", clinic, "1312345678", enrolled_at=AT))
        tx.put_client(a_client("d", clinic, "2712345678"))
        tx.put_client(a_client("e", ClientKind.INSURER, "1312345678"))
        listed = [it.id for it in tx.clients_of(clinic, "1312345678")]
        assert listed == ["c", "b"]
        assert tx.clients_of(clinic, "9999999999") == []


def test_a_revoked_key_is_seen_at_the_very_next_look(store):
    with store.transaction() as tx:
        tx.put_client(a_client())
        tx.put_access_token(b"digest", "phone1", LATER)
    with store.reading() as tx:
        assert tx.access_token(b"digest") == AccessToken(b"digest", a_client(), LATER)
        assert tx.access_token(b"other") is None

    store.write(lambda tx: tx.revoke_client("phone1", AT))

    with store.reading() as tx:
        assert tx.access_token(b"digest").client.revoked_at == AT
        assert tx.client("phone1").revoked_at == AT


def test_a_key_stays_revoked_from_the_first_time(store):
    with store.transaction() as tx:
        tx.put_client(a_client())
        tx.revoke_client("phone1", AT)
        tx.revoke_client("phone1", LATER)
        assert tx.client("phone1").revoked_at == AT


def test_an_access_token_belongs_to_a_known_client(store):
    with pytest.raises(ConflictError):
        store.write(lambda tx: tx.put_access_token(b"digest", "nobody", LATER))


def test_a_proof_is_spent_once_for_each_purpose(store):
    def spend(purpose, key, until=LATER):
        return store.write(lambda tx: tx.spend_once(purpose, key, until))

    assert spend("dpop", b"jti") is True
    assert spend("dpop", b"jti") is False
    assert spend("dpop", b"jti", until=AT) is True  # what is signed was another
    assert spend("dpop", b"jti", until=AT) is False
    assert spend("dpop", b"another") is True
    assert spend("assertion", b"jti") is True


def test_a_proof_spent_in_a_write_that_failed_is_not_spent(store):
    def fail(tx):
        assert tx.spend_once("dpop", b"jti", LATER)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(fail)

    assert store.write(lambda tx: tx.spend_once("dpop", b"jti", LATER)) is True


def test_a_window_lets_so_many_through_and_then_starts_anew(store):
    start = AT.replace(second=0, microsecond=0)
    with store.transaction() as tx:
        took = [tx.take("clinic", start + n * SECOND, 3, 60) for n in range(5)]
        assert took == [True, True, True, False, False]
        assert tx.taken("clinic", start, 60) == 3
        assert tx.taken("clinic", start + 59 * SECOND, 60) == 3
        assert tx.taken("clinic", start + 60 * SECOND, 60) == 0
        assert tx.take("clinic", start + 60 * SECOND, 3, 60) is True
        assert tx.taken("clinic", start + 60 * SECOND, 60) == 1


def test_windows_are_apart_by_bucket_and_length(store):
    with store.transaction() as tx:
        assert tx.take("one", AT, 1, 60) is True
        assert tx.take("two", AT, 1, 60) is True
        assert tx.take("one", AT, 1, 3600) is True
        assert tx.take("one", AT, 1, 60) is False
        assert tx.take("none", AT, 0, 60) is False
        assert tx.taken("none", AT, 60) == 0


def test_a_clock_set_back_opens_no_new_window(store):
    with store.transaction() as tx:
        assert tx.take("clinic", AT, 1, 60) is True
        assert tx.take("clinic", AT - timedelta(hours=1), 1, 60) is False
        assert tx.taken("clinic", AT - timedelta(hours=1), 60) == 1


def test_a_window_is_not_shortened_by_a_clock_set_back(store):
    with store.transaction() as tx:
        assert tx.take("clinic", AT, 3, 60) is True
        assert tx.take("clinic", AT - timedelta(hours=1), 3, 60) is True
        assert tx.taken("clinic", AT, 60) == 2
        assert tx.take("clinic", AT, 2, 60) is False
