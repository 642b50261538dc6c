"""Scanners that type: both codes come out alike whatever stands between.

A scanner on a USB port is a keyboard. It presses the keys on which, in the layout it
believes in, the characters stand; the computer reads the keys in the layout it
believes in, through an input method. Here both are played with their physical keys
(named as in W3C UI Events `code`). What an input method makes of letters stands here as
data: full width, which NFKC undoes and so do we, or kana, which nobody can undo.
"""

import unicodedata

import pytest

from backend.credentials.transport import (
    ALPHABET,
    CodeKind,
    DamagedCodeError,
    pack,
    unpack,
)

Press = tuple[str, bool]  # physical key, with shift

LETTERS = {f"Key{letter}": letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
DIGITS = {f"Digit{digit}": digit for digit in "0123456789"}

# Signs on each key: (without shift, with shift). ANSI (US) and JIS X 6002 (Japan).
US_SIGNS = {
    "Digit1": "1!", "Digit2": "2@", "Digit3": "3#", "Digit4": "4$", "Digit5": "5%",
    "Digit6": "6^", "Digit7": "7&", "Digit8": "8*", "Digit9": "9(", "Digit0": "0)",
    "Minus": "-_", "Equal": "=+", "BracketLeft": "[{", "BracketRight": "]}",
    "Backslash": "\\|", "Semicolon": ";:", "Quote": "'\"", "Comma": ",<",
    "Period": ".>", "Slash": "/?", "Backquote": "`~", "Space": "  ",
}  # fmt: skip
JIS_SIGNS = {
    "Digit1": "1!", "Digit2": '2"', "Digit3": "3#", "Digit4": "4$", "Digit5": "5%",
    "Digit6": "6&", "Digit7": "7'", "Digit8": "8(", "Digit9": "9)", "Digit0": "0",
    "Minus": "-=", "Equal": "^~", "IntlYen": "\\|", "BracketLeft": "@`",
    "BracketRight": "[{", "Semicolon": ";+", "Quote": ":*", "Backslash": "]}",
    "Comma": ",<", "Period": ".>", "Slash": "/?", "IntlRo": "\\_", "Space": "  ",
}  # fmt: skip


def layout(signs: dict[str, str]) -> dict[Press, str]:
    keys = {(key, False): letter.lower() for key, letter in LETTERS.items()}
    keys |= {(key, True): letter for key, letter in LETTERS.items()}
    return keys | {
        (k, n == 1): s for k, both in signs.items() for n, s in enumerate(both)
    }


US, JIS = layout(US_SIGNS), layout(JIS_SIGNS)
LAYOUTS = {"US": US, "JIS": JIS}
CODES = [pack(kind, bytes(range(160))) for kind in CodeKind]
OURS = ALPHABET + "".join(kind.value for kind in CodeKind)
BASE64URL = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_."
BASE45 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"  # RFC 9285


def keys_for(text: str, scanner: dict[Press, str]) -> list[Press]:
    press_for = {sign: press for press, sign in scanner.items()}
    return [press_for[sign] for sign in text]


def typed(presses: list[Press], computer: dict[Press, str], caps: bool) -> str:
    def one(key: str, shift: bool) -> str:
        return computer.get((key, shift ^ (caps and key in LETTERS)), "")

    return "".join(one(key, shift) for key, shift in presses)


def full_width(text: str) -> str:
    """An input method in full-width alphanumeric mode (全角英数)."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def same_key_everywhere(sign: str) -> bool:
    return keys_for(sign, US) == keys_for(sign, JIS)


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("scanner", LAYOUTS)
@pytest.mark.parametrize("computer", LAYOUTS)
@pytest.mark.parametrize("caps", [False, True], ids=["", "CapsLock"])
@pytest.mark.parametrize("is_wide", [False, True], ids=["no IME", "full-width IME"])
def test_a_typed_code_arrives(
    code: str, scanner: str, computer: str, caps: bool, is_wide: bool
) -> None:
    text = typed(keys_for(code, LAYOUTS[scanner]), LAYOUTS[computer], caps)
    seen = full_width(text) if is_wide else text
    assert unpack(seen + "\r\n") == unpack(code)


def test_full_width_is_what_unicode_says_it_is() -> None:
    assert unicodedata.normalize("NFKC", full_width(OURS)) == OURS
    assert {unicodedata.east_asian_width(sign) for sign in full_width(OURS)} == {"F"}


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("wide", [slice(4), slice(4, None), slice(None, None, 2)])
def test_a_code_that_is_full_width_in_part_arrives(code: str, wide: slice) -> None:
    # Shift with a letter turns to half width for a while in some input methods.
    seen = list(code)
    seen[wide] = full_width(code[wide])
    assert unpack("".join(seen)) == unpack(code)


# What an input method that is on makes of the keys, without Shift (CapsLock on, or a
# scanner that types small letters). Romaji: table of cgi.jp.sharp/support/dictionary/
# roma.html; letters before no vowel and digits stay, full-width. Kana: the kana printed
# on the keys (JIS X 6002). "a" is あ or ち: barcode.ne.jp/questions/314.html. Nothing
# leads back: SI and SHI give one し, TI and CHI one ち, KA and CA one か.
AS_KANA = {
    "romaji": ("SK1PA2KA", "ｓｋ１ｐあ２か"),
    "romaji, digits at half width": ("SK1CSI7TE", "ｓｋ1ｃし7て"),
    "romaji, katakana": ("SK1PA2KA", "ｓｋ１ｐア２カ"),
    "romaji, half-width katakana": ("SK1PA2KA", "sk1pｱ2ｶ"),
    "kana keys": ("SK1PA2KA", "とのぬせちふのち"),
    "kana keys, half-width": ("SK1PA2KA", "ﾄﾉﾇｾﾁﾌﾉﾁ"),
}


@pytest.mark.parametrize(("typed_keys", "seen"), AS_KANA.values(), ids=AS_KANA)
def test_a_code_that_became_kana_is_refused_with_what_to_do(
    typed_keys: str, seen: str
) -> None:
    assert set(typed_keys) <= set(OURS)
    with pytest.raises(DamagedCodeError) as refusal:
        unpack(seen + "\r\n")
    assert "日本語入力" in refusal.value.reason.ja
    assert "半角英数" in refusal.value.fix.ja
    assert seen not in str(refusal.value)


@pytest.mark.parametrize("kana", ["あ", "ア", "ｱ", "ー"])
def test_kana_within_a_whole_code_is_told_as_kana(kana: str) -> None:
    for code in CODES:
        with pytest.raises(DamagedCodeError, match="input method"):
            unpack(code[:9] + kana + code[9:])


def test_every_sign_of_ours_is_the_same_key_with_the_same_shift() -> None:
    assert all(same_key_everywhere(sign) for sign in OURS)
    assert all(key in LETTERS | DIGITS for key, _ in keys_for(OURS, US))


@pytest.mark.parametrize(
    ("alphabet", "strays"),
    [(BASE64URL, "_"), (BASE45, "*+:")],
    ids=["base64url of a JWT", "base45"],
)
def test_the_usual_alphabets_would_not_arrive(alphabet: str, strays: str) -> None:
    assert {s for s in alphabet if not same_key_everywhere(s)} == set(strays)
    for sign in strays:
        assert typed(keys_for(sign, US), JIS, caps=False) != sign


def test_lower_case_tells_nothing_once_caps_lock_is_on() -> None:
    assert typed(keys_for("aA", US), US, caps=True) == "Aa"
    assert unpack(CODES[0].lower()) == unpack(CODES[0])
