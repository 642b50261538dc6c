"""Signatures in SQLite: those of intents that follow one another stand side by side.

A row for each would cost more than the signature that it holds.
"""

from collections.abc import Iterator, Sequence

# ruff: noqa: S608 - the numbers put into these texts are ours

_OCTETS = 64  # r||s, RFC 7518 §3.4
_IN_A_ROW = 62  # fill a page of 4,096 octets, which a signature is then read from

PUT_SIGNATURES = "INSERT INTO signatures VALUES (?, ?, ?)"
SIGNED = f"""
CROSS JOIN signatures s ON s.first_intent = (
  SELECT MAX(first_intent) FROM signatures WHERE first_intent <= i.id
) AND i.id < s.first_intent + length(s.octets) / {_OCTETS}
"""
"""What joins the intents `i` that are signed with the rows `s` of their signatures."""
SIGNATURE = f"substr(s.octets, {_OCTETS} * (i.id - s.first_intent) + 1, {_OCTETS})"
COUNT = f"SELECT COALESCE(SUM(length(octets)) / {_OCTETS}, 0) FROM signatures"


def rows_of(
    batch: int, numbers: Sequence[int], signatures: Sequence[bytes]
) -> Iterator[tuple[int, int, bytes]]:
    """The rows for these signatures of a batch; `numbers` are their intents', rising.

    Numbers have gaps where people were erased before their papers were signed. Raises
    ValueError unless there is a signature of 64 octets for each.
    """
    if len(signatures) != len(numbers) or set(map(len, signatures)) - {_OCTETS}:
        raise ValueError("not a signature for each")
    start = 0
    while start < len(numbers):
        end = min(start + _IN_A_ROW, len(numbers))
        while numbers[end - 1] - numbers[start] >= end - start:
            end -= 1  # until there is no gap between
        yield numbers[start], batch, b"".join(signatures[start:end])
        start = end
