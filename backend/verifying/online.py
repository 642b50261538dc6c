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
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import partial

from backend.credentials.issuer_names import IssuerNames
from backend.credentials.key_set import KeyPurpose, KeySet
from backend.credentials.presentation import PresentationKind
from backend.credentials.signing import Signer
from backend.domain.errors import UnavailableError
from backend.domain.identifiers import new_id
from backend.domain.japan_time import japan_day
from backend.domain.judgement import judge
from backend.domain.outcome import DocumentState
from backend.domain.verdict import Verdict
from backend.domain.words import Words
from backend.storage.rows import Client, SavedAnswer
from backend.storage.store import Store, Transaction
from backend.verifying.answer import Answer
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


@dataclass(frozen=True, slots=True)
class _Judged:
    """A question that was judged, still to be signed and recorded."""

    question: Question
    terminal: Client
    found: Examined
    answer: Answer


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

        In place of an answer stands what `check` would raise. Raises UnavailableError
        when nothing could be recorded.
        """
        return self.store.write(partial(self._answer_all, asked=asked, at=at))

    def _answer_all(
        self, tx: Transaction, asked: Sequence[Asked], at: datetime
    ) -> Sequence[bytes | Exception]:
        answers: dict[int, bytes | Exception] = {}
        left = list(enumerate(asked))
        while left:
            now, left = _one_of_each_key(left)
            begun = [(place, self._begin(tx, one, at)) for place, one in now]
            answers |= self._finished(tx, begun)
        return [answers[place] for place in range(len(asked))]

    def _begin(
        self, tx: Transaction, asked: Asked, at: datetime
    ) -> bytes | Exception | _Judged:
        try:
            with tx.apart():
                return self._judged(tx, asked.question, asked.recognise(tx), at)  # (1)
        except Exception as error:  # stands in the place of its answer
            return error

    def _finished(
        self, tx: Transaction, begun: Sequence[tuple[int, bytes | Exception | _Judged]]
    ) -> dict[int, bytes | Exception]:
        """Sign and record what was judged.

        All receipts in a row: a signature on its own costs three times as much, since
        its tables have left the processor's cache.
        """
        signer = self._service_signer(tx)
        receipts = {
            place: receipt_of(one.answer, one.terminal, signer)  # (8)
            for place, one in begun
            if isinstance(one, _Judged)
        }
        return {
            place: self._recorded(tx, one, receipts[place])
            if isinstance(one, _Judged)
            else one
            for place, one in begun
        }

    def _examine(self, tx: Transaction, question: Question, at: datetime) -> Examined:
        match question.shown:
            case CodeShown(text):
                return examine_code(tx, text, self.challenge_key, at)
            case PaperShown(text):
                return examine_paper(tx, text, self.keys(tx), self.names, at)
            case NumbersShown() as numbers:
                return examine_numbers(tx, numbers)

    def _judged(
        self, tx: Transaction, question: Question, terminal: Client, at: datetime
    ) -> bytes | Exception | _Judged:
        saved = tx.saved_answer(terminal.party, question.idempotency_key)
        if saved is not None and at - saved.answered_at < SAME_ANSWER_FOR:  # (2)
            if saved.question_digest != question.digest:
                return IdempotencyConflictError()
            return saved.body
        on = question.on or japan_day(at)
        found = self._examine(tx, question, at)  # (4)
        verdict = _verdict(tx, found, on, at)  # (5)
        refusal = _refusal(tx, question, terminal.party, found, verdict, at)  # (3) (6)
        if refusal is not None:
            record_refusal(tx, terminal, found, refusal, on, at)
            _ALARM.warning("%s by clinic %s", refusal, terminal.party)
            return refusal
        found = _spent(tx, found, at)  # (7)
        check_id = new_id("chk", self.random_bytes)
        told = verdict if found.asked else None
        answer = tell(tx, check_id, found, told, question.agreed, on, at)  # (8)
        return _Judged(question, terminal, found, answer)

    def _recorded(self, tx: Transaction, judged: _Judged, receipt: str) -> bytes:
        question, terminal, answer = judged.question, judged.terminal, judged.answer
        at = answer.checked_at
        body = self.render(answer, receipt)
        record_check(tx, terminal, judged.found, answer, question, at)  # (9)
        tx.save_answer(
            SavedAnswer(
                terminal.party, question.idempotency_key, question.digest, body, at
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


def _one_of_each_key(
    asked: Sequence[tuple[int, Asked]],
) -> tuple[list[tuple[int, Asked]], list[tuple[int, Asked]]]:
    """Who can be answered now, and who only once a question of their key is."""
    keys: set[str] = set()
    now: list[tuple[int, Asked]] = []
    later: list[tuple[int, Asked]] = []
    for place, one in asked:
        key = one.question.idempotency_key
        (later if key in keys else now).append((place, one))
        keys.add(key)
    return now, later


def _verdict(
    tx: Transaction, found: Examined, on: date, at: datetime
) -> Verdict | None:
    if found.asked is None:
        return None
    record = found.record or tx.record_of_person(found.person_ids[0])
    return judge(found.asked, record, on, known_at=at)


def _refusal(
    tx: Transaction,
    question: Question,
    clinic: str,
    found: Examined,
    verdict: Verdict | None,
    at: datetime,
) -> Exception | None:
    if not is_day_allowed(question, at):
        return DayOutOfRangeError()
    if not isinstance(question.shown, CodeShown):
        too_many = refuse_if_many(tx, clinic, found, at)
        note_paper_check(tx, clinic, found, at)
        return too_many
    if found.document.presentation_kind is not PresentationKind.OFFLINE:
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
