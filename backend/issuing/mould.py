"""Papers that differ in a person's own words alone: cast in the mould of the first.

Of a hundred thousand papers that are drawn up in one night most have the same claims;
names, numbers, days and address fill the same places. So one is drawn up in full
(`paper.plain_fields`), its own words are cut out, and the next one's are put in, byte
for byte as it would have been drawn up itself.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from backend.credentials import strict_json
from backend.credentials.certificate import frame_payload
from backend.credentials.certificate_mould import APART, fixed
from backend.credentials.certificate_qr import room_for_texts
from backend.credentials.certificate_template import is_countable
from backend.credentials.packed_text import SHORT_OCTETS, plain_octets, short_characters
from backend.issuing.paper import Press, plain_fields
from backend.printing.unprintable import shown, unprintable
from backend.storage.batch_rows import Draft
from backend.storage.run_rows import RegisterLine, RegisterRow, values_of

# A word of the register that is a person's own, and the claim that says it.
_OWN = {
    "symbol": "symbol",
    "number": "number",
    "branch": "branch",
    "kanji": "name",
    "kana": "kana",
    "birth_on": "birth_on",
    "address": "address",
    "acquired_on": "acquired_on",
}
_Kind = tuple[object, ...]
_ids = values_of("coverage_id", "person_id")
_days = values_of("birth_on", "acquired_on", "continuation_ends_on")
_texts = values_of("coverage_id", "person_id", "symbol", "branch", "address")
_codes = values_of("sex", "relation", "classification", "is_undisclosed")


class _Mould(NamedTuple):
    """`words` picks a line's own words in the order in which the claims say them."""

    words: Callable[[RegisterRow], tuple[str, ...]]
    gaps: int
    longest: int
    text: str
    expires_on: str


class Moulds:
    """The moulds of one press, each made when the first paper of its kind is asked."""

    def __init__(self, press: Press) -> None:
        self.press = press
        self._elderly_by = press.elderly_by.isoformat()
        self._is_fit = not unprintable(press.insurer.name) and is_countable(
            press.usual_expiry
        )
        self._on = press.on.isoformat()
        self._are_common = are_common()
        self._moulds: dict[_Kind, _Mould | None] = {}

    def cast(self, row: RegisterRow, serial: str) -> Draft | None:
        """The draft as `draw_up` makes it without wishes; None if it has to make it.

        That is so for the elderly, for voluntary continuation, for days that make no
        sense, for long texts and for rare characters.
        """
        birth_on, acquired_on, continuation_ends_on = _days(row)
        is_usual = self._elderly_by < birth_on <= acquired_on <= self._on
        if not is_usual or continuation_ends_on is not None:
            return None
        coverage_id, person_id, symbol, branch, address = _texts(row)
        kind = symbol is None, branch is None, address is None, _codes(row)
        mould = self._moulds.get(kind) or self._made(kind, row)
        if mould is None:
            return None
        pick, gaps, longest, text, expires_on = mould
        words = APART.join(pick(row))
        is_short = len(words) <= longest and words.count(APART) == gaps
        if not is_short or not self._are_common(words):
            return None
        return Draft(serial, coverage_id, person_id, expires_on, text, words)

    def _made(self, kind: _Kind, row: RegisterRow) -> _Mould | None:
        if kind not in self._moulds:
            line = RegisterLine._make(row)
            self._moulds[kind] = _mould(self.press, line) if self._is_fit else None
        return self._moulds[kind]


@cache
def are_common() -> Callable[[str], object]:
    """Tells whether words have only characters that need no second look.

    They are printed, short in a code, and themselves in JSON; and what stands between
    words. A pattern looks a character up without making an object of it, as a set does.
    """
    common = (shown() & short_characters()) - strict_json.ESCAPED
    any_of_them = "".join(map(re.escape, sorted(common)))
    return re.compile(f"[{any_of_them}{APART}]*").fullmatch


def _mould(press: Press, line: RegisterLine) -> _Mould:
    marked = _marked(press, line)
    fields = plain_fields(press, marked, "serial")
    head, printed = frame_payload(fields, press.form, press.names)
    text = fixed(printed)
    said = {
        word: f'"{claim}":"{getattr(marked, word)}"' for word, claim in _OWN.items()
    }
    own = sorted(
        (it for it in said if said[it] in text), key=lambda it: text.index(said[it])
    )
    for word in own:
        text = text.replace(said[word], f'"{_OWN[word]}":"%s"')
    gaps = len(own) - 1
    return _Mould(
        values_of(*own),
        gaps,
        gaps + _longest(press),
        f"{head}{text}",
        fields.expires_on.isoformat(),
    )


def _marked(press: Press, line: RegisterLine) -> RegisterLine:
    """The line with a mark in the place of each word of its own."""
    eve = (press.on - timedelta(days=1)).isoformat()
    marks: dict[str, Any] = {it: it for it in _OWN if getattr(line, it) is not None}
    return line._replace(**marks | {"birth_on": eve, "acquired_on": eve})


def _longest(press: Press) -> int:
    """Characters that a code has room for beside the insurer's name."""
    taken = plain_octets(press.insurer.name)
    return (room_for_texts(press.form) - taken) // SHORT_OCTETS
