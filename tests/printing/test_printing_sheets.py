"""What is printed: the code gives back the certificate, the items stand as recorded."""

import re

import pytest
from pages import codes_on, sizes_of, text_on
from printing_examples import LONG, NAMES, SHORT, WHOLE, printed

from backend.credentials.certificate import Form
from backend.credentials.certificate_qr import from_qr, to_qr
from backend.printing.sheets import Layout, per_sheet, print_certificates, sheet_index

SIZES = {
    Form.A4: (210.0, 297.0),
    Form.POSTCARD: (100.0, 148.0),
    Form.CARD: (85.6, 53.98),
}
SHEETS = {Form.A4: (210.0, 297.0), Form.POSTCARD: (297, 420), Form.CARD: (210, 297)}


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize("fields", [SHORT, WHOLE, LONG], ids=["short", "whole", "long"])
def test_the_code_on_a_page_gives_back_the_certificate(fields, form, layout):
    paper = printed(fields, form)

    front, back = codes_on(print_certificates([paper], layout))

    assert front == [to_qr(paper.token)]
    assert from_qr(front[0], NAMES) == paper.token
    assert back == []


def test_the_papers_of_a_sheet_stand_in_reading_order():
    papers = [
        printed(WHOLE._replace(status_index=index), Form.CARD) for index in range(11)
    ]

    codes = codes_on(print_certificates(papers, Layout.SHEETS))

    texts = [to_qr(paper.token) for paper in papers]
    assert codes == [texts[:10], [], texts[10:], []]


@pytest.mark.parametrize("form", Form)
def test_a_page_has_the_true_size_of_its_paper(form):
    pdf = print_certificates([printed(SHORT, form)] * 2, Layout.PAGES)

    assert sizes_of(pdf) == [SIZES[form]] * 4


@pytest.mark.parametrize("form", Form)
def test_a_sheet_has_the_size_that_a_print_shop_cuts(form):
    pdf = print_certificates([printed(SHORT, form)], Layout.SHEETS)

    assert sizes_of(pdf) == [SHEETS[form]] * 2


def test_the_same_papers_give_the_same_file():
    papers = [printed(WHOLE, Form.CARD)]

    once = print_certificates(papers, Layout.SHEETS)
    assert once == print_certificates(papers, Layout.SHEETS)


def test_papers_of_several_forms_are_not_printed_at_once():
    papers = [printed(SHORT, Form.CARD), printed(SHORT, Form.A4)]

    with pytest.raises(ValueError, match="one form"):
        print_certificates(papers, Layout.PAGES)


@pytest.mark.parametrize("form", Form)
@pytest.mark.parametrize(
    "name",
    [
        '#eval("1")',
        "山]田[",
        r"\u{41}",
        "$x$",
        "*a*",
        "// x",
        "<a>@b",
        "`c`",
        "'q' -- \"q\"",
    ],
)
def test_a_name_is_shown_and_never_obeyed(name, form):
    pdf = print_certificates([printed(SHORT._replace(name=name), form)], Layout.PAGES)

    assert name.replace(" ", "") in text_on(pdf)


@pytest.mark.parametrize("form", Form)
def test_every_item_stands_on_the_paper_as_recorded(form):
    text = text_on(print_certificates([printed(WHOLE, form)], Layout.PAGES))

    items = (
        "資格確認書 髙橋花子 タカハシハナコ 昭和23年4月12日 女 家族 文京12"
        " 00412345（枝番）01 138057 見本区国民健康保険 令和5年4月12日 令和8年7月1日"
        " 令和9年7月31日 2割 令和8年8月1日 低所得Ⅱ 人工透析を要する慢性腎不全"
        " 特別療養費 対象 髙橋一郎"
    ).split()
    assert [item for item in items if item not in text] == []


def test_a_paper_without_an_optional_item_does_not_name_it():
    text = text_on(print_certificates([printed(SHORT, Form.CARD)], Layout.PAGES))

    options = "記号 枝番 本人・家族 被保険者 負担割合 限度区分 特定疾病 特別療養費"
    assert [it for it in options.split() if it in text] == []


def test_an_address_is_printed_except_on_card_stock():
    address = "東京都見本区見本町一丁目2番3号見本荘101号室"
    texts = {
        form: text_on(print_certificates([printed(WHOLE, form)], Layout.PAGES))
        for form in Form
    }

    assert {form for form in Form if address in texts[form]} == {
        Form.A4,
        Form.POSTCARD,
    }


@pytest.mark.parametrize("form", Form)
def test_the_back_has_room_for_remarks_and_organ_donation(form):
    back = text_on(print_certificates([printed(WHOLE, form)], Layout.PAGES), page=1)

    assert "備考" in back
    assert "臓器提供意思表示欄" in back
    assert ("住所" in back) == (form is Form.CARD)


def test_ten_cards_and_four_postcards_share_a_sheet():
    on_sheets = {form: per_sheet(form, Layout.SHEETS) for form in Form}

    assert on_sheets == {Form.CARD: 10, Form.POSTCARD: 4, Form.A4: 1}
    assert {per_sheet(form, Layout.PAGES) for form in Form} == {1}


def test_the_index_says_where_each_paper_stands():
    index = list(sheet_index([*"abcdefghijkl"], Form.CARD, Layout.SHEETS, 201))

    assert index[0] == (201, 1, "a")
    assert index[9:] == [(201, 10, "j"), (202, 1, "k"), (202, 2, "l")]


def test_the_file_bears_its_own_typeface_and_no_date():
    pdf = print_certificates([printed(WHOLE, Form.CARD)], Layout.PAGES)

    fonts = set(re.findall(rb"/FontName ?/[A-Z]{6}\+([^\s/]+)", pdf))
    assert fonts == {b"NotoSansCJKjp-Regular"}
    assert b"CreationDate" not in pdf
