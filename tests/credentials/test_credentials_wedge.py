"""Scanners that type: both codes come out alike whatever stands between.

A scanner on a USB port is a keyboard. It presses the keys on which, in the layout it
believes in, the characters stand; the computer reads the keys in the layout it
believes in, through an input method. Here both are played with their physical keys
(named as in W3C UI Events `code`).
"""

import pytest

from backend.credentials.transport import ALPHABET, CodeKind, pack, unpack

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


def read_by_physical_key(presses: list[Press]) -> str:
    """What a reader page makes of `KeyboardEvent.code`, whatever `key` says."""
    return "".join((LETTERS | DIGITS).get(key, "") for key, _ in presses)


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


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("scanner", LAYOUTS)
def test_physical_keys_tell_the_code_even_in_romaji_mode(
    code: str, scanner: str
) -> None:
    # In romaji mode the text becomes kana, and `key` is "Process": only `code` is left.
    assert read_by_physical_key(keys_for(code, LAYOUTS[scanner])) == code


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
    presses = keys_for("aA", US)
    assert typed(presses, US, caps=True) == "Aa"
    assert read_by_physical_key(presses) == "AA"  # so base64url could not be read so
