"""The life of a key, cell by cell: who may become what, and what still counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from backend.credentials.key_set import KeyPurpose, KeyRecord, KeySet, KeyState
from backend.credentials.receipt import RECEIPT_LIFE
from backend.credentials.signing import PublicKey
from backend.domain.errors import ConflictError
from backend.keyring.life import (
    ALLOWED,
    Accepted,
    CouldNotCheck,
    Refused,
    accepts,
    compromise,
    retire_due,
    rotate,
)

NEXT, ACTIVE, RETIRING, RETIRED, COMPROMISED = KeyState
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(days=1), NOW + timedelta(days=1)
INSURER, OTHER = "01130012", "39131156"

KEYS = [
    PublicKey.of(ec.generate_private_key(ec.SECP256R1()).public_key()) for _ in range(3)
]


def a_key(
    state: KeyState,
    key: int = 0,
    insurer: str | None = INSURER,
    last_expiry_at: datetime | None = AFTER,
) -> KeyRecord:
    """A key in this state, which signed something that expires tomorrow."""
    return KeyRecord(
        kid=KEYS[key].kid,
        purpose=KeyPurpose.ISSUING if insurer else KeyPurpose.SERVICE,
        insurer=insurer,
        public=KEYS[key],
        state=state,
        last_expiry_at=last_expiry_at,
        compromised_at=BEFORE if state is COMPROMISED else None,
    )


def test_every_allowed_step_and_no_other() -> None:
    steps = {(old, new) for old, olds in ALLOWED.items() for new in olds}
    assert steps == {
        (NEXT, ACTIVE),
        (ACTIVE, RETIRING),
        (RETIRING, RETIRED),
        (NEXT, COMPROMISED),
        (ACTIVE, COMPROMISED),
        (RETIRING, COMPROMISED),
        (RETIRED, COMPROMISED),
        (COMPROMISED, COMPROMISED),
    }


def test_rotation_retires_the_old_and_starts_the_next() -> None:
    old = replace(a_key(ACTIVE), activated_at=BEFORE)
    waiting = a_key(NEXT, key=1, last_expiry_at=None)
    changed = rotate([old, waiting], KeyPurpose.ISSUING, INSURER, NOW)
    assert changed == (
        replace(old, state=RETIRING),  # when it started and what it signed are kept
        replace(waiting, state=ACTIVE, activated_at=NOW),
    )
    assert AFTER == changed[0].last_expiry_at
    assert changed[1] == KeySet(changed).active(KeyPurpose.ISSUING, INSURER)


def test_a_service_key_retires_only_when_no_claim_rests_on_its_receipts() -> None:
    old = a_key(ACTIVE, insurer=None, last_expiry_at=None)
    waiting = a_key(NEXT, key=1, insurer=None, last_expiry_at=None)
    retiring, _ = rotate([old, waiting], KeyPurpose.SERVICE, None, NOW)
    assert (RETIRING, NOW + RECEIPT_LIFE) == (retiring.state, retiring.last_expiry_at)
    assert () == retire_due([retiring], NOW + RECEIPT_LIFE - timedelta(seconds=1))
    assert [RETIRED] == [it.state for it in retire_due([retiring], NOW + RECEIPT_LIFE)]


def test_the_first_rotation_has_no_old_key() -> None:
    (first,) = rotate([a_key(NEXT)], KeyPurpose.ISSUING, INSURER, NOW)
    assert (ACTIVE, NOW) == (first.state, first.activated_at)


def test_rotation_after_a_compromise_leaves_the_compromised_key() -> None:
    stolen, waiting = a_key(COMPROMISED), a_key(NEXT, key=1)
    (new,) = rotate([stolen, waiting], KeyPurpose.ISSUING, INSURER, NOW)
    assert (waiting.kid, ACTIVE) == (new.kid, new.state)


def test_rotation_touches_only_its_own_purpose_and_insurer() -> None:
    records = [
        a_key(NEXT, key=0),
        a_key(ACTIVE, key=1, insurer=OTHER),
        a_key(ACTIVE, key=2, insurer=None),
    ]
    changed = rotate(records, KeyPurpose.ISSUING, INSURER, NOW)
    assert [KEYS[0].kid] == [record.kid for record in changed]
    with pytest.raises(ConflictError):
        rotate(records, KeyPurpose.SERVICE, None, NOW)


@pytest.mark.parametrize(
    "records",
    [
        [],
        [a_key(ACTIVE)],
        [a_key(RETIRING), a_key(RETIRED, key=1)],
        [a_key(NEXT), a_key(NEXT, key=1)],
        [a_key(NEXT, insurer=OTHER)],
    ],
)
def test_rotation_needs_exactly_one_next_key(records: list[KeyRecord]) -> None:
    with pytest.raises(ConflictError, match="next key"):
        rotate(records, KeyPurpose.ISSUING, INSURER, NOW)


@pytest.mark.parametrize(
    ("last_expiry_at", "is_due"),
    [
        (BEFORE, True),
        (NOW, True),  # a token is invalid from the very instant of its exp
        (NOW + timedelta(microseconds=1), False),
        (AFTER, False),
        (None, True),
    ],
)
def test_a_retiring_key_retires_with_the_last_it_signed(
    last_expiry_at: datetime | None, is_due: bool
) -> None:
    record = a_key(RETIRING, last_expiry_at=last_expiry_at)
    expected = (replace(record, state=RETIRED),) if is_due else ()
    assert expected == retire_due([record], NOW)


@pytest.mark.parametrize("state", [NEXT, ACTIVE, RETIRED, COMPROMISED])
def test_only_retiring_keys_retire(state: KeyState) -> None:
    assert () == retire_due([a_key(state, last_expiry_at=BEFORE)], NOW)


@pytest.mark.parametrize("state", [NEXT, ACTIVE, RETIRING, RETIRED])
def test_any_key_can_be_compromised(state: KeyState) -> None:
    record = a_key(state)
    stolen = compromise(record, BEFORE)
    assert replace(record, state=COMPROMISED, compromised_at=BEFORE) == stolen


@pytest.mark.parametrize(
    ("since", "held"), [(BEFORE - timedelta(1), BEFORE - timedelta(1)), (NOW, BEFORE)]
)
def test_a_compromise_never_shrinks(since: datetime, held: datetime) -> None:
    assert held == compromise(a_key(COMPROMISED), since).compromised_at


# state, last expiry, issued before the compromise (None: offline) -> answer
CELLS = [
    *((NEXT, AFTER, known, Refused) for known in (True, False, None)),
    *((ACTIVE, AFTER, known, Accepted) for known in (True, False, None)),
    *((ACTIVE, BEFORE, known, Accepted) for known in (True, False, None)),
    *((ACTIVE, None, known, Accepted) for known in (True, False, None)),
    *((RETIRING, AFTER, known, Accepted) for known in (True, False, None)),
    *((RETIRING, None, known, Accepted) for known in (True, False, None)),
    *((RETIRING, NOW, known, Refused) for known in (True, False, None)),
    *((RETIRING, BEFORE, known, Refused) for known in (True, False, None)),
    *((RETIRED, AFTER, known, Refused) for known in (True, False, None)),
    *((RETIRED, BEFORE, known, Refused) for known in (True, False, None)),
    (COMPROMISED, AFTER, True, Accepted),
    (COMPROMISED, AFTER, False, Refused),
    (COMPROMISED, AFTER, None, CouldNotCheck),
    (COMPROMISED, None, True, Accepted),
    (COMPROMISED, None, False, Refused),
    (COMPROMISED, None, None, CouldNotCheck),
    *((COMPROMISED, NOW, known, Refused) for known in (True, False, None)),
    *((COMPROMISED, BEFORE, known, Refused) for known in (True, False, None)),
]


@pytest.mark.parametrize(("state", "last_expiry_at", "known", "answer"), CELLS)
def test_what_a_signature_counts_for(
    state: KeyState,
    last_expiry_at: datetime | None,
    known: bool | None,
    answer: type,
) -> None:
    record = a_key(state, last_expiry_at=last_expiry_at)
    assert isinstance(accepts(record, NOW, known), answer)


def test_every_cell_of_the_table_is_there() -> None:
    cells = {(state, known) for state, _, known, _ in CELLS}
    assert 3 * len(KeyState) == len(cells)


def test_a_refusal_gives_its_reason_in_both_languages() -> None:
    for state, known in ((NEXT, True), (RETIRED, True), (COMPROMISED, False)):
        answer = accepts(a_key(state), NOW, known)
        assert isinstance(answer, Refused)
        assert answer.reason.ja
        assert answer.reason.en
