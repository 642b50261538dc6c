"""What a person reads of themselves: a sentence of their own for every reason."""

import re

import pytest

from backend.domain.next_step import next_step
from backend.domain.outcome import Outcome
from backend.domain.patient_step import OWN_RATIO_UNKNOWN, patient_step
from backend.domain.verdict import Reason

TO_THE_CLINIC = re.compile(
    r"本人|受け付け(てください|ず)|照らし合わせ|照会|the person|charge the|Accept"
)
SENTENCES = [*map(patient_step, Reason), OWN_RATIO_UNKNOWN]


@pytest.mark.parametrize("reason", Reason)
def test_every_reason_has_a_step_that_is_not_the_clinics(reason: Reason) -> None:
    outcome = Outcome.VALID if reason is Reason.COVERED else Outcome(reason.value)

    assert patient_step(reason) != next_step(outcome)


def test_no_two_reasons_say_the_same() -> None:
    assert len(set(SENTENCES)) == len(Reason) + 1


@pytest.mark.parametrize("told", SENTENCES)
def test_a_step_speaks_to_the_person_in_both_languages(told) -> None:
    assert TO_THE_CLINIC.search(str(told)) is None
    assert told.ja.endswith("てください。")
    assert re.search(r"\b(Show|Carry|carry|Ask|ask|tell|Look)\b", told.en)
