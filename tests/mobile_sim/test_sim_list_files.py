"""The list files differ as real ones do: codec, byte order mark, calendar."""

import codecs
import csv
import io
from datetime import date

from backend.domain.insurer_number import InsurerNumber
from backend.domain.kana import is_half_width_kana
from backend.domain.wareki import parse_date
from backend.interchange.member_list import IntakeLimits, parse_member_list
from backend.interchange.member_row import RowRules
from mobile_sim.list_files import HEADER, list_file
from mobile_sim.people import MadeUpInsurer, Population


def rows_of(insurer: MadeUpInsurer) -> list[dict[str, str]]:
    text = list_file(insurer).decode(insurer.encoding)
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_is_cp932_and_not_utf_8(population: Population) -> None:
    octets = list_file(population.employees)
    assert "氏名カナ" in octets.decode("cp932")
    assert b"\xff" not in octets[:2]
    try:
        octets.decode("utf-8")
    except UnicodeDecodeError:
        return
    raise AssertionError("a CP932 file with kanji must not be readable as UTF-8")


def test_one_has_a_byte_order_mark_and_one_has_none(population: Population) -> None:
    assert list_file(population.residents).startswith(codecs.BOM_UTF8)
    assert not list_file(population.elderly).startswith(codecs.BOM_UTF8)


def test_every_file_has_the_header_and_a_line_a_member(
    population: Population,
) -> None:
    for insurer in population.insurers:
        rows = rows_of(insurer)
        assert tuple(rows[0]) == HEADER
        assert len(rows) == len(insurer.members)
        assert {row["保険者番号"] for row in rows} == {insurer.number}


def test_dates_are_written_by_era_or_iso_and_read_back(
    population: Population,
) -> None:
    assert rows_of(population.employees)[0]["生年月日"].startswith("昭和")
    assert rows_of(population.residents)[0]["生年月日"][4] == "-"
    for insurer in population.insurers:
        for row, member in zip(rows_of(insurer), insurer.members, strict=True):
            assert parse_date(row["生年月日"], "birth_on") == member.birth_on
            assert parse_date(row["資格取得年月日"], "on") == member.acquired_on


def test_kana_is_half_width(population: Population) -> None:
    for insurer in population.insurers:
        assert all(is_half_width_kana(row["氏名カナ"]) for row in rows_of(insurer))


def test_the_oldest_have_neither_symbol_nor_branch(population: Population) -> None:
    rows = rows_of(population.elderly)
    assert {(row["記号"], row["枝番"], row["本人家族"]) for row in rows} == {
        ("", "", "")
    }
    assert {row["負担割合"] for row in rows} == {"010", "020", "030"}


def test_the_intake_reads_every_line_of_every_list(
    today: date, population: Population
) -> None:
    for insurer in population.insurers:
        rules = RowRules(InsurerNumber.parse(insurer.number), today, sample_data=True)
        parsed = parse_member_list(list_file(insurer), rules, IntakeLimits())
        assert parsed.errors == ()
        assert len(parsed.rows) == len(insurer.members)
        read = {(row.identity.number, row.identity.branch) for row in parsed.rows}
        assert len(read) == len(insurer.members)


def test_the_intake_tells_the_encodings_apart(
    today: date, population: Population
) -> None:
    told = []
    for insurer in population.insurers:
        rules = RowRules(InsurerNumber.parse(insurer.number), today, sample_data=True)
        parsed = parse_member_list(list_file(insurer), rules, IntakeLimits())
        told.append(parsed.encoding)
    assert told == ["cp932", "utf-8", "utf-8"]
