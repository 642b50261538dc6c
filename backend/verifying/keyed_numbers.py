"""Examine typed numbers: which coverages carry them, for a person born that day."""

from backend.domain.coverage import Coverage, Record
from backend.domain.judgement import NumbersKeyed
from backend.domain.outcome import DocumentState
from backend.storage.store import Transaction
from backend.verifying.answer import Document
from backend.verifying.examined import Examined
from backend.verifying.question import NumbersShown


def examine_numbers(tx: Transaction, shown: NumbersShown) -> Examined:
    """All coverages with these numbers and birth date; a branch narrows them if given.

    The national key: no name, no sex. Two people with the same birth date and no
    branch typed stay two people: the verdict will say so, never choose.
    """
    insurer = shown.insurer.digits
    symbol_key, number_key = shown.identity.search_key
    matching = [
        coverage
        for coverage in tx.coverages_numbered(insurer, symbol_key, number_key)
        if _matches(tx, coverage, shown)
    ]
    ids = frozenset(coverage.id for coverage in matching)
    return Examined(
        document=Document("numbers", DocumentState.NOT_SHOWN),
        asked=NumbersKeyed(ids),
        record=tx.record_of_coverages(ids)
        if ids
        else Record(
            filings=tuple(tx.filings_of(insurer, shown.identity, shown.birth_on))
        ),
        person_ids=tuple(sorted({coverage.person_id for coverage in matching})),
        insurer=insurer,
    )


def _matches(tx: Transaction, coverage: Coverage, shown: NumbersShown) -> bool:
    typed, recorded = shown.identity.branch, coverage.identity.branch
    if typed is not None and typed != recorded:
        return False
    member = tx.member(coverage.person_id, coverage.insurer.digits)
    return member is not None and member.person.birth_on == shown.birth_on
