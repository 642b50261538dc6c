"""What one audit entry says: what happened, by whom, to which thing, on which day.

An entry holds codes only. Its subject is a keyed pseudonym: when the person's key is
deleted, nobody can tie the entry to the person again, and the tree stays provable.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

import orjson

from backend.domain.errors import MalformedError
from backend.domain.words import Words

PERSON_KEY_BYTES = 32
MAX_WORD = 200  # the longest is a status list's address

# No space, quote or non-ASCII character: a name or a sentence cannot be spelled.
_WORD = re.compile(rf"[A-Za-z0-9._:/-]{{0,{MAX_WORD}}}")
# A My Number has 12 digits; the codes of institutions (10) and insurers (8) fewer.
_WORDS = re.compile(rf"(?:{_WORD.pattern}\n)*")
_LONG_NUMBER = re.compile(r"[0-9]{12}")
_PSEUDONYM = re.compile(r"(?:[0-9a-f]{32})?")
_PSEUDONYM_LABEL = b"shikaku audit subject v1"


class AuditKind(Enum):
    """What happened; the value is what is stored, and never changes."""

    CHECKED = "checked"
    CHECK_REFUSED = "check-refused"
    PERSON_ERASED = "person-erased"
    ACTIVATION_CODE_MADE = "activation-code-made"
    PHONE_ACTIVATED = "phone-activated"
    DELEGATION_GRANTED = "delegation-granted"
    CODE_MINTED = "code-minted"
    TOKEN_ISSUED = "token-issued"  # noqa: S105 - a word of the field, no secret
    CERTIFICATES_ISSUED = "certificates-issued"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"
    REINSTATED = "reinstated"
    COVERAGE_REGISTERED = "coverage-registered"
    COVERAGE_CHANGED = "coverage-changed"
    COVERAGE_ENDED = "coverage-ended"
    COVERAGE_CORRECTED = "coverage-corrected"
    COVERAGE_REOPENED = "coverage-reopened"
    FILING_NOTED = "filing-noted"
    FILING_ENDED = "filing-ended"
    HISTORY_READ = "history-read"
    REPORT_FILED = "report-filed"
    REPORT_ANSWERED = "report-answered"
    ENROLLED = "enrolled"
    SIGNED_IN = "signed-in"
    KEY_CHANGED = "key-changed"
    LIST_COMMITTED = "list-committed"
    JOURNAL_BEGUN = "journal-begun"
    RUN_MADE = "run-made"
    RUN_APPROVED = "run-approved"
    RUN_CANCELLED = "run-cancelled"
    RUN_RESUMED = "run-resumed"
    RUN_FINISHED = "run-finished"
    RUN_ABANDONED = "run-abandoned"


class ActorKind(Enum):
    """Who did it."""

    CLINIC = "clinic"
    INSURER = "insurer"
    PATIENT = "patient"
    OPERATOR = "operator"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One thing that happened.

    Every text is a code of at most 200 characters out of `A-Z a-z 0-9 . _ : / -`
    without twelve digits in a row; "" where there is none.

    Raises `MalformedError` on a value that could hold a name or a My Number.
    """

    sequence: int  # 0-based place in the log, without gaps
    at: datetime  # aware; kept to the microsecond, in UTC
    kind: AuditKind
    actor_kind: ActorKind
    actor: str = ""  # medical institution code, insurer number
    terminal: str = ""  # the terminal's public id
    subject: str = ""  # `pseudonym` of the person
    object: str = ""  # serial, credential handle, list id
    outcome: str = ""  # code of the answer
    shown: tuple[str, ...] = ()  # groups of fields that the asker was shown
    day: date | None = None  # the day asked about
    note: str = ""  # claim reason code and the like

    def __post_init__(self) -> None:
        if self.sequence < 0:
            raise _malformed("sequence", "負の数です", "is negative")
        if self.at.utcoffset() is None:
            raise _malformed("at", "時差の情報がありません", "has no time zone")
        if not _PSEUDONYM.fullmatch(self.subject):
            raise _malformed(
                "subject", "仮名(32桁の16進数)ではありません", "is not a pseudonym"
            )
        _refuse_personal(self)


def pseudonym(person_key: bytes) -> str:
    """The name of a person in the log: 32 hexadecimal digits (16 bytes).

    `person_key` is the person's own 32 random bytes, kept beside their register row
    and deleted with it. Keyed BLAKE2b of 16 bytes (RFC 7693 §2.9): a MAC by itself.

    Raises `MalformedError` on a key of another length.
    """
    if len(person_key) != PERSON_KEY_BYTES:
        raise _malformed("person_key", "32バイトではありません", "is not 32 bytes")
    mac = hashlib.blake2b(_PSEUDONYM_LABEL, key=person_key, digest_size=16)
    return mac.hexdigest()


def entry_bytes(entry: AuditEntry) -> bytes:
    """The one spelling of an entry: JSON, fixed order, ASCII, no spaces.

    These bytes are stored and are the leaf of the tree; never spell an entry anew.
    """
    spelled = {
        "sequence": entry.sequence,
        "at": _instant(entry.at),
        "kind": entry.kind.value,
        "actor_kind": entry.actor_kind.value,
        "actor": entry.actor,
        "terminal": entry.terminal,
        "subject": entry.subject,
        "object": entry.object,
        "outcome": entry.outcome,
        "shown": entry.shown,
        "day": entry.day.isoformat() if entry.day else None,
        "note": entry.note,
    }
    return orjson.dumps(spelled)


def read_entry(stored: bytes) -> AuditEntry:
    """The entry of which `stored` is the one spelling.

    Raises `MalformedError` on anything else, another spelling of an entry included:
    the tree seals bytes, so two spellings would be two entries.
    """
    try:
        entry = _entry(json.loads(stored.decode("ascii")))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        raise _malformed("entry", "読めません", "cannot be read") from None
    if entry_bytes(entry) != stored:
        raise _malformed(
            "entry", "定められた書き方ではありません", "is not in its one spelling"
        )
    return entry


def _entry(spelled: Mapping[str, Any]) -> AuditEntry:
    """The entry as spelled; a wrong type shows here or in the comparison after."""
    sequence, day = spelled["sequence"], spelled["day"]
    if type(sequence) is not int:  # `true` and `1.0` would pass both
        raise TypeError
    return AuditEntry(
        sequence=sequence,
        at=datetime.fromisoformat(spelled["at"]),
        kind=AuditKind(spelled["kind"]),
        actor_kind=ActorKind(spelled["actor_kind"]),
        actor=spelled["actor"],
        terminal=spelled["terminal"],
        subject=spelled["subject"],
        object=spelled["object"],
        outcome=spelled["outcome"],
        shown=tuple(spelled["shown"]),
        day=None if day is None else date.fromisoformat(day),
        note=spelled["note"],
    )


def _instant(at: datetime) -> str:
    """RFC 3339 in UTC with six decimals, so that text order is time order."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")[:-6] + "Z"


def _refuse_personal(entry: AuditEntry) -> None:
    told = [
        ("actor", entry.actor),
        ("terminal", entry.terminal),
        ("object", entry.object),
        ("outcome", entry.outcome),
        ("note", entry.note),
        *[("shown", group) for group in entry.shown],
    ]
    at_once = "\n".join([*[text for _, text in told], ""])  # nearly all are good
    is_good = _WORDS.fullmatch(at_once) and at_once.count("\n") == len(told)
    if not is_good or _LONG_NUMBER.search(at_once):
        for field, text in told:
            _refuse(field, text)


def _refuse(field: str, text: str) -> None:
    if not _WORD.fullmatch(text):
        raise _malformed(field, "符号ではありません", "is not a code")
    if _LONG_NUMBER.search(text):
        raise _malformed(field, "12桁続く数字があります", "has twelve digits in a row")


def _malformed(field: str, ja: str, en: str) -> MalformedError:
    return MalformedError(
        f"audit.{field}",
        Words(ja, en),
        Words(
            "監査記録には符号だけを書いてください",
            "write only codes to the audit log, never a name or a number of a person",
        ),
    )
