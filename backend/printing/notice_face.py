"""資格情報のお知らせ, A4: a letter whose lower right corner cuts to card size."""

from backend.printing.face import Cell, Face, Rule, Text, Tone, above, beside
from backend.printing.fitting import Box

TITLE = "資格情報のお知らせ"
_NOT_ALONE = "これだけでは受診できません。"
_NOT_ALONE_ENGLISH = "Not valid alone: show it together with your My Number Card."
_BRING = (
    "受診するときは、マイナ保険証（健康保険証の利用登録をしたマイナンバーカード）をお持ちください。",
    "カードを読み取れないときは、マイナ保険証と一緒にこのお知らせを窓口で見せてください。",
)
_CUT = "点線で切り取り、マイナ保険証と一緒に持ち歩けます。"

_WIDTH, _HEIGHT = 210.0, 297.0
_LEFT, _INNER, _SECOND = 25.0, 160.0, 125.0
_LABEL, _VALUE = 9.0, 13.0
_CUT_X, _CUT_Y = _WIDTH - 85.6, _HEIGHT - 53.98
_X, _CARD_INNER = _CUT_X + 4.0, 72.0  # in the corner, off the edge of the sheet
_SMALL = 4.6


def _line(item: str, label: str, y: float) -> Cell:
    return beside(item, label, Box(_LEFT, y, _INNER, 6.4), 36, _VALUE, _LABEL)


def _first(item: str, label: str, y: float) -> Cell:
    return beside(item, label, Box(_LEFT, y, 96, 6.4), 36, _VALUE, _LABEL)


def _second(item: str, label: str, y: float) -> Cell:
    return beside(item, label, Box(_SECOND, y, 60, 6.4), 22, _VALUE, _LABEL)


def _corner(item: str, label: str, x: float, y: float, width: float) -> Cell:
    return above(item, label, Box(_X + x, _CUT_Y + y, width, 5.4), 7.5, _SMALL)


def _optional(cell: Cell) -> Cell:
    return cell._replace(is_optional=True)


_LETTER = (
    Cell("kana", "", Box(0, 0, 0, 0), 1, Box(61.0, 83.0, 124.0, 4.0), 9),
    beside("name", "氏名", Box(_LEFT, 87.6, _INNER, 10.0), 36, 24, _LABEL),
    _first("birth_on", "生年月日", 103.6),
    _optional(_second("sex", "性別", 103.6)),
    _optional(_first("symbol", "記号", 113.6)),
    _optional(_second("relation", "本人・家族", 113.6)),
    _line("number", "番号", 123.6),
    _first("acquired_on", "資格取得年月日", 133.6),
    _second("issued_on", "発行年月日", 133.6),
    _optional(_first("copay_ratio", "負担割合", 163.6)),
    _optional(_second("copay_from_on", "発効期日", 163.6)),
    _optional(_line("expires_on", "有効期限", 173.6)),
    _line("insurer_number", "保険者番号", 143.6),
    _line("insurer_name", "保険者名", 153.6),
)
_CORNER = (
    Cell(
        "name",
        "氏名",
        Box(_X, _CUT_Y + 13.2, 6, 1.8),
        _SMALL,
        Box(_X + 7, _CUT_Y + 11.6, _CARD_INNER - 7, 4.6),
        12,
    ),
    _corner("birth_on", "生年月日", 0, 18.4, 30),
    _corner("acquired_on", "資格取得年月日", 36, 18.4, 36),
    _optional(_corner("symbol", "記号", 0, 24.4, 30)),
    _corner("number", "番号", 36, 24.4, 36),
    _optional(_corner("copay_ratio", "負担割合", 0, 42.6, 30)),
    _optional(_corner("expires_on", "有効期限", 36, 42.6, 36)),
    _corner("insurer_number", "保険者番号", 0, 30.6, 30),
    _corner("insurer_name", "保険者名", 0, 36.6, 72),
)

FRONT = Face(
    _WIDTH,
    _HEIGHT,
    cells=_LETTER + _CORNER,
    texts=(
        Text(TITLE, Box(_LEFT, 24.0, 120, 11.0), 26, Tone.ACCENT),
        Text(_NOT_ALONE, Box(_LEFT, 44.0, _INNER, 7.0), 18, Tone.INK),
        Text(_NOT_ALONE_ENGLISH, Box(_LEFT, 52.0, _INNER, 4.6), 11, Tone.INK),
        Text(_BRING[0], Box(_LEFT, 60.0, _INNER, 4.4), 10.5),
        Text(_BRING[1], Box(_LEFT, 66.0, _INNER, 4.4), 10.5),
        Text(_CUT, Box(_LEFT, _CUT_Y + 4, 90, 4.0), 10),
        Text(TITLE, Box(_X, _CUT_Y + 2.8, 40, 3.6), 9.5, Tone.ACCENT),
        Text(_NOT_ALONE, Box(_X, _CUT_Y + 7.2, 40, 2.8), 7, Tone.INK),
        Text("Not valid alone.", Box(_X + 42, _CUT_Y + 7.2, 30, 2.8), 7, Tone.INK),
    ),
    rules=(
        Rule(Box(_LEFT, 38.0, _INNER, 0), 1.6),
        *(
            Rule(Box(_LEFT, 101.8 + 10 * n, _INNER, 0), 0.4, Tone.PALE)
            for n in range(7)
        ),
        Rule(Box(_X, _CUT_Y + 10.6, _CARD_INNER, 0), 0.6),
        Rule(Box(_CUT_X, _CUT_Y, 90.0, 60.0), 0.6, Tone.QUIET, is_dashed=True),
    ),
)
