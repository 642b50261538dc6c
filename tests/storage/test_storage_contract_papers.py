"""Papers: nothing is signed that was not intended; a revocation is final."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from storage_samples import (
    AT,
    INSURER,
    JWK,
    LATER,
    OTHER_INSURER,
    SIGNATURE,
    a_client,
    a_delegate,
    a_token_intent,
    a_withdrawal,
    an_intent,
    certificate_of,
    open_batch,
    person_with_coverage,
    put_certificate,
    sign,
    token_of,
)

from backend.domain.errors import ConflictError
from backend.storage.rows import (
    KeyRow,
    ShownToken,
    StatusPlace,
    WithdrawalKind,
)


def test_a_certificate_comes_back_as_it_was_recorded(peopled):
    recorded = peopled.write(put_certificate)

    with peopled.reading() as tx:
        assert tx.certificate("s1") == recorded
        assert tx.certificate("s2") is None


def test_only_the_intents_of_a_batch_are_signed_with_it(peopled):
    with peopled.transaction() as tx:
        one = open_batch(tx, an_intent("s1", 1), an_intent("s2", 2))
        two = open_batch(tx, an_intent("s3", 3))
    both = [*one.numbers, *two.numbers]

    for beyond in (replace(one, numbers=both), replace(two, numbers=both)):
        with pytest.raises(ConflictError):
            peopled.write(lambda tx, it=beyond: sign(tx, it))

    with peopled.reading() as tx:
        assert tx.open_batches(INSURER) == [one, two]


@pytest.mark.parametrize("change", [{"handle": "h2"}, {"kid": "kid2"}])
def test_a_token_is_recorded_only_as_it_was_intended(peopled, change):
    intent = a_token_intent("h1")
    with peopled.transaction() as tx:
        tx.put_intent(intent)
        tx.put_client(a_client())

    with pytest.raises(ConflictError):
        peopled.write(lambda tx: tx.put_token(token_of(intent, a_client(), **change)))


def test_what_was_intended_as_a_paper_is_not_recorded_as_a_token(peopled):
    paper = an_intent("s1", 2)
    with peopled.transaction() as tx:
        open_batch(tx, paper)
        tx.put_client(a_client())

    with pytest.raises(ConflictError):
        peopled.write(
            lambda tx: tx.put_token(token_of(a_token_intent("s1", 2), a_client()))
        )


def test_a_batch_is_closed_once(peopled):
    with peopled.transaction() as tx:
        batch = open_batch(tx, an_intent())
        assert sign(tx, batch)
    with peopled.reading() as tx:
        certificate = tx.certificate("s1")

    assert not peopled.write(lambda tx: sign(tx, batch, LATER, 7))

    with peopled.reading() as tx:
        assert tx.certificate("s1") == certificate
        assert certificate.signature == SIGNATURE


@pytest.mark.parametrize("again", [an_intent("s1", 6), an_intent("s2", 5)])
def test_no_serial_and_no_place_is_intended_twice(peopled, again):
    peopled.write(lambda tx: tx.put_intent(a_token_intent("s1", 5)))

    with pytest.raises(ConflictError):
        peopled.write(lambda tx: open_batch(tx, again))


@pytest.mark.parametrize(
    "signatures", [[SIGNATURE], [SIGNATURE] * 3, [b"s" * 63, b"s" * 65], [b"", b""]]
)
def test_a_batch_is_closed_with_a_signature_for_each(peopled, signatures):
    batch = peopled.write(
        lambda tx: open_batch(tx, an_intent("s1", 1), an_intent("s2", 2))
    )

    with pytest.raises(ValueError, match="for each"):
        peopled.write(lambda tx: tx.close_batch(batch, signatures, AT, 0))

    with peopled.reading() as tx:
        assert tx.open_batches(INSURER) == [batch]
        assert tx.count_certificates() == 0


def test_each_of_many_keeps_its_own_signature_also_beside_the_erased(peopled):
    """Signatures stand side by side, as many as fill a row; the erased leave gaps."""
    with peopled.transaction() as tx:
        person_with_coverage(tx, "p2", "c2")
        gone = {3, 64, 65}
        many = [
            an_intent(f"s{n}", n, person_id="p2" if n in gone else "p1")
            for n in range(200)
        ]
        open_batch(tx, *many)
        tx.erase_person("p2")
        (batch,) = tx.open_batches(INSURER)
        made = [serial.encode().ljust(64) for serial in batch.serials]
        assert tx.close_batch(batch, made, AT, 0)

    with peopled.reading() as tx:
        assert tx.count_certificates() == 197
        assert [tx.certificate(f"s{n}") for n in range(200)] == [
            None if n in gone else certificate_of(it, f"s{n}".encode().ljust(64))
            for n, it in enumerate(many)
        ]
        (_, sealed) = next(tx.sealed_batches())
        assert sealed == list(zip(batch.serials, batch.digests, strict=True))


def test_batches_without_signatures_are_found_oldest_first(peopled):
    first, second, third = (an_intent(name, n) for n, name in enumerate("zab", 1))
    handle = a_token_intent("h", 5)
    elsewhere = an_intent("o", place=StatusPlace(OTHER_INSURER, 0, 4, 4))
    with peopled.transaction() as tx:
        one = open_batch(tx, first, second)
        tx.put_intent(handle)
        two = open_batch(tx, third)
        other = open_batch(tx, elsewhere)
        assert one.serials == ("z", "a")
        assert one.digests == (first.digest, second.digest)
        assert tx.open_batches(INSURER) == [one, two]
        assert tx.serial_under_way("c1", "p1") == "z"
        sign(tx, one)
        assert tx.open_batches(INSURER) == [two]
        assert tx.open_batches(OTHER_INSURER) == [other]
        sign(tx, two)
        sign(tx, other)
        assert tx.serial_under_way("c1", "p1") is None


def test_what_a_batch_signed_is_told_with_its_entry(peopled):
    with peopled.transaction() as tx:
        person_with_coverage(tx, "p2", "c2")
        one = open_batch(tx, an_intent("z", 1), an_intent("a", 2))
        two = open_batch(tx, an_intent("b", 3))
        sign(tx, two, entry=5)
        sign(tx, one, entry=6)
        assert list(tx.sealed_batches()) == [
            (6, [(it, an_intent(it).digest) for it in "za"]),
            (5, [("b", an_intent("b").digest)]),
        ]


def test_a_persons_certificates_by_insurer_and_oldest_first(peopled):
    with peopled.transaction() as tx:
        person_with_coverage(tx, "p2", "c2")
        one = put_certificate(tx, "z", 1)
        two = put_certificate(tx, "a", 2)
        place = StatusPlace(OTHER_INSURER, 0, 1, 1)
        three = put_certificate(tx, "b", 3, place=place)
        put_certificate(tx, "c", 4, person_id="p2")
    with peopled.reading() as tx:
        assert tx.certificates_of("p1") == [one, two, three]
        assert tx.certificates_of("p1", OTHER_INSURER) == [three]
        assert tx.certificates_of("nobody") == []


def test_all_that_a_key_signed_is_found(peopled):
    with peopled.transaction() as tx:
        person_with_coverage(tx, "p2", "c2")
        one = put_certificate(tx, "z", 1, kid="stolen")
        put_certificate(tx, "a", 2, kid="another")
        two = put_certificate(tx, "b", 3, kid="stolen", person_id="p2")
        tx.put_withdrawal(a_withdrawal("b"), two.place)
    with peopled.reading() as tx:
        found = tx.certificates_by_key("stolen")
        assert found == [one, replace(two, withdrawal=a_withdrawal("b"))]
        assert tx.certificates_by_key("nothing") == []


def test_a_token_comes_back_with_its_phone_as_it_is_now(peopled):
    intent, phone = a_token_intent("h1"), a_client()
    with peopled.transaction() as tx:
        tx.put_intent(intent)
        tx.put_client(phone)
        tx.put_token(token_of(intent, phone))
    with peopled.reading() as tx:
        assert tx.tokens_of("p1") == [token_of(intent, phone)]
    peopled.write(lambda tx: tx.revoke_client("phone1", LATER))
    with peopled.reading() as tx:
        assert tx.tokens_of("p1")[0].client.revoked_at == LATER


def test_a_check_learns_that_a_token_is_on_a_delegates_phone(peopled):
    delegate = a_delegate()
    intent, phone = a_token_intent("h1"), a_client(delegate=delegate)
    with peopled.transaction() as tx:
        tx.put_intent(intent)
        tx.put_client(phone)
        tx.put_token(token_of(intent, phone))
    with peopled.reading() as tx:
        shown = tx.shown_token("h1")
        assert (shown.client_id, shown.delegation) == ("phone1", delegate.delegation)
        assert tx.tokens_of("p1")[0].client == phone


def test_a_check_asks_of_a_token_what_it_needs(peopled):
    intent, phone = a_token_intent("h1"), a_client()
    token = token_of(intent, phone)
    with peopled.transaction() as tx:
        tx.put_intent(intent)
        tx.put_client(phone)
        tx.put_token(token)
    shown = ShownToken(
        handle="h1",
        person_id="p1",
        insurer=INSURER,
        expires_at=token.expires_at,
        jwk=phone.jwk,
        has_phone_ended=False,
        withdrawal=None,
        audit_key=b"p1".ljust(32, b"k"),
        client_id="phone1",
        delegation=None,
    )
    with peopled.reading() as tx:
        assert tx.shown_token("h1") == shown
        assert tx.shown_token("h2") is None
    with peopled.transaction() as tx:
        tx.revoke_client("phone1", LATER)
        for kind in (WithdrawalKind.SUSPENDED, WithdrawalKind.REINSTATED):
            tx.put_withdrawal(a_withdrawal("h1", kind=kind), intent.place)
        tx.erase_person("p1")
    with peopled.reading() as tx:
        assert tx.shown_token("h1") == replace(
            shown,
            has_phone_ended=True,
            withdrawal=WithdrawalKind.REINSTATED,
            audit_key=None,
        )


def test_the_newest_withdrawal_answers(peopled):
    suspended = a_withdrawal(kind=WithdrawalKind.SUSPENDED, at=LATER)
    reinstated = a_withdrawal(kind=WithdrawalKind.REINSTATED, at=AT)
    with peopled.transaction() as tx:
        place = put_certificate(tx).place
        tx.put_withdrawal(suspended, place)
        assert tx.certificate("s1").withdrawal == suspended
        tx.put_withdrawal(reinstated, place)  # by a clock that was set back
        assert tx.certificate("s1").withdrawal == reinstated
        assert tx.certificates_of("p1")[0].withdrawal == reinstated


def test_a_tokens_withdrawal_is_seen_with_it(peopled):
    intent = a_token_intent("h1")
    with peopled.transaction() as tx:
        tx.put_intent(intent)
        tx.put_client(a_client())
        tx.put_token(token_of(intent, a_client()))
        tx.put_withdrawal(a_withdrawal("h1"), intent.place)
        assert tx.tokens_of("p1")[0].withdrawal == a_withdrawal("h1")


@pytest.mark.parametrize("kind", list(WithdrawalKind))
def test_revoked_is_final(peopled, kind):
    with peopled.transaction() as tx:
        place = put_certificate(tx).place
        tx.put_withdrawal(a_withdrawal(), place)

    with pytest.raises(ConflictError):
        peopled.write(
            lambda tx: tx.put_withdrawal(a_withdrawal(kind=kind, at=LATER), place)
        )

    with peopled.reading() as tx:
        assert tx.certificate("s1").withdrawal == a_withdrawal()


@pytest.mark.parametrize(
    ("object_id", "place"),
    [("s2", StatusPlace(INSURER, 0, 5, 5)), ("s1", StatusPlace(INSURER, 0, 6, 6))],
)
def test_only_a_paper_at_its_place_is_withdrawn(peopled, object_id, place):
    peopled.write(put_certificate)

    with pytest.raises(ConflictError):
        peopled.write(lambda tx: tx.put_withdrawal(a_withdrawal(object_id), place))


def test_a_key_is_added_and_its_state_changes(store):
    key = KeyRow("k1", "issuing", INSURER, JWK, "next")
    service = KeyRow("k0", "service", None, JWK, "active", AT, LATER, LATER)
    with store.transaction() as tx:
        tx.put_key(key)
        tx.put_key(service)
        assert tx.keys() == [service, key]
        active = replace(key, state="active", activated_at=AT)
        tx.put_key(active)
        assert tx.keys() == [service, active]


def test_a_change_of_the_keys_is_seen_within_its_own_write(store):
    key = KeyRow("k1", "issuing", INSURER, JWK, "next")
    with store.transaction() as tx:
        before = tx.keys_version()
        tx.put_key(key)
        between = tx.keys_version()
        tx.put_key(replace(key, state="active"))
        assert before < between < tx.keys_version()


def test_the_version_of_the_keys_grows_with_every_change(store):
    key = KeyRow("k1", "issuing", INSURER, JWK, "next")
    versions = []
    for change in (None, key, replace(key, kid="k2"), replace(key, state="active")):
        with store.transaction() as tx:
            if change is not None:
                tx.put_key(change)
        with store.reading() as tx:
            versions.append(tx.keys_version())
    assert versions == sorted(set(versions))


def test_instants_keep_their_microsecond_wherever_they_were_told(peopled):
    japan = timezone(timedelta(hours=9))
    at = datetime(2026, 11, 24, 8, 59, 59, 999999, tzinfo=japan)
    with peopled.transaction() as tx:
        sign(tx, open_batch(tx, an_intent()), at)

    with peopled.reading() as tx:
        told = tx.certificate("s1").issued_at
    assert told == at
    assert told.tzinfo is UTC


def test_an_instant_without_a_time_zone_is_refused(peopled):
    naive = a_token_intent(intended_at=AT.replace(tzinfo=None))
    with pytest.raises(TypeError):
        peopled.write(lambda tx: tx.put_intent(naive))


def test_certificates_that_end_soon_are_counted_but_those_revoked(peopled):
    days = ["2030-07-30", "2030-07-31", "2030-08-01", "2030-08-02"]
    with peopled.transaction() as tx:
        for place, day in enumerate(days):
            put_certificate(tx, f"s{place}", place, expires_on=day)
        tx.put_withdrawal(a_withdrawal("s1", WithdrawalKind.SUSPENDED), place_of(1))
        asked = date(2030, 7, 31), date(2030, 8, 1)
        assert tx.certificates_expiring(INSURER, *asked, 9) == 2
        assert tx.certificates_expiring(INSURER, *asked, 1) == 1
        assert tx.certificates_expiring(OTHER_INSURER, *asked, 9) == 0
        tx.put_withdrawal(a_withdrawal("s1"), place_of(1))
        assert tx.certificates_expiring(INSURER, *asked, 9) == 1


def place_of(index):
    return StatusPlace(INSURER, 0, index, index)
