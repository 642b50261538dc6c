"""Sealing the audit log: a signed head of its tree, kept outside the database."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from backend.audit.checkpoint_file import append_checkpoint, read_checkpoints
from backend.audit.tree import CompactRange, leaf_hash
from backend.audit.verification import AuditReport, Checkpointed, verify_log
from backend.credentials.checkpoint import (
    Checkpoint,
    open_checkpoint,
    seal_checkpoint,
)
from backend.credentials.key_set import KeyPurpose, KeySet
from backend.issuing.issuer import Issuer, active_signer
from backend.issuing.keys import key_set, records_of


class Checkpointer:
    """Follows the log's growth, so that a checkpoint costs only what is new."""

    def __init__(self, issuer: Issuer, journal: Path) -> None:
        self._issuer = issuer
        self._journal = journal
        self._tree = CompactRange()
        self._sealed_size = -1

    def seal(self, at: datetime) -> Checkpoint | None:
        """Sign and append the present head; None when nothing was added since."""
        with self._issuer.store.reading() as tx:
            entries = tx.audit_entries(self._tree.size)
            self._tree = self._tree.extend(leaf_hash(stored) for _, stored in entries)
        if self._tree.size == self._sealed_size:
            return None
        head = Checkpoint(size=self._tree.size, root=self._tree.root(), at=at)
        signer = active_signer(
            self._issuer, key_set(self._issuer.store), KeyPurpose.SERVICE, None
        )
        append_checkpoint(self._journal, seal_checkpoint(head, signer))
        self._sealed_size = head.size
        return head


def verify_audit(issuer: Issuer, journal: Path) -> AuditReport:
    """Compare the whole log with every checkpoint kept outside the database.

    Heads that a compromised key signed from its compromise on prove nothing and are
    passed over.

    Raises NotGenuineError for a checkpoint that our keys did not sign, and
    MalformedError for a damaged journal, naming the line.
    """
    sealed = read_checkpoints(journal).sealed  # first: meanwhile keys and log grow
    with issuer.store.reading() as tx:
        heads = _opened(sealed, KeySet(records_of(tx)))
        return verify_log(tx.audit_rows(), heads)


def _opened(sealed: Sequence[str], keys: KeySet) -> list[Checkpointed]:
    opened = [open_checkpoint(text, keys.find_ever) for text in sealed]
    return [Checkpointed(head.size, head.root, head.at) for head in opened if head]
