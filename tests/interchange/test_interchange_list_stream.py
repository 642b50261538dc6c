"""A list read as a stream: what is taken, and each trap with its clear outcome."""

import csv
import io
import struct
import tracemalloc
import zipfile
from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from backend.domain.errors import MalformedError
from backend.interchange.list_limits import ListLimits
from backend.interchange.list_stream import open_list

LIMITS = ListLimits()
HEAD, ROW = "番号,氏名\r\n", "123,見本　花子\r\n"
NOON = datetime(1980, 5, 5, 12)  # noqa: DTZ001 - as a spreadsheet keeps it
CSV = (HEAD + ROW).encode()


def read(content, limits=LIMITS):
    listed = open_list(io.BytesIO(content), limits)
    return listed.encoding, listed.heading, list(listed.rows)


def refused(content, limits=LIMITS):
    with pytest.raises(MalformedError) as caught:
        read(content, limits)
    assert caught.value.field == "file"
    assert caught.value.fix.ja
    return caught.value.reason.en


def zipped(entries, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def book(*sheets, hidden=()):
    made, workbook = io.BytesIO(), Workbook()
    workbook.remove(workbook.active)
    for number, rows in enumerate(sheets):
        sheet = workbook.create_sheet(f"s{number}")
        if number in hidden:
            sheet.sheet_state = "hidden"
        for row in rows:
            sheet.append(row)
    workbook.save(made)
    return made.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_csv_is_read_in_each_encoding(encoding):
    found = read((HEAD + "\r\n" + ROW).encode(encoding))

    told = "cp932" if encoding == "cp932" else "utf-8"
    assert found == (told, ["番号", "氏名"], [(3, ["123", "見本　花子"])])


PRINTABLE = [
    mark
    for mark in map(chr, range(0x20, 0x10000))
    if mark.isprintable() and mark.encode("cp932", "ignore").decode("cp932") == mark
]
CELL = st.text(st.sampled_from([*PRINTABLE, *'"",\n\n']), max_size=8)


@settings(max_examples=100)
@given(st.lists(st.lists(CELL, min_size=2, max_size=2), min_size=1), st.booleans())
def test_whatever_a_writer_writes_comes_back_with_its_line(rows, is_cp932):
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["番号", "氏名"])
    expected, line = [], 2
    for row in rows:
        writer.writerow(row)
        if any(cell.strip() for cell in row):
            expected.append((line, row))
        line += 1 + sum(cell.count("\n") for cell in row)
    content = text.getvalue().encode("cp932" if is_cp932 else "utf-8")

    assert read(content)[2] == expected


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel"),
        ("氏名".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"\x89PNG\r\n", "picture"),
        (b"PK\x05\x06" + bytes(18), "nothing in it"),
        (CSV + b"a\0b,c\r\n", "Line 3, character 2: there is a control"),
        (CSV + b"a\rb,c\r\n", "Line 3, character 2: a line ends with CR alone"),
        (CSV + b'"a,b\r\n', "From line 3 on it is not CSV"),
        (CSV + b'"a"b,c\r\n', "From line 3 on it is not CSV"),
        (CSV + b"a" * 200_000 + b",c\r\n", "Line 3 has a value that is too long"),
        (CSV + b"a" * 10_000_000 + b",c\r\n", "Line 3 is too long"),
        (CSV + b'"' + b"a\n" * 5_000_000, "Line 3 has a value that is too long"),
    ],
)
def test_what_is_no_list_is_told_for_what_it_is(content, words):
    assert words in refused(content)


def test_a_list_beyond_its_lines_is_refused():
    assert read(CSV, ListLimits(rows=1))[2]
    assert "exceeds" in refused(CSV + ROW.encode(), ListLimits(rows=1))


@pytest.mark.parametrize("name", ["list.csv", "一覧.csv", "folder/list.csv"])
def test_a_zip_with_one_list_is_that_list(name):
    junk = {"__MACOSX/._list.csv": b"junk", "folder/.DS_Store": b"junk"}

    assert read(zipped({name: CSV} | junk)) == read(CSV)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (zipped({"a.csv": CSV, "b.csv": CSV}), "exactly one list"),
        (zipped({".DS_Store": b""}), "exactly one list"),
        (zipped({"a.zip": zipped({"a.csv": CSV})}), "zip within the zip"),
        (zipped({"a.csv": CSV})[:-30], "damaged or cut short"),
        (zipped({"a.csv": b"a" * 40_000_000}), "too large"),
        (zipped({str(n): b"" for n in range(1_001)}), "too many files"),
        (zipped({"a.csv": CSV}, zipfile.ZIP_LZMA), "method that we do not read"),
    ],
)
def test_a_zip_with_a_trap_is_refused(content, words):
    assert words in refused(content)


def test_a_zip_beyond_the_limit_is_refused_before_it_is_unpacked():
    limits = ListLimits(unpacked_bytes=100)

    assert "too large" in refused(zipped({"a.csv": CSV * 10}), limits)


def test_a_zip_that_lies_about_its_size_or_content_is_refused():
    honest = zipped({"a.csv": CSV}, zipfile.ZIP_STORED)
    place = honest.index(CSV)
    wrong = honest[:place] + CSV.replace(b"123", b"124") + honest[place + len(CSV) :]

    assert "damaged" in refused(wrong)


def test_a_zip_with_a_password_is_refused():
    plain = bytearray(zipped({"a.csv": CSV}))
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = plain.index(signature) + offset
        plain[place] |= 1

    assert "password" in refused(bytes(plain))


def test_entries_that_overlap_are_refused():
    """As in a bomb whose entries all quote one kernel: two names, the same bytes."""
    whole = bytearray(zipped({"a.csv": CSV, "b.csv": CSV}))
    second = whole.rindex(b"PK\x01\x02")
    struct.pack_into("<L", whole, second + 42, 0)  # its header's offset: the first's

    assert "overlap" in refused(bytes(whole))


def test_a_workbook_is_read_as_text():
    rows = [
        ["番号", "生年月日", "数", "はい"],
        [123, date(1980, 5, 5), 1.0, True],
        [None, None, None, None],
        ["007", NOON, 2.5, None],
    ]

    assert read(book(rows)) == (
        "xlsx",
        ["番号", "生年月日", "数", "はい"],
        [(2, ["123", "1980-05-05", "1", "1"]), (4, ["007", "1980-05-05", "2.5", ""])],
    )
    assert read(zipped({"list.xlsx": book(rows)}))[0] == "xlsx"


def test_hidden_and_empty_sheets_are_passed_by():
    rows = [["番号"], ["1"]]

    assert read(book([], [["秘密"]], rows, hidden=[1]))[2] == [(2, ["1"])]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (book([["番号"]], [["番号"]]), "Several sheets"),
        (book([]), "empty"),
        (book([["番号"], ["a\ue000"]]), "Line 2, character 1"),
        (book([["x"] * 257]), "too many rows or columns"),
        (zipped({"xl/workbook.xml": b"<no"}), "cannot be read as a workbook"),
        (zipped({"xl/workbook.xml": b"<a/>", "b": bytes(600_000_000)}), "too large"),
    ],
)
def test_a_workbook_with_a_fault_is_refused(content, words):
    assert words in refused(content)


def test_a_workbook_whose_texts_would_unfold_is_refused():
    """Ten entities, each ten of the one before: expat ends it (its limit is 8 MiB)."""
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(book([["番号"], ["甲"]]))) as honest:
        parts = {name: honest.read(name) for name in honest.namelist()}
    plain = parts[sheet].decode().partition("?>")
    doctype = f'<!DOCTYPE worksheet [<!ENTITY e0 "{"ha" * 50}">{entities}]>'
    laughs = doctype + (plain[2] or plain[0]).replace("甲", "&e9;")
    assert "&e9;" in laughs

    spoiled = zipped(parts | {sheet: laughs.encode()})

    assert "cannot be read as a workbook" in refused(spoiled)


@pytest.mark.parametrize("is_zip", [False, True])
def test_memory_does_not_grow_with_the_list(is_zip, tmp_path):
    path = tmp_path / "list"
    content = HEAD.encode() + ROW.encode() * 300_000
    path.write_bytes(zipped({"a.csv": content}) if is_zip else content)

    with path.open("rb") as source:
        tracemalloc.start()
        listed = open_list(source, ListLimits(ratio=10_000))
        count = sum(1 for _ in listed.rows)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert count == 300_000
    assert peak < (24 if is_zip else 8) * 1024 * 1024
