"""Characters that a keyboard or an old system swaps: widths and hyphens."""

import jaconv

HYPHENS = "-‐‑‒–—―−─━﹣－ーｰ"
"""Every stroke that people key for a hyphen; under a Japanese input method the
hyphen key gives the long vowel mark, so both widths of it are among them."""

_FIRST_WIDE, _LAST_WIDE, _DISTANCE = 0xFF01, 0xFF5E, 0xFF01 - 0x21
_NARROW = {wide: wide - _DISTANCE for wide in range(_FIRST_WIDE, _LAST_WIDE + 1)}
_NARROW[0x3000] = 0x20


def narrow(text: str) -> str:
    """`text` with full-width letters, digits, signs and spaces made half-width."""
    return text.translate(_NARROW)


def widen_kana(text: str) -> str:
    """`text` with half-width katakana made full-width (voiced marks joined)."""
    widened: str = jaconv.h2z(text)
    return widened
