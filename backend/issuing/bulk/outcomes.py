"""What became of each line of a run's list: done, skipped with reason, or rejected.

Outcomes name lines, serials and codes, never people: they are kept for good.
"""

from collections.abc import Iterable, Iterator, Sequence
from enum import Enum
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from backend.domain.words import Words
from backend.interchange.member_row import LineError
from backend.issuing.due import why_not
from backend.storage.run_rows import Decided

TWICE = "twice"
"""The code of a line whose person an earlier line of the list has served."""


class LineResult(Enum):
    """How a line ended; the values are wire names."""

    DONE = "done"
    SKIPPED = "skipped"
    REJECTED = "rejected"


Outcome = tuple[Any, ...]
"""As stored: line, the result's first letter, then

- done: the serial, and the serial that it replaces or None;
- skipped: the code, the serial that stands in the way or None, the earlier line or 0;
- rejected: for each error field, reason and fix in Japanese and in English.
"""

_LETTERS = {result.value[0]: result for result in LineResult}
_DONE = LineResult.DONE.value[0]


def done(line: int, serial: str, replaced: str | None) -> Outcome:
    """The line got its certificate, or the paper that it names took its step."""
    return line, "d", serial, replaced


def skipped(line: int, code: str, serial: str | None, earlier: int = 0) -> Outcome:
    """Nothing is due to the line now."""
    return line, "s", code, serial, earlier


def rejected(line: int, errors: Iterable[LineError]) -> Outcome:
    """The line cannot be read, or speaks of nobody."""
    told = [
        [error.field, error.reason.ja, error.reason.en, error.fix.ja, error.fix.en]
        for error in errors
    ]
    return line, "r", told


def decided(outcomes: Sequence[Outcome]) -> Decided:
    """The outcomes of a chunk, in the order of their lines, and their counts."""
    letters = [outcome[1] for outcome in outcomes]
    counts = (letters.count(letter) for letter in _LETTERS)
    in_order = sorted(outcomes, key=itemgetter(0))
    return Decided(orjson.dumps(in_order), *counts)


class LineOutcome(NamedTuple):
    """One line's outcome in words.

    `serial` is the certificate that was issued, or of which the line speaks;
    `replaced` the one withdrawn for it. A skipped line has its `code` and `reasons`;
    a rejected one its `errors`.
    """

    line: int
    result: LineResult
    serial: str | None = None
    replaced: str | None = None
    code: str | None = None
    reason: Words | None = None
    errors: tuple[LineError, ...] = ()


def read_outcomes(stored: bytes) -> Iterator[LineOutcome]:
    """The outcomes of a chunk, as `decided` wrote them."""
    return map(in_words, stored_outcomes(stored))


def stored_outcomes(stored: bytes) -> list[Outcome]:
    """The same as they are stored: an object less for each of many lines."""
    outcomes: list[Outcome] = orjson.loads(stored)
    return outcomes


def result_of(outcome: Outcome) -> LineResult:
    """How the line of a stored outcome ended."""
    return _LETTERS[outcome[1]]


def is_done(outcome: Outcome) -> bool:
    """Whether a stored outcome is that of a line that was done."""
    return bool(outcome[1] == _DONE)


def in_words(outcome: Outcome) -> LineOutcome:
    """A stored outcome in words."""
    line, letter, *rest = outcome
    match _LETTERS[letter]:
        case LineResult.DONE:
            return LineOutcome(line, LineResult.DONE, rest[0], rest[1])
        case LineResult.SKIPPED:
            code, serial, earlier = rest
            reason = _twice(earlier) if code == TWICE else _reason(code)
            return LineOutcome(
                line, LineResult.SKIPPED, serial, code=code, reason=reason
            )
        case LineResult.REJECTED:
            errors = tuple(
                LineError(line, field, Words(ja, en), Words(fix_ja, fix_en))
                for field, ja, en, fix_ja, fix_en in rest[0]
            )
            return LineOutcome(line, LineResult.REJECTED, errors=errors)


def lines_of(stored: bytes) -> dict[str, int]:
    """The lines of a chunk that were done, by the serial that each got."""
    return {it[2]: it[0] for it in stored_outcomes(stored) if is_done(it)}


def _reason(code: str) -> Words:
    return _NOT_WITHDRAWN.get(code) or why_not(code)


_NOT_WITHDRAWN = {
    "no-serial": Words(
        "発行番号がない行です。", "The line has no serial: there is nothing to do."
    ),
    "already": Words("既にその状態です。", "It is so already."),
    "final": Words(
        "失効は取り消せません。新しい資格確認書を交付してください。",
        "Revocation is final. Issue a new certificate.",
    ),
    "not-suspended": Words(
        "停止されていないため再開できません。",
        "It is not suspended, so it cannot be reinstated.",
    ),
}


def _twice(earlier: int) -> Words:
    return Words(
        f"{earlier}行目と同じ人です。その行で処理済みです。",
        f"It names the same person as line {earlier}, where it was done.",
    )
