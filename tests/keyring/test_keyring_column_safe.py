"""The safe of the insurer's side: its cells, its nonces, its index."""

import pytest

from backend.keyring.column_safe import ColumnSafe
from backend.keyring.errors import KeyringError
from backend.keyring.secrets_box import NONCE_BYTES, ColumnKeys
from tests.house_of_glass import CountingBytes

NUMBER = "123456789012"  # fails the My Number check digit: nobody's
CELL = ("persons", "p1", "my_number")


@pytest.fixture
def safe() -> ColumnSafe:
    return ColumnSafe(ColumnKeys.derive(bytes(range(32)), 1), CountingBytes())


def test_every_sealing_has_a_nonce_of_its_own(safe: ColumnSafe) -> None:
    """One nonce for two contents under one key would give both away."""
    sealed = [safe.seal(*CELL, NUMBER.encode()) for _ in range(3)]
    assert len({it[:NONCE_BYTES] for it in sealed}) == 3
    assert [safe.unseal(*CELL, it) for it in sealed] == [NUMBER.encode()] * 3


@pytest.mark.parametrize(
    "other",
    [
        ("members", "p1", "my_number"),
        ("persons", "p2", "my_number"),
        ("persons", "p1", "address"),
    ],
)
def test_what_was_moved_to_another_cell_does_not_open(
    safe: ColumnSafe, other: tuple[str, str, str]
) -> None:
    with pytest.raises(KeyringError):
        safe.unseal(*other, safe.seal(*CELL, NUMBER.encode()))


def test_the_index_finds_a_number_again_and_does_not_hold_it(safe: ColumnSafe) -> None:
    assert safe.index(NUMBER) == safe.index(NUMBER)
    assert safe.index(NUMBER) != safe.index(NUMBER[:-1] + "3")
    assert NUMBER.encode() not in safe.index(NUMBER)
    assert "encryption" not in repr(safe)
