"""POST /v1/clinic/checks without the framework around it: a plain request's short way.

Checks that come at the same time are answered together: one thread, one commit. It
asks what the view behind asks, through the same functions. Whatever is not plain, and
every refusal, is left to the framework: so refusals are worded in one place only.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Executor

from backend.api.auth import Knock, recogniser
from backend.api.clinic_checks import question_of
from backend.api.limits import JSON, USUAL_BODY
from backend.api.rooms import Rooms
from backend.domain.errors import UnavailableError
from backend.storage.rows import ClientKind
from backend.verifying.online import Asked, Recognise

METHOD, PATH = "POST", "/v1/clinic/checks"
MOST_AT_ONCE = 64  # the last of them waits for all

_AUTHORIZATION, _PROOF, _KEY = "authorization", "dpop", "idempotency-key"
_CONTENT_TYPE = "content-type"

PlainCheck = tuple[Knock, str, bytes]
"""Who knocks, the idempotency key, and the body."""


def plain_check(headers: Sequence[tuple[str, str]], octets: bytes) -> PlainCheck | None:
    """A request for this door as the desk takes it; None for one that is not plain.

    Not plain: a header said twice, another media type, a body too large.
    """
    said = dict(headers)
    is_plain = len(said) == len(headers) and said.get(_CONTENT_TYPE) == JSON
    if not is_plain or len(octets) > USUAL_BODY:
        return None
    knock = Knock(METHOD, PATH, said.get(_AUTHORIZATION), said.get(_PROOF))
    return knock, said.get(_KEY, ""), octets


class CheckDesk:
    """Answers checks in the order in which they come, as many at a time as wait."""

    def __init__(self, house: Rooms, thread: Executor) -> None:
        self._house = house
        self._thread = thread  # of one thread: the batches follow one another
        self._waiting: deque[tuple[PlainCheck, asyncio.Future[bytes]]] = deque()
        self._worker: asyncio.Task[None] | None = None

    async def answer(self, check: PlainCheck) -> bytes:
        """The answer as JSON; raises what the view would raise."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[bytes] = loop.create_future()
        self._waiting.append((check, future))
        if self._worker is None:
            self._worker = loop.create_task(self._work())
        return await future

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            count = min(len(self._waiting), MOST_AT_ONCE)
            batch = [self._waiting.popleft() for _ in range(count)]
            checks = [check for check, _ in batch]
            answers: Sequence[bytes | Exception]
            try:
                answers = await loop.run_in_executor(
                    self._thread, answer_all, self._house, checks
                )
            except Exception as error:  # nothing was recorded: all are told so
                answers = [error] * count
            for (_, future), answer in zip(batch, answers, strict=True):
                _settle(future, answer)
            # Answers leave before the next batch begins: two threads at once would
            # only take the interpreter from one another.
            await asyncio.sleep(0)
        self._worker = None


def _settle(future: "asyncio.Future[bytes]", answer: bytes | Exception) -> None:
    if future.done():  # the caller has gone
        return
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)


def answer_all(
    house: Rooms, checks: Sequence[PlainCheck]
) -> Sequence[bytes | Exception]:
    """What becomes of each, in order: its answer, or what the view would raise."""
    # Two rounds, not one: proofs verified in a row cost less.
    known = [(_known(house, knock), key, octets) for knock, key, octets in checks]
    read = [_asked(*it) for it in known]
    asked = [it for it in read if not isinstance(it, Exception)]
    answers = iter(_answers(house, asked))
    return [it if isinstance(it, Exception) else next(answers) for it in read]


def _answers(house: Rooms, asked: Sequence[Asked]) -> Sequence[bytes | Exception]:
    """All together; if one of them breaks something, each on its own."""
    if not asked:
        return []
    try:
        return house.online.check_all(asked, house.clock())
    except UnavailableError:
        raise
    except Exception as error:
        if len(asked) == 1:
            return [error]
        return [answer for one in asked for answer in _answers(house, [one])]


def _known(house: Rooms, knock: Knock) -> Recognise | Exception:
    try:
        return recogniser(house, ClientKind.CLINIC, knock)
    except Exception as error:  # kept in its place: the view words it
        return error


def _asked(
    recognise: Recognise | Exception, key: str, octets: bytes
) -> Asked | Exception:
    if isinstance(recognise, Exception):
        return recognise
    try:
        return Asked(question_of(octets, key), recognise)
    except Exception as error:  # kept in its place: the view words it
        return error
