"""The Merkle tree over the audit log, so that one hash speaks for every entry.

RFC 9162 §2.1 with SHA-256. Leaves are hashed once (`leaf_hash`); everything here
works on hashes of 32 bytes.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from backend.domain.errors import MalformedError
from backend.domain.words import Words

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()  # RFC 9162 §2.1.1

_SIZE_BYTES = 8


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry's stored bytes (prefix 0x00, RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees side by side (prefix 0x01, RFC 9162 §2.1.1)."""
    return hashlib.sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class CompactRange:
    """The right edge of a growing tree: all that is needed to go on growing it.

    `subtrees` are the roots of the perfect subtrees that the `size` leaves fall into,
    widest first: one for each bit set in `size`. A value: `append` and `extend` answer
    a new one, so that a transaction rolled back leaves nothing behind.
    """

    size: int = 0
    subtrees: tuple[bytes, ...] = ()

    def append(self, leaf: bytes) -> Self:
        """The tree with one more leaf (its `leaf_hash`) on the right."""
        return self.extend((leaf,))

    def extend(self, leaves: Iterable[bytes]) -> Self:
        """The tree with these leaf hashes added in order; work only for the new."""
        size, subtrees = self.size, list(self.subtrees)
        for leaf in leaves:
            subtrees.append(leaf)
            # Each trailing 1 of the old size is a subtree as wide as the new one.
            for _ in range(_trailing_ones(size)):
                right = subtrees.pop()
                subtrees.append(node_hash(subtrees.pop(), right))
            size += 1
        return type(self)(size, tuple(subtrees))

    def root(self) -> bytes:
        """The root hash of the whole tree (MTH, RFC 9162 §2.1.1)."""
        if not self.subtrees:
            return EMPTY_ROOT
        *wider, root = self.subtrees
        for subtree in reversed(wider):
            root = node_hash(subtree, root)
        return root

    def to_bytes(self) -> bytes:
        """Size as 8 bytes, big-endian, then the subtree roots of 32 bytes each."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self.subtrees)

    @classmethod
    def from_bytes(cls, stored: bytes) -> Self:
        """Read what `to_bytes` wrote; `MalformedError` on any other length."""
        size = int.from_bytes(stored[:_SIZE_BYTES], "big")
        if len(stored) != _SIZE_BYTES + HASH_BYTES * size.bit_count():
            raise MalformedError(
                "audit.tree",
                Words("長さが合いません", "its length does not fit its size"),
                Words(
                    "監査記録から計算し直してください", "rebuild it from the audit log"
                ),
            )
        hashes = stored[_SIZE_BYTES:]
        starts = range(0, len(hashes), HASH_BYTES)
        return cls(size, tuple(hashes[at : at + HASH_BYTES] for at in starts))


def inclusion_proof(leaves: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that tie leaf `index` to the root of `leaves` (RFC 9162 §2.1.3.1).

    Raises `IndexError` when there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return ()
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if index < split:
        return (*inclusion_proof(left, index), _root(right))
    return (*inclusion_proof(right, index - split), _root(left))


def verify_inclusion(
    leaf: bytes, index: int, size: int, root: bytes, proof: Sequence[bytes]
) -> bool:
    """Whether `leaf` stands at `index` in the tree of `size` leaves with this `root`.

    The steps of RFC 9162 §2.1.3.2.
    """
    if not 0 <= index < size:  # (1)
        return False
    place, last, computed = index, size - 1, leaf  # (2) (3)
    for sibling in proof:  # (4)
        if last == 0:
            return False
        if place % 2 or place == last:
            computed = node_hash(sibling, computed)
            place, last = _rise(place, last)
        else:
            computed = node_hash(computed, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and computed == root  # (5)


def consistency_proof(leaves: Sequence[bytes], first: int) -> tuple[bytes, ...]:
    """The hashes that show the first `first` leaves unchanged (RFC 9162 §2.1.4.1).

    Raises `IndexError` unless 0 < `first` <= the number of leaves.
    """
    if not 0 < first <= len(leaves):
        raise IndexError(first)
    return _subproof(leaves, first, is_known=True)


def verify_consistency(
    first: int,
    first_root: bytes,
    second: int,
    second_root: bytes,
    proof: Sequence[bytes],
) -> bool:
    """Whether the tree of `second` leaves only added to that of `first` leaves.

    The steps of RFC 9162 §2.1.4.2. The empty tree is the beginning of every tree.
    """
    if first == second:
        return first_root == second_root and not proof
    if first == 0:
        return first_root == EMPTY_ROOT and not proof
    if not 0 < first < second or not proof:  # (1)
        return False
    is_perfect = first & (first - 1) == 0
    path = (first_root, *proof) if is_perfect else tuple(proof)  # (2)
    risen = _trailing_ones(first - 1)
    place, last = (first - 1) >> risen, (second - 1) >> risen  # (3) (4)
    old = new = path[0]  # (5)
    for sibling in path[1:]:  # (6)
        if last == 0:
            return False
        if place % 2 or place == last:
            old, new = node_hash(sibling, old), node_hash(sibling, new)
            place, last = _rise(place, last)
        else:
            new = node_hash(new, sibling)
        place, last = place >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root  # (7)


def _subproof(
    leaves: Sequence[bytes], first: int, *, is_known: bool
) -> tuple[bytes, ...]:
    """SUBPROOF of RFC 9162 §2.1.4.1; `is_known`: the verifier has this subtree."""
    if first == len(leaves):
        return () if is_known else (_root(leaves),)
    split = _split(len(leaves))
    left, right = leaves[:split], leaves[split:]
    if first <= split:
        return (*_subproof(left, first, is_known=is_known), _root(right))
    return (*_subproof(right, first - split, is_known=False), _root(left))


def _root(leaves: Sequence[bytes]) -> bytes:
    return CompactRange().extend(leaves).root()


def _split(size: int) -> int:
    """The largest power of two smaller than `size` (> 1)."""
    return 1 << ((size - 1).bit_length() - 1)


def _trailing_ones(number: int) -> int:
    """How many binary ones `number` ends in."""
    return (number ^ (number + 1)).bit_length() - 1


def _rise(place: int, last: int) -> tuple[int, int]:
    """Both, as many levels up as `place` has no sibling; all of them at place 0."""
    levels = (place & -place).bit_length() - 1 if place else 0
    return place >> levels, last >> levels
