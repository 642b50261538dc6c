"""A log, its sealed checkpoints in the journal, and the verification, together."""

from collections.abc import Callable
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec

from backend.audit.checkpoint_file import append_checkpoint, read_checkpoints
from backend.audit.verification import Checkpointed, Row, verify_log
from backend.credentials.checkpoint import (
    Checkpoint,
    open_checkpoint,
    seal_checkpoint,
)
from backend.credentials.key_set import KeyPurpose, KeyRecord, KeySet, KeyState
from backend.credentials.signing import LocalSigner

Log = list[Row]


def test_sealed_heads_pass_through_the_journal_and_hold_the_log(
    tmp_path: Path,
    a_log: Callable[[int], Log],
    seal: Callable[[Log, int], Checkpointed],
) -> None:
    signer = LocalSigner.of(ec.generate_private_key(ec.SECP256R1()))
    key = KeyRecord(
        signer.kid, KeyPurpose.SERVICE, None, signer.public, KeyState.ACTIVE
    )
    log = a_log(9)
    for size in (0, 4, 9):
        head = seal(log, size)
        sealed = seal_checkpoint(Checkpoint(head.size, head.root, head.at), signer)
        append_checkpoint(tmp_path / "checkpoints", lambda _, new=sealed: new)

    opened = [
        open_checkpoint(sealed, KeySet([key]).find_ever)
        for sealed in read_checkpoints(tmp_path / "checkpoints").sealed
    ]
    heads = [Checkpointed(it.size, it.root, it.at) for it in opened if it]
    assert verify_log(log, heads).is_sound
    assert not verify_log(log[:-1], heads).is_sound
