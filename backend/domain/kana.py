"""Names in half-width katakana (半角カナ), as the national interface writes them."""

import re
import unicodedata

import jaconv

from backend.domain.errors import MalformedError
from backend.domain.look_alikes import HYPHENS
from backend.domain.words import Words

LONGEST_KANA = 40  # half-width characters; a voiced mark counts as one

_HALF_WIDTH_KANA = re.compile(r"[･-ﾟ ]+")  # U+FF65 (middle dot) to U+FF9F, space
# Katakana that have no half-width form of their own: the nearest that has one.
_NEAREST = str.maketrans(
    {"ヮ": "ﾜ", "ヵ": "ｶ", "ヶ": "ｹ", "ヰ": "ｲ", "ヱ": "ｴ"}
    | {"゛": "ﾞ", "゜": "ﾟ", "\u3000": " "}
)
_LARGE = str.maketrans("ｧｨｩｪｫｬｭｮｯ", "ｱｲｳｴｵﾔﾕﾖﾂ")
_ONE_STROKE = str.maketrans(dict.fromkeys(HYPHENS, "ｰ") | {" ": "", "･": ""})


def to_half_width(text: str) -> str:
    """`text` with hiragana and katakana made half-width; small kana stay small.

    Kana that half-width lacks become the nearest (ヮ ヵ ヶ ヰ ヱ); all other
    characters are left alone.
    """
    katakana = jaconv.hira2kata(unicodedata.normalize("NFC", text))
    half_width: str = jaconv.z2h(katakana, kana=True)
    return half_width.translate(_NEAREST)


def is_half_width_kana(text: str) -> bool:
    """Is `text` non-empty and nothing but half-width kana and half-width spaces?"""
    return _HALF_WIDTH_KANA.fullmatch(text) is not None


def parse_kana(text: str, field: str) -> str:
    """Read kana of any width, or hiragana, as half-width katakana.

    Raises MalformedError if anything else is in it, hyphens included: a name is not
    guessed at, and a hyphen may be a long vowel or a joint.
    """
    kana = to_half_width(text).strip(" ")
    if not is_half_width_kana(kana):
        raise MalformedError(
            field,
            Words(
                "カナ以外の文字があるか、空欄です。", "It is empty, or not all kana."
            ),
            Words(
                "カナで入力してください（長音は「ー」、区切りは空白か「・」）。",
                "Enter kana (ー for a long vowel; a space or ・ between parts).",
            ),
        )
    if len(kana) > LONGEST_KANA:
        raise MalformedError(
            field,
            Words(
                f"半角で{LONGEST_KANA}文字を超えています。",
                f"It exceeds {LONGEST_KANA} half-width characters.",
            ),
            Words("文字数を減らしてください。", "Shorten it."),
        )
    return kana


def comparison_key(kana: str) -> str:
    """The form in which kana are matched, never shown or kept.

    Small kana count as large, every hyphen-like stroke as the long vowel mark, and
    spaces and middle dots not at all: systems differ in all three.
    """
    return to_half_width(kana).translate(_LARGE).translate(_ONE_STROKE)
