"""失効リスト: an insurer's papers and tokens by number, signed for a few hours."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from backend.credentials.key_set import KeyPurpose
from backend.credentials.status_list import (
    StatusList,
    StatusValue,
    seal_status_list,
)
from backend.issuing.issuer import Issuer, active_signer
from backend.issuing.keys import key_set
from backend.storage.rows import WithdrawalKind

LIFETIME = timedelta(hours=6)
TIME_TO_LIVE = timedelta(minutes=5)

_VALUES = {
    WithdrawalKind.REVOKED: StatusValue.INVALID,
    WithdrawalKind.SUSPENDED: StatusValue.SUSPENDED,
    WithdrawalKind.REINSTATED: StatusValue.VALID,
}


def published(issuer: Issuer, insurer: str, number: int, at: datetime) -> str:
    """The list as of now, a Status List Token; raises NotFoundError."""
    with issuer.store.reading() as tx:
        size, withdrawn = tx.status_entries(insurer, number)
    statuses = StatusList(size)
    for index, kind in withdrawn:
        statuses.set(index, _VALUES[WithdrawalKind(kind)])
    signer = active_signer(issuer, key_set(issuer.store), KeyPurpose.ISSUING, insurer)
    uri = issuer.names.status_list(insurer, number)
    return seal_status_list(statuses, uri, at, LIFETIME, TIME_TO_LIVE, signer)


def addresses(issuer: Issuer) -> Sequence[str]:
    """Where every list is found (the aggregation of draft-20 §9)."""
    with issuer.store.reading() as tx:
        return [
            issuer.names.status_list(insurer, number)
            for insurer, number in tx.status_lists()
        ]
