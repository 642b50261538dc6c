"""JSON as signed things may contain it: one meaning, and a bounded one."""

import json
import math
from typing import Any

import orjson

MAX_CONTAINERS = 64  # bounds the nesting as well; our own deepest token has five
MAX_INTEGER = 2**53  # RFC 7493 §2.2: what every reader understands alike

ESCAPED = frozenset('"\\') | frozenset(map(chr, range(0x20)))
"""What does not stand for itself in a text of JSON (RFC 8259 §7)."""


def read_object(octets: bytes) -> dict[str, Any]:
    """The JSON object in `octets`; `ValueError` as `read` and for anything else."""
    value = read(octets)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def read(octets: bytes) -> Any:
    """The JSON value in `octets`.

    `ValueError` for whatever two readers might read differently: a name given twice,
    NaN and infinities, integers past 2^53, deep nesting, lone surrogates and NUL, and
    anything that is not UTF-8.
    """
    text = octets.decode("utf-8")
    if text.count("{") + text.count("[") > MAX_CONTAINERS:
        raise ValueError("nested too deep")
    try:
        value = _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if "\\u" in text:  # may hide what no text column and no other encoder takes
        if "\\u0000" in text:
            raise ValueError("contains NUL")
        _require_whole_characters(value)
    return value


def write(value: Any) -> bytes:
    """Compact UTF-8, members in the order given, no `\\u` escapes."""
    return orjson.dumps(value)


def _require_whole_characters(value: Any) -> None:
    try:
        orjson.dumps(value)
    except TypeError:
        raise ValueError("contains half of a surrogate pair") from None


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a name is given twice")
    return value


def _integer(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > MAX_INTEGER:
        raise ValueError("integer too large")
    return int(digits)


def _float(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("number too large")
    return value


def _refuse_constant(name: str) -> None:
    raise ValueError("not a JSON number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_unique,
    parse_int=_integer,
    parse_float=_float,
    parse_constant=_refuse_constant,
)
