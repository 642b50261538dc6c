"""Passkeys and sessions: a count only grows, what has ended stays ended."""

from dataclasses import replace

import pytest
from storage_samples import AT, INSURER, LATER, a_client

from backend.domain.errors import ConflictError
from backend.storage.rows import ClientKind, Operator, Passkey

PASSKEY = Passkey(b"id", "opr-1", b"cose", 3, AT)
SESSION = a_client(
    "session-1", ClientKind.INSURER, INSURER, operator="opr-1", expires_at=LATER
)


@pytest.fixture
def manned(store):
    with store.transaction() as tx:
        for name in ("opr-1", "opr-2"):
            tx.put_operator(Operator(name, INSURER, "担当", AT), name.encode())
        tx.put_passkey(PASSKEY)
    return store


def test_a_passkey_comes_back_and_its_id_is_never_given_again(manned):
    with manned.reading() as tx:
        assert tx.operator("opr-1") == Operator("opr-1", INSURER, "担当", AT)
        assert tx.operator("opr-9") is None
        assert tx.passkey(b"id") == PASSKEY
        assert tx.passkey(b"other") is None
        assert tx.passkeys_of("opr-1") == [PASSKEY]
        assert tx.passkeys_of("opr-2") == []
    with pytest.raises(ConflictError):
        manned.write(lambda tx: tx.put_passkey(replace(PASSKEY, operator="opr-2")))


def test_a_passkey_belongs_to_a_known_operator(store):
    with pytest.raises(ConflictError):
        store.write(lambda tx: tx.put_passkey(PASSKEY))


def test_a_count_only_grows(manned):
    def use(count, name=b"id"):
        return manned.write(lambda tx: tx.use_passkey(name, count, LATER))

    assert [use(2), use(3), use(0), use(4), use(4)] == [
        False,
        False,
        False,
        True,
        False,
    ]
    with manned.reading() as tx:
        assert tx.passkey(b"id") == replace(PASSKEY, sign_count=4, used_at=LATER)
    assert use(9, b"other") is False


def test_one_that_does_not_count_may_go_on(manned):
    manned.write(lambda tx: tx.put_passkey(replace(PASSKEY, id=b"0", sign_count=0)))

    uses = [manned.write(lambda tx: tx.use_passkey(b"0", 0, AT)) for _ in range(2)]

    assert uses == [True, True]


def test_what_has_ended_is_of_no_use_and_stays_ended(manned):
    with manned.transaction() as tx:
        tx.end_passkeys("opr-2", AT)
        assert tx.passkey(b"id").ended_at is None
        tx.end_passkeys("opr-1", AT)
        tx.end_passkeys("opr-1", LATER)
        assert tx.passkey(b"id").ended_at == AT
        assert tx.use_passkey(b"id", 9, LATER) is False


def test_a_session_is_its_operators_and_no_system(manned):
    with manned.transaction() as tx:
        tx.put_client(SESSION)
        tx.put_client(a_client("system", ClientKind.INSURER, INSURER))
        assert tx.client("session-1") == SESSION
        assert tx.sessions_of("opr-1") == [SESSION]
        assert tx.sessions_of("opr-2") == []
        assert [it.id for it in tx.clients_of(ClientKind.INSURER, INSURER)] == [
            "system"
        ]


def test_a_session_lives_until_it_expires_or_is_revoked():
    assert SESSION.is_live(AT)
    assert not SESSION.is_live(LATER)
    assert not replace(SESSION, revoked_at=AT).is_live(AT)
    assert a_client().is_live(LATER)
