"""資格情報のお知らせ, A4: a letter whose lower right corner cuts to card size."""

from backend.printing.face import (
    Cell,
    Face,
    Row,
    Rows,
    Rule,
    Text,
    Tone,
    above,
    beside,
    plain,
)
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


_CLOSED = Rule(Box(_LEFT, 0, _INNER, 0), 0.4, Tone.PALE)


def _whole(item: str, label: str) -> Cell:
    return beside(item, label, Box(_LEFT, 1.8, _INNER, 6.4), 36, _VALUE, _LABEL)


def _first(item: str, label: str) -> Cell:
    return beside(item, label, Box(_LEFT, 1.8, 96, 6.4), 36, _VALUE, _LABEL)


def _second(item: str, label: str) -> Cell:
    return beside(item, label, Box(_SECOND, 1.8, 60, 6.4), 22, _VALUE, _LABEL)


def _row(*cells: Cell) -> Row:
    return Row(10.0, cells, _CLOSED)


def _small(item: str, label: str, x: float, width: float) -> Cell:
    return above(item, label, Box(_X + x, 0, width, 5.4), 7.5, _SMALL)


_CELLS = (
    plain("kana", Box(61.0, 83.0, 124.0, 4.0), 9),
    beside("name", "氏名", Box(_LEFT, 87.6, _INNER, 10.0), 36, 24, _LABEL),
    Cell(
        "name",
        "氏名",
        Box(_X, _CUT_Y + 13.2, 6, 1.8),
        _SMALL,
        Box(_X + 7, _CUT_Y + 11.6, _CARD_INNER - 7, 4.6),
        12,
    ),
)
_LETTER = (
    _row(_first("birth_on", "生年月日"), _second("sex", "性別")),
    _row(_first("symbol", "記号"), _second("relation", "本人・家族")),
    _row(_whole("number", "番号")),
    _row(_first("acquired_on", "資格取得年月日"), _second("issued_on", "発行年月日")),
    _row(_first("copay_ratio", "負担割合"), _second("copay_from_on", "発効期日")),
    _row(_whole("expires_on", "有効期限")),
    _row(_whole("insurer_number", "保険者番号")),
    _row(_whole("insurer_name", "保険者名")),
)
_CORNER = tuple(
    Row(6.1, cells)
    for cells in (
        (
            _small("birth_on", "生年月日", 0, 30),
            _small("acquired_on", "資格取得年月日", 36, 36),
        ),
        (_small("symbol", "記号", 0, 30), _small("number", "番号", 36, 36)),
        (
            _small("copay_ratio", "負担割合", 0, 30),
            _small("expires_on", "有効期限", 36, 36),
        ),
        (_small("insurer_number", "保険者番号", 0, 72),),
        (_small("insurer_name", "保険者名", 0, 72),),
    )
)

FRONT = Face(
    _WIDTH,
    _HEIGHT,
    cells=_CELLS,
    rows=(Rows(101.8, _LETTER), Rows(_CUT_Y + 18.4, _CORNER)),
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
