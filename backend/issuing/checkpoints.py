"""Sealing the audit log: a signed head of its tree, kept outside the database."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import partial
from pathlib import Path

from backend.audit.checkpoint_file import (
    append_checkpoint,
    newest_checkpoints,
    read_checkpoints,
)
from backend.audit.events import ActorKind, AuditEntry, AuditKind
from backend.audit.tree import CompactRange, leaf_hash
from backend.audit.verification import AuditReport, Checkpointed, verify_log
from backend.credentials.checkpoint import (
    Checkpoint,
    open_checkpoint,
    seal_checkpoint,
)
from backend.credentials.key_set import KeyPurpose, KeySet
from backend.domain.errors import ConflictError, UnavailableError
from backend.domain.words import Words
from backend.issuing.issuer import Issuer, active_signer
from backend.issuing.keys import key_set, records_of
from backend.storage.store import Store

_FIRST_SIZE = 1  # `shikaku init` makes the service key, and seals that entry


class Checkpointer:
    """Follows the log's growth, so that a checkpoint costs only what is new."""

    def __init__(self, issuer: Issuer, journal: Path) -> None:
        self._issuer = issuer
        self._journal = journal
        self._tree = CompactRange()

    def seal(self, at: datetime) -> int:
        """Sign and append the present head, if it is new; how many entries are sealed.

        Its instant is not before that of the last one, even if the clock was set back.
        Raises UnavailableError where the journal of an older log is lost: a log that
        was cut would else be sealed as whole. Nothing is sealed then.
        """
        append_checkpoint(self._journal, lambda newest: self._next(newest, at))
        return self._tree.size

    def begin_anew(self, at: datetime) -> int:
        """Begin a journal where the old one is lost for good; the log says so for ever.

        Raises ConflictError where a checkpoint stands: that journal goes on.
        """
        append_checkpoint(self._journal, lambda newest: self._anew(newest, at))
        return self._tree.size

    def _next(self, newest: Iterator[str], at: datetime) -> str | None:
        last = self._last(newest)
        self._grow()
        if last is None:
            if self._tree.size > _FIRST_SIZE:
                raise UnavailableError(_LOST)
            return self._sealed(at)
        if (last.size, last.root) == (self._tree.size, self._tree.root()):
            return None
        return self._sealed(max(at, last.at))

    def _anew(self, newest: Iterator[str], at: datetime) -> str:
        if self._last(newest) is not None:
            raise ConflictError(_STANDS)
        self._issuer.store.write(lambda tx: tx.append_audit(partial(_begun, at)))
        self._grow()
        return self._sealed(at)

    def _last(self, newest: Iterator[str]) -> Checkpoint | None:
        return next(_counting(newest, key_set(self._issuer.store)), None)

    def _grow(self) -> None:
        with self._issuer.store.reading() as tx:
            entries = tx.audit_entries(self._tree.size)
            self._tree = self._tree.extend(leaf_hash(stored) for _, stored in entries)

    def _sealed(self, at: datetime) -> str:
        head = Checkpoint(size=self._tree.size, root=self._tree.root(), at=at)
        keys = key_set(self._issuer.store)
        signer = active_signer(self._issuer, keys, KeyPurpose.SERVICE, None)
        return seal_checkpoint(head, signer)


def last_head(store: Store, journal: Path) -> Checkpoint | None:
    """The newest checkpoint that counts; raises as `verify_audit`."""
    return next(_counting(newest_checkpoints(journal), key_set(store)), None)


def verify_audit(issuer: Issuer, journal: Path) -> AuditReport:
    """Compare the whole log with every checkpoint kept outside the database.

    Heads that a compromised key signed from its compromise on prove nothing and are
    passed over.

    Raises NotGenuineError for a checkpoint that our keys did not sign, and
    MalformedError for a damaged journal, naming the line.
    """
    sealed = read_checkpoints(journal).sealed  # first: meanwhile keys and log grow
    with issuer.store.reading() as tx:
        counting = _counting(sealed, KeySet(records_of(tx)))
        heads = [Checkpointed(head.size, head.root, head.at) for head in counting]
        return verify_log(tx.audit_rows(), heads)


def _counting(sealed: Iterable[str], keys: KeySet) -> Iterator[Checkpoint]:
    opened = (open_checkpoint(text, keys.find_ever) for text in sealed)
    return (head for head in opened if head is not None)


def _begun(at: datetime, sequence: int) -> AuditEntry:
    return AuditEntry(
        sequence=sequence,
        at=at,
        kind=AuditKind.JOURNAL_BEGUN,
        actor_kind=ActorKind.OPERATOR,
    )


_LOST = Words(
    "封印ファイルが無いか空です。写しから戻してください。戻すまで監査記録は信用"
    "できません。写しも無いときだけ shikaku audit checkpoint --begin-anew で"
    "始め直します（監査記録に残ります）。",
    "The checkpoint file is missing or holds no checkpoint that counts: restore it "
    "from its copy; until then the log cannot be trusted. Only if there is no copy, "
    "run shikaku audit checkpoint --begin-anew, which the log records.",
)
_STANDS = Words(
    "封印ファイルは有効です。--begin-anew を付けずに実行してください。",
    "The checkpoint file stands and goes on: run it without --begin-anew.",
)
