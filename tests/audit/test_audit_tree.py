"""The Merkle tree against published vectors, the RFC's definition and forgers."""

import hashlib
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.audit.tree import (
    EMPTY_ROOT,
    CompactRange,
    consistency_proof,
    inclusion_proof,
    leaf_hash,
    node_hash,
    verify_consistency,
    verify_inclusion,
)
from backend.domain.errors import MalformedError

# The eight leaf inputs, the roots of the trees of 0 to 8 leaves and the proofs below
# are the well-known ones of the certificate-transparency code for RFC 6962 (RFC 9162
# hashes alike), as in github.com/transparency-dev/merkle: testonly/constants.go and
# proof/verify_test.go.
INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
# index (0-based), size, proof
INCLUSION = [
    (0, 1, []),
    (
        0,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        5,
        8,
        [
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (2, 3, ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"]),
    (
        1,
        5,
        [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
]
# first size, second size, proof
CONSISTENCY = [
    (1, 1, []),
    (
        1,
        8,
        [
            "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
        ],
    ),
    (
        6,
        8,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
    (
        2,
        5,
        [
            "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
            "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        ],
    ),
    (
        6,
        7,
        [
            "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
            "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        ],
    ),
]

LEAVES = [leaf_hash(text) for text in INPUTS]
SIZES = st.integers(1, 70)


def _hashes(proof: Sequence[str]) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(text) for text in proof)


def _leaves(size: int) -> list[bytes]:
    return [leaf_hash(str(place).encode()) for place in range(size)]


def _mth(leaves: Sequence[bytes]) -> bytes:
    """MTH written down from RFC 9162 §2.1.1, apart from the code under test."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return leaves[0]
    k = 1
    while k * 2 < len(leaves):
        k *= 2
    return hashlib.sha256(b"\x01" + _mth(leaves[:k]) + _mth(leaves[k:])).digest()


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots(size: int) -> None:
    assert ROOTS[size] == CompactRange().extend(LEAVES[:size]).root().hex()


def test_leaf_and_node_do_not_mix() -> None:
    left, right = _leaves(2)
    assert node_hash(left, right) != leaf_hash(left + right)


@settings(max_examples=40)
@given(SIZES)
def test_the_root_is_that_of_the_definition(size: int) -> None:
    assert _mth(_leaves(size)) == CompactRange().extend(_leaves(size)).root()


@settings(max_examples=40)
@given(st.integers(0, 70), st.integers(0, 70))
def test_a_range_goes_on_where_it_was_stored(first: int, more: int) -> None:
    leaves = _leaves(first + more)
    before = CompactRange().extend(leaves[:first])
    stored = before.to_bytes()
    grown = CompactRange.from_bytes(stored)
    for leaf in leaves[first:]:
        grown = grown.append(leaf)
    assert CompactRange().extend(leaves) == grown
    assert stored == before.to_bytes()  # the older value did not change
    assert len(grown.subtrees) == grown.size.bit_count()


@pytest.mark.parametrize("cut", [b"", b"\0" * 7, b"\0" * 7 + b"\1", b"\0" * 9])
def test_a_range_of_another_length_is_refused(cut: bytes) -> None:
    with pytest.raises(MalformedError):
        CompactRange.from_bytes(cut)


@pytest.mark.parametrize(("index", "size", "proof"), INCLUSION)
def test_the_known_inclusion_proofs(index: int, size: int, proof: list[str]) -> None:
    assert _hashes(proof) == inclusion_proof(LEAVES[:size], index)
    root = bytes.fromhex(ROOTS[size])
    assert verify_inclusion(LEAVES[index], index, size, root, _hashes(proof))


@pytest.mark.parametrize(("first", "second", "proof"), CONSISTENCY)
def test_the_known_consistency_proofs(
    first: int, second: int, proof: list[str]
) -> None:
    assert _hashes(proof) == consistency_proof(LEAVES[:second], first)
    roots = bytes.fromhex(ROOTS[first]), bytes.fromhex(ROOTS[second])
    assert verify_consistency(first, roots[0], second, roots[1], _hashes(proof))


@settings(max_examples=60)
@given(SIZES, st.data())
def test_an_inclusion_proof_holds_for_its_leaf_and_place_only(
    size: int, data: st.DataObject
) -> None:
    leaves = _leaves(size)
    index = data.draw(st.integers(0, size - 1))
    root, proof = _mth(leaves), inclusion_proof(leaves, index)
    assert verify_inclusion(leaves[index], index, size, root, proof)
    for other in range(-1, size + 2):
        is_same = other == index
        assert is_same == verify_inclusion(leaves[index], other, size, root, proof)
    assert not verify_inclusion(leaf_hash(b"forged"), index, size, root, proof)
    assert not verify_inclusion(leaves[index], index, size, EMPTY_ROOT, proof)
    assert not verify_inclusion(leaves[index], index, size, root, (*proof, root))
    assert not verify_inclusion(leaves[index], index, size, root, (root, *proof))
    for cut in range(len(proof)):
        shorter = proof[:cut] + proof[cut + 1 :]
        assert not verify_inclusion(leaves[index], index, size, root, shorter)


@settings(max_examples=60)
@given(SIZES, st.data())
def test_a_consistency_proof_holds_for_its_sizes_and_roots_only(
    second: int, data: st.DataObject
) -> None:
    leaves = _leaves(second)
    first = data.draw(st.integers(1, second))
    old, new = _mth(leaves[:first]), _mth(leaves)
    proof = consistency_proof(leaves, first)
    assert verify_consistency(first, old, second, new, proof)
    forged = leaf_hash(b"forged")
    assert not verify_consistency(first, forged, second, new, proof)
    assert not verify_consistency(first, old, second, forged, proof)
    assert not verify_consistency(first, old, second, new, (*proof, new))
    if first < second:
        assert not verify_consistency(first, new, second, old, proof)
        assert not verify_consistency(second, old, first, new, proof)
        assert not verify_consistency(first, old, second, new, ())
        assert not verify_consistency(first, old, 2 * second, new, proof)
    for place, known in enumerate(proof):
        bent = bytes([known[0] ^ 16]) + known[1:]
        changed = (*proof[:place], bent, *proof[place + 1 :])
        assert not verify_consistency(first, old, second, new, changed)
        shorter = (*proof[:place], *proof[place + 1 :])
        assert not verify_consistency(first, old, second, new, shorter)


@settings(max_examples=40)
@given(st.integers(2, 70), st.data())
def test_a_rewritten_past_has_no_consistency_proof(
    second: int, data: st.DataObject
) -> None:
    leaves = _leaves(second)
    first = data.draw(st.integers(1, second - 1))
    old = _mth(leaves[:first])
    leaves[data.draw(st.integers(0, first - 1))] = leaf_hash(b"forged")
    proof = consistency_proof(leaves, first)
    assert not verify_consistency(first, old, second, _mth(leaves), proof)


def test_the_empty_tree_is_the_beginning_of_every_tree() -> None:
    root = bytes.fromhex(ROOTS[8])
    assert verify_consistency(0, EMPTY_ROOT, 8, root, ())
    assert verify_consistency(0, EMPTY_ROOT, 0, EMPTY_ROOT, ())
    assert not verify_consistency(0, root, 8, root, ())
    assert not verify_consistency(0, EMPTY_ROOT, 0, root, ())
    assert not verify_consistency(0, EMPTY_ROOT, 8, root, (root,))


@pytest.mark.parametrize("index", [-1, 8])
def test_there_is_no_proof_for_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_proof(LEAVES, index)


@pytest.mark.parametrize("first", [-1, 0, 9])
def test_there_is_no_consistency_proof_for_a_tree_that_never_was(first: int) -> None:
    with pytest.raises(IndexError):
        consistency_proof(LEAVES, first)
