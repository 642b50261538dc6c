"""Text that can stand on a certificate: visible, and the same for every reader."""

import unicodedata

from backend.domain.errors import MalformedError
from backend.domain.words import Words

_PADDING = " \u3000"
_REPLACEMENT_CHARACTER = "\ufffd"
_NONCHARACTER = 0xFFFE  # the last two of every plane; XML cannot carry U+FFFE

_CONTROL = Words("改行などの制御文字があります。", "It holds a control character.")
_BROKEN = Words("文字コードが壊れています。", "Its character encoding is broken.")
# Unicode general categories. Unassigned (Cn) passes: it may be a kanji newer than us.
_REFUSED = {
    "Cc": _CONTROL,
    "Zl": _CONTROL,
    "Zp": _CONTROL,
    "Cs": _BROKEN,
    "Co": Words(
        "外字（私用領域の文字）があります。",
        "It holds a private-use character (gaiji) that others cannot read.",
    ),
    "Cf": Words(
        "文字の向きを変えるなどの見えない文字があります。",
        "It holds an invisible character, such as one that turns the text around.",
    ),
}


def parse_text(text: str, field: str, longest: int) -> str:
    """`text` exactly as recorded, without the spaces around it.

    Never normalised: variant selectors (IVS), compatibility kanji and widths stay.
    `longest` counts code points, so a variant selector counts. Raises MalformedError
    if it is empty, too long, or holds control, private-use, invisible or broken
    characters.
    """
    kept = text.strip(_PADDING)
    if not kept:
        raise MalformedError(
            field,
            Words("空欄です。", "It is empty."),
            Words("値を入力してください。", "Enter a value."),
        )
    if len(kept) > longest:
        raise MalformedError(
            field,
            Words(
                f"{longest}文字を超えています。", f"It exceeds {longest} characters."
            ),
            Words("文字数を減らしてください。", "Shorten it."),
        )
    for character in kept:
        _require_visible(character, field)
    return kept


def _require_visible(character: str, field: str) -> None:
    reason = _REFUSED.get(unicodedata.category(character))
    is_noncharacter = ord(character) & _NONCHARACTER == _NONCHARACTER
    if is_noncharacter or character == _REPLACEMENT_CHARACTER:
        reason = _BROKEN
    if reason is not None:
        raise MalformedError(
            field,
            reason,
            Words(
                "該当の文字を除くか、通常の文字に置き換えてください。",
                "Remove that character, or put an ordinary one in its place.",
            ),
        )
