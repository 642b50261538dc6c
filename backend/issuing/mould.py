"""Papers that differ in a person's own words alone: cast in the mould of the first.

Of a hundred thousand papers that are drawn up in one night most have the same claims;
names, numbers, days and address fill the same places. So one is drawn up in full
(`paper.plain_fields`), its own words are cut out, and the next one's are put in, byte
for byte as it would have been drawn up itself.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple

from backend.credentials import strict_json
from backend.credentials.certificate import CertificateFields, frame_payload
from backend.credentials.certificate_mould import APART, fixed
from backend.credentials.certificate_qr import room_for_texts
from backend.credentials.certificate_template import is_countable
from backend.credentials.packed_text import SHORT_OCTETS, plain_octets, short_characters
from backend.domain.errors import MalformedError
from backend.issuing.paper import Press, plain_fields
from backend.printing.unprintable import shown, unprintable
from backend.storage.batch_rows import Paper
from backend.storage.run_rows import RegisterLine, RegisterRow, values_of

# A claim that says a word of the person's own, and that word in the register.
_OWN = {
    "symbol": "symbol",
    "number": "number",
    "branch": "branch",
    "name": "kanji",
    "kana": "kana",
    "birth_on": "birth_on",
    "address": "address",
    "acquired_on": "acquired_on",
}
_SINCE = "copay_from_on"  # the last of a person's own words, where there is a ratio
_Kind = tuple[object, ...]
_Ratio = tuple[str | None, tuple[str, ...]]
"""What sets papers of the elderly apart, and the word that is their own: per cent, and
since when."""
_NO_RATIO: _Ratio = None, ()
_own_days = values_of(
    "coverage_id",
    "person_id",
    "birth_on",
    "acquired_on",
    "continuation_ends_on",
    "copay",
)
_of_kind = values_of("sex", "relation", "classification", "is_undisclosed")
_may_lack = values_of("symbol", "branch", "address")


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
        self._of_elderly = lru_cache(16_384)(partial(_of_elderly, press))
        self._moulds: dict[_Kind, _Mould | None] = {}

    def cast(self, row: RegisterRow) -> Paper | None:
        """The paper as `draw_up` makes it without wishes; None if it has to make it.

        That is so for voluntary continuation, for a paper that ends at 75, for days
        that make no sense, for long texts and for rare characters.
        """
        coverage_id, person_id, birth_on, acquired_on, ends_on, copay = _own_days(row)
        is_young = birth_on > self._elderly_by
        ratio = _NO_RATIO if is_young else self._of_elderly(birth_on, copay)
        if ratio is None or ends_on or not birth_on <= acquired_on <= self._on:
            return None
        per_cent, since = ratio
        symbol, branch, address = _may_lack(row)
        kind = symbol is None, branch is None, address is None, per_cent, _of_kind(row)
        mould = self._moulds.get(kind) or self._made(kind, row)
        if mould is None:
            return None
        pick, gaps, longest, text, expires_on = mould
        words = APART.join(pick(row) + since)
        is_short = len(words) <= longest and words.count(APART) == gaps
        if not is_short or not self._are_common(words):
            return None
        return coverage_id, person_id, expires_on, text, words

    def _made(self, kind: _Kind, row: RegisterRow) -> _Mould | None:
        if kind not in self._moulds:
            line = RegisterLine._make(row)
            self._moulds[kind] = _mould(self.press, line) if self._is_fit else None
        return self._moulds[kind]


def _of_elderly(press: Press, birth_on: str, copay: str | None) -> _Ratio | None:
    """The ratio on an elderly person's paper.

    None if the paper is one by itself: it expires on a day of its own, or cannot be
    coded.
    """
    born_on = date.fromisoformat(birth_on)
    try:
        expires_on = press.expiry(born_on, None)
    except MalformedError:
        return None
    ratio = press.ratio(born_on, copay)
    days = [born_on, ratio.from_on] if ratio else [born_on]
    if expires_on != press.usual_expiry or not all(map(is_countable, days)):
        return None
    if ratio is None:
        return _NO_RATIO
    return ratio.value.value, (ratio.from_on.isoformat(),)


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
    fields = plain_fields(press, line, "serial")
    marked = _marked(fields)
    head, printed = frame_payload(marked, press.form, press.names)
    text = fixed(printed)
    said = {it: f'"{it}":"{getattr(marked, it)}"' for it in (*_OWN, _SINCE)}
    own = sorted(
        (it for it in said if said[it] in text), key=lambda it: text.index(said[it])
    )
    for claim in own:
        text = text.replace(said[claim], f'"{claim}":"%s"')
    gaps = len(own) - 1
    return _Mould(
        values_of(*(_OWN[claim] for claim in own if claim in _OWN)),
        gaps,
        gaps + _longest(press),
        f"{head}{text}",
        fields.expires_on.isoformat(),
    )


def _marked(fields: CertificateFields) -> CertificateFields:
    """The paper with a mark in the place of each word of the person's own."""
    eve = fields.issued_on - timedelta(days=1)
    marks: dict[str, Any] = {it: it for it in _OWN if getattr(fields, it) is not None}
    days = {"birth_on": eve, "acquired_on": eve}
    if fields.copay_from_on is not None:
        days[_SINCE] = eve
    return fields._replace(**marks | days)


def _longest(press: Press) -> int:
    """Characters that a code has room for beside the insurer's name."""
    taken = plain_octets(press.insurer.name)
    return (room_for_texts(press.form) - taken) // SHORT_OCTETS
