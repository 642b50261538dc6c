"""はがき, 100 × 148 mm, upright."""

from backend.printing import certificate_words as words
from backend.printing.face import Cell, Face, Rule, Text, Tone, above, beside
from backend.printing.fitting import Box

_WIDTH, _HEIGHT = 100.0, 148.0
_LEFT, _INNER = 7.0, 86.0
_LABEL, _VALUE = 6.0, 9.0
_SECOND = 62.0  # where the second item of a line begins
_CODE = Box(49.0, 97.5, 44.0, 44.0)


def _line(item: str, label: str, y: float, height: float = 4.2) -> Cell:
    return beside(item, label, Box(_LEFT, y, _INNER, height), 20, _VALUE, _LABEL)


def _first(item: str, label: str, y: float) -> Cell:
    return beside(item, label, Box(_LEFT, y, 52, 4.2), 20, _VALUE, _LABEL)


def _second(item: str, label: str, y: float, label_width: float = 10) -> Cell:
    box = Box(_SECOND, y, _LEFT + _INNER - _SECOND, 4.2)
    return beside(item, label, box, label_width, _VALUE, _LABEL)


def _optional(cell: Cell) -> Cell:
    return cell._replace(is_optional=True)


def _plain(item: str, box: Box, size: float) -> Cell:
    return Cell(item, "", box, size, box, size)


_CELLS = (
    Cell(
        "expires_on",
        "有効期限",
        Box(49.0, 9.4, 12, 2.6),
        _LABEL,
        Box(62.0, 7.0, 31.0, 5.4),
        11,
    ),
    _plain("kana", Box(27.0, 18.0, 66.0, 2.6), 6.5),
    beside("name", "氏名", Box(_LEFT, 20.8, _INNER, 7.0), 20, 17, _LABEL),
    _first("birth_on", "生年月日", 30.4),
    _second("sex", "性別", 30.4),
    _optional(_first("symbol", "記号", 36.4)),
    _optional(_second("relation", "本人・家族", 36.4, 14)),
    _line("number", "番号", 42.4),
    _optional(_line("insured_name", "被保険者氏名", 48.4)),
    _optional(_line("address", "住所", 54.2, 6.4)),
    _first("acquired_on", "資格取得年月日", 62.6),
    _optional(_first("copay_ratio", "負担割合", 68.6)),
    _optional(_second("copay_from_on", "発効期日", 68.6, 12)),
    _optional(_first("limit_category", "限度区分", 74.6)),
    _optional(_second("limit_from_on", "発効期日", 74.6, 12)),
    _optional(_line("specific_diseases", "特定疾病", 80.4, 5.0)),
    _optional(_line("special_expenses", "特別療養費", 87.4)),
    beside("issued_on", "交付年月日", Box(_LEFT, 97.5, 38, 4.2), 14, 8, 5.5),
    above("insurer_number", "保険者番号", Box(_LEFT, 104.3, 37, 7.4), 12, 6),
    above("insurer_name", "保険者名", Box(_LEFT, 113.4, 37, 10.6), 9, 6),
    above("serial", words.SERIAL, Box(_LEFT, 125.4, 37, 6.4), 9, 6)._replace(
        is_last_framed=True
    ),
)

_BETWEEN_LINES = (29.2, 35.2, 41.2, 47.2, 53.2, 61.4, 67.4, 73.4, 79.4, 86.2, 92.2)

FRONT = Face(
    _WIDTH,
    _HEIGHT,
    cells=_CELLS,
    texts=(
        Text(words.TITLE, Box(_LEFT, 6.0, 42, 7.0), 19, Tone.ACCENT),
        Text(words.SCAN, Box(_LEFT, 137.0, 38, 2.0), 4.7),
        Text(words.SCAN_ENGLISH, Box(_LEFT, 139.4, 38, 2.0), 4.7),
    ),
    rules=(
        Rule(Box(_LEFT, 14.6, _INNER, 0), 1.2),
        *(Rule(Box(_LEFT, y, _INNER, 0), 0.35, Tone.PALE) for y in _BETWEEN_LINES),
    ),
    code=_CODE,
)

BACK = Face(
    _WIDTH,
    _HEIGHT,
    texts=(
        Text(words.REMARKS, Box(_LEFT, 7.0, 40, 3.0), 7),
        Text(words.ORGAN_DONATION, Box(_LEFT, 80.0, 60, 3.0), 7),
    ),
    rules=(
        Rule(Box(_LEFT, 11.0, _INNER, 64.0), 0.35),
        Rule(Box(_LEFT, 84.0, _INNER, 57.0), 0.35),
    ),
)
