"""Every code that the house may tell the console has words there."""

import pytest

from backend.audit.events import AuditKind
from backend.credentials.certificate import Form
from backend.domain.codes import LossReason, Relation, Sex
from backend.domain.entitlement import CardStatus
from backend.interchange.columns import Column
from backend.interchange.order_columns import OrderColumn
from backend.issuing.withdrawals import WithdrawalReason
from backend.storage.rows import WithdrawalKind

# Of the log as a whole, of no member: an insurer reads none of them in a history.
OF_NO_MEMBER = {
    AuditKind.PERSON_ERASED,
    AuditKind.ENROLLED,
    AuditKind.SIGNED_IN,
    AuditKind.LIST_COMMITTED,
    AuditKind.JOURNAL_BEGUN,
    *(kind for kind in AuditKind if kind.value.startswith("run-")),
}
WORDS = {
    "sexWord": Sex,
    "relationWord": Relation,
    "lossWord": LossReason,
    "cardWord": CardStatus,
    "historyWord": [kind for kind in AuditKind if kind not in OF_NO_MEMBER],
}
LISTS = {"FORMS": Form, "REASONS": WithdrawalReason, "STEPS": WithdrawalKind}


@pytest.fixture
def page(visitor):
    return visitor.visit("/console/")


@pytest.mark.parametrize("word", WORDS)
def test_a_code_of_a_member_has_a_word(page, word):
    codes = [it.value for it in WORDS[word]]

    told = page.evaluate(
        "async ([word, codes]) => {"
        " const words = await import('/console/member_words.js');"
        " return codes.filter((code) => words[word](code) === code) }",
        [word, codes],
    )

    assert told == []


@pytest.mark.parametrize("name", LISTS)
def test_a_choice_is_offered_for_every_code(page, name):
    told = page.evaluate(
        "async (name) => (await import('/console/run_words.js'))[name].map(([v]) => v)",
        name,
    )

    assert sorted(told) == sorted(it.value for it in LISTS[name])


def test_a_column_of_a_list_is_called_as_its_heading(page):
    columns = {it.value: it.japanese for it in (*Column, *OrderColumn)}

    told = page.evaluate(
        "async (names) => {"
        " const { fieldWord } = await import('/console/field_words.js');"
        " return names.map(fieldWord) }",
        list(columns),
    )

    assert told == list(columns.values())
