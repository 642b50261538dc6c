"""Symbol, number and branch (記号・番号・枝番): how an insurer names a person."""

import re
import unicodedata
from dataclasses import dataclass

from backend.domain.check_digit import parse_digits
from backend.domain.errors import MalformedError
from backend.domain.insurer_number import InsurerNumber, Scheme
from backend.domain.look_alikes import HYPHENS, narrow, widen_kana
from backend.domain.my_number import is_my_number
from backend.domain.plain_text import parse_text
from backend.domain.words import Words

_LONGEST = 20  # characters, for 記号 and for 番号 alike (national interface)
_LATE_ELDERLY_LENGTH = 8
_BRANCH = re.compile(r"[0-9]{2}")
_ONE_HYPHEN = str.maketrans(dict.fromkeys(HYPHENS, "-") | {" ": ""})


def fold(text: str) -> str:
    """The form in which symbols and numbers are matched, never shown or kept.

    Folded together: composed and decomposed characters; full- and half-width letters,
    digits, signs and katakana; every stroke that looks like a hyphen, the long vowel
    mark included; spaces vanish. Kept apart: upper and lower case, leading zeros,
    hiragana and katakana, variant kanji.
    """
    plain = narrow(text).translate(_ONE_HYPHEN)
    return unicodedata.normalize("NFC", widen_kana(plain))


@dataclass(frozen=True, slots=True)
class InsuredIdentity:
    """記号, 番号 and 枝番 as the insurer recorded them.

    A branch that is not printed is None, which is not the branch "00".
    """

    symbol: str | None
    number: str
    branch: str | None

    @classmethod
    def parse(
        cls, symbol: str | None, number: str, branch: str | None, insurer: InsurerNumber
    ) -> "InsuredIdentity":
        """Read the three as `insurer`'s scheme writes them; empty means absent.

        Symbol and number: at most 20 characters of any width, kanji and kana
        included, no full-width space inside. Branch: two digits. Late-stage elderly
        (後期高齢者): a number of eight digits alone; [MEM] its check digit follows the
        common rule, which is unverified and so not required.
        Raises MalformedError for the field `symbol`, `number` or `branch`; also for
        twelve digits that could be a My Number, which no clinic may ever see.
        """
        if insurer.scheme is Scheme.LATE_ELDERLY:
            _require_absent(symbol, "symbol")
            _require_absent(branch, "branch")
            digits = parse_digits(number, "number", (_LATE_ELDERLY_LENGTH,))
            return cls(None, digits, None)
        return cls(
            None if _is_blank(symbol) else _parse_part(symbol or "", "symbol"),
            _parse_part(number, "number"),
            None if _is_blank(branch) else _parse_branch(branch or ""),
        )

    @property
    def search_key(self) -> tuple[str, str]:
        """Symbol ("" if none) and number, each folded to match what is keyed."""
        return fold(self.symbol or ""), fold(self.number)


def _is_blank(text: str | None) -> bool:
    return text is None or not narrow(text).strip(" ")


def _parse_part(text: str, field: str) -> str:
    part = parse_text(text, field, _LONGEST)
    if "\u3000" in part:  # JP Core's rule for 記号 and 番号
        raise MalformedError(
            field,
            Words(
                "途中に全角の空白があります。", "There is a full-width space inside."
            ),
            Words("空白を除いてください。", "Remove the space."),
        )
    if is_my_number(part):  # it would be printed, and told to every clinic
        raise MalformedError(
            field,
            Words(
                "個人番号（マイナンバー）の可能性がある12桁です。",
                "Its twelve digits may be a My Number.",
            ),
            Words(
                "列の取り違えでないか確かめ、記号・番号を入力してください。",
                "See that no columns are mixed up; give symbol and number.",
            ),
        )
    return part


def _parse_branch(text: str) -> str:
    branch = narrow(text).strip(" ")
    if not _BRANCH.fullmatch(branch):
        raise MalformedError(
            "branch",
            Words("枝番は2桁の数字です。", "A branch has two digits."),
            Words(
                "01 のように2桁で入力し、印字がなければ空欄にしてください。",
                "Enter two digits such as 01; leave it empty if none is printed.",
            ),
        )
    return branch


def _require_absent(text: str | None, field: str) -> None:
    if not _is_blank(text):
        raise MalformedError(
            field,
            Words(
                "後期高齢者医療には記号・枝番がありません。",
                "The late-stage elderly have no symbol and no branch.",
            ),
            Words("空欄にしてください。", "Leave it empty."),
        )
