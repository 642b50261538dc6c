"""A person's name: exactly as recorded, in kana, and in letters that claims accept."""

import re
import unicodedata
from dataclasses import dataclass

from backend.domain.kana import comparison_key, parse_kana
from backend.domain.look_alikes import narrow
from backend.domain.plain_text import parse_text

UNSUPPORTED = "●"
"""What upstream systems put for a character that they cannot show (未対応文字)."""

_LONGEST = 40
# Common variants in names and their everyday form. The first row lies outside the
# character set that claim software reads (JIS X 0208); the second is inside it, but is
# the usual reason why two offices spell one name differently. [MEM] general knowledge:
# no official list was found, so none is claimed to be complete.
_VARIANTS = {"髙": "高", "﨑": "崎", "德": "徳", "瀨": "瀬", "濵": "浜", "栁": "柳"} | {
    "𠮷": "吉",
    "邊": "辺",
    "邉": "辺",
    "齋": "斎",
    "齊": "斉",
    "濱": "浜",
}
_EVERYDAY = str.maketrans(_VARIANTS)
_VARIANT_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


@dataclass(frozen=True, slots=True)
class PersonName:
    """`kanji` exactly as recorded (never normalised), `kana` in half-width katakana."""

    kanji: str
    kana: str

    @classmethod
    def parse(cls, kanji: str, kana: str, field: str = "name") -> "PersonName":
        """Read a name of at most 40 characters in each form.

        Raises MalformedError for `field` or `field`_kana: empty, too long, not kana,
        or holding control, private-use, invisible or broken characters.
        """
        return cls(
            parse_text(kanji, field, _LONGEST), parse_kana(kana, f"{field}_kana")
        )

    @property
    def has_unsupported(self) -> bool:
        """Does ● stand in place of a character? Then the name proves nothing."""
        return UNSUPPORTED in self.kanji

    @property
    def claim_safe(self) -> str:
        """The name in everyday variants, without variant selectors, for claims.

        A character outside our short table of variants, and ●, stay as they are.
        """
        return _VARIANT_SELECTORS.sub("", self.kanji).translate(_EVERYDAY)

    def could_be(self, other: "PersonName") -> bool:
        """Does nothing in the two names speak against one person?

        ● fits any one character, so a True that rests on it is never proof; variants,
        widths, spaces and small kana do not count as differences.
        """
        mine, theirs = self._letters(), other._letters()
        return (
            comparison_key(self.kana) == comparison_key(other.kana)
            and len(mine) == len(theirs)
            and all(
                a == b or UNSUPPORTED in (a, b)
                for a, b in zip(mine, theirs, strict=True)
            )
        )

    def _letters(self) -> str:
        composed = unicodedata.normalize("NFC", self.claim_safe)
        return narrow(composed).replace(" ", "")
