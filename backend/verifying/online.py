"""資格確認: a clinic's question answered online, recorded before it is answered.

The numbered list of a check; the same numbers stand in the code.

 (1) The asker is an enrolled terminal whose proof, made for this request, is used up
     in the answer's own transaction (backend/admitting/calling.py).
 (2) A question asked before under the same key gets the same answer for five minutes.
 (3) The day asked lies within the limits, and typed questions are not too many.
 (4) What is shown is read and examined: kind, key, signature, clock, withdrawal.
 (5) The register is judged for the day asked.
 (6) A code made online is demanded where the clinic requires it, the insurer who
     issued the token, or the insurer of the coverage that would be told.
 (7) A phone's code is spent by handle and instant: once, anywhere.
 (8) The answer is cut down to what the clinic may see, and signed as a receipt.
 (9) Answer and audit entry are committed together, or there is no answer.
"""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import partial

from backend.credentials.issuer_names import IssuerNames
from backend.credentials.key_set import KeyPurpose, KeySet
from backend.credentials.signing import Signer
from backend.domain.errors import ShikakuError, UnavailableError
from backend.domain.identifiers import new_id
from backend.domain.japan_time import japan_day
from backend.domain.judgement import judge
from backend.domain.outcome import DocumentState
from backend.domain.verdict import Verdict
from backend.domain.words import Words
from backend.storage.rows import Client, SavedAnswer
from backend.storage.store import Store, Transaction
from backend.verifying.answer import Answer
from backend.verifying.copy_code import examine_copy
from backend.verifying.examined import Examined
from backend.verifying.keyed_numbers import examine_numbers
from backend.verifying.limits import is_day_allowed, note_paper_check, refuse_if_many
from backend.verifying.paper_code import examine_paper
from backend.verifying.phone_code import examine_code
from backend.verifying.question import CodeShown, NumbersShown, PaperShown, Question
from backend.verifying.recording import record_check, record_refusal
from backend.verifying.refusals import (
    ChallengeRequiredError,
    DayOutOfRangeError,
    IdempotencyConflictError,
)
from backend.verifying.telling import receipt_of, tell

_ALARM = logging.getLogger("shikaku.alarm")
SAME_ANSWER_FOR = timedelta(minutes=5)


Recognise = Callable[[Transaction], Client]
"""Says which terminal asks, and uses its proof up; raises if it may not ask."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and how to learn who asks it."""

    question: Question
    recognise: Recognise


@dataclass(slots=True)
class _Case:
    """A question on its way; `done` is what becomes of it, as soon as that is known."""

    asked: Asked
    terminal: Client = field(init=False)
    found: Examined = field(init=False)
    answer: Answer = field(init=False)
    receipt: str = field(init=False)
    done: bytes | Exception | None = None


@dataclass(frozen=True, slots=True)
class OnlineCheck:
    """The use case with its dependencies; `render` writes an answer and its receipt."""

    store: Store
    keys: Callable[[Transaction], KeySet]
    signer_of: Callable[[str], Signer]
    names: IssuerNames
    challenge_key: bytes
    random_bytes: Callable[[int], bytes]
    render: Callable[[Answer, str], bytes]

    def check(self, question: Question, recognise: Recognise, at: datetime) -> bytes:
        """Answer one question, as rendered bytes.

        Raises a RefusedError of `refusals` (also recorded in the log), a
        ConflictError for a key used for another question, UnavailableError when the
        answer could not be recorded, and what `recognise` raises.
        """
        (answered,) = self.check_all([Asked(question, recognise)], at)
        if isinstance(answered, Exception):
            raise answered
        return answered

    def check_all(
        self, asked: Sequence[Asked], at: datetime
    ) -> Sequence[bytes | Exception]:
        """Answer questions with one commit; each stands or falls alone, in its place.

        In place of an answer stands the refusal that `check` would raise. Whatever
        this raises, nothing was recorded: UnavailableError if that was why.
        """
        return self.store.write(partial(self._answer_all, asked=asked, at=at))

    def _answer_all(
        self, tx: Transaction, asked: Sequence[Asked], at: datetime
    ) -> Sequence[bytes | Exception]:
        cases = [_Case(one) for one in asked]
        left = cases
        while left:
            now, left = _one_of_each_key(left)
            self._answer_together(tx, now, at)
        return [case.done for case in cases if case.done is not None]

    def _answer_together(
        self, tx: Transaction, cases: Sequence[_Case], at: datetime
    ) -> None:
        """Every step for all before the next: so its code and tables stay at hand.

        In the processor's cache, that is: a lone signature costs three times as much.
        """
        for case in cases:
            self._recognise(tx, at, case)
        for case in _open(cases):
            self._examine(tx, at, case)
        for case in _open(cases):
            self._judge(tx, at, case)
        judged = _open(cases)
        signer = self._service_signer(tx)
        for case in judged:
            case.receipt = receipt_of(case.answer, case.terminal, signer)  # (8)
        for case in judged:
            case.done = self._record(tx, case)

    def _recognise(self, tx: Transaction, at: datetime, case: _Case) -> None:
        try:
            case.terminal = case.asked.recognise(tx)  # (1)
        except ShikakuError as refused:  # stands in the place of its answer
            case.done = refused
            return
        question = case.asked.question
        saved = tx.saved_answer(case.terminal.party, question.idempotency_key)
        if saved is not None and at - saved.answered_at < SAME_ANSWER_FOR:  # (2)
            is_same = saved.question_digest == question.digest
            case.done = saved.body if is_same else IdempotencyConflictError()

    def _examine(self, tx: Transaction, at: datetime, case: _Case) -> None:
        match case.asked.question.shown:  # (4)
            case CodeShown(text):
                case.found = examine_code(tx, text, self.challenge_key, at)
                if case.found.copy_of is not None:
                    case.found = examine_copy(tx, case.found, self.keys(tx), at)
            case PaperShown(text):
                case.found = examine_paper(tx, text, self.keys(tx), self.names, at)
            case NumbersShown() as numbers:
                case.found = examine_numbers(tx, numbers)

    def _judge(self, tx: Transaction, at: datetime, case: _Case) -> None:
        question, terminal = case.asked.question, case.terminal
        on = question.on or japan_day(at)
        verdict = _verdict(tx, case.found, on, at)  # (5)
        refusal = _refusal(tx, case, verdict, at)  # (3) (6)
        if refusal is not None:
            record_refusal(tx, terminal, case.found, refusal, on, at)
            _ALARM.warning("%s by clinic %s", refusal, terminal.party)
            case.done = refusal
            return
        found = case.found = _spent(tx, case.found, at)  # (7)
        check_id = new_id("chk", at, self.random_bytes)
        told = verdict if found.asked else None
        case.answer = tell(tx, check_id, found, told, question.agreed, on, at)  # (8)

    def _record(self, tx: Transaction, case: _Case) -> bytes:
        question, terminal, answer = case.asked.question, case.terminal, case.answer
        body = self.render(answer, case.receipt)
        record_check(tx, terminal, case.found, answer, question)  # (9)
        tx.save_answer(
            SavedAnswer(
                client_party=terminal.party,
                idempotency_key=question.idempotency_key,
                question_digest=question.digest,
                body=body,
                answered_at=answer.checked_at,
            )
        )
        return body

    def _service_signer(self, tx: Transaction) -> Signer:
        record = self.keys(tx).active(KeyPurpose.SERVICE, None)
        if record is None:
            raise UnavailableError(
                Words(
                    "控えに署名する鍵がありません。",
                    "There is no key to sign receipts.",
                )
            )
        return self.signer_of(record.kid)


def _one_of_each_key(cases: Sequence[_Case]) -> tuple[list[_Case], list[_Case]]:
    """Who can be answered now, and who only once a question of their key is."""
    keys: set[str] = set()
    now: list[_Case] = []
    later: list[_Case] = []
    for case in cases:
        key = case.asked.question.idempotency_key
        (later if key in keys else now).append(case)
        keys.add(key)
    return now, later


def _open(cases: Sequence[_Case]) -> list[_Case]:
    return [case for case in cases if case.done is None]


def _verdict(
    tx: Transaction, found: Examined, on: date, at: datetime
) -> Verdict | None:
    if found.asked is None:
        return None
    record = found.record or tx.record_of_person(found.person_ids[0])
    return judge(found.asked, record, on, known_at=at)


def _refusal(
    tx: Transaction, case: _Case, verdict: Verdict | None, at: datetime
) -> Exception | None:
    question, clinic, found = case.asked.question, case.terminal.party, case.found
    if not is_day_allowed(question, at):
        return DayOutOfRangeError()
    if not isinstance(question.shown, CodeShown):
        too_many = refuse_if_many(tx, clinic, found, at)
        note_paper_check(tx, clinic, found, at)
        return too_many
    kind = found.document.presentation_kind
    if kind is None or not kind.is_offline:
        return None
    insurers = {found.insurer}
    if verdict and verdict.coverage:
        insurers.add(verdict.coverage.insurer.digits)
    if any(tx.requires_challenge(clinic, insurer) for insurer in insurers):
        return ChallengeRequiredError()
    return None


def _spent(tx: Transaction, found: Examined, at: datetime) -> Examined:
    """Spend a phone's code; one that was, or may have been, shown proves nothing."""
    if found.to_spend is None:
        return found
    handle, made_at = found.to_spend
    if tx.spend_presentation(handle, made_at, at):
        return found
    is_stale = tx.has_forgotten(made_at)
    state = DocumentState.STALE if is_stale else DocumentState.REPLAYED
    document = replace(found.document, state=state)
    return replace(found, document=document, asked=None)
