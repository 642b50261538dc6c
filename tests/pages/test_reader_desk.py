"""Work at the desk: numbers and days typed, another day of service, keys alone."""

import pytest
from playwright.sync_api import expect
from test_reader import open_desk
from visiting import barriers

from backend.domain.errors import MalformedError
from backend.domain.wareki import parse_date

READ = """async (typed) => {
  const { readTypedDay } = await import('/pages/kit/typed_day.js');
  return typed.map((it) => readTypedDay(it).iso);
}"""
# The first and last days of each era, and the days beside them.
SPELLINGS = [
    *("M5.12.31", "M6.1.1", "M45.7.30", "M45.7.31", "T1.7.29", "T1.7.30"),
    *("T15.12.25", "T15.12.26", "S1.12.24", "S1.12.25", "S64.1.7", "S64.1.8"),
    *("H1.1.7", "H1.1.8", "平成31年4月30日", "平成31年5月1日", "令和元年5月1日"),
    *("R1.4.30", "Ｓ６０．４．１", "昭和 60年 4月 1日", "s60/04/01", "S600401"),
    *("1985-04-01", "1985/4/1", "19850401", "1985-02-30", "S60.2.29", "S63.2.29"),
    *("1872-12-31", "60.4.1", "S60.4", "昭和60年", "S0.4.1", "9999999", ""),
]


@pytest.fixture
def desk(world, visitor):
    return open_desk(world, visitor)


def iso(spelling):
    try:
        return parse_date(spelling, "birth_on").isoformat()
    except MalformedError:
        return ""


def test_a_birth_date_is_read_by_era_as_lists_are_and_read_back(world, desk):
    assert desk.evaluate(READ, SPELLINGS) == [iso(it) for it in SPELLINGS]
    # An era's digit, as claims number them; seven of eight digits are no day yet.
    assert desk.evaluate(READ, ["3600401", "5010501", "1985040"]) == [
        *("1985-04-01", "2019-05-01", "")
    ]

    desk.keyboard.press("F2")
    born, told = desk.locator("#birth_on"), desk.locator("#birth-told")
    born.fill("S60.4.1")
    expect(told).to_contain_text("昭和60年4月1日（1985年4月1日）")
    born.fill("昭和64年1月8日")
    expect(told).to_contain_text("昭和にない日付です")
    expect(born).to_have_attribute("aria-invalid", "true")
    assert barriers(desk) == []
    born.fill("2117-12-31")
    expect(told).to_contain_text("これから来る日付")


def test_an_insurer_s_number_tells_its_kind_and_what_is_none(world, desk):
    desk.keyboard.press("F2")
    expect(desk.locator("#insurer_number")).to_be_focused()
    told = {
        world.employees.insurer.number: "協会けんぽ",
        world.residents.insurer.number: "国民健康保険",
        world.elderly.insurer.number: "後期高齢者医療",
    }

    for number, kind in told.items():
        desk.fill("#insurer_number", number)
        expect(desk.locator("#insurer-kind")).to_contain_text(kind)
        expect(desk.locator("#insurer-help")).to_be_empty()
    for number, trouble in {"54016027": "公費負担者番号", "77777777": "不詳"}.items():
        desk.fill("#insurer_number", number)
        expect(desk.locator("#insurer-help")).to_contain_text(trouble)
        expect(desk.locator("#insurer-kind")).to_be_empty()


def test_numbers_are_typed_and_answered_by_keys_alone(world, desk):
    member, number = world.cast.misplacer, world.employees.insurer.number
    era = f"S{member.birth_on.year - 1925}.{member.birth_on:%m.%d}"
    desk.keyboard.press("F2")
    for text in (number, member.identity.symbol, member.identity.number, "00", era):
        desk.keyboard.type(text)
        desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")

    expect(desk.locator(".verdict")).to_have_attribute("data-outcome", "valid")
    expect(desk.locator("#verdict-words")).to_be_focused()
