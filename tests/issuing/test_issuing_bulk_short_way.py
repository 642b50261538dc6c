"""A usual line is known at a glance: the long way would say the same of it."""

from datetime import date
from itertools import cycle, product

from bulk_desk import a_desk

from backend.domain.entitlement import CardStatus
from backend.domain.insurer_number import InsurerNumber
from backend.domain.paper_order import PaperOrder
from backend.interchange.order_columns import OrderColumn
from backend.interchange.order_row import OrderReader
from backend.issuing.bulk.preparing import Preparing, _Drawing
from tests.house_of_glass import OLD

LINES = (
    {},
    {"枝番": ""},
    {"枝番": "77"},
    {"生年月日": "昭和54年1月1日"},
    {"氏名": "見本　花子", "氏名カナ": "ﾐﾎﾝ ﾊﾅｺ"},
    {"氏名": "見本 花子"},
    {"氏名": "●本　花子"},
    {"氏名": "別人　次郎"},
    {"氏名カナ": "ﾍﾞﾂｼﾞﾝ ｼﾞﾛｳ"},
    {"マイナ保険証": CardStatus.USABLE.label},
    {"限度区分の記載希望": "1"},
)
COVERAGES = (
    {},
    {"acquired_on": date(2026, 11, 23)},
    {"acquired_on": date(2026, 11, 24)},
    {"lost_on": date(2026, 11, 23)},
    {"lost_on": date(2026, 11, 24)},
)
PEOPLE = (
    {},
    {"birth_on": date(1955, 5, 5)},
    {"birth_on": date(1945, 5, 5)},
    {"is_undisclosed": True},
    {"address": None},
)


def prepared(desk, run):
    """Drafts and outcomes of the run's lines, but for their serials."""
    columns = list(OrderColumn)
    rows = [
        (number, [line.get(column.japanese, "") for column in columns])
        for number, line in enumerate(desk.lines, 2)
    ]
    reader = OrderReader(columns, InsurerNumber.parse(OLD.digits))
    preparing = Preparing(desk.bulk.issuer, run, reader)
    with desk.house.store.reading() as tx:
        _, _, drafts, outcomes, replaced = preparing.prepare(tx, rows, desk.house.at)
    given = {serial for serial, *_ in drafts}
    told = [
        [None if str(it) in given else it for it in outcome] for outcome in outcomes
    ]
    return [draft[1:] for draft in drafts], told, replaced


def test_a_usual_line_is_told_as_the_long_way_tells_it(house, monkeypatch):
    desk = a_desk(house)
    statuses, orders = cycle(CardStatus), cycle(PaperOrder)
    for line, coverage, person in product(LINES, COVERAGES, PEOPLE):
        ordered = {"交付事由": next(orders).label}
        desk.member(next(statuses).value, ordered | line, coverage, **person)
    for _ in range(8):
        desk.member()
    run = desk.run(key="some have a paper by then")
    for _ in range(8):
        desk.member()
        desk.lines.append(desk.lines[-1])
    usual = _Drawing._is_usual
    known: list[bool] = []

    def noted(self, *line):
        known.append(usual(self, *line))
        return known[-1]

    monkeypatch.setattr(_Drawing, "_is_usual", noted)
    by_the_short_way = prepared(desk, run)
    monkeypatch.setattr(_Drawing, "_is_usual", lambda *line: False)

    assert by_the_short_way == prepared(desk, run)
    assert 8 <= sum(known) < len(known) - 8
