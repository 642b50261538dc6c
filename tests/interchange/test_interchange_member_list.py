"""A list as a whole: what is refused at once, and how lines are counted."""

from dataclasses import replace

import pytest
from interchange_lists import ELDERLY, MEMBER, list_bytes, list_text, parsed

from backend.domain.errors import MalformedError
from backend.interchange.columns import REQUIRED, Column, column_of
from backend.interchange.member_list import IntakeLimits, parse_member_list

OTHER = MEMBER | {"枝番": "02", "氏名": "資格　次郎", "個人番号": "123456789023"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932"])
def test_a_valid_list_gives_a_row_for_each_line(encoding):
    answer = parsed(list_bytes(MEMBER, OTHER, encoding=encoding))

    assert answer.errors == ()
    assert [row.line for row in answer.rows] == [2, 3]
    assert [row.name.kanji for row in answer.rows] == ["資格　花子", "資格　次郎"]
    assert answer.row_count == 2
    assert answer.encoding == ("cp932" if encoding == "cp932" else "utf-8")


def test_columns_may_stand_in_any_order_and_bear_their_wire_names():
    english = {Column(column_of(h)).value: cell for h, cell in MEMBER.items()}
    shuffled = dict(reversed(english.items()))

    assert parsed(list_bytes(shuffled)).rows == parsed(list_bytes(MEMBER)).rows


@pytest.mark.parametrize(
    "heading",
    ["氏名カナ", "カナ氏名", "氏名ｶﾅ", " 氏名 カナ ", "kana", "KANA", "ｋａｎａ"],
)
def test_a_heading_is_known_in_every_width_and_case(heading):
    assert column_of(heading) is Column.KANA


def test_no_two_columns_share_a_heading():
    for column in Column:
        assert column_of(column.value) is column
        assert column_of(column.japanese) is column


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b"\r\n\r\n", b",,\r\n"])
def test_an_empty_file_is_refused(content):
    with pytest.raises(MalformedError, match="empty"):
        parsed(content)


def test_headings_without_a_line_are_refused():
    with pytest.raises(MalformedError, match="no line"):
        parsed(list_text(MEMBER).splitlines()[0].encode())


def test_a_list_without_headings_is_refused_without_quoting_its_first_person():
    first_line_is_a_person = list_text(MEMBER).splitlines()[1].encode()

    with pytest.raises(MalformedError) as caught:
        parsed(first_line_is_a_person)

    assert caught.value.field == "heading"
    told = f"{caught.value} {caught.value.reason} {caught.value.fix}"
    assert "花子" not in told
    assert "保険者番号" in caught.value.fix.ja


def test_unknown_columns_are_told_by_place_and_not_by_name():
    with pytest.raises(MalformedError, match="2, 3") as caught:
        parsed("氏名,山田太郎,謎\r\nあ,い,う\r\n".encode())

    assert "山田太郎" not in caught.value.reason.ja


def test_a_column_that_stands_twice_is_refused_by_name():
    text = list_text(MEMBER).replace("氏名カナ", "氏名", 1)

    with pytest.raises(MalformedError, match="twice: name"):
        parsed(text.encode())


@pytest.mark.parametrize("column", REQUIRED)
def test_a_missing_required_column_is_refused_by_name(column):
    without = {h: cell for h, cell in MEMBER.items() if column_of(h) is not column}

    with pytest.raises(MalformedError, match=f"Missing: {column.value}$"):
        parsed(list_bytes(without))


def test_all_missing_columns_are_named_at_once():
    with pytest.raises(MalformedError) as caught:
        parsed("氏名\r\nあ\r\n".encode())

    _, _, listed = caught.value.reason.en.partition(": ")
    assert listed.split(", ") == [c.value for c in REQUIRED if c is not Column.NAME]


@pytest.mark.parametrize("spoiled", ['"1234', '"12"34'])
def test_a_broken_quotation_is_refused_with_the_line_where_it_begins(spoiled):
    lines = list_text(MEMBER, OTHER, MEMBER).splitlines()
    lines[2] = lines[2].replace("1234", spoiled, 1)

    with pytest.raises(MalformedError, match="From line 3 on"):
        parsed("\r\n".join(lines).encode())


def test_a_cell_longer_than_the_reader_bears_is_refused_whole():
    bent = MEMBER | {"住所": "あ" * 200_000}

    with pytest.raises(MalformedError, match="Line 2 has a value that is too long"):
        parsed(list_bytes(bent))


def test_limits_are_kept(rules):
    content = list_bytes(MEMBER, OTHER)
    exact = IntakeLimits(bytes=len(content), rows=2)

    assert parse_member_list(content, rules, exact).error_count == 0
    with pytest.raises(MalformedError, match="exceeds 1 lines"):
        parse_member_list(content, rules, replace(exact, rows=1))
    with pytest.raises(MalformedError, match=f"exceeds {len(content) - 1} bytes"):
        parse_member_list(content, rules, replace(exact, bytes=len(content) - 1))


def test_a_long_cell_is_an_error_of_its_line(rules):
    content = list_bytes(MEMBER, OTHER | {"住所": "あ" * 81})
    limits = IntakeLimits(cell_characters=80)

    answer = parse_member_list(content, rules, limits)

    assert [(e.line, e.field) for e in answer.errors] == [(3, "address")]
    assert "80" in answer.errors[0].reason.en


def test_too_few_and_too_many_cells_are_errors_of_their_lines():
    lines = list_text(MEMBER, OTHER).splitlines()
    content = "\r\n".join([*lines, lines[1] + ",x", "06990014,1"]).encode()

    answer = parsed(content)

    assert [(e.line, e.field) for e in answer.errors] == [(4, "line"), (5, "line")]
    assert "24 cells under 23 headings" in answer.errors[0].reason.en
    assert "2 cells under 23 headings" in answer.errors[1].reason.en
    assert len(answer.rows) == 2


def test_blank_lines_are_passed_over_and_still_counted_as_lines():
    lines = list_text(MEMBER, OTHER).splitlines()
    content = "\r\n".join(
        [lines[0], "", lines[1], "," * 22, " ,　" + "," * 21, lines[2], ""]
    ).encode()

    answer = parsed(content)

    assert [row.line for row in answer.rows] == [3, 6]
    assert answer.row_count == 2


def test_a_quoted_line_break_is_an_error_of_the_line_where_the_row_begins():
    answer = parsed(
        list_bytes(MEMBER | {"住所": "東京都\r\n千代田区"}, OTHER | {"性別": "x"})
    )

    assert [(e.line, e.field) for e in answer.errors] == [(2, "address"), (4, "sex")]


def test_all_errors_are_counted_and_the_first_are_told(rules):
    wrong = [
        MEMBER | {"枝番": f"{i:02}", "性別": "x", "個人番号": ""} for i in range(9)
    ]
    limits = IntakeLimits(errors=4)

    answer = parse_member_list(list_bytes(*wrong), rules, limits)

    assert answer.error_count == 9
    assert [e.line for e in answer.errors] == [2, 3, 4, 5]
    assert answer.rows == ()


def test_a_wrong_line_does_not_hide_the_others():
    answer = parsed(list_bytes(MEMBER | {"生年月日": "昭和65年1月1日"}, OTHER))

    assert [row.line for row in answer.rows] == [3]
    assert [(e.line, e.field) for e in answer.errors] == [(2, "birth_on")]


def test_the_same_person_twice_is_an_error_of_both_lines_naming_each_other():
    again = MEMBER | {"氏名": "別名　花子", "個人番号": ""}

    answer = parsed(list_bytes(MEMBER, OTHER, again | {"枝番": "０１"}))

    numbers = [e for e in answer.errors if e.field == "number"]
    assert [e.line for e in numbers] == [2, 4]
    assert "line 4" in numbers[0].reason.en
    assert "2行目" in numbers[1].reason.ja
    assert [row.line for row in answer.rows] == [3]


def test_one_my_number_on_two_lines_is_an_error_of_both():
    answer = parsed(list_bytes(MEMBER, OTHER | {"個人番号": MEMBER["個人番号"]}))

    assert [(e.line, e.field) for e in answer.errors] == [
        (2, "my_number"),
        (3, "my_number"),
    ]
    assert "123456789012" not in str(answer.errors)


def test_one_branch_on_two_lines_is_an_error_unless_one_has_left():
    born_later = MEMBER | {"生年月日": "1991-01-01", "個人番号": ""}
    left = {"資格喪失年月日": "2020-05-01", "資格喪失事由": "03"}

    both = parsed(list_bytes(MEMBER, born_later))
    one_left = parsed(list_bytes(MEMBER | left, born_later))

    assert [(e.line, e.field) for e in both.errors] == [(2, "branch"), (3, "branch")]
    assert one_left.errors == ()


def test_a_family_without_branches_shares_its_numbers():
    family = [
        MEMBER | {"枝番": "", "個人番号": "", "生年月日": f"19{year}-04-01"}
        for year in (60, 62, 90)
    ]

    assert parsed(list_bytes(*family)).errors == ()


def test_the_late_stage_elderly_have_a_number_alone():
    elder = MEMBER | {
        "保険者番号": "39990015",
        "記号": "",
        "番号": "12345678",
        "枝番": "",
        "本人家族": "",
        "生年月日": "昭和20年4月1日",
    }

    assert parsed(list_bytes(elder), ELDERLY).rows[0].identity.number == "12345678"
    wrong = parsed(list_bytes(elder | {"本人家族": "本人", "枝番": "01"}), ELDERLY)
    assert {e.field for e in wrong.errors} == {"relation", "branch"}
