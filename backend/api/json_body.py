"""A request's JSON, read so that no two readers can understand it differently.

What a parser would choke on (depth, digits) is measured before it is parsed.
"""

import json
import math
import re
from typing import Any

from backend.domain.errors import ShikakuError
from backend.domain.words import Words

DEEPEST = 16  # our own deepest request has four levels
_MOST_DIGITS = 16  # 2^53, the largest integer that every reader keeps, has sixteen
_LARGEST = 2**53
# Strings are passed over whole, unfinished ones too: so the scan is linear.
_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|([\[\]{}])', re.DOTALL)
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")


class MalformedJsonError(ShikakuError):
    """A body that is not the JSON that we accept, and why."""

    code = "malformed-json"

    def __init__(self, reason: Words) -> None:
        super().__init__(reason.en)
        self.reason = reason


def read_json(octets: bytes) -> Any:
    """The JSON value in `octets`.

    Raises MalformedJsonError: not UTF-8, not JSON (RFC 8259), nested deeper than
    sixteen, an integer past 2^53, NaN or infinity, a name twice in one object (RFC
    7493 §2.3), NUL or half of a surrogate pair in a text.
    """
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError:
        raise _refused("UTF-8 ではありません", "it is not UTF-8") from None
    _require_shallow(text)
    try:
        value = _DECODER.decode(text)
    except ValueError:
        raise _refused("JSON の文法に合いません", "it is not well-formed") from None
    if "\\u" in text:
        _require_speakable(value)
    return value


def _require_shallow(text: str) -> None:
    if text.count("{") + text.count("[") <= DEEPEST:
        return
    depth = 0
    for found in _BRACKET.finditer(text):
        bracket = found[1]
        if bracket is not None:
            depth += 1 if bracket in "[{" else -1
        if depth > DEEPEST:
            raise _refused(
                f"入れ子が{DEEPEST}段を超えています",
                f"it nests deeper than {DEEPEST} levels",
            )


def _require_speakable(value: Any) -> None:
    """Escapes can spell what UTF-8 cannot; the depth is bounded by now."""
    if isinstance(value, dict):
        for name, below in value.items():
            _require_speakable(name)
            _require_speakable(below)
    elif isinstance(value, list):
        for below in value:
            _require_speakable(below)
    elif isinstance(value, str) and _UNSPEAKABLE.search(value):
        raise _refused(
            "NUL 文字か、対にならないサロゲートがあります",
            "it holds a NUL character or a lone surrogate",
        )


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise _refused("同じ項目が二度あります", "a name stands twice in one object")
    return members


def _integer(digits: str) -> int:
    if len(digits.lstrip("-")) > _MOST_DIGITS or abs(int(digits)) > _LARGEST:
        raise _refused("整数が大きすぎます", "an integer is too large")
    return int(digits)


def _fraction(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _refused("数が大きすぎます", "a number is too large")
    return value


def _no_number(name: str) -> None:
    raise _refused(
        "NaN と Infinity は使えません", "NaN and Infinity are not JSON numbers"
    )


def _refused(ja: str, en: str) -> MalformedJsonError:
    return MalformedJsonError(Words(ja, en))


_DECODER = json.JSONDecoder(
    object_pairs_hook=_named_once,
    parse_int=_integer,
    parse_float=_fraction,
    parse_constant=_no_number,
)
