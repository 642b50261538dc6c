"""What the typeface cannot show, found before anything is signed."""

from functools import cache

from backend.printing.typeface import advances

# Letters by category, but their glyphs are blank: the fillers of Hangul (Unicode,
# chapter 18.6).
_BLANK = frozenset("\u115f\u1160\u3164\uffa0")


def unprintable(text: str) -> str:
    """The characters of `text` that would print as blank or as a box; "" if none.

    Each once, in the order in which they stand. Spaces are no such characters. A
    variation selector asks for a certain shape of the kanji before it: where the
    typeface lacks that shape the kanji's usual one stands, so a selector counts only
    where nothing stands before it.
    """
    if shown().issuperset(text):
        return ""  # nearly always
    glyphs = advances()
    missing = [
        character
        for before, character in zip(f" {text}", text, strict=False)
        if (character not in glyphs or character in _BLANK)
        and not (is_selector(character) and _is_selectable(before))
    ]
    return "".join(dict.fromkeys(missing))


@cache
def shown() -> frozenset[str]:
    """Every character with a glyph that is not blank."""
    return frozenset(advances()) - _BLANK


def is_selector(character: str) -> bool:
    """Is it a variation selector (IVS among them)?"""
    return "\ufe00" <= character <= "\ufe0f" or (
        "\U000e0100" <= character <= "\U000e01ef"
    )


def _is_selectable(before: str) -> bool:
    return not (before.isspace() or is_selector(before))
